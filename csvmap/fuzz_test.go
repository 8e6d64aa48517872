package csvmap

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
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
	for i, row := range rows {
		if row.Malformed == nil && len(row.Cells) != len(roster.Header()) {
			t.Fatalf("row %d has %d cells", i, len(row.Cells))
		}
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

// Any bytes in UTF-16, whole characters or not, come back as they were.
func TestUTF16ComesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		units := rapid.SliceOf(rapid.OneOf(rapid.Uint16(), rapid.Uint16Range(0xd800, 0xdfff))).Draw(rt, "units")
		for _, order := range []byteOrder{binary.LittleEndian, binary.BigEndian} {
			var text []byte
			for _, unit := range units {
				text = order.AppendUint16(text, unit)
			}
			turned, err := io.ReadAll(newUTF16Reader(threes{bytes.NewReader(text)}, order))
			if err != nil {
				rt.Fatal(err)
			}
			if got := appendUTF16(nil, string(turned), order); !bytes.Equal(got, text) {
				rt.Fatalf("% x became % x", text, got)
			}
			if _, err := io.ReadAll(newUTF16Reader(bytes.NewReader(append(text, 'x')), order)); !errors.Is(err, io.ErrUnexpectedEOF) {
				rt.Fatal(err)
			}
		}
	})
}

// threes reads three bytes at a time.
type threes struct{ io.Reader }

func (r threes) Read(p []byte) (int, error) { return r.Reader.Read(p[:min(3, len(p))]) }

// The bounds hold where no archive of a test can reach them.
func TestBounds(t *testing.T) {
	read := func(given, packed int64) error {
		b := &bounded{Reader: io.LimitReader(endless{}, 1), packed: func() int64 { return packed }, most: maxUnpacked, given: given}
		_, err := b.Read(make([]byte, 1))
		return err
	}
	for _, tt := range []struct {
		given, packed int64
		bomb          bool
	}{
		{maxUnpacked - 1, maxUnpacked, false}, {maxUnpacked, maxUnpacked, true}, {freeUnpacked - 1, 0, false}, {freeUnpacked, 0, true},
		{1 << 30, 1 << 30 / maxRatio, false}, {1<<30 + 2*maxRatio, 1 << 30 / maxRatio, true},
	} {
		if err := read(tt.given, tt.packed); errors.Is(err, errBomb) != tt.bomb {
			t.Errorf("%+v: %v", tt, err)
		}
	}
	archive := &zip.Reader{File: []*zip.File{
		{FileHeader: zip.FileHeader{UncompressedSize64: 1 << 63, CompressedSize64: 1 << 63}},
		{FileHeader: zip.FileHeader{UncompressedSize64: 1 << 63, CompressedSize64: 1 << 63}},
	}}
	if err := within(archive); !errors.Is(err, errBomb) {
		t.Error(err)
	}
}

// What came in a stream can be read again at any place, in memory and beyond.
func TestSpool(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.SampledFrom([]int{0, 1, 100, spoolMemory - 1, spoolMemory, spoolMemory + 1, spoolMemory + 100_000}).Draw(rt, "size")
		text := bytes.Repeat([]byte("0123456789abcdef-"), size/17+1)[:size]
		kept := newSpool(bytes.NewReader(text))
		defer func() { _ = kept.Close() }()
		for range 5 {
			offset := rapid.IntRange(0, size+10).Draw(rt, "offset")
			piece := make([]byte, rapid.IntRange(0, 100).Draw(rt, "length"))
			n, err := kept.ReadAt(piece, int64(offset))
			want := text[min(offset, size):min(offset+len(piece), size)]
			if !bytes.Equal(piece[:n], want) || (err == nil) != (n == len(piece)) {
				rt.Fatal(offset, n, err)
			}
		}
		all, err := io.ReadAll(io.NewSectionReader(kept, 0, int64(size)))
		if err != nil || !bytes.Equal(all, text) {
			rt.Fatal(len(all), err)
		}
	})
}
