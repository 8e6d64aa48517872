package csvmap

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// FuzzRows reads any bytes as a roster: every record is one row, every physical
// line that is not blank belongs to exactly one record, and what is written to a
// rerun file comes back.
func FuzzRows(f *testing.F) {
	f.Add([]byte("Name,Email\nA,a@example.com\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		roster, err := Open("-", bytes.NewReader(data))
		if err != nil {
			return
		}
		text := bytes.TrimPrefix(data, []byte(bom))
		records := frameAll(t, bytes.NewReader(text), roster.decoder.frames.grammar)
		checkCoverage(t, text, records)
		rows := readRows(t, roster)
		if len(rows) != len(records)-1 {
			t.Fatalf("%d records became %d rows", len(records)-1, len(rows))
		}
		if len(rows) == 0 {
			return
		}
		file, err := Open("-", strings.NewReader(RerunFile(t, roster.Format(), rows, Marks{})))
		if err != nil {
			t.Fatal(err)
		}
		again := readRows(t, file)
		for i, row := range rows {
			if row.Line != records[i+1].Line || row.Offset != records[i+1].Offset {
				t.Fatalf("row %d: %+v, record %+v", i, row, records[i+1])
			}
			if row.Malformed == nil && len(row.Cells) != len(roster.Header()) {
				t.Fatalf("row %d has %d cells", i, len(row.Cells))
			}
			if row.Raw == "" {
				continue // marks before the roster's own columns, and a row that ends among them
			}
			if again[i].Raw != row.Raw || (again[i].Malformed == nil) != (row.Malformed == nil) {
				t.Fatalf("row %d: %+v came back as %+v", i, row, again[i])
			}
		}
		checkAll(t, roster, rows)
	})
}

// checkCoverage counts what no record covers: nothing but line ends.
func checkCoverage(t *testing.T, text []byte, records []framed) {
	t.Helper()
	at, line := 0, 1
	for _, r := range records {
		between := text[at:r.Offset]
		if len(bytes.Trim(between, "\r\n")) > 0 {
			t.Fatalf("lost before line %d: %q", r.Line, between)
		}
		if line += countBreaks(between); line != r.Line {
			t.Fatalf("line %d is said to be %d", line, r.Line)
		}
		if !strings.HasPrefix(string(text[r.Offset:]), r.Text) || r.Text == "" {
			t.Fatalf("%q does not stand at %d", r.Text, r.Offset)
		}
		at = int(r.Offset) + len(r.Text)
		if r.Code == RowTooLong {
			at += bytes.IndexAny(append(bytes.Clone(text[at:]), '\n'), "\r\n")
		}
		line += countBreaks([]byte(r.Text))
	}
	if rest := bytes.Trim(text[at:], "\r\n"); len(rest) > 0 {
		t.Fatalf("lost at the end: %q", rest)
	}
}

func readRows(t *testing.T, roster *Roster) []Row {
	t.Helper()
	var rows []Row
	for row, err := range roster.Rows(t.Context()) {
		if _, broken := errors.AsType[*RosterError](err); broken && len(rows) == 0 {
			return nil
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// checkAll applies the rules to whatever the rows hold.
func checkAll(t *testing.T, roster *Roster, rows []Row) {
	t.Helper()
	checker, err := roster.Checker(Rules{})
	if err != nil {
		return
	}
	for _, row := range rows {
		r, problems := checker.Check(row)
		if len(problems) == 0 && (r.Name() == "" || r.Email == "" && r.Phone == "") {
			t.Fatalf("%+v has no problem", r)
		}
		checker.Cells(row)
		if checker.Fingerprint(row).IsZero() != (row.Malformed != nil) {
			t.Fatal("fingerprint")
		}
	}
}
