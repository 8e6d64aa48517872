package csvmap_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"bulkinvite/csvmap"
)

// book makes a workbook by way of another library, one sheet for each table, and
// returns its bytes.
func book(t testing.TB, make func(*excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	make(f)
	var file bytes.Buffer
	if err := f.Write(&file); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

// fill writes a table into a sheet, from its first row on.
func fill(t testing.TB, f *excelize.File, sheet string, table [][]any) {
	t.Helper()
	for i, row := range table {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
}

func formatCell(t testing.TB, f *excelize.File, cell string, format int, custom string) {
	t.Helper()
	style := &excelize.Style{NumFmt: format}
	if custom != "" {
		style = &excelize.Style{CustomNumFmt: &custom}
	}
	id, err := f.NewStyle(style)
	if err == nil {
		err = f.SetCellStyle("Sheet1", cell, cell, id)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A workbook as HR has it: a cover sheet, a hidden one, titles, gaps, a total,
// formatted rows below it, cells beside the table, rows that a filter hides.
func staffBook(t testing.TB) string {
	return book(t, func(f *excelize.File) {
		fill(t, f, "Sheet1", [][]any{{"About this list"}})
		for _, name := range []string{"Old", "Staff"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			fill(t, f, name, [][]any{
				{name + " of the week"},
				{"Department", "East"},
				{},
				{"Employee #", "Name", "Work Email", "Mobile", "401(k)"},
				{"00017", "Ada Longfield", "ada@example.com", 2125550123, "yes"},
				{},
				{"MAR01", "Bob, \"Bobby\" O'Neil", "bob@example.com", "+12125550124", nil, nil, "call him"},
				{1, "Cy Young", "cy@example.com"},
				{"Total", 3},
				{nil, " "},
			})
		}
		formatCell(t, f, "B200", 14, "")
		for _, err := range []error{f.SetSheetVisible("Old", false), f.SetRowVisible("Staff", 8, false)} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestWorkbook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "staff.csv") // its name does not matter
	if err := os.WriteFile(path, []byte(staffBook(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	roster, err := csvmap.Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = roster.Close() }()
	all := rows(t, roster)
	got := describe(all)
	want := []string{
		"1 title_line Staff of the week",
		"2 title_line Department|East",
		"5 00017|Ada Longfield|ada@example.com|2125550123|yes",
		"7 MAR01|Bob, \"Bobby\" O'Neil|bob@example.com|+12125550124|",
		"8 1|Cy Young|cy@example.com||",
		"9 total_line Total|3",
		"10 empty_row  ",
	}
	want[6] = "10 empty_row | "
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	detected := csvmap.Detected{Format: "xlsx", HeaderRow: 4, Sheet: "Staff", Notes: []string{
		`the sheet "Staff" was taken, of 2; --sheet takes another`,
		"the header is on line 4; 2 lines above it are skipped",
		"1 row of the sheet is hidden, by a filter perhaps, and read all the same",
		"cells beside the table, in 1 row, are not part of it",
	}}
	if diff := cmp.Diff(detected, roster.Detected()); diff != "" {
		t.Error(diff)
	}
	checkRerunOfWorkbook(t, roster, all)
}

// checkRerunOfWorkbook writes the rows as CSV that no spreadsheet bends, and reads
// them again.
func checkRerunOfWorkbook(t *testing.T, roster *csvmap.Roster, all []csvmap.Row) {
	t.Helper()
	before := persons(all)
	file := csvmap.RerunFile(t, roster.Format(), before, csvmap.Marks{Run: "r1"})
	want := "\xef\xbb\xbf\"Employee #\",Name,\"Work Email\",Mobile,'401(k),bulkinvite_run,bulkinvite_outcome,bulkinvite_code,bulkinvite_message,bulkinvite_raw,bulkinvite_as_text\r\n" +
		"'00017,\"Ada Longfield\",ada@example.com,2125550123,yes,r1,,,,,\r\n" +
		"'MAR01,\"Bob, \"\"Bobby\"\" O'Neil\",bob@example.com,'+12125550124,,r1,,,,,\r\n" +
		"1,\"Cy Young\",cy@example.com,,,r1,,,,,\r\n"
	if diff := cmp.Diff(want, file); diff != "" {
		t.Error(diff)
	}
	for range 2 {
		again := openWith(t, file, csvmap.OpenOptions{})
		after := rows(t, again)
		for i, row := range after {
			if diff := cmp.Diff(before[i].Cells, row.Cells); diff != "" || row.Raw != before[i].Raw {
				t.Error(diff, row.Raw)
			}
		}
		if diff := cmp.Diff(roster.Header(), again.Header()); diff != "" {
			t.Error(diff)
		}
		second := csvmap.RerunFile(t, again.Format(), after, csvmap.Marks{Run: "r1"})
		if diff := cmp.Diff(file, second); diff != "" {
			t.Error(diff)
		}
	}
}

func TestSheets(t *testing.T) {
	file := staffBook(t)
	for name, want := range map[string]string{"staff": "Staff", "3": "Staff", "Old": "Old", "2": "Old", "": "Staff"} {
		if got := openWith(t, file, csvmap.OpenOptions{Sheet: name}).Detected().Sheet; got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"None": `it has "Sheet1", "Old", "Staff"`, "4": "no sheet"} {
		if _, err := csvmap.OpenWith("-", strings.NewReader(file), csvmap.OpenOptions{Sheet: name}); err == nil || !strings.Contains(err.Error(), want) {
			t.Error(err)
		}
	}
}

// What this package reads in a workbook is what another library reads there.
func TestWorkbookAgainstExcelize(t *testing.T) {
	cell := rapid.OneOf(
		rapid.Map(rapid.StringOfN(rapid.RuneFrom([]rune("ab é山&<>\"' ,\n'=+-_x0\t1")), 0, 12, -1), func(s string) any { return s }),
		rapid.Map(rapid.IntRange(-1<<40, 1<<40), func(n int) any { return n }),
		rapid.Just(any(nil)),
	)
	rapid.Check(t, func(rt *rapid.T) {
		table := [][]any{{"Name", "Email", "Note"}, {"A", "a@example.com", "x"}}
		for range rapid.IntRange(0, 6).Draw(rt, "rows") {
			table = append(table, rapid.SliceOfN(cell, 3, 3).Draw(rt, "row"))
		}
		table = append(table, []any{"Z", "z@example.com", "z"})
		var want []string
		file := book(t, func(f *excelize.File) {
			fill(t, f, "Sheet1", table)
			read, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
			if err != nil {
				rt.Fatal(err)
			}
			for i, row := range read[1:] {
				row = append(row, "", "", "")[:3]
				if strings.Join(row, "") != "" {
					want = append(want, fmt.Sprintf("%d %s", i+2, strings.Join(row, "|")))
				}
			}
		})
		roster := openWith(t, file, csvmap.OpenOptions{})
		before := rows(t, roster)
		var got []string
		for _, row := range before { // whether somebody's or nobody's
			got = append(got, fmt.Sprintf("%d %s", row.Line, strings.Join(row.Cells, "|")))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff)
		}
		rerun := openWith(t, csvmap.RerunFile(t, roster.Format(), before, csvmap.Marks{Run: "r1"}), csvmap.OpenOptions{})
		if diff := cmp.Diff(cellsOf(before), cellsOf(rows(t, rerun))); diff != "" {
			rt.Fatal(diff)
		}
	})
}
