package csvmap

import (
	"strings"
	"unicode"
)

// noIDWords are what people write where an employee ID is missing, as headerKey leaves
// them, in the languages of the headers.
//
//nolint:misspell // four languages
var noIDWords = setOf(`
	na nan nil none null no noid tbd tba tbc tbdlater new newhire newemployee newstarter starter pending pendinghire
	unknown unk unassigned notassigned notavailable notapplicable notyet notyetassigned missing blank empty ref value name
	contractor contractors contract contingent contingentworker consultant freelance freelancer temp temporary temps agency agencyworker
	external vendor intern interns trainee apprentice seasonal parttime fulltime volunteer applicant candidate vacant
	test dummy example sample x xx xxx xxxx xxxxx employee emp staff worker id
	ka keine kein keinid offen folgt neu neueinstellung unbekannt extern praktikant leiharbeiter aushilfe ausstehend
	aucun aucune neant nouveau nouvelle adefinir avenir inconnu interimaire stagiaire externe sansid
	ninguno ninguna nuevo nueva pendiente sinasignar porasignar desconocido temporal externo becario noaplica sinid
`)

// isNoID reports whether what stands for an employee ID is none: a word such as TBD or
// CONTRACTOR, only zeros, four or more nines, or what a spreadsheet has made of a long
// number: 1.23457E+11, or sixteen digits and more of which it has rounded the last ones.
func isNoID(id string) bool {
	id = strings.TrimSpace(strings.TrimLeft(id, "'"))
	if id == "" {
		return false
	}
	digits := 0
	for i := range len(id) {
		if id[i] >= '0' && id[i] <= '9' {
			digits++
		}
	}
	switch {
	case digits == 0:
		return noIDWords[headerKey(strings.Trim(id, "#"))] || !strings.ContainsFunc(id, isLetterOrDigit)
	case digits == len(id):
		return isFiller(id) || isRounded(id)
	}
	whole := withoutDecimals(id)
	return whole != id && isDigits(whole) && (isFiller(whole) || isRounded(whole)) || isScientific(id)
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isFiller reports whether a number is only there to fill a cell.
func isFiller(number string) bool {
	const leastNines = 4
	return strings.Trim(number, "0") == "" || len(number) >= leastNines && strings.Trim(number, "9") == ""
}

// exactDigits is how many digits a spreadsheet keeps of a number.
const exactDigits = 15

// isRounded reports whether a spreadsheet has rounded a number. One of sixteen digits
// that is whole ends in a zero once in ten times: then a person is known by their
// contacts alone, which is better than by the ID of nine others.
func isRounded(number string) bool {
	return len(number) > exactDigits && strings.Trim(number[exactDigits:], "0") == ""
}

// isScientific takes a number as spreadsheets show a long one: with a sign before its
// exponent, which an ID of letters and digits does not have.
func isScientific(id string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(id), "E+")
	whole, fraction, _ := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	return ok && exponent != "" && isDigits(exponent) && len(whole) == 1 && isDigits(whole) && isDigits(fraction)
}

// idOf is a row's employee ID and the company beside it; none where what stands there
// is no ID.
func (c *Checker) idOf(cells []string) (id, company string, none bool) {
	if id = c.employeeID.cell(cells); isNoID(id) {
		return "", "", true
	}
	if id != "" {
		company = c.company.cell(cells)
	}
	return id, company, false
}

// EmployeeID is the employee ID that [Checker.CheckAll] finds, and the company beside
// it, without checking the row.
func (c *Checker) EmployeeID(row Row) (id, company string) {
	if row.Malformed != nil {
		return "", ""
	}
	f := &findings{row: row}
	c.tidyCells(f)
	id, company, _ = c.idOf(f.row.Cells)
	return id, company
}
