package csvmap

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wlynxg/chardet"
)

// guess is what the encoding of a roster may be.
type guess struct {
	name       string   // the likeliest
	confident  bool     // name is right beyond reasonable doubt: the others give worse names
	idle       bool     // nothing that is used depends on it, so that it tells nothing of later nights
	candidates []string // that fit and give different names, the likeliest first
	alien      string   // what it looks like that is not read; "" for nothing
}

// priors are the encodings that are guessed, and by how much another has to fit
// better before one is taken, in nats: rosters of English and Spanish speakers, in
// Windows-1252, are by far the most.
var priors = []struct {
	name   string
	burden float64
}{
	{win1252, 0}, {macRoman, 2}, {latin9, 2}, {win1250, 4.5}, {win1251, 4}, {win1254, 8}, {shiftJIS, 5},
}

// alphabetOf returns the letters of the languages that an encoding is made for, nil
// for those of other scripts.
func alphabetOf(encoding string) *alphabet {
	switch encoding {
	case win1250:
		return centralLetters()
	case win1254:
		return turkishLetters()
	case win1251, shiftJIS:
		return nil
	}
	return westernLetters()
}

// runes reads a clue.
func (e *encoding) runes(c clue) []rune { return []rune(string(e.decode(nil, []byte(c.text)))) }

const (
	// clearly is by how much the best encoding has to fit better than the next one
	// that gives other names, in nats.
	clearly = 3.5
	// asUsual is by how much the encoding is likelier that the list had the last time.
	asUsual = 4
)

// reading is what an encoding makes of the evidence.
type reading struct {
	name  string
	text  string  // of the cells that are used
	doubt float64 // in nats
	clues int
	odd   int // of them, such as no name can be
}

// fits reports whether an encoding can be the right one. Some clues may be odd
// whatever it is: their rows are held.
func (r reading) fits() bool { return r.odd*3 <= r.clues }

// guess finds the encoding. The cells that are used decide, with the header; where
// these leave a doubt, the other cells help.
func (e *evidence) guess(usual string) guess {
	switch {
	case e.isUTF8():
		return guess{name: utf8Name, confident: true} // the other rows are broken, which is for them to say
	case len(e.used.clues)+len(e.header) == 0:
		return guess{name: win1252, confident: true, idle: true}
	}
	g := decide(e.weigh(usual, e.used.clues))
	if !g.confident && len(e.others.clues) > 0 {
		more := decide(e.weigh(usual, slices.Concat(e.used.clues, e.others.words())))
		g.confident = more.confident && more.name == g.name
	}
	if !g.confident {
		g.alien = e.alien()
	}
	return g
}

// weigh reads clues, and the header, in every encoding, the likeliest first.
func (e *evidence) weigh(usual string, clues []clue) []reading {
	var readings []reading
	for _, p := range priors {
		encoding, known := newEncoding(p.name), alphabetOf(p.name)
		r := reading{name: p.name, doubt: e.burden(p.name, p.burden, usual)}
		for _, t := range slices.Concat(clues, e.header) {
			text := encoding.runes(t)
			r.doubt += doubts(text, t.around, known)
			r.clues++
			if isOddReading(text, t.latin) {
				r.odd++
			}
		}
		var text strings.Builder
		for _, t := range e.used.clues {
			text.Write(encoding.decode(nil, []byte(t.text)))
			text.WriteByte('\n')
		}
		r.text = text.String()
		r.doubt -= likelyHeader * float64(e.headed[p.name])
		readings = append(readings, r)
	}
	slices.SortStableFunc(readings, func(a, b reading) int { return cmp.Compare(a.doubt, b.doubt) })
	return readings
}

// likelyHeader is by how much an encoding is likelier for each column whose header
// it makes one that is known, in nats.
const likelyHeader = 3

// burden is that of an encoding in this roster.
func (e *evidence) burden(name string, burden float64, usual string) float64 {
	switch {
	case name == usual:
		return -asUsual
	case e.loneCR && name == macRoman:
		return 0
	case e.loneCR && name == win1252:
		return 3
	}
	return burden
}

// decide takes the likeliest of readings.
func decide(readings []reading) guess {
	best := readings[0]
	g := guess{name: best.name, confident: best.fits()}
	seen := map[string]bool{}
	for _, r := range readings {
		near := r.doubt-best.doubt < clearly
		if r.text != best.text && near {
			g.confident = false
		}
		if !seen[r.text] && near && r.fits() {
			g.candidates = append(g.candidates, r.name)
		}
		seen[r.text] = true
	}
	if !g.confident {
		g.name = win1252 // where none fits, the usual one shows what the bytes are
		if len(g.candidates) > 0 {
			g.name = g.candidates[0]
		}
	}
	return g
}

// alien is what the used cells look like that is not read; "" for nothing.
func (e *evidence) alien() string {
	var sample strings.Builder
	for _, t := range e.used.clues {
		sample.WriteString(t.text + "\n")
	}
	opinion := chardet.Detect([]byte(sample.String()))
	if isRead(opinion.Encoding) || opinion.Confidence <= 0.9 {
		return ""
	}
	return opinion.Encoding
}

// isRead reports whether the encoding is read that chardet means by name.
func isRead(name string) bool {
	switch name {
	case "ISO-8859-9", "SHIFT_JIS", "CP932":
		return true
	}
	return encodingName(name) != ""
}
