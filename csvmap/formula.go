package csvmap

import (
	"strings"
	"unicode/utf8"
)

// StartsFormula reports whether cell starts with a character that makes a
// spreadsheet evaluate it: one of = + - @, which some also take in their
// full-width forms, or a tab or a line break, behind which some look on.
func StartsFormula(cell string) bool {
	if cell == "" {
		return false
	}
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

// guard makes a cell safe that a spreadsheet would run as a formula: an
// apostrophe goes before it.
func guard(cell string) string {
	if runs(cell) {
		return "'" + cell
	}
	return cell
}

// runs reports whether cell is a formula behind any number of apostrophes: a
// guarded one is guarded again, so that what takes one apostrophe away always
// gives back what was there.
func runs(cell string) bool { return StartsFormula(strings.TrimLeft(cell, "'")) }
