package csvmap_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"go.uber.org/goleak"

	"bulkinvite/csvmap"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open reads text as a roster from standard input, as UTF-8 whatever is in it.
func open(t testing.TB, text string) *csvmap.Roster {
	t.Helper()
	return openWith(t, text, csvmap.OpenOptions{Encoding: "UTF-8"})
}

func openWith(t testing.TB, text string, o csvmap.OpenOptions) *csvmap.Roster {
	t.Helper()
	roster, err := csvmap.OpenWith("-", strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return roster
}

// openAndCheck says what is wrong with a roster before its first row.
func openAndCheck(text string) error {
	roster, err := csvmap.Open("-", strings.NewReader(text))
	if err == nil {
		_, err = roster.Checker(csvmap.Rules{})
	}
	return err
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

func utf16LE(text string) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return string(out)
}

// zipOf makes an archive of files, given as names and texts in turn.
func zipOf(t testing.TB, files ...string) string {
	t.Helper()
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for i := 0; i < len(files); i += 2 {
		out, err := w.Create(files[i])
		if err == nil {
			_, err = out.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.String()
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
