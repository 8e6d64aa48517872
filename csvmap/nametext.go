package csvmap

import (
	"regexp"
	"strings"
	"unicode"
)

// nameCell is the row's own text for a name, with its entities resolved; "" for a
// text that stands for nothing. What is no name is a problem: it must never stand
// in a message to somebody.
func (c *Checker) nameCell(f *findings, s *slot) string {
	text := s.cell(f.row.Cells)
	if text == "" || isPlainName(text) && !nothings[text] || f.blames(s.column) {
		return text
	}
	if resolved, ok := resolveEntities(text); ok {
		f.noteAt(s, Entity, "held HTML entities, such as &#39; for an apostrophe: they were resolved")
		text = resolved
	}
	switch complaint := notAName(text); {
	case complaint != "":
		f.addAt(s, BadName, complaint)
	case nothings[text] || !strings.ContainsFunc(text, unicode.IsLetter):
		f.noteAt(s, NoValue, "stands for nothing, and was read as blank")
		return ""
	}
	return text
}

// isPlainName takes what nearly all names in ASCII are made of, also where people
// are numbered, as in Ada2.
func isPlainName(text string) bool {
	digits, letter := 0, false
	for i := range len(text) {
		switch b := text[i]; {
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			letter = true
		case b >= '0' && b <= '9' && letter && text[i-1] != ' ' && text[i-1] != '-':
			digits++
		case b != ' ' && b != '-' || !letter:
			return false
		}
	}
	return letter && digits <= mostDigits
}

// nothings are what programs and people write where there is no name; some are
// names in another case.
var nothings = setOf("NULL null (null) NaN undefined N/A n/a N.A. n.a. TBD (none) (blank) [none] <none>")

var (
	errorValue = regexp.MustCompile(`^(#[¡¿]?[\p{Lu}0-9/_]+[!?]?|#+|Err:\d+)$`)
	lostLetter = regexp.MustCompile(`\pL[?¿]|[?¿]\pL`)
)

// months are the names of months, and what they begin with, in four languages.
//
//nolint:misspell // four languages
var months = setOf(`
	jan january januar janvier janv enero ene feb february februar février févr fév febrero mar march märz mrz mars marzo
	apr april avril avr abril abr may mai mayo jun june juni juin junio jul july juli juillet juil julio
	aug august août aoû agosto ago sep sept september septembre septiembre oct october octobre octubre okt oktober
	nov november novembre noviembre dec december dez dezember déc décembre dic diciembre`)

// mostDigits is how many digits a name may have: people are numbered where they have
// one name, and some write down since when they have been here.
const mostDigits = 8

// notAName says why a text cannot be a name, in words that follow its field's; ""
// when it can.
func notAName(text string) (complaint string) {
	digits := countDigits(text)
	switch {
	case (strings.HasPrefix(text, "#") || strings.HasPrefix(text, "Err:")) && errorValue.MatchString(text):
		return "is the error of a spreadsheet's formula, not a name: type the name"
	case strings.Contains(text, "@"):
		return "holds an e-mail address: write the name only"
	case digits > 0 && (isMonthAndDay(text) || looksLikeDate(text)):
		return "is a date, not a name: type the name"
	case digits > 0 && !strings.ContainsFunc(text, unicode.IsLetter):
		return "is a number, not a name: type the name"
	case digits > mostDigits:
		return "holds a number: write the name only"
	case isGarbled(text):
		return "is garbled, as names are that were read in another encoding than they were written in: export the list as CSV UTF-8, or type the name anew"
	case strings.ContainsAny(text, "?¿") && lostLetter.MatchString(text):
		return "has a question mark where a letter was lost: type the name anew"
	}
	return ""
}

// isMonthAndDay reports whether the only word of a text with digits is a month.
func isMonthAndDay(text string) bool {
	from := strings.IndexFunc(text, unicode.IsLetter)
	if from < 0 {
		return false
	}
	rest := strings.TrimLeftFunc(text[from:], unicode.IsLetter)
	return months[strings.ToLower(text[from:len(text)-len(rest)])] && !strings.ContainsFunc(rest, unicode.IsLetter)
}
