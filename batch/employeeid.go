package batch

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bulkinvite/csvmap"
)

// employeeKey is the employee ID of r as an alias, "" for none. Where the list has a
// company beside the ID, the two together are the ID.
func employeeKey(r csvmap.Recipient) string { return pairID(r.EmployeeID, r.Company) }

// companyMark stands between a company and an ID; no folded ID has one.
const companyMark = ":"

func pairID(id, company string) string {
	id = foldEmployeeID(id)
	if id == "" || company == "" {
		return id
	}
	if company = foldLetters(company, -1); company == "" {
		return id
	}
	return company + companyMark + id
}

// bareID takes the company off an ID.
func bareID(key string) (id string, paired bool) {
	if _, id, paired = strings.Cut(key, companyMark); paired {
		return id, true
	}
	return key, false
}

// contradict reports whether the IDs of what may be one person are those of two. The
// same ID with and without a company may be one's, and so may that of somebody whose
// name fits and who has changed the company.
func contradict(a, b string, fits bool) bool {
	if a == "" || b == "" || a == b {
		return false
	}
	x, paired := bareID(a)
	y, alsoPaired := bareID(b)
	return x != y || paired && alsoPaired && !fits
}

// foldEmployeeID makes employee IDs comparable. Spreadsheets drop leading zeros, add a
// decimal, or keep the apostrophe that makes a text of a number; people change the
// case, and put signs between letters and digits or leave them out. A sign between
// two digits stays: 1-10 is not 11-0.
func foldEmployeeID(id string) string {
	id = strings.ToLower(strings.TrimLeft(strings.TrimSpace(compose(id)), "'’‘`´"))
	var folded strings.Builder
	var last rune // written, 0 for none
	for rest := withoutDecimals(id); rest != ""; {
		run, isNumber := firstRun(rest)
		switch {
		case isNumber:
			if unicode.IsDigit(last) {
				_ = folded.WriteByte('-')
			}
			folded.WriteString(withoutZeros(run))
			last = '0'
		case run != "":
			folded.WriteString(run)
			last = 'a'
		}
		if rest = rest[len(run):]; run == "" { // a sign
			_, size := utf8.DecodeRuneInString(rest)
			rest = rest[size:]
		}
	}
	if bare := strings.TrimLeft(folded.String(), "0"); startsWithLetter(bare) {
		return bare
	}
	return folded.String()
}

func startsWithLetter(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r)
}

// firstRun is what a text begins with: digits, or letters, or neither.
func firstRun(text string) (run string, isNumber bool) {
	rest := strings.TrimLeftFunc(text, unicode.IsDigit)
	if len(rest) < len(text) {
		return text[:len(text)-len(rest)], true
	}
	rest = strings.TrimLeftFunc(text, unicode.IsLetter)
	return text[:len(text)-len(rest)], false
}

func withoutZeros(number string) string {
	if bare := strings.TrimLeft(number, "0"); bare != "" {
		return bare
	}
	return "0"
}

// withoutDecimals takes the .0 off a number.
func withoutDecimals(id string) string {
	at := strings.IndexAny(id, ".,")
	if at < 1 || strings.TrimLeftFunc(id[:at], unicode.IsDigit) != "" {
		return id
	}
	if fraction := id[at+1:]; fraction != "0" && fraction != "00" {
		return id
	}
	return id[:at]
}

// compose gives full-width digits and the like their usual form.
func compose(text string) string {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return norm.NFKC.String(text)
		}
	}
	return text
}
