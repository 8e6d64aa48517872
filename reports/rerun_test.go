package reports

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

// The rerun files are rosters: csvmap reads back the rows as they stood, the
// malformed one as malformed, and the run they come from.
func TestRerunFilesAreRosters(t *testing.T) {
	f := open(t)
	acc, rows := mixed()
	if _, err := f.Write(acc, seq(rows), form()); err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for _, r := range rows {
		if file := string(r.Outcome.Rerun()); file != "" {
			want[file] = append(want[file], r.Raw)
		}
	}
	for file, texts := range want {
		roster, err := csvmap.Open(filepath.Join(f.Path(), file), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer roster.Close()
		var got []string
		for row, err := range roster.Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, row.Raw)
		}
		if diff := cmp.Diff(texts, got); diff != "" {
			t.Errorf("%s (-roster's own +read back):\n%s", file, diff)
		}
		if roster.RunID() != runID {
			t.Errorf("%s comes from the run %q", file, roster.RunID())
		}
	}
}
