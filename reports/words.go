package reports

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dustin/go-humanize"
)

// width is the number of columns that words are wrapped to.
const width = 78

// wrapped writes text with the indent first on its first line and rest on the
// others. A word that is longer than a line stands on a line of its own.
func (p *page) wrapped(first, rest, text string) {
	line := first
	empty := true
	for _, word := range strings.Fields(Printable(text)) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			p.line("%s", line)
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line += word
		empty = false
	}
	p.line("%s", line)
}

// plural is n with the right word: "1 row", "2 rows".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// thousands writes n in groups of three: 1,234,567.
func thousands(n int) string { return humanize.Comma(int64(n)) }

// Printable replaces what could confuse a terminal or a mail: a roster's name
// and a message from the API are somebody else's text.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, text)
}

// ShellWord quotes text so that a shell takes it as one word.
func ShellWord(text string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("/._-+,:@%=", r)
	}
	if text != "" && strings.IndexFunc(text, func(r rune) bool { return !plain(r) }) < 0 {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
