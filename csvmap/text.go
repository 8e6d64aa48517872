package csvmap

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxExternalID = 100 // characters; the API's limit
	maxEmployeeID = 200
)

// tooLong says that a value has too many characters; "" when it has not.
func tooLong(value string, limit int) string {
	if len(value) <= limit || utf8.RuneCountInString(value) <= limit {
		return ""
	}
	return fmt.Sprintf("is longer than %d characters", limit)
}

// isPlain reports whether text is printable ASCII. Most rows are, and need no
// closer look.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

func isOdd(text string) bool { return !isPlain(text) }

// isClean reports whether text is UTF-8 without control characters, other than
// those in allowed.
func isClean(text string, allowed ...rune) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		if !unicode.IsControl(r) {
			return false
		}
		for _, a := range allowed {
			if r == a {
				return false
			}
		}
		return true
	})
}

// tidyCells makes the cells plain that are used, and finds those of them that are
// no clean text. A text that spans lines may stand in a field that holds prose;
// anything may stand where nobody uses it.
func (c *Checker) tidyCells(f *findings) {
	if !slices.ContainsFunc(f.row.Cells, isOdd) {
		return
	}
	f.row.Cells = slices.Clone(f.row.Cells)
	for i, cell := range f.row.Cells {
		s := &c.subjects[i]
		if s.field == "" || isPlain(cell) {
			continue
		}
		if !s.field.Nested() {
			f.row.Cells[i] = f.tidyCell(s, cell)
		} else if complaint := unclean(cell, '\t', '\n', '\r'); complaint != "" {
			f.addAt(s, BadValue, complaint)
		}
	}
}

// unclean says why text is no clean text; "" when it is.
func unclean(text string, allowed ...rune) (complaint string) {
	switch {
	case !utf8.ValidString(text):
		return "is not UTF-8: save the file as CSV UTF-8"
	case isClean(text, allowed...):
		return ""
	case isClean(text, append(allowed, '\r', '\n')...):
		return "holds a line break: write it on one line"
	default:
		return "holds control characters: type it anew"
	}
}

func (f *findings) tidyCell(s *slot, cell string) string {
	if !utf8.ValidString(cell) {
		f.addAt(s, BadValue, unclean(cell))
		return cell
	}
	isName := s.field == FirstName || s.field == LastName || s.field == FullName
	text, changed := tidy(cell, isName)
	switch complaint := unclean(text); {
	case complaint != "":
		f.addAt(s, BadValue, complaint)
	case strings.ContainsRune(text, utf8.RuneError):
		f.addAt(s, BadValue, "holds \uFFFD where an earlier program lost a character: type it anew")
	case changed:
		f.warnAt(s, HiddenCharacter, "held invisible characters, or spaces of an odd kind: they were taken out or made plain")
	}
	return text
}
