package csvmap

import (
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// evidence is what of a roster tells its encoding: the parts of its cells that are
// not ASCII, each once, by whether the cells are used.
type evidence struct {
	used, others pile
	header       []clue
	headed       map[string]int // columns whose header is known in an encoding, and is not ASCII
	loneCR       bool           // the lines end as they did on old Macs
}

// pile is a bounded number of clues.
type pile struct {
	clues        []clue
	seen         map[clue]bool
	size         int // of the clues, bytes
	utf8, broken int // cells that are UTF-8, and those that are not
}

// mostEvidence is how much of the clues is looked at, in bytes.
const mostEvidence = 64 << 10

// words are the clues that hold ASCII letters too.
func (p *pile) words() []clue {
	return slices.DeleteFunc(slices.Clone(p.clues), func(t clue) bool { return !hasASCIILetter(t.text) })
}

// isUTF8 reports whether most of the cells are UTF-8: the other ones are broken.
func (e *evidence) isUTF8() bool {
	if e.used.utf8+e.used.broken > 0 {
		return e.used.utf8 >= e.used.broken
	}
	return e.others.utf8 > e.others.broken
}

// add takes a cell with bytes beyond ASCII, of a row whose names are in small letters
// or not.
func (p *pile) add(cell string, small bool) {
	if utf8.ValidString(cell) && !mixesScripts(cell) { // two letters of a Mac may look like one
		p.utf8++
	} else {
		p.broken++
	}
	clues(cell, small, func(t clue) {
		if p.size > mostEvidence || p.seen[t] {
			return
		}
		if p.seen == nil {
			p.seen = make(map[clue]bool)
		}
		p.seen[t] = true
		p.clues = append(p.clues, t)
		p.size += len(t.text)
	})
}

// gather reads the roster once more.
func (r *Roster) gather() (*evidence, error) {
	text, err := r.unpacked.text(r.source.reader())
	if err != nil {
		return nil, err
	}
	frames := newFramer(text)
	if _, err := r.openFrames(frames, newEncoding(utf8Name)); err != nil {
		return nil, err
	}
	w := &witness{frames: frames, parser: newParser(frames.delimiter)}
	heading, err := findHeading(frames, w.anyCells, r.settings.HeaderRow)
	if err != nil {
		return nil, err
	}
	w.evidence = evidence{headed: map[string]int{}, loneCR: string(heading.top.end) == "\r"}
	below := readAhead(frames, heading.below)
	w.takeHeader(w.cells(heading.top), below, r)
	for _, f := range below {
		w.take(f)
	}
	for {
		f, err := frames.next()
		switch {
		case errors.Is(err, io.EOF), brokenOff(err):
			return &w.evidence, nil
		case err != nil:
			return nil, err
		}
		w.take(f)
	}
}

// witness collects evidence.
type witness struct {
	evidence
	frames *framer
	parser *parser
	layout layout
	used   []bool // whether a column is used, marks of a rerun file included
	names  []bool // whether it is for a name
}

// cells parses a record, its bytes as they are; nil for none.
func (w *witness) cells(f frame) []string {
	if f.code != "" {
		return nil
	}
	cells, _ := w.parser.cells(f.text)
	return slices.Clone(cells)
}

// anyCells parses a record in the encoding in which it is most like a header.
func (w *witness) anyCells(f frame) []string {
	_, cells := mostKnown(w.cells(f))
	return cells
}

// mostKnown decodes the cells of a header in the encoding in which most of them
// are known, and tells how many are in each.
func mostKnown(header []string) (known map[string]int, decoded []string) {
	known = map[string]int{}
	if !slices.ContainsFunc(header, func(cell string) bool { return !isASCII([]byte(cell)) }) {
		return known, header
	}
	most := -1
	for _, p := range priors {
		e, cells := newEncoding(p.name), make([]string, len(header))
		for i, cell := range header {
			cells[i] = string(e.decode(nil, []byte(cell)))
			if cells[i] != cell && understood(cells[i]) {
				known[p.name]++
			}
		}
		if known[p.name] > most {
			most, decoded = known[p.name], cells
		}
	}
	return known, decoded
}

// takeHeader finds out which of the roster's columns are used.
func (w *witness) takeHeader(header []string, below []frame, r *Roster) {
	known, decoded := mostKnown(header)
	w.headed, w.layout = known, newLayout(decoded)
	own := w.layout.mine(slices.Clone(decoded))
	first := w.sample(below)
	found, _ := mapHeader(own, r.mapping, &first, r.before.columns()) // what is wrong with it comes up when it is mapped
	columns := found.columns
	kitchen, _ := r.mapping.bind(own, columns)
	w.used, w.names = make([]bool, len(header)), make([]bool, len(header))
	used, uses := kitchen.used(columns), kitchen.uses(columns)
	for i, at := range w.layout.own {
		w.used[at], w.names[at] = used[i], isName(uses[i])
	}
	for i, cell := range header {
		if !isASCII([]byte(cell)) && slices.Contains(w.layout.own, i) {
			clues(cell, false, func(t clue) { w.header = append(w.header, t) })
		}
	}
}

// sample is the roster's sample, its bytes as they are: what tells a contact is in
// ASCII.
func (w *witness) sample(below []frame) sample {
	var rows [][]string
	for _, f := range below[:min(len(below), sampleRows)] {
		rows = append(rows, unwrapTexts(w.layout.pick(w.cells(f))))
	}
	return newSample(rows)
}

// take takes a record.
func (w *witness) take(f frame) {
	if isASCII(f.text) {
		return
	}
	cells := w.cells(f)
	if cells == nil {
		w.others.add(string(f.text), false)
		return
	}
	small := w.inSmall(cells)
	for i, cell := range cells {
		switch {
		case isASCII([]byte(cell)):
		case i < len(w.used) && w.used[i]:
			w.evidence.used.add(cell, small)
		default:
			w.others.add(cell, small)
		}
	}
}

// inSmall reports whether a row's names begin with small letters, as far as these
// are ASCII.
func (w *witness) inSmall(cells []string) bool {
	small := false
	for i, cell := range cells {
		if i >= len(w.names) || !w.names[i] {
			continue
		}
		for word := range strings.FieldsSeq(cell) {
			small = small || word[0] >= 'a' && word[0] <= 'z'
			if word[0] >= 'A' && word[0] <= 'Z' {
				return false
			}
		}
	}
	return small
}
