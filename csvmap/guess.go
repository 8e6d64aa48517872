package csvmap

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
)

// guess is what the encoding of some text may be.
type guess struct {
	name       string // the likeliest; "" when none is
	confident  bool   // name is right beyond reasonable doubt: the others give other words, and worse ones
	candidates []string
	alien      string // what it looks like that is not read; "" for nothing
}

// priors are the encodings that are guessed, with how much better another has to
// fit before it is taken: rosters of English and Spanish speakers, in
// Windows-1252, are by far the most.
var priors = []struct {
	name   string
	burden float64
}{
	{win1252, 0}, {macRoman, 1}, {latin9, 1}, {win1250, 3}, {win1251, 3}, {win1254, 3}, {shiftJIS, 3},
}

// clearly is by how much the best encoding has to fit better than the next one
// that gives other words: about twenty to one.
const clearly = 3

// reading is a sample as one encoding has it.
type reading struct {
	name  string
	text  string
	doubt float64 // how unlikely the words are, in nats
	words int     // with other letters than ASCII's
	odd   int     // of them, such as no language has
}

// guessEncoding finds the encoding of lines that hold bytes beyond ASCII. Only
// the letters decide, not what the file says of itself.
func guessEncoding(sample []byte) guess {
	if mostlyUTF8(sample) {
		return guess{name: utf8Name, confident: true}
	}
	var readings []reading
	for _, p := range priors {
		e := newEncoding(p.name)
		r := judge(p.name, string(e.decode(nil, sample)))
		r.doubt += p.burden
		readings = append(readings, r)
	}
	opinion := chardet.Detect(sample)
	for i := range readings {
		if readings[i].name != opined(opinion.Encoding) {
			readings[i].doubt++
		}
	}
	slices.SortStableFunc(readings, func(a, b reading) int { return cmp.Compare(a.doubt, b.doubt) })
	best := readings[0]
	g := guess{candidates: plausible(readings)}
	if len(g.candidates) > 0 {
		g.name = best.name
	}
	if opined(opinion.Encoding) == "" && opinion.Confidence > 0.9 {
		g.alien = opinion.Encoding
	}
	rival := slices.IndexFunc(readings, func(r reading) bool { return r.text != best.text })
	g.confident = g.alien == "" && best.odd*20 <= best.words && (rival < 0 || readings[rival].doubt-best.doubt >= clearly)
	return g
}

// plausible lists the encodings that give different words, the likeliest first,
// without those by which too many words are odd.
func plausible(readings []reading) []string {
	var names []string
	seen := map[string]bool{}
	for _, r := range readings {
		if !seen[r.text] && r.odd*5 <= r.words {
			names = append(names, r.name)
		}
		seen[r.text] = true
	}
	return names
}

// opined is the encoding that chardet means by name, as far as it is read. It
// tells the Western encodings apart by too little, and takes short ones for
// Turkish.
func opined(name string) string {
	switch name {
	case "ISO-8859-1", "Windows-1252", "Windows-1254", "ISO-8859-9":
		return win1252
	case "SHIFT_JIS", "CP932":
		return shiftJIS
	}
	return encodingName(name)
}

// mostlyUTF8 reports whether nearly all lines are UTF-8: the others are broken,
// which is for their rows to say.
func mostlyUTF8(sample []byte) bool {
	lines, valid := 0, 0
	for line := range bytes.Lines(sample) {
		lines++
		if utf8.Valid(line) {
			valid++
		}
	}
	return valid*10 >= lines*9
}

// sampleSize is how much of the lines beyond ASCII is looked at, in bytes.
const sampleSize = 64 << 10

// sampleLines collects lines that hold bytes beyond ASCII, from all over the
// text: when there are too many, every second one goes, and of what follows
// every second one is taken.
func sampleLines(text io.Reader) ([]byte, error) {
	in := bufio.NewReaderSize(text, 32<<10)
	var lines [][]byte
	size, stride, count := 0, 1, 0
	for {
		line, err := in.ReadSlice('\n') // a longer line comes in pieces
		if !isASCII(line) {
			if count++; count%stride == 0 {
				lines = append(lines, bytes.TrimRight(bytes.Clone(line), "\r\n"))
				size += len(line)
			}
		}
		for size > sampleSize {
			lines, size = thin(lines)
			stride *= 2
		}
		switch {
		case errors.Is(err, io.EOF), brokenOff(err):
			return bytes.Join(lines, []byte("\n")), nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}

func thin(lines [][]byte) (kept [][]byte, size int) {
	for i := 1; i < len(lines); i += 2 {
		kept = append(kept, lines[i])
		size += len(lines[i])
	}
	return kept, size
}
