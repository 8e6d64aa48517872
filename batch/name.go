package batch

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FoldName makes names comparable: letters and digits in lower case without
// accents, words sorted, so that "Sample, Ávery" equals "avery sample".
func FoldName(name string) string {
	words := strings.Fields(foldLetters(name, ' '))
	slices.Sort(words)
	return strings.Join(words, " ")
}

// foldLetters leaves letters and digits, in lower case and without accents, and
// puts gap in the place of everything else.
func foldLetters(text string, gap rune) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		default:
			return gap
		}
	}, norm.NFKD.String(text))
	for _, r := range plain {
		if r >= utf8.RuneSelf {
			return barred.Replace(plain)
		}
	}
	return plain
}

// barred are letters whose accent Unicode takes for a part of them.
var barred = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "ß", "ss", "æ", "ae", "œ", "oe", "þ", "th")

// shareWord reports whether two folded names have a word in common.
func shareWord(a, b string) bool {
	words := strings.Fields(b)
	return slices.ContainsFunc(strings.Fields(a), func(w string) bool { return slices.Contains(words, w) })
}

// namesFit reports whether two folded names may be one person's: the words of the
// one contain those of the other. An initial, a short form, and words that are
// written as one may stand for others, but not all of them: then nothing is left
// that says who it is.
func namesFit(a, b string) bool { return sameWords.fit(a, b) }

// namesAlike is namesFit where a letter may be mistyped too.
func namesAlike(a, b string) bool { return likeWords.fit(a, b) }

// matcher compares the words of names.
type matcher struct {
	equal func(a, b string) bool // for one word in two spellings
}

var (
	sameWords = matcher{func(a, b string) bool { return spelling(a) == spelling(b) }}
	likeWords = matcher{func(a, b string) bool { return spelling(a) == spelling(b) || oneSlip(a, b) }}
)

// mostWords is up to how many words of a name are compared one by one.
const mostWords = 8

func (m matcher) fit(a, b string) bool {
	if a == b {
		return true
	}
	one, other := strings.Fields(a), strings.Fields(b)
	if len(one) > mostWords || len(other) > mostWords {
		return false
	}
	return m.covers(one, other, false) || m.covers(other, one, false)
}

// covers reports whether each of the words has its counterpart in those of the whole
// name, and whether some word, before or among these, is more than hinted at.
func (m matcher) covers(words, whole []string, told bool) bool {
	if len(words) == 0 {
		return told
	}
	word, rest := words[0], words[1:]
	for i, w := range whole {
		if m.equal(word, w) && m.covers(rest, slices.Delete(slices.Clone(whole), i, i+1), told || !isInitial(word)) {
			return true
		}
	}
	for _, left := range joins(word, whole, 0) {
		if m.covers(rest, left, true) {
			return true
		}
	}
	for i, w := range whole {
		without := slices.Delete(slices.Clone(whole), i, i+1)
		if hints(word, w) && m.covers(rest, without, told) {
			return true
		}
		if !strings.HasPrefix(w, word) && !strings.HasSuffix(w, word) {
			continue
		}
		for _, left := range joins(w, words, 0) {
			if len(left) < len(words) && !slices.Contains(left, word) && m.covers(left, without, true) {
				return true
			}
		}
	}
	return false
}

// joins lists what is left of parts once two or more of them, put together, are word.
func joins(word string, parts []string, taken int) (left [][]string) {
	if word == "" {
		if taken > 1 {
			return [][]string{parts}
		}
		return nil
	}
	for i, part := range parts {
		if after, ok := strings.CutPrefix(word, part); ok && part != "" {
			left = append(left, joins(after, slices.Delete(slices.Clone(parts), i, i+1), taken+1)...)
		}
	}
	return left
}

// hints reports whether one of the words may stand for the other: as its initial, or
// as a short form.
func hints(a, b string) bool {
	if isInitial(a) || isInitial(b) {
		return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
	}
	return isShortFor(a, b)
}

// isInitial reports whether a word is a single letter of a script that has initials.
func isInitial(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsLower(r)
}

// spelling is a word as it is compared: an umlaut may be written as two letters.
func spelling(word string) string {
	if !strings.Contains(word, "e") {
		return word
	}
	return umlauts.Replace(word)
}

var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")

// leastSlip is how long a word is at least in which a letter may be mistyped.
const leastSlip = 4

// oneSlip reports whether one letter too many, too few or wrong, or two that changed
// places, make b of a.
func oneSlip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if min(len(x), len(y)) < leastSlip {
		return false
	}
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return max(len(x), len(y)) <= 1 || len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}

// names are the folded names that somebody is known by; none: nobody knows.
type names []string

// namesOf leaves out what is no name.
func namesOf(all ...string) names {
	return slices.DeleteFunc(all, func(name string) bool { return name == "" })
}

// fit reports whether a folded name may be that of whoever bears these: nothing
// speaks against it where either is not known. Of names that fit each other the fuller
// one counts, so that "Maria" does not make "Maria Garcia" and "Maria Lopez" one.
func (n names) fit(name string) bool {
	if len(n) == 0 || name == "" {
		return true
	}
	return slices.ContainsFunc(n, func(known string) bool { return !n.poor(known) && namesFit(known, name) })
}

// poor reports whether a fuller name of the same person is known.
func (n names) poor(name string) bool {
	return slices.ContainsFunc(n, func(other string) bool { return len(other) > len(name) && namesFit(name, other) })
}

// alike reports whether a folded name may be a spelling of one of these, or is not known.
func (n names) alike(name string) bool {
	return len(n) == 0 || name == "" || slices.ContainsFunc(n, func(known string) bool { return namesAlike(known, name) })
}

// mostNames is how many names of somebody are remembered.
const mostNames = 8

// news reports whether a folded name is worth remembering: it is not known yet, and no
// known one says more.
func (n names) news(name string) bool {
	return name != "" && len(n) < mostNames && !slices.Contains(n, name) && !n.poor(name)
}
