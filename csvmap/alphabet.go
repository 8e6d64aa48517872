package csvmap

import (
	"embed"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// accented holds people's names with letters beyond ASCII, a file for each group
// of languages: western, central and turkish. A line with # names the languages
// that follow, and how many of a thousand such names in a list are theirs, more or
// less.
//
//go:embed accented
var accented embed.FS

// alphabet tells how likely a letter beyond ASCII is in names of some languages:
// how often it is used, and what stands on either side of it.
type alphabet struct {
	letters map[rune]*letter
	usual   map[rune]float64 // share of each letter, accents aside, in all names
	names   map[string]bool  // in small letters
}

// letter is one beyond ASCII.
type letter struct {
	share       float64 // of all such letters
	left, right side
}

// side counts what stands to one side of a letter, the letter beside it and the one
// behind that.
type side struct {
	near tally
	far  map[rune]*tally // by the near one
}

// tally counts letters.
type tally struct {
	count map[rune]float64
	total float64
}

func (t *tally) add(r rune) {
	if t.count == nil {
		t.count = make(map[rune]float64)
	}
	t.count[r]++
	t.total++
}

// edge stands for the neighbour of a name's first and last letter.
const edge = ' '

var (
	westernLetters = sync.OnceValue(func() *alphabet { return readAlphabet("western") })
	centralLetters = sync.OnceValue(func() *alphabet { return readAlphabet("central") })
	turkishLetters = sync.OnceValue(func() *alphabet { return readAlphabet("turkish") })
)

func readAlphabet(group string) *alphabet {
	text, err := accented.ReadFile("accented/" + group + ".txt")
	if err != nil {
		panic("csvmap: " + err.Error())
	}
	a := &alphabet{letters: make(map[rune]*letter), usual: make(map[rune]float64), names: make(map[string]bool)}
	for section := range strings.SplitSeq(strings.TrimPrefix(string(text), "# "), "\n# ") {
		heading, text, _ := strings.Cut(section, "\n")
		names := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
		_, share, _ := strings.Cut(heading, ": ")
		weight, err := strconv.ParseFloat(share, 64)
		if err != nil {
			panic("csvmap: " + err.Error())
		}
		for _, name := range names {
			a.take(smallLetters([]rune(name)), weight/float64(len(names)))
		}
	}
	a.toShares()
	return a
}

// toShares makes shares of counts.
func (a *alphabet) toShares() {
	var all, accented float64
	for _, n := range a.usual {
		all += n
	}
	for r := range a.usual {
		a.usual[r] /= all
	}
	for _, l := range a.letters {
		accented += l.share
	}
	for _, l := range a.letters {
		l.share /= accented
	}
}

// take counts a name in small letters.
func (a *alphabet) take(name []rune, weight float64) {
	a.names[string(name)] = true
	bare := bareLetters(name)
	a.usual[edge] += 2
	for i, r := range name {
		a.usual[bare[i]]++
		if r < 0x80 {
			continue
		}
		s := a.letters[r]
		if s == nil {
			s = &letter{left: side{far: make(map[rune]*tally)}, right: side{far: make(map[rune]*tally)}}
			a.letters[r] = s
		}
		s.share += weight
		s.left.add(neighbours(bare, i, -1))
		s.right.add(neighbours(bare, i, 1))
	}
}

func (s *side) add(near, far rune) {
	s.near.add(near)
	if s.far[near] == nil {
		s.far[near] = &tally{}
	}
	s.far[near].add(far)
}

// neighbours returns the letter beside name[i] in the direction of step, and the
// one behind it.
func neighbours(name []rune, i, step int) (near, far rune) {
	at := func(i int) rune {
		if i < 0 || i >= len(name) {
			return edge
		}
		return name[i]
	}
	return at(i + step), at(i + 2*step)
}

// smallLetters makes letters small ones, but for the Turkish İ, whose small form is
// in ASCII.
func smallLetters(word []rune) []rune {
	small := make([]rune, len(word))
	for i, r := range word {
		if small[i] = r; r != 'İ' {
			small[i] = unicode.ToLower(r)
		}
	}
	return small
}

// bareLetters takes the accents off letters.
func bareLetters(name []rune) []rune {
	bare := make([]rune, len(name))
	for i, r := range name {
		bare[i] = r
		if r >= 0x80 {
			bare[i] = []rune(norm.NFD.String(string(r)))[0]
		}
	}
	return bare
}

const (
	// unknown is the doubt about a letter that no name of the lists has, in nats.
	unknown = 10
	// knownName is by how much a name of the lists is likelier, for each of its
	// letters beyond ASCII.
	knownName = 4
)

// doubt says in nats how unlikely the letter word[i] is where it stands.
func (a *alphabet) doubt(word []rune, i int) float64 {
	name := smallLetters(word)
	s := a.letters[name[i]]
	if s == nil {
		return unknown
	}
	bare := bareLetters(name)
	doubt := -math.Log(s.share)
	near, far := neighbours(bare, i, -1)
	doubt -= a.fit(&s.left, near, far)
	near, far = neighbours(bare, i, 1)
	doubt -= a.fit(&s.right, near, far)
	if a.names[string(name)] {
		doubt -= knownName
	}
	return doubt
}

// fit says by how much likelier two neighbours are beside a letter than anywhere.
func (a *alphabet) fit(s *side, near, far rune) float64 {
	fit := a.likelier(&s.near, near)
	if behind := s.far[near]; behind != nil && near != edge {
		fit += a.likelier(behind, far)
	}
	return fit
}

// likelier compares in nats how often r was seen in a place with how often it would
// have been if it stood there as it does anywhere. Where that is hardly ever, it
// means little that it was never seen.
func (a *alphabet) likelier(t *tally, r rune) float64 {
	const little = 0.5
	return math.Log((t.count[r] + little) / (t.total*a.share(r) + little))
}

// share is how often a letter stands anywhere.
func (a *alphabet) share(r rune) float64 { return max(a.usual[r], 1e-4) }
