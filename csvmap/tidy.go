package csvmap

import (
	"strings"
	"unicode"
)

// tidy takes out of a cell what nobody sees and no field needs: invisible
// characters (zero-width ones, byte order marks, soft hyphens, marks of the
// writing direction) go, other spaces than the plain one become plain, and the
// edges are trimmed. changed tells of more than plain spaces and line breaks at
// the edges. What belongs to a name in its script stays in it.
func tidy(text string, isName bool) (tidied string, changed bool) {
	var kept strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case isName && belongs(runes, i):
			kept.WriteRune(r)
		case isInvisible(r):
			changed = true
		case isOddSpace(r):
			kept.WriteByte(' ')
			changed = true
		default:
			kept.WriteRune(r)
		}
	}
	return strings.TrimSpace(kept.String()), changed
}

// isInvisible takes the format characters that show nothing by themselves. The
// Arabic and Syriac ones that go before a number do show.
func isInvisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) ||
		r == '\u034f' || r == '\u17b4' || r == '\u17b5' // joiners and vowels without a shape
}

// isOddSpace takes what looks like a space and is none on a keyboard. Control
// characters are not its business.
func isOddSpace(r rune) bool {
	switch r {
	case '\u2800', '\u3164', '\uffa0': // a Braille cell without dots, fillers of Hangul
		return true
	}
	return r > '\u0085' && unicode.IsSpace(r)
}

// joining are the scripts whose spelling needs the zero-width joiners.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi,
	unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
	unicode.Sinhala, unicode.Khmer, unicode.Myanmar,
}

// belongs reports whether runes[i] is part of the spelling of a name: a joiner
// inside a word of a script that joins, or the wide space between the parts of a
// Chinese or Japanese name.
func belongs(runes []rune, i int) bool {
	if i == 0 || i == len(runes)-1 {
		return false
	}
	var scripts []*unicode.RangeTable
	switch runes[i] {
	case '\u200c', '\u200d':
		scripts = joining
	case '\u3000':
		scripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Lm}
	default:
		return false
	}
	return unicode.In(runes[i-1], scripts...) && unicode.In(runes[i+1], scripts...)
}
