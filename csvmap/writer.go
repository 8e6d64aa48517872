package csvmap

import (
	"bufio"
	"io"
	"strings"
)

// Format is a roster's form: what it takes to write rows back in it. The rows of
// a workbook are written as CSV in UTF-8.
type Format struct {
	Header    string // the header's text as in [Row.Raw], the roster's own columns only
	Delimiter byte
	Newline   string // the header's line end; LF when it has none
	BOM       bool
	Columns   int    // the roster's own
	Encoding  string // one of Encodings; "" for UTF-8
	Sep       string // Excel's line that names the delimiter, with its line end; "" for none
	Unsure    bool   // Encoding is a guess: a rerun file does not vouch for it
	AsText    bool   // cells are guarded against spreadsheets, see guardText
	Answers   bool   // there is an [AnswerColumn]
}

func newFormat(header frame, delimiter byte, l layout) Format {
	newline := string(header.end)
	if newline == "" {
		newline = "\n"
	}
	return Format{
		Header:    string(pick(header.text, delimiter, l.own)),
		Delimiter: delimiter,
		Newline:   newline,
		Columns:   len(l.own),
	}
}

// as is what a rerun file in this form says of itself.
func (f Format) as() string {
	e := newEncoding(f.Encoding)
	switch {
	case f.AsText:
		return asText
	case e.foreign() && !f.Unsure:
		return e.mark()
	}
	return ""
}

// Marks are the cells that a rerun file has behind the row's own.
type Marks struct{ Run, Outcome, Code, Message string }

// RowWriter writes rows in the roster's own form, to be run again. The row's own
// cells stay byte for byte, in the roster's own encoding. Its output is read by
// [Open], as often as one likes, and never gains columns.
type RowWriter struct {
	w        *bufio.Writer
	format   Format
	encoding encoding
	as       string
	begun    bool
}

// NewRowWriter returns a writer in the form f.
func NewRowWriter(w io.Writer, f Format) *RowWriter {
	return &RowWriter{w: bufio.NewWriter(w), format: f, encoding: newEncoding(f.Encoding), as: f.as()}
}

// Write writes one row: raw is [Row.Raw], malformed whether [Row.Malformed] is
// set. A malformed record goes whole into bulkinvite_raw, where it cannot
// swallow its neighbours. The header goes before the first row.
func (w *RowWriter) Write(raw string, malformed bool, m Marks) error {
	if !w.begun {
		w.begun = true
		w.writeHeader()
	}
	own, kept := raw, ""
	if malformed || raw == "" {
		own, kept = strings.Repeat(string(w.format.Delimiter), w.format.Columns-1), raw
	}
	kept = w.encoding.guardRaw(kept)
	marks := w.marks(m.Run, m.Outcome, m.Code, m.Message, "")
	if w.as != "" {
		return w.writeLine(own, marks, kept, "")
	}
	return w.writeLine(own, marks, kept)
}

// Flush writes out what is buffered.
func (w *RowWriter) Flush() error { return w.w.Flush() }

// writeHeader leaves an error to the row that follows: bufio keeps it.
func (w *RowWriter) writeHeader() {
	if w.format.BOM {
		w.w.WriteString(w.encoding.rewrite(bom))
	}
	w.w.WriteString(w.encoding.rewrite(w.format.Sep))
	marks := w.marks(runHeader, outcomeHeader, codeHeader, messageHeader, AnswerColumn)
	if w.as != "" {
		_ = w.writeLine(w.format.Header, marks, rawHeader, asPrefix+w.as)
		return
	}
	_ = w.writeLine(w.format.Header, marks, rawHeader)
}

// marks leaves out the last one, the answer, where there is no column for it.
func (w *RowWriter) marks(all ...string) []string {
	if w.format.Answers {
		return all
	}
	return all[:len(all)-1]
}

// writeLine writes a line: own and raws are in the encoding already, as far as it
// is not UTF-16; marks are not.
func (w *RowWriter) writeLine(own string, marks []string, raws ...string) error {
	delimiter := string(w.format.Delimiter)
	w.w.WriteString(w.encoding.rewrite(own))
	for _, mark := range marks {
		w.w.WriteString(w.encoding.encode(delimiter + w.quote(guard(mark))))
	}
	for _, raw := range raws {
		w.w.WriteString(w.encoding.rewrite(delimiter + w.quote(raw)))
	}
	_, err := w.w.WriteString(w.encoding.rewrite(w.format.Newline))
	return err
}

// quote puts a cell into quotes where it needs them.
func (w *RowWriter) quote(cell string) string {
	if !strings.ContainsAny(cell, "\"\r\n ") && strings.IndexByte(cell, w.format.Delimiter) < 0 {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}

// guardRaw is guard for a record's own bytes.
func (e *encoding) guardRaw(raw string) string {
	if runs(string(e.decode(nil, []byte(raw)))) {
		return "'" + raw
	}
	return raw
}

// unguardRaw is unguard for a record's own bytes.
func (e *encoding) unguardRaw(raw string) string {
	if strings.HasPrefix(raw, "'") && runs(string(e.decode(nil, []byte(raw)))) {
		return raw[1:]
	}
	return raw
}
