package csvmap

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// headerKey folds what headers for one thing differ in: case, accents, spaces
// and punctuation. "#" reads "number".
func headerKey(header string) string {
	var key strings.Builder
	for _, r := range norm.NFKD.String(header) {
		switch {
		case r == '#':
			key.WriteString("number")
		case r == '°': // for º, which NFKD makes an o
			key.WriteByte('o')
		case unicode.IsLetter(r), unicode.IsDigit(r):
			key.WriteRune(unicode.ToLower(r))
		}
	}
	return key.String()
}

// wording is what the words of a header come to.
type wording struct {
	senses  sense // of all words
	unknown bool  // a word outside of brackets is in no table
	late    bool  // a word stands behind the noun that it has to go before
}

// longestHeader is how long a cell may be, in bytes, to be read as a header.
const longestHeader = 120

// wordsOf reads the words of a header.
func wordsOf(header string) wording {
	if len(header) > longestHeader || looksLikeData(header) {
		return wording{unknown: true}
	}
	var w wording
	noun, of := false, false
	for _, t := range headerTokens(header) {
		meaning, known := t.sense()
		w.unknown = w.unknown || !known && !t.inside
		w.late = w.late || noun && !of && !t.inside && meaning&ofLead != 0
		w.senses |= meaning
		noun = noun || meaning&(ofEmail|ofPhone|ofMobile) != 0
		of = of || t.text == "of"
	}
	return w
}

// has reports whether a word has one of these senses.
func (w wording) has(senses sense) bool { return w.senses&senses != 0 }

// within reports whether the words have no other senses than these.
func (w wording) within(senses sense) bool { return w.senses&^senses == 0 }

// others reports whether the column is somebody else's, or of earlier days.
func (w wording) others() bool { return w.has(ofOthers | ofHR) }

// headerToken is a word of a header, folded as headerKey does; a number is one.
type headerToken struct {
	text   string
	inside bool // of brackets, or of what says how the cell is written
}

// headerTokens takes a header apart: at everything that is no letter, between
// letters and digits, and where capitals show that words were written together.
func headerTokens(header string) []headerToken {
	var tokens []headerToken
	depth := 0
	runes := []rune(norm.NFKD.String(header))
	for i := 0; i < len(runes); {
		end := i
		for end < len(runes) && inWord(runes[end]) {
			end++
		}
		for _, word := range splitWords(runes[i:end]) {
			tokens = joinToken(tokens, headerToken{word, depth > 0})
			depth += index(formatWords[word])
		}
		if i = end; i == len(runes) {
			break
		}
		switch runes[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case '#':
			tokens = append(tokens, headerToken{"#", depth > 0})
		}
		i++
	}
	return tokens
}

// formatWords begin what says how the cell is written: a mobile number with
// country code.
var formatWords = setOf("with incl including mit inkl avec con")

func index(is bool) int {
	if is {
		return 1
	}
	return 0
}

// inWord takes letters and digits, and what nobody sees between them.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || isInvisible(r) || r == '°'
}

// splitWords folds the words that stand together, a known one as a whole.
func splitWords(runes []rune) []string {
	whole := headerKey(string(runes))
	if _, known := vocabulary()[whole]; known {
		return []string{whole}
	}
	var words []string
	from := 0
	for i := range runes {
		if i > 0 && breaksWord(runes, i) {
			words, from = append(words, headerKey(string(runes[from:i]))), i
		}
	}
	words = append(words, headerKey(string(runes[from:])))
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}

// breaksWord reports whether a new word begins at runes[i].
func breaksWord(runes []rune, i int) bool {
	before, after := beside(runes, i)
	r := runes[i]
	switch {
	case unicode.IsDigit(r) != unicode.IsDigit(before):
		return !unicode.IsMark(r) && !unicode.IsMark(before)
	case !unicode.IsUpper(r):
		return false
	}
	return unicode.IsLower(before) || unicode.IsUpper(before) && unicode.IsLower(after)
}

// joinToken appends a word, together with the one before it where people write
// the two apart.
func joinToken(tokens []headerToken, t headerToken) []headerToken {
	if last := len(tokens) - 1; last >= 0 && tokens[last].inside == t.inside {
		if one := joined[tokens[last].text+" "+t.text]; one != "" {
			tokens[last].text = one
			return tokens
		}
	}
	return append(tokens, t)
}

// sense is what a word means. In brackets stands what an unknown word says of the
// format, and which country or code has to be in the cell.
func (t headerToken) sense() (meaning sense, known bool) {
	if t.text[0] >= '0' && t.text[0] <= '9' {
		switch {
		case t.text == "1":
			return ofNothing, true
		case len(t.text) == 1 && t.text != "0":
			return ofOther, true
		}
		return ofNothing, false
	}
	if t.text == "#" {
		return ofNumber, true
	}
	if meaning, known = short[t.text]; known && t.inside {
		return meaning, true
	}
	if meaning, known = vocabulary()[t.text]; !known {
		meaning, known = compound(t.text)
	}
	if t.inside {
		meaning &^= ofCountry | ofDialing | ofCode | ofOther
	}
	return meaning, known
}

// compound reads words that were written together. The parts are in the tables;
// the shortest ones are those that people put to others.
func compound(text string) (meaning sense, known bool) {
	if text == "" {
		return ofNothing, true
	}
	for n := min(len(text), longestWord); n >= 2; n-- {
		if n < 3 && !shortParts[text[:n]] || n < len(text) && !utf8.RuneStart(text[n]) {
			continue
		}
		first, ok := vocabulary()[text[:n]]
		if !ok {
			continue
		}
		if rest, ok := compound(text[n:]); ok {
			return first | rest, true
		}
	}
	return ofNothing, false
}

const longestWord = 20 // of the tables, in bytes

// shortParts are the words of two letters that are written together with others.
var shortParts = setOf("id no nr ee nm")
