package csvmap

import "bytes"

// MaxCell is the longest cell that is read, in bytes.
const MaxCell = 64 << 10

// MaxRecord is the longest record that is read, in bytes.
const MaxRecord = 1 << 20

// grammar is what encoding/csv takes for a record (a quote opens only at the
// start of a cell, and is written twice within it), with limits, and with CR,
// LF and CRLF alike as line ends. Beyond that, blanks may stand around the quotes
// of a cell, and Excel's ="00123" is one, so that whoever writes such lists means
// what a person sees in them.
type grammar struct {
	delimiter byte
	maxCell   int // bytes
	maxRecord int // bytes
}

// scan measures the record at the start of text. end is the index of its line
// end, or len(text) where whole text is the record; code says why the text is no
// record. done is false when it takes more text to tell, never when whole is
// set: then no text follows.
func (g grammar) scan(text []byte, whole bool) (end int, code Code, done bool) {
	for at := 0; ; at++ { // at stands at the start of a cell
		n, code, done := g.cell(text[at:], whole)
		at += n
		switch {
		case code != "":
			return 0, code, true
		case at > g.maxRecord || !done && len(text) > g.maxRecord:
			return 0, RowTooLong, true
		case !done:
			return 0, "", false
		case at == len(text) || text[at] != g.delimiter:
			return at, "", true
		}
	}
}

// cell measures the cell at the start of text, its quotes included.
func (g grammar) cell(text []byte, whole bool) (n int, code Code, done bool) {
	if opens, known := g.opening(text, whole); !known {
		return len(text), "", false
	} else if opens >= 0 {
		n, code, done = g.quoted(text[opens:], whole)
		return opens + n, code, done
	}
	for n = range text {
		switch b := text[n]; {
		case n > g.maxCell:
			return n, CellTooLong, true
		case b == '"':
			return n, BadQuote, true
		case b == g.delimiter || isBreak(b):
			return n, "", true
		}
	}
	if len(text) > g.maxCell {
		return len(text), CellTooLong, true
	}
	return len(text), "", whole
}

// opening finds the quote that opens a cell; -1 where none does. known is false
// when it takes more text to tell.
func (g grammar) opening(text []byte, whole bool) (at int, known bool) {
	if len(text) == 0 {
		return -1, true
	}
	switch text[0] {
	case '"':
		return 0, true
	case ' ', '\t', '=':
	default:
		return -1, true
	}
	at = g.blanks(text)
	if at < len(text) && text[at] == '=' {
		at++
	}
	switch {
	case at < len(text) && text[at] == '"':
		return at, true
	case at == len(text) && !whole && at <= g.maxCell:
		return -1, false
	}
	return -1, true
}

// blanks counts the blanks at the start of text.
func (g grammar) blanks(text []byte) int {
	n := 0
	for n < len(text) && text[n] != g.delimiter && (text[n] == ' ' || text[n] == '\t') {
		n++
	}
	return n
}

// quoted measures a cell that begins with a quote.
func (g grammar) quoted(text []byte, whole bool) (n int, code Code, done bool) {
	near := text[:min(len(text), g.maxCell+4)] // two quotes, what follows, and one byte too many
	for at := 1; ; at += 2 {
		i := bytes.IndexByte(near[at:], '"')
		if i < 0 {
			return g.unclosed(near, whole)
		}
		at += i
		switch {
		case at-1 > g.maxCell:
			return g.unclosed(near, whole)
		case at+1 == len(text):
			return at + 1, "", whole
		case text[at+1] == '"':
			continue
		}
		end := at + 1 + g.blanks(text[at+1:])
		switch {
		case end == len(text) && end-at <= g.maxCell:
			return end, "", whole
		case end < len(text) && (text[end] == g.delimiter || isBreak(text[end])):
			return end, "", true
		}
		return at + 1, BadQuote, true
	}
}

// unclosed says what a quoted cell is whose closing quote is not within reach.
// A cell of one line that is too long may well be closed further on; one of
// many lines is nearly always a quote too many, which swallows its neighbours.
func (g grammar) unclosed(near []byte, whole bool) (n int, code Code, done bool) {
	switch {
	case len(near) <= g.maxCell+1:
		return len(near), codeIf(whole, UnclosedQuote), whole
	case bytes.ContainsAny(near[:g.maxCell+2], "\r\n"):
		return len(near), UnclosedQuote, true
	default:
		return len(near), CellTooLong, true
	}
}

func codeIf(holds bool, code Code) Code {
	if holds {
		return code
	}
	return ""
}

func isBreak(b byte) bool { return b == '\n' || b == '\r' }

// lineBreak measures the line end at the start of text: 0, 1 or 2 bytes. known
// is false when it takes more text to tell CR from CRLF.
func lineBreak(text []byte, whole bool) (n int, known bool) {
	switch {
	case len(text) == 0:
		return 0, whole
	case text[0] == '\n':
		return 1, true
	case text[0] != '\r':
		return 0, true
	case len(text) == 1:
		return 1, whole
	case text[1] == '\n':
		return 2, true
	default:
		return 1, true
	}
}

// countBreaks counts the line ends in text.
func countBreaks(text []byte) int {
	return bytes.Count(text, []byte("\n")) + bytes.Count(text, []byte("\r")) - bytes.Count(text, []byte("\r\n"))
}
