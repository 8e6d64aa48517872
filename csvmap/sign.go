package csvmap

import (
	"strings"
	"unicode"
)

// doubtOfSign says in nats how unlikely a sign is where it stands in a name or
// beside it. Typographic ones set words apart; most others do not occur.
func doubtOfSign(text []rune, i int) float64 {
	before, after := beside(text, i)
	open, closed := isNameLetter(before), isNameLetter(after) // to the left, to the right
	switch r := text[i]; {
	case r == '\u00a0':
		return 3
	case strings.ContainsRune("’‘´`", r):
		return doubtOfApostrophe(text, i)
	case strings.ContainsRune("–—", r):
		return among(!open && !closed, 3, open && unicode.IsUpper(after), 4, 11)
	case strings.ContainsRune(opening, r):
		return among(!open && closed && strings.ContainsAny(string(text[i+1:]), closing), 4, !open, 11, 13)
	case strings.ContainsRune(closing, r):
		return among(open && !closed && strings.ContainsAny(string(text[:i]), opening), 4, !closed, 11, 13)
	case strings.ContainsRune("…¿¡", r):
		return among(open, 13, !closed, 5, 8)
	case strings.ContainsRune("™®©", r):
		return among(!open && !closed, 5, open && !closed, 9, 13)
	case strings.ContainsRune("ªº°", r):
		return among(!closed && i <= 3, 4, !open && !closed, 4, 13)
	case r == '·':
		return among((before == 'l' || before == 'L') && (after == 'l' || after == 'L'), 2, !open && !closed, 5, 13)
	case open || closed:
		return 13
	}
	return 5
}

// typographic are signs that set words apart, and stand right beside them.
const typographic = "’‘´`–—…·\u00a0" + opening + closing

// isOddSign reports whether a sign stands in a word where no name has one.
func isOddSign(text []rune, i int) bool {
	before, after := beside(text, i)
	open, closed := isNameLetter(before), isNameLetter(after)
	switch {
	case strings.ContainsRune(typographic, text[i]):
		return false
	case strings.ContainsRune("ªº°", text[i]):
		return closed || i > 3
	}
	return open || closed
}

// The quotes before and behind a word.
const (
	opening = "“„«‹"
	closing = "”“»›"
)

// among returns what one of two conditions says, else the last.
func among(one bool, ifOne float64, two bool, ifTwo, otherwise float64) float64 {
	switch {
	case one:
		return ifOne
	case two:
		return ifTwo
	}
	return otherwise
}

// elided are what stands before an apostrophe besides initials.
var elided = setOf("d l o dell dall nell sull sant all mac fitz")

// doubtOfApostrophe tells O’Brien and D’Angelo from a letter gone wrong.
func doubtOfApostrophe(text []rune, i int) float64 {
	before, after := beside(text, i)
	if !isNameLetter(before) {
		return among(!isNameLetter(after) || text[i] == '‘', 5, text[i] == '’', 9, 11)
	}
	from, _ := wordAt(text, i-1)
	begin := string(bareLetters(smallLetters(text[from:i])))
	article := elided[begin]
	initial := i-from == 1 || i-from == 2 && text[i] == '’' && unicode.IsLower(before)
	switch {
	case !isNameLetter(after):
		return among(article, 4, text[i] == '’', 9, 11)
	case (article || initial) && unicode.IsUpper(after), article && unicode.IsLower(text[from]):
		return 3
	}
	return among(article, 5.5, false, 0, 11)
}
