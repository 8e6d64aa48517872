package reports

import "bulkinvite/csvmap"

// safe returns cell so that a spreadsheet shows it and does not run it: a cell
// that starts like a formula gets a leading apostrophe, which is for people only: these
// files are not made to be run again. A phone number in E.164 starts with a plus, but is
// only ever a number: it is not touched.
func safe(cell string) string {
	if !csvmap.StartsFormula(cell) || isE164(cell) {
		return cell
	}
	return "'" + cell
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
