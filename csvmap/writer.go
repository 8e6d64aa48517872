package csvmap

import (
	"bufio"
	"io"
	"strings"
)

// Format is a roster's form: what it takes to write rows back in it.
type Format struct {
	Header    string // the header's text byte for byte, the roster's own columns only
	Delimiter byte
	Newline   string // the header's line end; LF when it has none
	BOM       bool
	Columns   int // the roster's own
}

func newFormat(header frame, delimiter byte, hasBOM bool, l layout) Format {
	newline := string(header.end)
	if newline == "" {
		newline = "\n"
	}
	return Format{
		Header:    string(pick(header.text, delimiter, l.own)),
		Delimiter: delimiter,
		Newline:   newline,
		BOM:       hasBOM,
		Columns:   len(l.own),
	}
}

// Marks are the cells that a rerun file has behind the row's own.
type Marks struct{ Run, Outcome, Code, Message string }

// RowWriter writes rows in the roster's own form, to be run again. The row's own
// cells stay byte for byte. Its output is read by [Open], as often as one likes,
// and never gains columns.
type RowWriter struct {
	w      *bufio.Writer
	format Format
	begun  bool
}

// NewRowWriter returns a writer in the form f.
func NewRowWriter(w io.Writer, f Format) *RowWriter {
	return &RowWriter{w: bufio.NewWriter(w), format: f}
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
	return w.writeLine(own, m.Run, m.Outcome, m.Code, m.Message, kept)
}

// Flush writes out what is buffered.
func (w *RowWriter) Flush() error { return w.w.Flush() }

// writeHeader leaves an error to the row that follows: bufio keeps it.
func (w *RowWriter) writeHeader() {
	if w.format.BOM {
		w.w.WriteString(bom)
	}
	_ = w.writeLine(w.format.Header, runHeader, outcomeHeader, codeHeader, messageHeader, rawHeader)
}

func (w *RowWriter) writeLine(own string, marks ...string) error {
	w.w.WriteString(own)
	for _, mark := range marks {
		w.w.WriteByte(w.format.Delimiter)
		w.w.WriteString(w.quote(guard(mark)))
	}
	_, err := w.w.WriteString(w.format.Newline)
	return err
}

// quote puts a cell into quotes where it needs them.
func (w *RowWriter) quote(cell string) string {
	if !strings.ContainsAny(cell, "\"\r\n ") && strings.IndexByte(cell, w.format.Delimiter) < 0 {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}
