package csvmap

import (
	"encoding/csv"
	"io"
)

// parser gives the cells of one record at a time, by one csv.Reader for the
// whole file. Its limits and quotes are the framer's business.
type parser struct {
	delimiter rune
	csv       *csv.Reader
	feed      feed
	fed       int64
}

func newParser(delimiter byte) *parser {
	p := &parser{delimiter: rune(delimiter)}
	p.reset()
	return p
}

// cells parses text, which is one record without its line end. The slice is
// valid until the next call. ok is false when csv.Reader sees no record, or more
// than one; the next call starts afresh.
func (p *parser) cells(text []byte) (cells []string, ok bool) {
	p.feed = feed{text: text}
	p.fed += int64(len(text)) + 1
	cells, err := p.csv.Read()
	if err != nil || p.csv.InputOffset() != p.fed {
		p.reset()
		return nil, false
	}
	return cells, true
}

// reset drops what a reader has left over. Never LazyQuotes: with it an
// unclosed quote swallows the file without an error.
func (p *parser) reset() {
	p.csv = csv.NewReader(&p.feed)
	p.csv.Comma = p.delimiter
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
