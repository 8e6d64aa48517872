package csvmap

import (
	"regexp"
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

// shownFormula is a formula as a cell shows it, for want of a result: a function, a
// place in a sheet, or what appendUncalculated makes of others.
var shownFormula = regexp.MustCompile(`^=[-+]?(\(|\$?[A-Z]{1,3}\$?[0-9]|[A-Z][A-Z0-9.]*\(|('[^']+'|[\pL0-9_.]+)!)`)

// appendUncalculated appends the formula of a cell whose result is not stored.
func appendUncalculated(to, formula []byte) []byte {
	shown := "=" + string(formula)
	if !shownFormula.MatchString(shown) {
		shown = "=(" + string(formula) + ")"
	}
	return append(to, shown...)
}

// checkFormulas finds the used cells that hold a formula and no result.
func (c *Checker) checkFormulas(f *findings) {
	for _, at := range c.mapped {
		if cell := f.row.Cells[at]; cell != "" && cell[0] == '=' && shownFormula.MatchString(cell) {
			f.addAt(&c.subjects[at], NoResult, "is a formula whose result is not in the file: open it in a spreadsheet, let that calculate, and save it; or type the value")
		}
	}
}
