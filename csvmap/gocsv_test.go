package csvmap_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

// What gocsv and encoding/csv do wrong with rosters, each seen with the versions
// in go.mod, and what a Roster makes of it.
func TestDefectsWorkedRound(t *testing.T) {
	type row struct {
		Line  int
		Code  csvmap.Code
		Cells string
	}
	swallowed := strings.Repeat("B,b@example.com\n", 50_000)
	tests := []struct {
		name, text string
		want       []row
	}{
		{
			"line numbers are record numbers", "Name,Email\n\n\"A\nA\",a@example.com\n\nB,b@example.com\n",
			[]row{{3, "", "A\nA|a@example.com"}, {6, "", "B|b@example.com"}},
		},
		{
			"one malformed row ends the stream", "Name,Email\nA\"A,a@example.com\nB,b@example.com\n",
			[]row{{2, csvmap.BadQuote, ""}, {3, "", "B|b@example.com"}},
		},
		{"a BOM before a quoted header fails", "\xef\xbb\xbf\"Name\",Email\nA,a@example.com\n", []row{{2, "", "A|a@example.com"}}},
		{
			"a long row panics", "Name,Email\nA,a@example.com,x\nB,b@example.com\n",
			[]row{{2, csvmap.LongRow, ""}, {3, "", "B|b@example.com"}},
		},
		{"a short row is padded in silence", "Name,Email\nA\nB,b@example.com\n", []row{{2, csvmap.ShortRow, ""}, {3, "", "B|b@example.com"}}},
		{"integers are base 0", "Name,Email,Employee ID\nA,a@example.com,010\n", []row{{2, "", "A|a@example.com|010"}}},
		{"pointer channels yield empty rows", "Name,Email\nA,a@example.com\n", []row{{2, "", "A|a@example.com"}}},
		{"an untagged field takes a column of its name", "Name,Email,Stamp,cells\nA,a@example.com,1,2\n", []row{{2, "", "A|a@example.com|1|2"}}},
		{"a tag takes a column of its name", "Name,Email,stamp\nA,a@example.com,1\n", []row{{2, "", "A|a@example.com|1"}}},
		{"lone CR swallows the header", "Name,Email\rA,a@example.com\rB,b@example.com", []row{{2, "", "A|a@example.com"}, {3, "", "B|b@example.com"}}},
		{
			"an unclosed quote swallows the file", "Name,Email\nA,\"a@example.com\n" + swallowed,
			append([]row{{2, csvmap.UnclosedQuote, ""}}, repeat(50_000, func(i int) row { return row{3 + i, "", "B|b@example.com"} })...),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []row
			for _, r := range rows(t, open(t, tt.text)) {
				got = append(got, row{r.Line, code(r), strings.Join(r.Cells, "|")})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func repeat[T any](n int, item func(int) T) []T {
	all := []T{}
	for i := range n {
		all = append(all, item(i))
	}
	return all
}

// ReuseRecord must not show: rows are kept by their readers.
func TestRowsAreSafeToKeep(t *testing.T) {
	var text strings.Builder
	text.WriteString("Name,Email\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "N%d,n%d@example.com\n", i, i)
	}
	for i, row := range rows(t, open(t, text.String())) {
		want := []string{fmt.Sprintf("N%d", i), fmt.Sprintf("n%d@example.com", i)}
		if !slices.Equal(row.Cells, want) || row.Raw != strings.Join(want, ",") {
			t.Fatal(i, row)
		}
	}
}

func TestBlankExtraCellsAreDropped(t *testing.T) {
	got := rows(t, open(t, "Name,Email\n\"A\",a@example.com,,\"\",\n,,,\n"))
	if got[0].Raw != `"A",a@example.com` || len(got[0].Cells) != 2 || got[1].Raw != "," || got[1].Malformed != nil {
		t.Errorf("%+v", got)
	}
}

func TestRaggedRowsSayHowMany(t *testing.T) {
	got := rows(t, open(t, "Name,Email,Phone\nA\nA,b,c,d\n"))
	for i, want := range []string{"has 1 cell, the header has 3", "has 4 cells, the header has 3"} {
		if !strings.Contains(got[i].Malformed.Message, want) {
			t.Error(got[i].Malformed.Message)
		}
	}
}
