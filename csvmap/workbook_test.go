package csvmap_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// Cells are read as a person sees them.
func TestWorkbookCells(t *testing.T) {
	tests := []struct {
		name   string
		value  any
		format int
		custom string
		want   string
	}{
		{"text", "Ada & <Bob> \"x\"", 0, "", "Ada & <Bob> \"x\""},
		{"text with a line break", "a\nb", 0, "", "a\nb"},
		{"text like a number", "00123", 0, "", "00123"},
		{"text that is spaces", "  a ", 0, "", "  a "},
		{"phone number", 2125550123, 0, "", "2125550123"},
		{"long number", 442079460958, 0, "", "442079460958"},
		{"longer number", 1234567890123456, 0, "", "1234567890123460"},
		{"number with an exponent", 2.12555e9, 0, "", "2125550000"},
		{"whole number as a fraction", 7.0, 0, "", "7"},
		{"fraction", 0.1 + 0.2, 0, "", "0.3"},
		{"negative", -1.5, 0, "", "-1.5"},
		{"with two digits", 12.5, 2, "", "12.5"},
		{"leading zeros", 123, 0, "00000", "00123"},
		{"leading zeros that are too few", 123456, 0, "00000", "123456"},
		{"date", time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), 14, "", "2026-01-31"},
		{"date and time", time.Date(2026, 1, 31, 13, 45, 0, 0, time.UTC), 22, "", "2026-01-31 13:45"},
		{"time", 0.5 + 1.0/86_400, 21, "", "12:00:01"},
		{"own date", 46053, 0, `[$-409]d\-mmm\-yyyy;@`, "2026-01-31"},
		{"month and year", 46053, 0, "mmm yy", "2026-01-31"},
		{"no date", 46053, 0, `#,##0.00 "days"`, "46053"},
		{"no date in red", 46053, 0, `[Red]0.00E+00`, "46053"},
		{"before March 1900", 31, 14, "", "1900-01-31"},
		{"no day", -1, 14, "", "-1"},
		{"yes", true, 0, "", "TRUE"},
		{"no", false, 0, "", "FALSE"},
		{"blank", "", 0, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := book(t, func(f *excelize.File) {
				fill(t, f, "Sheet1", [][]any{{"Name", "Email", "Value"}, {"A", "a@example.com", tt.value}})
				formatCell(t, f, "C2", tt.format, tt.custom)
			})
			got := rows(t, openWith(t, file, csvmap.OpenOptions{}))
			if diff := cmp.Diff([]string{"A", "a@example.com", tt.want}, got[0].Cells); diff != "" || got[0].Line != 2 {
				t.Error(diff)
			}
		})
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
		if diff := cmp.Diff(want, describe(before)); diff != "" {
			rt.Fatal(diff)
		}
		rerun := openWith(t, csvmap.RerunFile(t, roster.Format(), before, csvmap.Marks{Run: "r1"}), csvmap.OpenOptions{})
		if diff := cmp.Diff(cellsOf(before), cellsOf(rows(t, rerun))); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func cellsOf(rows []csvmap.Row) (cells [][]string) {
	for _, row := range rows {
		cells = append(cells, row.Cells)
	}
	return cells
}

// describe shows rows in short: line, why it is skipped or malformed, cells.
func describe(rows []csvmap.Row) []string {
	var lines []string
	for _, row := range rows {
		why := string(code(row))
		cells := strings.Join(row.Cells, "|")
		if row.Skip != nil {
			why, cells = string(row.Skip.Code), strings.TrimRight(cells, "|")
		}
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprint(row.Line, " ", why)), " ")+" "+cells)
	}
	return lines
}

// part is a workbook's part as text.
type part struct{ name, text string }

// rawBook makes a workbook out of parts, the sheet's rows among them.
func rawBook(t testing.TB, sheetData string, more ...part) string {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	const rels = `<Relationships xmlns="x"><Relationship Id="r1" Type="x/worksheet" Target="/xl/s.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="texts.xml"/></Relationships>`
	for _, p := range append([]part{
		{"[Content_Types].xml", "<Types/>"},
		{"xl/workbook.xml", `<?xml version="1.0"?><x:workbook xmlns:x="x" xmlns:r="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="S" r:id="r1"/></x:sheets></x:workbook>`},
		{"xl/_rels/workbook.xml.rels", rels},
		{"xl/s.xml", `<?xml version="1.0"?><!-- > --><x:worksheet xmlns:x="x"><x:sheetData>` + sheetData + `</x:sheetData><x:more a=">"/></x:worksheet>`},
	}, more...) {
		out, err := w.Create(p.name)
		if err == nil {
			_, err = out.Write([]byte(p.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

// What other programs than Excel write.
func TestOddWorkbook(t *testing.T) {
	const data = `<x:row><x:c t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c><x:c t="s"><x:v>0</x:v></x:c><x:c t='str'><x:f>"a>b"</x:f><x:v>Note</x:v></x:c></x:row>` +
		`<x:row r="3"><x:c r="C3" t="inlineStr"><x:is><x:r><x:t>a_x000D_b</x:t></x:r><x:r><x:t xml:space="preserve"> &#x63;&amp;<![CDATA[<d>]]></x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c><x:c/></x:row>` +
		"<x:row r='4' >\n<x:c r='A4' t='s' ><x:v >1</x:v></x:c ><x:c r='C4' t='e'><x:v>#N/A</x:v></x:c></x:row >" +
		`<x:row r="5"><x:c r="A5" t="d"><x:v>2026-01-31T00:00:00</x:v></x:c><x:c r="B5"><x:v>1E3</x:v></x:c></x:row>`
	const texts = `<sst><si><t>Email</t></si><si><r><t>山</t></r><r><t>田</t></r><rPh><t>やま</t></rPh></si></sst>`
	roster := openWith(t, rawBook(t, data, part{"xl/texts.xml", texts}), csvmap.OpenOptions{})
	want := []string{"3 ||a\rb c&<d>", "4 山田||#N/A", "5 2026-01-31|1000|"}
	if diff := cmp.Diff(want, describe(rows(t, roster))); diff != "" {
		t.Error(diff)
	}
}

// A workbook that is not as it should be is refused, in bounded memory.
func TestBadWorkbooks(t *testing.T) {
	cell := func(text string) string {
		return `<x:row><x:c t="inlineStr"><x:is><x:t>` + text + `</x:t></x:is></x:c></x:row>`
	}
	whole := staffBook(t)
	tests := []struct{ name, file, want string }{
		{"no rows", rawBook(t, ""), "is empty"},
		{"header only", rawBook(t, cell("Name")), "has a header but no rows"},
		{"a text that is not there", rawBook(t, `<x:row><x:c t="s"><x:v>7</x:v></x:c></x:row>`), "damaged"},
		{"a text without an end", rawBook(t, cell(strings.Repeat("x", 3<<20))), "damaged"},
		{"a column beyond the last", rawBook(t, `<x:row><x:c r="XFE1"><x:v>7</x:v></x:c></x:row>`), "damaged"},
		{"a DTD", rawBook(t, `<!DOCTYPE x>`), "damaged"},
		{"binary workbook", zipOf(t, "xl/workbook.bin", "x"), ".xlsb"},
		{"document", zipOf(t, "[Content_Types].xml", "x"), "Office document"},
		{"OpenDocument", zipOf(t, "mimetype", "x", "content.xml", "x"), "OpenDocument"},
		{"Numbers", zipOf(t, "Index/Document.iwa", "x"), "Numbers"},
		{"cut", whole[:len(whole)/2], "is cut off"},
		{"cut in its tail", whole[:len(whole)-8], "is cut off"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster, err := csvmap.Open("-", strings.NewReader(tt.file))
			if err == nil {
				for _, err = range roster.Rows(t.Context()) {
				}
				defer roster.Close()
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
			if _, partial := errors.AsType[*csvmap.PartialError](err); partial != strings.HasPrefix(tt.name, "cut") {
				t.Errorf("%T", err)
			}
		})
	}
}

// A cell of more than 64 KiB, and a row of more than 1 MiB, are problems of their
// rows.
func TestLongCellsOfWorkbooks(t *testing.T) {
	cell := func(text string) string { return `<x:c t="inlineStr"><x:is><x:t>` + text + `</x:t></x:is></x:c>` }
	data := `<x:row>` + cell("Name") + `</x:row><x:row>` + cell(strings.Repeat("é", csvmap.MaxCell/2+1)) + `</x:row><x:row>` +
		strings.Repeat(cell(strings.Repeat("y", csvmap.MaxCell)), 20) + `</x:row><x:row>` + cell("A") + `</x:row>`
	all := rows(t, openWith(t, rawBook(t, data), csvmap.OpenOptions{}))
	if len(all) != 3 || code(all[0]) != csvmap.RowTooLong || code(all[1]) != csvmap.RowTooLong || all[2].Cells[0] != "A" {
		t.Errorf("%d rows", len(all))
	}
	if len(all[0].Raw) > csvmap.MaxCell || !strings.HasSuffix(all[0].Raw, "é") {
		t.Errorf("%d bytes are kept", len(all[0].Raw))
	}
}

// Whatever a spreadsheet would bend is guarded, and comes back as it was.
func TestGuardText(t *testing.T) {
	for _, cell := range []string{
		"00123", "+12125550123", "=1", "2026-01-31", "1/2", "12345678901", "1E5", "MAR01", "June 5, 2026", "Jan-5", "TRUE", "false", "5%",
		"$5", "(123)", ".5", " 7", "'00123", "''=1", "@x", "-1", "１２", "12 Main St", "3.0",
	} {
		if got := csvmap.GuardText(cell); got != "'"+cell || csvmap.UnguardText(got) != cell {
			t.Errorf("%q became %q", cell, got)
		}
	}
	for _, cell := range []string{"", " ", "0", "7", "2125550123", "Ada", "E0017", "O'Neil", "'tis", "ada@example.com", "May", "山田"} {
		if got := csvmap.GuardText(cell); got != cell || csvmap.UnguardText(got) != cell {
			t.Errorf("%q became %q", cell, got)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		cell := rapid.OneOf(rapid.String(), rapid.StringMatching(`'{0,3}[ =+0-9A-Za-z.,/-]{0,8}`)).Draw(rt, "cell")
		if got := csvmap.UnguardText(csvmap.GuardText(cell)); got != cell {
			rt.Fatalf("%q came back as %q", cell, got)
		}
	})
}
