package csvmap

import "strings"

// span is where a cell stands in a record's text, its quotes included.
type span struct{ from, to int }

// cellSpans finds the cells of a good record.
func cellSpans(text []byte, delimiter byte) []span {
	g := grammar{delimiter: delimiter, maxCell: len(text), maxRecord: len(text)}
	var spans []span
	for at := 0; ; at++ {
		n, code, _ := g.cell(text[at:], true)
		spans = append(spans, span{at, at + n})
		at += n
		if code != "" || at >= len(text) || text[at] != delimiter {
			return spans
		}
	}
}

// pick returns the text of a record that holds only the cells at the given
// indexes, byte for byte.
func pick(text []byte, delimiter byte, indexes []int) []byte {
	spans := cellSpans(text, delimiter)
	var picked []byte
	for i, index := range indexes {
		if i > 0 {
			picked = append(picked, delimiter)
		}
		picked = append(picked, text[spans[index].from:spans[index].to]...)
	}
	return picked
}

// unquote returns a cell's value byte for byte; csv.Reader makes CRLF in quotes LF.
func unquote(cell string) string {
	bare := bareQuotes(cell)
	if len(bare) < 2 || bare[0] != '"' {
		return bare
	}
	return strings.ReplaceAll(bare[1:len(bare)-1], `""`, `"`)
}

// bareQuotes takes the blanks off a cell that stand around its quotes.
func bareQuotes(cell string) string {
	if bare := strings.Trim(cell, " \t"); strings.HasPrefix(bare, `"`) || strings.HasPrefix(bare, `="`) {
		return bare
	}
	return cell
}

// regular returns the text of a good record as every program reads it: without
// blanks around the quotes of a cell.
func regular(text []byte, delimiter byte) []byte {
	var out []byte
	for i, at := range cellSpans(text, delimiter) {
		if i > 0 {
			out = append(out, delimiter)
		}
		out = append(out, bareQuotes(string(text[at.from:at.to]))...)
	}
	return out
}
