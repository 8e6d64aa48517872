package reports

import (
	"strings"
	"unicode/utf8"
)

// safe returns cell so that a spreadsheet shows it and does not run it: a cell
// that starts like a formula gets a leading apostrophe. A phone number in E.164
// starts with a plus, but is only ever a number: it is not touched.
func safe(cell string) string {
	if cell == "" || !startsFormula(cell) || isE164(cell) {
		return cell
	}
	return "'" + cell
}

// startsFormula reports whether cell starts with a character that makes a
// spreadsheet evaluate it; some also take the full-width forms.
func startsFormula(cell string) bool {
	switch cell[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	}
	if cell[0] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRuneInString(cell)
	return strings.ContainsRune("＝＋－＠", r)
}

// isE164 reports whether cell is a plus and 1 to 15 digits.
func isE164(cell string) bool {
	if len(cell) < 2 || len(cell) > 16 || cell[0] != '+' {
		return false
	}
	for _, c := range []byte(cell[1:]) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
