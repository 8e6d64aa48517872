package csvmap

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// FuzzRows reads any bytes as a roster: every record is one row (somebody's, a
// skipped one or a problem), every physical line that is not blank belongs to
// exactly one record, nobody with a contact is skipped, and what is written to a
// rerun file comes back.
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
		checkSkipped(t, roster, rows)
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
	file, err := OpenWith("-", strings.NewReader(RerunFile(t, roster.Format(), kept, Marks{Run: "r"})), o)
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

// checkSkipped looks for contacts and names in the rows that are skipped, by eyes
// of its own.
func checkSkipped(t *testing.T, roster *Roster, rows []Row) {
	t.Helper()
	for _, row := range rows {
		if row.Skip == nil {
			continue
		}
		for i, cell := range row.Cells {
			at := strings.IndexByte(cell, '@')
			field := roster.columns[i].Field
			switch {
			case row.Skip.Code == LabelLine || row.Skip.Code == HeaderAgain || row.Skip.Code == TitleLine:
				if at > 0 && !strings.ContainsAny(cell, " \t") && strings.Contains(cell[at:], ".") {
					t.Fatalf("line %d has an address and is skipped: %+v", row.Line, row.Skip)
				}
			case field == Email && at >= 0, field == Phone && newPhones("US").read(cell, "US").anyComplaint() == "":
				t.Fatalf("line %d has a contact and is skipped: %+v", row.Line, row.Skip)
			case (field == FirstName || field == LastName || field == FullName) && isSimpleName(cell):
				t.Fatalf("line %d has a name and is skipped: %+v", row.Line, row.Skip)
			}
		}
	}
}

// isSimpleName takes two words or more of letters only, such as no total has.
func isSimpleName(cell string) bool {
	words := strings.Fields(cell)
	for _, word := range words {
		if totals[strings.ToLower(word)] || strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return false
		}
	}
	return len(words) > 1
}

// checkCoverage counts what no record covers: nothing but line ends, and marks of
// byte order.
func checkCoverage(t *testing.T, text []byte, records []framed) {
	t.Helper()
	at, line := 0, 1
	for _, r := range records {
		between := text[at:r.Offset]
		between = bytes.ReplaceAll(between, []byte(bom), nil)
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
	if rest := bytes.Trim(bytes.ReplaceAll(text[at:], []byte(bom), nil), "\r\n"); len(rest) > 0 {
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
