package csvmap_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

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

// A formula that nothing has calculated is a problem of its own. One whose result is
// the empty text is a blank cell.
func TestFormulaWithoutResult(t *testing.T) {
	const head = `<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Email</t></is></c><c r="C1" t="inlineStr"><is><t>Notes</t></is></c></row>`
	for cell, want := range map[string]string{
		`<f>LOWER(A2)&amp;"@example.com"</f><v></v>`: `=LOWER(A2)&"@example.com"`, `<f>Sheet2!B2</f>`: "=Sheet2!B2", `<f t="shared" si="0"/><v/>`: "=()",
		`<f>B1</f><v>ada@example.com</v>`: "ada@example.com", `<v></v>`: "", "": "", `<f>Rate*2</f>`: "=(Rate*2)",
	} {
		text := rawBook(t, head+`<row r="2"><c r="A2" t="inlineStr"><is><t>Ada</t></is></c><c r="B2">`+cell+`</c><c r="C2"><f>1+1</f></c></row>`+
			`<row r="3"><c r="A3" t="inlineStr"><is><t>Bo</t></is></c><c r="B3" t="str"><f>IF(1,"","")</f><v></v></c></row>`)
		roster := open(t, text)
		all := rows(t, roster)
		_, found := checker(t, roster, csvmap.Rules{}).CheckAll(all[0])
		formula := strings.HasPrefix(want, "=")
		if all[0].Cells[1] != want || all[1].Cells[1] != "" || formula != (len(found.Problems) == 1 && found.Problems[0].Code == csvmap.NoResult) {
			t.Errorf("%s: %q, %+v", cell, all[0].Cells, found.Problems)
		}
	}
}
