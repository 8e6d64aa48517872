package csvmap_test

import (
	"strings"
	"testing"

	"go.uber.org/goleak"

	"bulkinvite/csvmap"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open reads text as a roster from standard input.
func open(t testing.TB, text string) *csvmap.Roster {
	t.Helper()
	roster, err := csvmap.Open("-", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return roster
}

// rows reads all rows of a roster that can be read to its end.
func rows(t testing.TB, roster *csvmap.Roster) []csvmap.Row {
	t.Helper()
	var all []csvmap.Row
	for row, err := range roster.Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

func code(row csvmap.Row) csvmap.Code {
	if row.Malformed == nil {
		return ""
	}
	return row.Malformed.Code
}

func checker(t testing.TB, roster *csvmap.Roster, rules csvmap.Rules) *csvmap.Checker {
	t.Helper()
	c, err := roster.Checker(rules)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
