package csvmap

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// FuzzSheet reads any bytes as the rows of a workbook: no panic, no hang, and
// every row is a record that parses.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(`<sheetData><row r="3"><c r="B3" t="s" s="1"><v>1</v></c><c><v>4.5E4</v></c></row></sheetData>`))
	f.Add([]byte(`<x:sheetData><x:row hidden="1"><x:c t="inlineStr"><x:is><x:t>a&#10;"b</x:t></x:is></x:c></x:row></x:sheetData>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		texts, err := readStrings(strings.NewReader(`<sst><si><t>a</t></si><si><t>b, c</t></si></sst>`))
		if err != nil {
			t.Fatal(err)
		}
		s := &sheet{
			part: io.NopCloser(strings.NewReader("")), xml: newXMLScanner(bytes.NewReader(data)), texts: texts,
			styles: styles{{}, {date: true}}, least: 2,
		}
		defer s.Close()
		parser := newParser(',')
		for {
			next, err := s.next()
			if err != nil {
				if _, again := s.next(); !errors.Is(again, err) {
					t.Fatalf("%v, then %v", err, again)
				}
				return
			}
			if cells, ok := parser.cells(next.text); next.code == "" && (!ok || len(cells) < 2) {
				t.Fatalf("%q is no record", next.text)
			}
		}
	})
}
