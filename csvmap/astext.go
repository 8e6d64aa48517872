package csvmap

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The rerun files of a workbook are CSV, and a spreadsheet that opens CSV takes
// for numbers and dates what looks so: 00123 becomes 123, +12125550123 loses its
// plus, a number of twelve digits is saved as 1.23457E+11, MAR01 becomes a day in
// March. Quotes do not stop it, and ="00123" is a formula. So such a cell gets an
// apostrophe in front, which every spreadsheet shows and keeps when it reads CSV
// and writes it again. That the file has such cells stands in its header
// (bulkinvite_as_text), so reading it takes the apostrophes away, and the row has
// the cells that it had in the workbook. A cell that somebody types anew needs
// none.
//
// The files of a CSV roster are not guarded: they are its own bytes, and whatever
// a spreadsheet would do to them it has done before.
func guardText(cell string) string {
	if bends(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

func unguardText(cell string) string {
	if strings.HasPrefix(cell, "'") && bends(strings.TrimLeft(cell, "'")) {
		return cell[1:]
	}
	return cell
}

// safeDigits is how many digits a number may have that a spreadsheet writes as it
// has read it.
const safeDigits = 10

// bends reports whether a spreadsheet may write cell otherwise than it read it.
func bends(cell string) bool {
	trimmed := strings.TrimSpace(cell)
	if trimmed == "" {
		return false
	}
	if StartsFormula(cell) || StartsFormula(trimmed) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(trimmed)
	switch {
	case isDigits(trimmed):
		return trimmed != cell || len(trimmed) > safeDigits || len(trimmed) > 1 && trimmed[0] == '0'
	case unicode.IsDigit(first), strings.ContainsRune(".,($€£¥%", first):
		return true
	case unicode.IsLetter(first):
		return mayBeDate(trimmed) || strings.EqualFold(trimmed, "true") || strings.EqualFold(trimmed, "false")
	}
	return false
}

// mayBeDate takes a word and a number, such as MAR01 or "June 5, 2026": months
// have a name in every language, so any word will do.
func mayBeDate(text string) bool {
	rest := strings.TrimLeftFunc(text, unicode.IsLetter)
	return rest != "" && len(text) <= 24 && len(text)-len(rest) >= 3 && strings.ContainsAny(rest, "0123456789") &&
		strings.Trim(rest, "0123456789 -/.,:") == ""
}
