package csvmap

import (
	"bytes"
	"io"
	"slices"
)

const bom = "\xef\xbb\xbf" // of UTF-8

// kind is what a file is, going by its first bytes, and never by its name.
type kind int

const (
	kindText kind = iota
	kindZip       // also workbooks
	kindGzip
	kindOther // nothing that holds a roster that is read
)

// magics are how files begin that are no text. Where they hold rosters that are
// not read, the advice says what to do.
var magics = []struct {
	start  string
	kind   kind
	is     string
	advice string
}{
	{"PK\x03\x04", kindZip, "an Excel workbook or a zip archive", ""},
	{"PK\x05\x06", kindZip, "an empty zip archive", ""},
	{"\x1f\x8b", kindGzip, "a gzip archive", ""},
	{"\xd0\xcf\x11\xe0", kindOther, "an old Excel workbook (.xls)", "open it in Excel and save it as .xlsx, or as CSV UTF-8"},
	{"%PDF", kindOther, "a PDF document", "export the list itself, as CSV or .xlsx"},
	{"{\\rtf", kindOther, "a text document (RTF)", "export the list itself, as CSV or .xlsx"},
	{"\xff\xfe\x00\x00", kindOther, "text in UTF-32", "save it as CSV UTF-8"},
	{"\x00\x00\xfe\xff", kindOther, "text in UTF-32", "save it as CSV UTF-8"},
	{"7z\xbc\xaf\x27\x1c", kindOther, "a 7-Zip archive", "unpack it and give the roster in it"},
	{"Rar!\x1a\x07", kindOther, "a RAR archive", "unpack it and give the roster in it"},
	{"BZh", kindOther, "a bzip2 archive", "unpack it and give the roster in it"},
	{"\xfd7zXZ\x00", kindOther, "an xz archive", "unpack it and give the roster in it"},
	{"\x28\xb5\x2f\xfd", kindOther, "a zstd archive", "unpack it and give the roster in it"},
	{"SQLite format 3\x00", kindOther, "a database", "export the list as CSV"},
	{"\x89PNG", kindOther, "a picture", "export the list as CSV or .xlsx"},
	{"\xff\xd8\xff", kindOther, "a picture", "export the list as CSV or .xlsx"},
	{"PAR1", kindOther, "a Parquet file", "export the list as CSV or .xlsx"},
}

// webPages are how files begin, in any case, that are tables for a browser. Some
// systems write them under the name .xls.
var webPages = []string{"<!doctype html", "<html", "<table", "<?xml", "<meta"}

// recognise finds out what a file is that begins with head.
func recognise(head []byte) (k kind, is, advice string) {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.start)) {
			return m.kind, m.is, m.advice
		}
	}
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head[:min(len(head), 256)], []byte(bom)), " \t\r\n"))
	for _, page := range webPages {
		if bytes.HasPrefix(start, []byte(page)) {
			return kindOther, "a web page or an XML file", "open it in Excel and save it as .xlsx, or as CSV UTF-8"
		}
	}
	return kindText, "", ""
}

// isBinary reports whether head is no text in any encoding but UTF-16: a few
// odd bytes may be a slip in one row, many are not, unless there is a header that
// is known: then they stand in the cells.
func isBinary(head []byte) bool {
	odd := 0
	for _, b := range head {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' && b != 0x1a {
			odd++
		}
	}
	return odd > 8+len(head)/100 && !slices.ContainsFunc(delimiters[:], func(delimiter byte) bool { return measure(head, delimiter).known > 1 })
}

// isLocked reports whether an old-style workbook is the shell around a new one
// with a password. Such a shell has a stream of that name.
func isLocked(file io.Reader) bool {
	name := []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	window := make([]byte, 0, 128<<10)
	for {
		n, err := io.ReadFull(file, window[len(window):cap(window)])
		window = window[:len(window)+n]
		switch {
		case bytes.Contains(window, name):
			return true
		case err != nil:
			return false
		}
		window = append(window[:0], window[len(window)-len(name):]...)
	}
}
