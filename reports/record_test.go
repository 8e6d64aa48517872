package reports

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// What is written is what a CSV reader reads, apart from the apostrophes of
// safe and from line ends in cells, which encoding/csv makes \n.
func TestRecordsAreReadAsTheyWereWritten(t *testing.T) {
	cell := rapid.OneOf(rapid.StringMatching(`[a,;" \r\n\t=']{0,6}`), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		table := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 2), 1, 5).Draw(t, "table")
		var file bytes.Buffer
		var r record
		for _, line := range table {
			for i := range line {
				r.text(line[i])
				line[i] = strings.ReplaceAll(safe(line[i]), "\r\n", "\n")
			}
			if err := r.writeTo(&file); err != nil {
				t.Fatal(err)
			}
		}
		in := csv.NewReader(&file)
		got, err := in.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(table, got); diff != "" {
			t.Errorf("(-written +read):\n%s", diff)
		}
	})
}

func TestNumbersAndTimes(t *testing.T) {
	var r record
	r.number(0)
	r.number(1234)
	r.time(time.Time{})
	r.time(time.Date(2026, 11, 24, 1, 2, 3, 4_999_999, time.FixedZone("", -5*3600)))
	r.time(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	var file strings.Builder
	if err := r.writeTo(&file); err != nil {
		t.Fatal(err)
	}
	if want := ",1234,,2026-11-24T06:02:03.004Z,2026-01-01T00:00:00.000Z\n"; file.String() != want {
		t.Errorf("got %q, want %q", file.String(), want)
	}
}
