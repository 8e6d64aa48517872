package csvmap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDecoderGivesAllRowsAtOnce(t *testing.T) {
	roster, err := Open("-", strings.NewReader("Name,Email\nA,a@example.com\nB\n"))
	if err != nil {
		t.Fatal(err)
	}
	all, err := roster.decoder.GetCSVRows()
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		all[i] = all[i][1:] // without the stamp
	}
	want := [][]string{{"Name", "Email"}, {"A", "a@example.com"}, {}}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Error(diff)
	}
}

// csv.Reader and the framer agree on what a record is; should they ever not, the
// next record must be read as if nothing had happened.
func TestParserStartsAfresh(t *testing.T) {
	p := newParser(',')
	for _, text := range []string{`a"b`, "a\nb,c", `"a`, `"a"b`} {
		if cells, ok := p.cells([]byte(text)); ok {
			t.Errorf("%q: %q", text, cells)
		}
		if cells, ok := p.cells([]byte("1,2")); !ok || !cmp.Equal(cells, []string{"1", "2"}) {
			t.Errorf("after %q: %q", text, cells)
		}
	}
}

func TestStamp(t *testing.T) {
	want := stamp{line: 1 << 40, offset: 1 << 50, found: 7, code: LongRow}
	got, raw := parseStamp(string(want.appendTo(nil, []byte("a\x00b"))))
	if got != want || raw != "a\x00b" {
		t.Errorf("%+v, %q", got, raw)
	}
}
