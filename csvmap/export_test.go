package csvmap

import (
	"strings"
	"testing"
)

// RerunFile writes rows to a rerun file, for the tests inside and outside of the
// package. The code of a malformed row stands in for that of m.
func RerunFile(t testing.TB, form Format, rows []Row, m Marks) string {
	t.Helper()
	var file strings.Builder
	w := NewRowWriter(&file, form)
	for _, row := range rows {
		marks := m
		if row.Malformed != nil {
			marks.Code = string(row.Malformed.Code)
		}
		if err := w.Write(row.Raw, row.Malformed != nil, marks); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

// GuardText and UnguardText are tested by what they promise.
var (
	GuardText   = guardText
	UnguardText = unguardText
)
