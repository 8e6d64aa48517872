package csvmap

import (
	"encoding/csv"
	"io"
	"strings"
)

// parser gives the cells of one record at a time, by one csv.Reader for the
// whole file. Its limits and quotes are the framer's business. What the grammar
// has more than encoding/csv, the parser takes apart by itself.
type parser struct {
	delimiter byte
	csv       *csv.Reader
	feed      feed
	fed       int64
	loose     bool // the last record had more than encoding/csv takes
}

func newParser(delimiter byte) *parser {
	p := &parser{delimiter: delimiter}
	p.reset()
	return p
}

// cells parses text, which is one record without its line end. The slice is
// valid until the next call. ok is false when text is no record, or more than one;
// the next call starts afresh.
func (p *parser) cells(text []byte) (cells []string, ok bool) {
	if p.loose { // lists are of one kind throughout
		if cells, ok = p.apart(text); ok {
			return cells, true
		}
	}
	p.feed = feed{text: text}
	p.fed += int64(len(text)) + 1
	cells, err := p.csv.Read()
	if err != nil || p.csv.InputOffset() != p.fed {
		p.reset()
		return p.apart(text)
	}
	p.loose = false
	return cells, true
}

// apart parses text by the grammar.
func (p *parser) apart(text []byte) (cells []string, ok bool) {
	g := grammar{delimiter: p.delimiter, maxCell: len(text), maxRecord: len(text)}
	end, code, _ := g.scan(text, true)
	if p.loose = code == "" && end == len(text); !p.loose {
		return nil, false
	}
	for _, at := range cellSpans(text, p.delimiter) {
		value := unquote(string(text[at.from:at.to]))
		cells = append(cells, strings.ReplaceAll(value, "\r\n", "\n")) // as csv.Reader does
	}
	return cells, true
}

// reset drops what a reader has left over. Never LazyQuotes: with it an
// unclosed quote swallows the file without an error.
func (p *parser) reset() {
	p.csv = csv.NewReader(&p.feed)
	p.csv.Comma = rune(p.delimiter)
	p.csv.FieldsPerRecord = -1
	p.csv.ReuseRecord = true
	p.fed = 0
}

// feed reads as text and a line end.
type feed struct {
	text  []byte
	ended bool
}

func (f *feed) Read(p []byte) (int, error) {
	if len(f.text) > 0 {
		n := copy(p, f.text)
		f.text = f.text[n:]
		return n, nil
	}
	if f.ended {
		return 0, io.EOF
	}
	f.ended = true
	return copy(p, "\n"), nil
}
