package csvmap_test

import (
	"archive/zip"
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"bulkinvite/csvmap"
)

// accented writes a roster with letters beyond ASCII in every row.
func accented(b *testing.B, encoding string) string {
	b.Helper()
	var text strings.Builder
	text.WriteString("Employee ID,First Name,Last Name,Work Email,Mobile Phone,Department,Location,Start Date\n")
	for i := range benchRows {
		fmt.Fprintf(&text, "E%07d,José,Muñoz Ibáñez,jose.munoz%d@example.com,+1212555%04d,\"Ventes, Élan\",Montréal,2026-01-%02d\n",
			i, i, 100+i%100, 1+i%28)
	}
	path := filepath.Join(b.TempDir(), "roster.csv")
	if err := os.WriteFile(path, []byte(coded(b, encoding, text.String())), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// readRows reads a roster and returns how long it took, and how many rows it has.
func readRows(b *testing.B, path string, each func(rows int)) (took time.Duration, rows int) {
	b.Helper()
	start := time.Now()
	roster, err := csvmap.Open(path, nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, err := range roster.Rows(b.Context()) {
		if err != nil {
			b.Fatal(err)
		}
		rows++
		each(rows)
	}
	if err := roster.Close(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start), rows
}

// BenchmarkWindows1252 reads a roster in Windows-1252 and the same one in UTF-8 in
// turn: the ratio holds on a noisy machine.
func BenchmarkWindows1252(b *testing.B) {
	plain, coded := accented(b, "UTF-8"), accented(b, "Windows-1252")
	var asUTF8, as1252 time.Duration
	for b.Loop() {
		took, _ := readRows(b, plain, func(int) {})
		asUTF8 += took
		took, _ = readRows(b, coded, func(int) {})
		as1252 += took
	}
	b.ReportMetric(float64(as1252)/float64(asUTF8), "x-UTF-8")
}

// benchBook writes a workbook with its texts apart from the rows, as Excel does.
func benchBook(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "roster.xlsx")
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	archive := zip.NewWriter(file)
	add := func(name string, write func(*bufio.Writer)) {
		part, err := archive.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		out := bufio.NewWriter(part)
		write(out)
		if err := out.Flush(); err != nil {
			b.Fatal(err)
		}
	}
	put := func(text string) func(*bufio.Writer) { return func(w *bufio.Writer) { w.WriteString(text) } }
	add("[Content_Types].xml", put("<Types/>"))
	add("xl/workbook.xml", put(`<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`))
	add("xl/styles.xml", put(`<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`))
	add("xl/_rels/workbook.xml.rels", put(`<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/>`+
		`<Relationship Id="r2" Type="x/sharedStrings" Target="texts.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>`))
	header := []string{"Employee ID", "First Name", "Last Name", "Work Email", "Mobile Phone", "Department", "Location", "Start Date"}
	add("xl/s.xml", func(w *bufio.Writer) {
		w.WriteString("<worksheet><sheetData><row r=\"1\">")
		for i := range header {
			fmt.Fprintf(w, `<c r="%c1" t="s"><v>%d</v></c>`, 'A'+i, i)
		}
		for i := range benchRows {
			r, own := i+2, len(header)+3*i
			fmt.Fprintf(w, `</row><row r="%d" spans="1:8"><c r="A%[1]d" t="s"><v>%d</v></c><c r="B%[1]d" t="s"><v>%d</v></c><c r="C%[1]d" t="s"><v>2</v></c>`, r, own, own+1)
			fmt.Fprintf(w, `<c r="D%d" t="s"><v>%d</v></c><c r="E%[1]d"><v>2125550%03d</v></c><c r="F%[1]d" t="s"><v>5</v></c><c r="G%[1]d" t="s"><v>6</v></c><c r="H%[1]d" s="1"><v>%d</v></c>`, r, own+2, 100+i%100, 46000+i%28)
		}
		w.WriteString("</row></sheetData></worksheet>")
	})
	add("xl/texts.xml", func(w *bufio.Writer) {
		w.WriteString("<sst>")
		for _, text := range header {
			fmt.Fprintf(w, "<si><t>%s</t></si>", text)
		}
		for i := range benchRows {
			fmt.Fprintf(w, "<si><t>E%07d</t></si><si><t>Ada%d</t></si><si><t>ada.longfield%d@example.com</t></si>", i, i, i)
		}
		w.WriteString("</sst>")
	})
	if err := archive.Close(); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkWorkbook reads a workbook. Its memory is what Go has of the system at
// the most, sampled as the rows come.
func BenchmarkWorkbook(b *testing.B) {
	path := benchBook(b)
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	var took time.Duration
	var rows, peak int
	b.ReportAllocs()
	for b.Loop() {
		t, n := readRows(b, path, func(rows int) {
			if rows%10_000 == 0 {
				metrics.Read(sample)
				peak = max(peak, int(sample[0].Value.Uint64()-sample[1].Value.Uint64()))
			}
		})
		took, rows = took+t, rows+n
	}
	b.ReportMetric(float64(rows)/took.Seconds(), "rows/s")
	b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
}
