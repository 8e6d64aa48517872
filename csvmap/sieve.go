package csvmap

import (
	"strings"
	"unicode"
)

// sieve finds the records that hold nobody: empty rows, totals, ruled lines, page
// numbers and other remarks. A record with a contact, or with a name in a column
// for names, is somebody's whatever its words are, and so is one that only might
// be a remark: what is skipped, nobody mends.
type sieve struct {
	kinds   []Field // what the columns are used for, or would be by their headers
	emails  []int   // the columns with addresses among them
	trailed bool    // the record before was the header once more, or a remark
}

func newSieve(columns []Column, uses []Field) *sieve {
	s := &sieve{kinds: make([]Field, len(columns))}
	for i, c := range columns {
		if s.kinds[i] = uses[i]; s.kinds[i] == "" {
			s.kinds[i], _ = fieldOf(c.Header)
		}
		if s.kinds[i] == Email {
			s.emails = append(s.emails, i)
		}
	}
	return s
}

// judge says why a record is nobody's row; "" for somebody's. bare is set where
// the record is a single cell and the header is not.
func (s *sieve) judge(cells []string, bare bool) Code {
	for _, i := range s.emails {
		if i < len(cells) && strings.IndexByte(cells[i], '@') >= 0 {
			s.trailed = false
			return ""
		}
	}
	code := s.look(cells, bare && s.trailed)
	s.trailed = code == RemarkLine || code == TotalLine
	return code
}

// look is judge for a record without an address in its place.
func (s *sieve) look(cells []string, trails bool) Code {
	lead, filled := -1, false
	for i, cell := range cells {
		switch {
		case isHollow(cell):
			continue
		case isContact(s.kind(i), cell), s.kind(i) == EmployeeID && isDigits(strings.TrimSpace(cell)):
			return ""
		}
		filled = true
		if !hasLetter(cell) {
			continue
		}
		if lead >= 0 && !(isName(s.kind(lead)) && isName(s.kind(i)) && onlyTotals(cells[lead])) {
			return ""
		}
		lead = i
	}
	switch {
	case !filled:
		return EmptyRow
	case lead < 0 && !hasDigit(strings.Join(cells, "")):
		return RemarkLine // ruled off
	case lead < 0:
		return ""
	case isName(s.kind(lead)):
		return remarkForName(cells, lead)
	}
	return remark(cells[lead], lead == 0, trails)
}

func (s *sieve) kind(i int) Field {
	if i < len(s.kinds) {
		return s.kinds[i]
	}
	return ""
}

// isContact reports whether a cell in a column of that kind holds somebody's
// contact. An address within some words is the one to ask, as in a footer.
func isContact(kind Field, cell string) bool {
	switch kind {
	case Email:
		return strings.IndexByte(cell, '@') >= 0
	case Phone:
		return countDigits(cell) >= minLocal && !isDay(cell)
	}
	return holdsAddress(cell) || isDialled(cell)
}

// holdsAddress reports whether a cell is an e-mail address, also with somebody's
// name beside it.
func holdsAddress(cell string) bool {
	at := strings.IndexByte(cell, '@')
	if at <= 0 || strings.IndexByte(cell[at:], '.') < 0 {
		return false
	}
	const most = 3 // of the words of a name
	return strings.IndexByte(cell, '<') >= 0 || len(strings.Fields(cell)) <= most+1 && !hasAny(askers, textWords(cell))
}

// isDialled reports whether a cell is written as phone numbers are, and not as a
// date, a sum or an ID.
func isDialled(cell string) bool {
	const whole = 10 // digits
	return countDigits(cell) >= whole && strings.ContainsAny(cell, "+(-") && strings.Trim(cell, "0123456789()+-./ \u00a0") == ""
}

// isDay reports whether a cell is a day, as a report has it at its foot.
func isDay(cell string) bool {
	parts := strings.FieldsFunc(strings.TrimSpace(cell), func(r rune) bool { return strings.ContainsRune("/-.", r) })
	if len(parts) != 3 {
		return false
	}
	if len(parts[0]) == 4 {
		parts[0], parts[2] = parts[2], parts[0]
	}
	return len(parts[0]) <= 2 && len(parts[1]) <= 2 && len(parts[2]) == 4 && isDigits(strings.Join(parts, ""))
}

// isHollow reports whether a cell shows nothing: blanks, controls such as the
// Ctrl-Z at a file's end, and what is invisible.
func isHollow(cell string) bool {
	return cell == "" || !strings.ContainsFunc(cell, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && !isInvisible(r) && !isOddSpace(r)
	})
}

func hasLetter(cell string) bool { return strings.ContainsFunc(cell, unicode.IsLetter) }

func hasDigit(cell string) bool { return strings.ContainsFunc(cell, unicode.IsDigit) }
