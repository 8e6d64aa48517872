package csvmap_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bulkinvite/csvmap"
)

// rewrite writes all rows of text to a rerun file, as a run that could send none.
func rewrite(t testing.TB, text string, m csvmap.Marks) string {
	t.Helper()
	roster := open(t, text)
	return csvmap.RerunFile(t, roster.Format(), persons(rows(t, roster)), m)
}

// persons leaves out the rows that are nobody's.
func persons(rows []csvmap.Row) []csvmap.Row {
	return slices.DeleteFunc(rows, func(row csvmap.Row) bool { return row.Skip != nil })
}

func TestRowWriter(t *testing.T) {
	text := "\xef\xbb\xbf\"Name\";E-Mail ; Note\r\n\"A;B\";a@example.com;\"x\r\ny\"\r\nA\"B;b@example.com;\r\n;x;\r\n=A\r\n"
	got := rewrite(t, text, csvmap.Marks{Run: "run1", Outcome: "invalid", Code: "x", Message: "=1;\"no\""})
	const end = `;run1;invalid;x;"'=1;""no""";`
	want := "\xef\xbb\xbf\"Name\";E-Mail ; Note;bulkinvite_run;bulkinvite_outcome;bulkinvite_code;bulkinvite_message;bulkinvite_raw\r\n" +
		"\"A;B\";a@example.com;\"x\r\ny\"" + end + "\r\n" +
		";;" + strings.Replace(end, ";x;", ";bad_quote;", 1) + "\"A\"\"B;b@example.com;\"\r\n" +
		";x;" + end + "\r\n" +
		";;" + strings.Replace(end, ";x;", ";short_row;", 1) + "'=A\r\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What a spreadsheet would run gets an apostrophe in front, in every mark.
func TestMarksAreNoFormulas(t *testing.T) {
	form := csvmap.Format{Header: "Name", Delimiter: ',', Newline: "\n", Columns: 1}
	for message, want := range map[string]string{
		"=1": "'=1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\t=1": "'\t=1", "\r=1": "\"'\r=1\"", "\n=1": "\"'\n=1\"",
		"＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x", "'=1": "''=1",
		"": "", "a=b": "a=b", "'a": "'a", "Émile": "Émile", "\xff": "\xff",
	} {
		file := csvmap.RerunFile(t, form, []csvmap.Row{{Raw: "A"}}, csvmap.Marks{Message: message})
		_, got, _ := strings.Cut(file, "\nA,,,,")
		if got != want+",\n" {
			t.Errorf("%q is written as %q, want %q", message, got, want)
		}
	}
}

const marked = "Name,Email,bulkinvite_run,bulkinvite_outcome,bulkinvite_code,bulkinvite_message,bulkinvite_raw\n"

func TestReadRerun(t *testing.T) {
	long := strings.Repeat("n", csvmap.MaxCell+1)
	type row struct {
		Code  csvmap.Code
		Raw   string
		Cells string
	}
	tests := []struct {
		name, text string
		want       row
	}{
		{"as it was", `"A, B",a@example.com,r1,failed,c,m,`, row{"", `"A, B",a@example.com`, "A, B|a@example.com"}},
		{"marks cut off", `A,a@example.com`, row{"", "A,a@example.com", "A|a@example.com"}},
		{"mended in raw", `,,r1,invalid,bad_quote,m,"A,a@example.com"`, row{"", "A,a@example.com", "A|a@example.com"}},
		{"mended, with quotes", `,,r1,invalid,bad_quote,m,"""A"",a@example.com` + "\n\"", row{"", `"A",a@example.com`, "A|a@example.com"}},
		{"not mended", `,,r1,invalid,bad_quote,m,"A""B,a@example.com"`, row{csvmap.BadQuote, `A"B,a@example.com`, ""}},
		{"still short", `,,r1,invalid,short_row,m,A`, row{csvmap.ShortRow, "A", ""}},
		{"still long", `,,r1,invalid,long_row,m,"A,B,C,D,E,F,G"`, row{csvmap.LongRow, "A,B,C,D,E,F,G", ""}},
		{"still unclosed", `,,r1,invalid,x,m,"A,""B"`, row{csvmap.UnclosedQuote, `A,"B`, ""}},
		{"two rows in one", ",,r1,invalid,x,m,\"A,B\nC,D\"", row{csvmap.BadValue, "A,B\nC,D", ""}},
		{"cells filled in", `A,a@example.com,r1,invalid,bad_quote,m,"A""B"`, row{"", "A,a@example.com", "A|a@example.com"}},
		{"formula in raw", `,,r1,invalid,x,m,"'=A,a@example.com"`, row{"", "=A,a@example.com", "=A|a@example.com"}},
		{"apostrophe in raw", `,,r1,invalid,x,m,"''=A,a@example.com"`, row{"", "'=A,a@example.com", "'=A|a@example.com"}},
		{"full-width formula in raw", `,,r1,invalid,x,m,"'＝A,a@example.com"`, row{"", "＝A,a@example.com", "＝A|a@example.com"}},
		{"another apostrophe", `,,r1,invalid,x,m,"'A,a@example.com"`, row{"", "'A,a@example.com", "'A|a@example.com"}},
		{"another run", `A,a@example.com,r2,failed,c,m,`, row{csvmap.OtherRun, "A,a@example.com", ""}},
		{"another run, again", `,,r1,invalid,other_run,m,"A,a@example.com"`, row{csvmap.OtherRun, "A,a@example.com", ""}},
		{"cut text", `,,r1,invalid,row_too_long,m,"A,a@example.com"`, row{csvmap.RowTooLong, "A,a@example.com", ""}},
		{"no run", `A,a@example.com,,,,,`, row{"", "A,a@example.com", "A|a@example.com"}},
		{"blank", `,,,,,,`, row{"", ",,,,,,", "|"}},
		{"its cells cleared", `,,r1,failed,c,m,`, row{"", ",", "|"}},
		{"outer quote", `A"B,a@example.com,r1,failed,c,m,`, row{csvmap.BadQuote, `A"B,a@example.com,r1,failed,c,m,`, ""}},
		{"short outside", `A`, row{csvmap.ShortRow, "A", ""}},
		{"long outside", `A,b,r1,failed,c,m,,x`, row{csvmap.LongRow, "A,b,x", ""}},
		{"long raw", ",,r1,invalid,x,m," + long, row{csvmap.CellTooLong, long, ""}},
		{"long cell", long + ",b,r1,invalid,x,m,", row{csvmap.CellTooLong, long + ",b", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster := open(t, marked+"Z,z@example.com,r1,failed,c,m,\n"+tt.text+"\n")
			if roster.RunID() != "r1" || len(roster.Header()) != 2 {
				t.Error(roster.RunID(), roster.Header())
			}
			all := rows(t, roster)
			if len(all) != 2 {
				t.Fatalf("%d rows", len(all))
			}
			got := row{code(all[1]), all[1].Raw, strings.Join(all[1].Cells, "|")}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if skipped := all[1].Skip != nil; skipped != (tt.name == "blank") {
				t.Error(all[1].Skip)
			}
		})
	}
}

func TestRunID(t *testing.T) {
	tests := map[string]string{
		"Name,Email\nA,a@example.com\n":                                      "",
		marked + "A,a@example.com,r1,,,,\n":                                  "r1",
		marked + "A\"A,a@example.com\nB,b@example.com\nC,c@example.com,r1\n": "r1",
		marked + ",,r1,invalid,row_too_long,m,A\n":                           "r1",
		marked: "",
	}
	for text, want := range tests {
		if got := open(t, text).RunID(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Somebody sorted the columns: the marks do not stand at the end.
func TestMarksInTheMiddle(t *testing.T) {
	text := "bulkinvite_raw,Name,BulkInvite_Run,Email,bulkinvite_code\n,\"A\",r1,a@example.com,x\n\"B,b@example.com\",,r1,,bad_quote\n"
	roster := open(t, text)
	if got := roster.Format(); got.Header != "Name,Email" || got.Columns != 2 || roster.RunID() != "r1" {
		t.Error(got)
	}
	all := rows(t, roster)
	if all[0].Raw != `"A",a@example.com` || all[1].Raw != "B,b@example.com" || !slices.Equal(all[1].Cells, []string{"B", "b@example.com"}) {
		t.Errorf("%+v", all)
	}
}

// However bad a roster is: written to a rerun file and read again, its rows are
// the same; the second file differs from the first in codes at the most (a bad
// quote in a later line is told from an unclosed one only beside that line), and
// the third is the second, byte for byte.
func TestRerunFilesNeverGrow(t *testing.T) {
	cell := rapid.OneOf(
		rapid.SampledFrom([]string{
			"", "A", "=A", "'=A", "''", "-1", "@x", "+1", "\"A, B\"", "\"=x\"", "\"a\r\nb\"", "\"a\nb\"", "\"\"", "\"a\"\"b\"",
			"a\"b", "\"a\"b", "\"a", "é", "\xe9", "＝1", "'＋1", "\"\n=x\"", "\x01", "\t", " ", "other_run", "row_too_long",
		}),
		rapid.StringOfN(rapid.RuneFrom([]rune("ab,;\"\r\n'= ")), 0, 8, -1),
	)
	end := rapid.SampledFrom([]string{"\n", "\r\n", "\r", "\n\n"})
	rapid.Check(t, func(rt *rapid.T) {
		delimiter := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(rt, "delimiter")
		text := strings.Join([]string{"Name", "E-mail", `"Note"`}, delimiter) + end.Draw(rt, "end") + "Z" + delimiter + delimiter + "\n"
		for range rapid.IntRange(0, 8).Draw(rt, "rows") {
			text += strings.Join(rapid.SliceOfN(cell, 1, 5).Draw(rt, "cells"), delimiter) + end.Draw(rt, "end")
		}
		marks := csvmap.Marks{Run: "r1", Outcome: "invalid", Code: "c", Message: "-m"}
		before := persons(rows(t, open(t, text)))
		last := text
		for round := range 3 {
			file := rewrite(t, last, marks)
			if round > 1 && file != last {
				rt.Fatalf("round %d changed the file:\n%q\n%q", round, last, file)
			}
			after := rows(t, open(t, file))
			if diff := cmp.Diff(essence(before), essence(after)); diff != "" {
				rt.Fatalf("round %d: %s\n%q\n%q", round, diff, text, file)
			}
			last = file
		}
	})
}

func essence(rows []csvmap.Row) []string {
	var all []string
	for _, row := range rows {
		all = append(all, fmt.Sprintf("%v %q %q", row.Malformed != nil, row.Raw, row.Cells))
	}
	return all
}

// Limits do not make a file grow either: a raw cell may be longer than a cell of
// the roster.
func TestLongRowsComeBack(t *testing.T) {
	quotes := strings.Repeat(`""`, csvmap.MaxCell/2) // bare, and doubled when written
	text := "Name,Email\nZ,z@example.com\n" +
		strings.Repeat("x", csvmap.MaxRecord+1) + ",a\n" +
		"A," + strings.Repeat("é,", csvmap.MaxRecord/3-10) + quotes[:8] + "\n" +
		"x" + strings.Repeat(quotes, 14) + "\n"
	want := []csvmap.Code{"", csvmap.RowTooLong, csvmap.LongRow, csvmap.BadQuote}
	first := rewrite(t, text, csvmap.Marks{Run: "r1"})
	var got []csvmap.Code
	for _, row := range rows(t, open(t, first)) {
		got = append(got, code(row))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	if again := rewrite(t, first, csvmap.Marks{Run: "r1"}); again != first {
		t.Fatalf("%d bytes became %d", len(first), len(again))
	}
}
