package csvmap

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// FuzzRows reads any bytes as a roster: every record is one row (somebody's, a
// skipped one or a problem), every physical line that is not blank belongs to
// exactly one record, and what is written to a rerun file comes back.
func FuzzRows(f *testing.F) {
	f.Add([]byte("Name,Email\nA,a@example.com\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		roster, err := Open("-", bytes.NewReader(data))
		if err != nil {
			mustBeTyped(t, err)
			return
		}
		defer roster.Close()
		rows, err := readRows(t, roster)
		if err != nil {
			mustBeTyped(t, err)
			if roster, err = roster.Retry(err); err != nil {
				return
			}
			defer roster.Close()
			if rows, err = readRows(t, roster); err != nil {
				mustBeTyped(t, err)
				return
			}
		}
		checkRecords(t, roster, rows)
		checkRerun(t, roster, rows)
		checkAll(t, roster, rows)
	})
}

func mustBeTyped(t *testing.T, err error) {
	t.Helper()
	if !isTyped(err) || strings.Contains(err.Error(), "\n") {
		t.Fatalf("%T: %v", err, err)
	}
}

func readRows(t *testing.T, roster *Roster) (rows []Row, err error) {
	t.Helper()
	for row, err := range roster.Rows(t.Context()) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// checkRecords compares the rows with the records of the roster's text.
func checkRecords(t *testing.T, roster *Roster, rows []Row) {
	t.Helper()
	var people, problems, skipped int
	for i, row := range rows {
		switch {
		case row.Malformed != nil && row.Skip == nil:
			problems++
		case len(row.Cells) != len(roster.Header()):
			t.Fatalf("row %d has %d cells", i, len(row.Cells))
		case row.Skip != nil && row.Malformed == nil:
			skipped++
		case row.Skip == nil:
			people++
		}
	}
	if people+problems+skipped != len(rows) {
		t.Fatalf("%d people, %d problems and %d skipped are not %d rows", people, problems, skipped, len(rows))
	}
	if roster.sheet != nil {
		return
	}
	text := textOf(t, roster)
	records := frameAll(t, bytes.NewReader(text), roster.decoder.records.(*framer).grammar)
	checkCoverage(t, text, records)
	if roster.format.Sep != "" {
		records = records[1:]
	}
	at := 0
	for _, record := range records {
		if record.Line == roster.line {
			continue
		}
		if at == len(rows) || rows[at].Line != record.Line || rows[at].Offset != record.Offset {
			t.Fatalf("record %+v is not row %d of %d", record, at, len(rows))
		}
		at++
	}
	if at != len(rows) {
		t.Fatalf("%d records became %d rows", at, len(rows))
	}
}

// textOf unpacks a roster's text, without its mark.
func textOf(t *testing.T, roster *Roster) []byte {
	t.Helper()
	text, err := roster.unpacked.text(roster.source.reader())
	if err != nil {
		t.Fatal(err)
	}
	e := newEncoding(roster.format.Encoding)
	if e.wide != nil {
		text = newUTF16Reader(text, e.wide)
	}
	all, err := io.ReadAll(text)
	if err != nil {
		t.Fatal(err)
	}
	if roster.format.BOM {
		all = bytes.TrimPrefix(all, []byte(bom))
	}
	return all
}

// checkRerun writes somebody's rows to a rerun file and reads them again.
func checkRerun(t *testing.T, roster *Roster, rows []Row) {
	t.Helper()
	var kept []Row
	for _, row := range rows {
		if row.Skip == nil {
			kept = append(kept, row)
		}
	}
	var o OpenOptions
	if form := roster.Format(); newEncoding(form.Encoding).wide != nil {
		o.Encoding = form.Encoding // a few rows may hold too little ASCII to tell
	}
	if roster.settings.encoding == utf8Name {
		o.Encoding = utf8Name
	}
	file, err := OpenWith("-", strings.NewReader(RerunFile(t, roster.Format(), kept, Marks{})), o)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	again, err := readRows(t, file)
	if err != nil || len(again) != len(kept) {
		t.Fatalf("%d rows of %d: %v", len(again), len(kept), err)
	}
	for i, row := range kept {
		if row.Raw == "" {
			continue // marks before the roster's own columns, and a row that ends among them
		}
		if again[i].Raw != row.Raw || (again[i].Malformed == nil) != (row.Malformed == nil) {
			t.Fatalf("row %d: %+v came back as %+v", i, row, again[i])
		}
	}
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
