package csvmap

import (
	"bytes"
	"io"
	"strings"
)

// delimiters in the order in which they are preferred.
var delimiters = [...]byte{',', ';', '\t', '|'}

// sniffWindow is how many records are looked at to find the delimiter.
const sniffWindow = 50

// sniffDelimiter picks the delimiter by which head, the start of a text, is most
// like a table. That is the one with the most columns that are known, in the
// record that has most of them; among equals the one with the most cells there.
// Where no column is known, it is the one by which the most records agree on
// their number of cells, and among equals again the one with the most. A table
// of one column is taken as comma-separated.
func sniffDelimiter(head []byte) byte {
	best, most := delimiters[0], tableness{}
	for _, delimiter := range delimiters {
		if found := measure(head, delimiter); most.less(found) {
			best, most = delimiter, found
		}
	}
	return best
}

// tableness is how much like a table a text is.
type tableness struct{ known, agreeing, cells int }

func (t tableness) less(other tableness) bool {
	if t.known != other.known {
		return t.known < other.known
	}
	if t.known == 0 && t.agreeing != other.agreeing {
		return t.agreeing < other.agreeing
	}
	return t.cells < other.cells
}

func measure(head []byte, delimiter byte) tableness {
	frames := &framer{grammar: grammar{delimiter, MaxCell, MaxRecord}, buf: head, err: io.EOF, ended: true}
	parser := newParser(delimiter)
	var best tableness
	widths := map[int]int{}
	for range sniffWindow {
		next, err := frames.next()
		if err != nil {
			break
		}
		cells, ok := parser.cells(next.text)
		if next.code != "" || !ok {
			continue
		}
		if known := countKnown(cells); known > best.known {
			best.known, best.cells = known, len(cells)
		}
		if len(cells) > 1 {
			widths[len(cells)]++
		}
	}
	if best.known > 0 {
		return best
	}
	for width, count := range widths {
		if found := (tableness{0, count, width}); best.less(found) {
			best = found
		}
	}
	return best
}

// sepLine reads the line by which Excel is told the delimiter, as in sep=; which
// goes before the header. n is its length without its line end, 0 where there is
// none.
func sepLine(head []byte) (delimiter byte, n int) {
	end := bytes.IndexAny(head, "\r\n")
	if end < 0 || end > len(`"sep=;"`) {
		return 0, 0
	}
	line := strings.TrimSuffix(strings.TrimPrefix(string(head[:end]), `"`), `"`)
	if len(line) != len("sep=;") || !strings.EqualFold(line[:4], "sep=") || !canDelimit(line[4]) {
		return 0, 0
	}
	return line[4], end
}
