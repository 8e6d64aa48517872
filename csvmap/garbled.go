package csvmap

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

var htmlEntity = regexp.MustCompile(`&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});`)

// resolveEntities puts characters for the HTML entities of a text, also for those
// that were escaped twice. ok is false where there are none, or where what they
// stand for is no clean text.
func resolveEntities(text string) (resolved string, ok bool) {
	if !strings.Contains(text, "&") {
		return text, false
	}
	resolved = text
	for range 2 {
		resolved = htmlEntity.ReplaceAllStringFunc(resolved, html.UnescapeString)
	}
	resolved, _ = tidy(resolved, true)
	return resolved, resolved != text && isClean(resolved)
}

// escaped are the ways of mails, links, programs and web pages to write a letter.
var escaped = regexp.MustCompile(`=[0-9A-F]{2}|%[0-9A-F]{2}|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\+[A-Za-z0-9/]{2,}-|&#?[0-9A-Za-z]+;`)

// isGarbled reports whether text is one that was read in another encoding than it
// was written in, or still written in the way of a mail, a link or a program.
func isGarbled(text string) bool {
	return strings.ContainsAny(text, `=%\+&`) && escaped.MatchString(text) || !isPlain(text) && (isDoubleEncoded(text) || hasStrangeSign(text) || mixesScripts(text))
}

// misread are the encodings that UTF-8 is taken for.
var misread = []*charmap.Charmap{charmap.Windows1252, charmap.Windows1251, charmap.Windows1250}

// isDoubleEncoded reports whether a word of text is UTF-8 that was read as something
// else, as in JosÃ©.
func isDoubleEncoded(text string) bool {
	return slices.ContainsFunc(strings.Fields(text), func(word string) bool {
		return slices.ContainsFunc(misread, func(as *charmap.Charmap) bool { return isMisread(word, as) })
	})
}

// isMisread reports whether a word is UTF-8 that was read as one encoding. What some
// language may write by itself, in capitals, has to fit as a whole.
func isMisread(word string, as *charmap.Charmap) bool {
	raw := bytesIn(word, as)
	sequences, strays := 0, 0
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		switch {
		case r < utf8.RuneSelf:
		case size == 1:
			strays++
		case size == 2 && r < 0x180 && as == charmap.Windows1252 && (r < 0xc0 || unicode.IsLetter(r)), size == 3 && unicode.IsPunct(r):
			return true
		case unicode.IsLetter(r):
			sequences++
		default:
			strays++
		}
		raw = raw[size:]
	}
	single := as == charmap.Windows1250 && strings.ContainsFunc(word, unicode.IsLower)
	return strays == 0 && (sequences > 1 || sequences == 1 && single)
}

// bytesIn writes a word in an encoding; a blank stands for what it does not have.
func bytesIn(word string, as *charmap.Charmap) []byte {
	raw := make([]byte, 0, len(word))
	for _, r := range word {
		switch b, ok := as.EncodeRune(r); {
		case ok:
			raw = append(raw, b)
		case r < 0x100: // a control character, which 1252 leaves free
			raw = append(raw, byte(r))
		default:
			raw = append(raw, ' ')
		}
	}
	return raw
}

// hasStrangeSign finds what no name has beside a letter: the signs and frames that
// other encodings have for letters, and the first half of a letter in UTF-8.
func hasStrangeSign(text string) bool {
	runes := []rune(text)
	for i, r := range runes {
		before, after := beside(runes, i)
		switch {
		case r == 'Ã' && (unicode.IsLower(before) || !unicode.IsLetter(before) && unicode.IsLower(after)), r == 'Â' && unicode.IsLower(before):
			return true
		case !unicode.IsLetter(before) && !unicode.IsLetter(after), strings.ContainsRune("´`^¨", r):
		case r >= utf8.RuneSelf && unicode.In(r, unicode.Sm, unicode.Sc, unicode.So, unicode.Sk):
			return true
		}
	}
	return false
}

// mixesScripts reports whether letters of Latin and of another alphabet stand in one
// word. Signs of East Asia may: some write a name twice without a blank.
func mixesScripts(text string) bool {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		latin := strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
		other := strings.ContainsFunc(word, func(r rune) bool {
			return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Common, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
		})
		if latin && other {
			return true
		}
	}
	return false
}
