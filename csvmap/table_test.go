package csvmap_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

// Titles, totals and what else stands around the rows.
func TestTables(t *testing.T) {
	tests := []struct {
		name, text string
		delimiter  string
		header     int
		want       []string
	}{
		{"semicolons", "Name;Salary;Email\nA;1,50;a@example.com\n", "semicolon", 1, []string{"2 A|1,50|a@example.com"}},
		{"tabs", "Name\tEmail\nA, B\ta@example.com\n", "tab", 1, []string{"2 A, B|a@example.com"}},
		{"pipes", "Name|Email\nA;B,C|a@example.com\n", "pipe", 1, []string{"2 A;B,C|a@example.com"}},
		{"quoted delimiters", "\"Name; Title; Grade\",Email\nA,a@example.com\n", "comma", 1, []string{"2 A|a@example.com"}},
		{"sep line", "sep=;\r\nName;Email\r\nA,B;a@example.com\r\n", "semicolon", 2, []string{"3 A,B|a@example.com"}},
		{"quoted sep line", "\"SEP=|\"\nName|Email\nA|a@example.com\n", "pipe", 2, []string{"3 A|a@example.com"}},
		{"odd sep line", "sep=^\nName^Email\nA,B;C^a@example.com\n", "^", 2, []string{"3 A,B;C|a@example.com"}},
		{"no sep line", "sep=\nName,Email\nA,a@example.com\n", "comma", 2, []string{"1 title_line sep=", "3 A|a@example.com"}},
		{
			"titles", "Employee roster\n\n\"As of\",2026-01-31\nName,Email,Phone\nA,a@example.com,\n", "comma", 4,
			[]string{"1 title_line Employee roster", "3 title_line As of|2026-01-31", "5 A|a@example.com|"},
		},
		{
			"titles with delimiters", "Roster;;\n;;\nName;Email;Phone\nA;a@example.com;\n", "semicolon", 3,
			[]string{"1 title_line Roster", "2 title_line ", "4 A|a@example.com|"},
		},
		{"bad quote in a title", "Roster \"A\"\nName,Email\nA,a@example.com\n", "comma", 2, []string{"1 title_line ", "3 A|a@example.com"}},
		{"titles and a header that nobody knows", "Roster\nX;Y\n1;2\n", "semicolon", 1, []string{"2 long_row ", "3 long_row "}},
		{"no titles", "X,Y\nName,Email\n1,2\n", "comma", 1, []string{"2 Name|Email", "3 1|2"}},
		{
			"totals", "Name,Email,Phone\nSum Wing,s@example.com,\nTotal,,\nB,b@example.com,\nGrand total:,,2\nCount: 2\n120 records,,\n,,\n,\n", "comma", 1,
			[]string{
				"2 Sum Wing|s@example.com|", "3 Total||", "4 B|b@example.com|", "5 total_line Grand total:||2", "6 total_line Count: 2",
				"7 total_line 120 records", "8 empty_row ", "9 empty_row ",
			},
		},
		{"somebody called Total", "ID,First,Last,Email\nA,a,a,a@example.com\nTotal,Ann,,\n", "comma", 1, []string{"2 A|a|a|a@example.com", "3 Total|Ann||"}},
		{"not a total", "Name,Email\nA,a@example.com\nTotalitarian,\nTotal,t@example.com\n", "comma", 1, []string{"2 A|a@example.com", "3 Totalitarian|", "4 Total|t@example.com"}},
		{
			"a gap", "Name,Email\nA,a@example.com\n,\n,\nB,b@example.com\n", "comma", 1,
			[]string{"2 A|a@example.com", "3 empty_row ", "4 empty_row ", "5 B|b@example.com"},
		},
		{
			"header again", "Name,Email\nA,a@example.com\nName,Email\n\"Name\",Email\nB,b@example.com\n", "comma", 1,
			[]string{"2 A|a@example.com", "3 header_again Name|Email", "4 header_again Name|Email", "5 B|b@example.com"},
		},
		{
			"trailing columns", "Name,Email,,\nA,a@example.com\nB,b@example.com,,\nC,c@example.com,,x\nD\n", "comma", 1,
			[]string{"2 A|a@example.com||", "3 B|b@example.com||", "4 C|c@example.com||x", "5 short_row "},
		},
		{"mixed line ends", "Name,Email\r\nA,a@example.com\rB,b@example.com\nC,\"c\r\nc\"\r\n", "comma", 1, []string{
			"2 A|a@example.com", "3 B|b@example.com", "4 C|c\nc",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster := openWith(t, tt.text, csvmap.OpenOptions{})
			all := rows(t, roster)
			if diff := cmp.Diff(tt.want, describe(all)); diff != "" {
				t.Error(diff)
			}
			if got := roster.Detected(); got.Delimiter != tt.delimiter || got.HeaderRow != tt.header {
				t.Errorf("%+v", got)
			}
			for _, row := range all {
				if row.Malformed == nil && len(row.Cells) != len(roster.Header()) {
					t.Errorf("%+v", row)
				}
				if row.Skip != nil && row.Skip.Message == "" {
					t.Error(row.Skip)
				}
			}
		})
	}
}

// Blank cells that a row leaves out below columns without a header are written
// back, so that the marks of a rerun file stand where they belong.
func TestTrailingColumnsComeBack(t *testing.T) {
	roster := openWith(t, "Name,Email,,\nA,a@example.com\n", csvmap.OpenOptions{})
	file := csvmap.RerunFile(t, roster.Format(), rows(t, roster), csvmap.Marks{Run: "r1"})
	again := openWith(t, file, csvmap.OpenOptions{})
	if got := rows(t, again)[0]; got.Raw != "A,a@example.com,," || again.RunID() != "r1" || len(got.Cells) != 4 {
		t.Errorf("%+v", got)
	}
}

func TestOverrides(t *testing.T) {
	text := "a;b\nName,Email;Phone\nA,B;12\n"
	for _, tt := range []struct {
		o    csvmap.OpenOptions
		want []string
	}{
		{csvmap.OpenOptions{HeaderRow: 2}, []string{"1 title_line a;b", "3 A|B;12"}},
		{csvmap.OpenOptions{HeaderRow: 2, Delimiter: "semicolon"}, []string{"1 title_line a|b", "3 A,B|12"}},
		{csvmap.OpenOptions{HeaderRow: 1, Delimiter: ";"}, []string{"2 Name,Email|Phone", "3 A,B|12"}},
		{csvmap.OpenOptions{HeaderRow: 1, Delimiter: "\t"}, []string{"2 Name,Email;Phone", "3 A,B;12"}},
	} {
		if diff := cmp.Diff(tt.want, describe(rows(t, openWith(t, text, tt.o)))); diff != "" {
			t.Errorf("%+v: %s", tt.o, diff)
		}
	}
	for _, line := range []int{5, 900} {
		_, err := csvmap.OpenWith("-", strings.NewReader("a\n\nb\n\n\"c\nc\"\nd\n"), csvmap.OpenOptions{HeaderRow: line + 1})
		if _, ok := errors.AsType[*csvmap.RosterError](err); !ok || !strings.Contains(err.Error(), "no record that starts on line") {
			t.Error(err)
		}
	}
	_, err := csvmap.OpenWith("-", strings.NewReader("a|b\n"), csvmap.OpenOptions{Encoding: "sjis", Delimiter: "pipe"})
	if _, ok := errors.AsType[*csvmap.RosterError](err); !ok || !strings.Contains(err.Error(), "save it as CSV UTF-8") {
		t.Error(err)
	}
}

// Empty rows hide nobody who stands below them.
func TestManyEmptyRows(t *testing.T) {
	const empty = 70_000
	text := "Name,Email\nA,a@example.com\n" + strings.Repeat(",\n", empty)
	n := 0
	for row, err := range openWith(t, text, csvmap.OpenOptions{}).Rows(t.Context()) {
		if err != nil || n > 0 && (row.Skip == nil || row.Skip.Code != csvmap.EmptyRow || row.Line != n+2 || len(row.Cells) != 2) {
			t.Fatal(n, row, err)
		}
		n++
	}
	if n != empty+1 {
		t.Error(n)
	}
	all := rows(t, openWith(t, text+"B,b@example.com\n", csvmap.OpenOptions{}))
	if last := all[len(all)-1]; len(all) != empty+2 || last.Cells[0] != "B" || all[len(all)-2].Skip == nil {
		t.Error(len(all), last)
	}
}

// A roster of nothing but lines that are nobody's has no rows.
func TestOnlySkippedLines(t *testing.T) {
	all, err := readAll(t, "Roster\nName,Email\nName,Email\nTotal,2\n,\n", csvmap.OpenOptions{})
	if !is[*csvmap.RosterError](err) || len(all) != 4 {
		t.Error(len(all), err)
	}
}

func TestSixteenThousandColumns(t *testing.T) {
	const columns = 16_384
	text := "Name,Email" + strings.Repeat(",", columns-2) + "\nA,a@example.com\nB,b@example.com" + strings.Repeat(",x", columns-2) + "\n" +
		strings.Repeat("C,", columns) + "C\n"
	all := rows(t, openWith(t, text, csvmap.OpenOptions{}))
	if len(all) != 3 || len(all[0].Cells) != columns || len(all[1].Cells) != columns || code(all[2]) != csvmap.LongRow {
		t.Error(len(all))
	}
}

// One NUL is a problem of its row where the column is used, and of none where it
// is not.
func TestNUL(t *testing.T) {
	roster := openWith(t, "Name,Email,Note\nA\x00,a@example.com,\nB,b@example.com,x\x00\n", csvmap.OpenOptions{})
	c := checker(t, roster, csvmap.Rules{})
	all := rows(t, roster)
	if _, problems := c.Check(all[0]); len(problems) != 1 || problems[0].Code != csvmap.BadValue || problems[0].Column != 1 {
		t.Error(problems)
	}
	if _, problems := c.Check(all[1]); problems != nil {
		t.Error(problems)
	}
}
