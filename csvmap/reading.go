package csvmap

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clue is a part of a cell that holds bytes beyond ASCII: a word with the signs
// that stand right beside it.
type clue struct {
	text string // in the roster's own bytes
	around
}

// around is what stands around a clue.
type around struct {
	latin bool // words in ASCII, in the same cell
	small bool // names in small letters, in the same row
}

// isApart reports whether a byte stands between clues: blanks and signs that are
// half of no character in any encoding.
func isApart(b byte) bool { return b < '@' && (b < '0' || b > '9') }

// clues calls take for each clue in a cell, of a row whose names are in small
// letters or not.
func clues(cell string, small bool, take func(clue)) {
	var found []string
	latin := false
	for start := 0; start < len(cell); {
		end := start
		for end < len(cell) && !isApart(cell[end]) {
			end++
		}
		if part := cell[start:end]; !isASCII([]byte(part)) {
			found = append(found, part)
		} else if hasASCIILetter(part) {
			latin = true
		}
		start = end + 1
	}
	for _, part := range found {
		take(clue{part, around{latin, small}})
	}
}

func hasASCIILetter(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) })
}

// doubts says in nats how unlikely what is beyond ASCII in a clue is as an encoding
// reads it. known are the letters of the encoding's languages; nil for other
// scripts. A wrong encoding makes signs out of letters, capitals out of small ones,
// and letters stand together that no language has together.
func doubts(text []rune, in around, known *alphabet) float64 {
	scripts, doubt := scriptsOf(text, in.latin), 0.0
	if scripts > 1 {
		doubt = 6
	}
	for i, r := range text {
		switch {
		case r < utf8.RuneSelf:
		case r == utf8.RuneError:
			doubt += 14
		case !isNameLetter(r):
			doubt += doubtOfSign(text, i)
		case known == nil || !unicode.Is(unicode.Latin, r):
			from, to := wordAt(text, i)
			doubt += doubtOfOther(text[from:to], i-from, scripts)
		default:
			from, to := wordAt(text, i)
			doubt += known.doubt(text[from:to], i-from) + doubtOfForm(text[from:to], i-from, in.small)
		}
	}
	return doubt
}

// isOddReading reports whether a clue reads as no name can: it has a sign within a word,
// or a word that no language has.
func isOddReading(text []rune, latin bool) bool {
	if scriptsOf(text, latin) > 1 {
		return true
	}
	for i, r := range text {
		switch {
		case r < utf8.RuneSelf:
		case r == utf8.RuneError, !isNameLetter(r) && isOddSign(text, i):
			return true
		case isNameLetter(r):
			if from, to := wordAt(text, i); isOddWord(text[from:to]) {
				return true
			}
		}
	}
	return false
}

// isOddWord takes words that no language has: in Latin letters all beyond ASCII, and
// in Cyrillic without a vowel; also a capital within a word of Cyrillic, and wide
// and narrow signs of Japanese together.
func isOddWord(word []rune) bool {
	var ascii, vowels, narrow, breaks int
	for i, r := range word {
		switch {
		case r < utf8.RuneSelf:
			ascii++
		case strings.ContainsRune("аеёиоуыэюяіїє", unicode.ToLower(r)):
			vowels++
		case r >= '｡' && r <= 'ﾟ':
			narrow++
		}
		if i > 0 && unicode.IsUpper(r) && unicode.IsLower(word[i-1]) {
			breaks++
		}
	}
	switch first := word[0]; {
	case unicode.Is(unicode.Latin, first):
		return ascii == 0 && len(word) > 2
	case unicode.Is(unicode.Cyrillic, first):
		return vowels == 0 && len(word) > 3 || breaks > 0
	}
	return narrow > 0 && narrow < len(word)
}

// wordAt finds the letters around text[i].
func wordAt(text []rune, i int) (from, to int) {
	for from = i; from > 0 && isNameLetter(text[from-1]); from-- {
	}
	for to = i + 1; to < len(text) && isNameLetter(text[to]); to++ {
	}
	return from, to
}

// doubtOfForm judges a capital within a word, a small letter among capitals or at
// the start, where names have none, and a consonant or a ligature without a vowel
// beside it.
func doubtOfForm(word []rune, i int, small bool) float64 {
	before, after := beside(word, i)
	r, doubt := unicode.ToLower(word[i]), 0.0
	switch {
	case r == 'œ' && unicode.ToLower(after) != 'u':
		doubt = 3
	case strings.ContainsRune("šž", r) && before != 0 && !isVowel(before):
		doubt = among(after == 0, 2.5, !isVowel(after), 3, 0)
	}
	switch {
	case unicode.IsUpper(word[i]) && unicode.IsLower(before):
		return doubt + 7
	case unicode.IsUpper(word[i]) && unicode.IsUpper(before) && unicode.IsLower(after):
		return doubt + 4
	case unicode.IsLower(word[i]) && unicode.IsUpper(after):
		return doubt + 3
	case unicode.IsLower(word[i]) && before == 0 && len(word) > 1:
		return doubt + among(small, 1, false, 0, 8)
	case unicode.IsUpper(word[i]) && before == 0 && small:
		return doubt + 8
	case unicode.IsLower(word[i]) && i > 1 && unicode.IsUpper(before) && unicode.IsUpper(word[i-2]):
		return doubt + 2
	}
	return doubt
}

const vowels = "aeiouyæøœàáâãäåèéêëìíîïòóôõöùúûüýÿāăąēęěīįőōūůűųı"

func isVowel(r rune) bool { return r != 0 && strings.ContainsRune(vowels, unicode.ToLower(r)) }

func beside(text []rune, i int) (before, after rune) {
	if i > 0 {
		before = text[i-1]
	}
	if i < len(text)-1 {
		after = text[i+1]
	}
	return before, after
}

// doubtOfOther judges a letter of Cyrillic or Japanese, or one that no name has.
func doubtOfOther(text []rune, i, scripts int) float64 {
	before, _ := beside(text, i)
	switch {
	case scripts != 1 || unicode.Is(unicode.Latin, text[i]):
		return unknown
	case unicode.IsUpper(text[i]) && unicode.IsLower(before):
		return 5
	case !unicode.Is(unicode.Cyrillic, text[i]):
		return 2
	}
	letter := unicode.ToLower(text[i])
	return among(strings.ContainsRune("оеаинтсрвлк", letter), 2.5, strings.ContainsRune("мдпуяыьгзбчйхжшюі", letter), 3.5, 6)
}

// scriptsOf counts the scripts that a clue is written in. Those of Japanese stand
// together.
func scriptsOf(text []rune, isLatin bool) int {
	var latin, cyrillic, japanese, others int
	if isLatin {
		latin = 1
	}
	for _, r := range text {
		switch {
		case !isNameLetter(r):
		case unicode.Is(unicode.Latin, r):
			latin = 1
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic = 1
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー' || r == 'ｰ':
			japanese = 1
		default:
			others = 1
		}
	}
	return latin + cyrillic + japanese + others
}

// isNameLetter reports whether r is a letter of a word. Some signs count as letters for
// Unicode.
func isNameLetter(r rune) bool { return unicode.IsLetter(r) && !strings.ContainsRune("ªºˆˇ", r) }
