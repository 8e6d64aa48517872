package csvmap

import (
	"fmt"
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

// checkText finds cells that are no clean text. A text that spans lines may
// stand where it is not sent, or in a field that holds prose.
func (c *Checker) checkText(f *findings) {
	if isPlain(f.row.Raw) {
		return
	}
	for i, cell := range f.row.Cells {
		column := c.columns[i]
		clean := isClean(cell, '\t', '\n', '\r')
		if column.Field != "" && !column.Field.Nested() {
			clean = isClean(strings.TrimSpace(cell))
		}
		if !clean {
			f.addAt(slot{field: column.Field, column: column.Index, header: column.Header}, BadValue,
				"holds control characters, or is not UTF-8: save the file as CSV UTF-8")
		}
	}
}
