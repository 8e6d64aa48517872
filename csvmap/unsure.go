package csvmap

import (
	"fmt"
	"math"
	"strings"
)

// Where the encoding of a list cannot be told for sure, only the rows are held in
// which that matters, and each shows how it was read.

// unsure is what the encoding may be where that is a guess; nil where it is known.
func (r *Roster) unsure() *guess {
	if r.found == nil || r.found.confident {
		return nil
	}
	return r.found
}

// checkLetters finds cells that may read otherwise: all with letters beyond ASCII
// where the encoding is not certain, and those that do not fit the one that was
// found. What is no UTF-8 in UTF-8 comes up by itself.
func (c *Checker) checkLetters(f *findings) {
	if c.found == nil || c.found.name == utf8Name {
		return
	}
	for i, cell := range f.row.Cells {
		if !c.used[i] || isASCII([]byte(cell)) || c.found.confident && !c.found.strange(cell) {
			continue
		}
		f.addAt(&c.subjects[i], UnclearLetters, c.found.complaint())
		if p := &f.Problems[len(f.Problems)-1]; p.Code == UnclearLetters {
			p.Reading = asEscapes(cell)
		}
	}
}

// strange reports whether a cell reads as no name can, or another encoding fits it
// far better than the one that was found.
func (g *guess) strange(cell string) bool {
	const far = 8 // nats
	e, strange := newEncoding(g.name), false
	clues(e.encode(cell), false, func(c clue) {
		text := e.runes(c)
		strange = strange || isOddReading(text, c.latin)
		if own := doubts(text, c.around, alphabetOf(g.name)); !strange && own > far {
			strange = leastDoubt(c) < own-far
		}
	})
	return strange
}

// leastDoubt is how unlikely a clue is in the encoding that fits it best.
func leastDoubt(c clue) float64 {
	least := math.Inf(1)
	for _, p := range priors {
		e := newEncoding(p.name)
		least = min(least, p.burden+doubts(e.runes(c), c.around, alphabetOf(p.name)))
	}
	return least
}

// complaint says of a cell that it may read otherwise.
func (g *guess) complaint() string {
	switch {
	case g.confident:
		return fmt.Sprintf("cannot be read for sure: as %s, which the list seems to be in, it is no name; type it anew", g.name)
	case len(g.candidates) == 0:
		return "cannot be read for sure, for the encoding of the list is not known: save the list as CSV UTF-8"
	}
	return fmt.Sprintf("cannot be read for sure: it was taken as %s; if the reading is right, run the list with --encoding %[1]s, else save it as CSV UTF-8", g.name)
}

// asEscapes writes letters beyond ASCII by their numbers, so that no program can
// show them otherwise.
func asEscapes(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~':
			out.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&out, `\U%08x`, r)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}
