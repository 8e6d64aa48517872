package csvmap

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dustin/go-humanize"
)

// Column is one column of the roster and what it was taken for.
type Column struct {
	Index  int    // 1-based, among the roster's own columns
	Header string // as it stands in the roster
	Field  Field  // "" when the column is ignored
	Why    Reason
	Holds  Field // of an ignored one: Email or Phone where most of its cells are such contacts
}

// Reason is why a column was taken for a field, or for none.
type Reason string

// The reasons.
const (
	ByNothing   Reason = ""          // no field has such a header
	ByFieldName Reason = "field"     // the header is the field's own name
	ByAlias     Reason = "alias"     // the header is another name of the field
	ByPath      Reason = "path"      // the header is a dotted path into one of the body's objects
	ByMapping   Reason = "mapping"   // the mapping file says so
	Overruled   Reason = "overruled" // the mapping file fills the field otherwise
	ManyOfKind  Reason = "many"      // several columns have a country: which one counts, nobody knows
	BesideOther Reason = "half"      // the header means half a name beside the other half
	ByExport    Reason = "export"    // the known export has the field in this column
	LeftAlone   Reason = "choice"    // another column goes before this one for the field
	DeskPhone   Reason = "desk"      // a phone at a desk, which is used where there is no other contact
	Theirs      Reason = "others"    // somebody else's: a manager's, an emergency contact's
	ByCells     Reason = "cells"     // the cells are what the field takes, whatever the header says
	AsBefore    Reason = "before"    // the run that the rerun file comes from took it for that
)

// checkHeader finds header cells that no mapping can be made with.
func checkHeader(header []string) error {
	for i, cell := range header {
		if !utf8.ValidString(cell) {
			return fmt.Errorf("the header of column %d is not UTF-8: save the file as CSV UTF-8", i+1)
		}
	}
	return nil
}

func reasonOf(header string, field Field) Reason {
	switch {
	case field == "":
		return ByNothing
	case field.Nested():
		return ByPath
	case headerKey(header) == headerKey(string(field)):
		return ByFieldName
	default:
		return ByAlias
	}
}

// leaveCountries ignores the country where several columns have one (of the
// address, of the job): which of them the phone number follows, nobody knows.
func leaveCountries(columns []Column) {
	var countries []int
	for i, c := range columns {
		if c.Field == Country {
			countries = append(countries, i)
		}
	}
	for _, i := range countries {
		if len(countries) > 1 {
			columns[i].Field, columns[i].Why = "", ManyOfKind
		}
	}
}

// doubleField finds two columns for one field.
func doubleField(columns []Column) error {
	owner := make(map[Field]string)
	for _, c := range columns {
		other, taken := owner[c.Field]
		switch {
		case !taken || c.Field == "":
		case sameName(other, c.Header):
			return &doubleName{c.Header}
		default:
			return fmt.Errorf("the columns %s and %s both mean %s: rename or remove one",
				quoteHeader(other), quoteHeader(c.Header), c.Field)
		}
		owner[c.Field] = c.Header
	}
	return nil
}

// doubleName is the error for two columns of one name that both count: a mapping
// file could not say which is meant.
type doubleName struct{ header string }

func (e *doubleName) Error() string {
	return fmt.Sprintf("the header has the column %s twice: rename or remove one", quoteHeader(e.header))
}

func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// fieldOf finds the field that a header stands for, "" for none.
func fieldOf(header string) (Field, error) {
	path := Field(strings.ReplaceAll(strings.ToLower(header), " ", ""))
	if path.Nested() {
		return path, checkPath(path)
	}
	return meaningOf(header).field, nil
}

// nestingClash finds a column that would be a value and an object at once.
func nestingClash(columns []Column) error {
	headers := make(map[string]string) // of the nested columns
	for _, c := range columns {
		if c.Field.Nested() {
			headers[string(c.Field)] = c.Header
		}
	}
	for _, c := range columns {
		path := string(c.Field)
		for dot := strings.LastIndexByte(path, '.'); dot >= 0; dot = strings.LastIndexByte(path, '.') {
			path = path[:dot]
			if outer, taken := headers[path]; taken {
				return fmt.Errorf("the column %s is part of the column %s: remove one",
					quoteHeader(c.Header), quoteHeader(outer))
			}
		}
	}
	return nil
}

// withheld stands for a header cell that is not shown.
const withheld = "(withheld)"

// quoteHeader shows a header cell in a message, unless it looks like somebody's
// data: a roster without a header line starts with a person.
func quoteHeader(cell string) string {
	if looksLikeData(cell) || cell == withheld {
		return withheld
	}
	return fmt.Sprintf("%q", shorten(strings.TrimSpace(cell)))
}

// mostOfName is how many characters of a column's name a message shows.
const mostOfName = 40

func shorten(name string) string {
	if runes := []rune(name); len(runes) > mostOfName {
		return string(runes[:mostOfName]) + "\u2026"
	}
	return name
}

func looksLikeData(cell string) bool {
	digits := 0
	for _, r := range cell {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return strings.Contains(cell, "@") || digits > 5
}

// mostNames is how many columns a message lists.
const mostNames = 20

// describeHeader lists the columns found, for an error on what is missing. A line in
// which no name is understood may be a person's, and is not shown.
func describeHeader(columns []Column) string {
	if slices.ContainsFunc(columns, func(c Column) bool { return looksLikeData(c.Header) }) {
		return "the first line looks like a person, not like a header"
	}
	if !slices.ContainsFunc(columns, func(c Column) bool { return understood(c.Header) }) {
		return fmt.Sprintf("found %s, none with a name that is known; if another line is the header, say which with --header-row",
			count(len(columns), "column"))
	}
	names := make([]string, 0, mostNames)
	for _, column := range columns {
		if len(names) < mostNames {
			names = append(names, quoteHeader(column.Header))
		}
	}
	return "found " + strings.Join(names, ", ") + andMore(len(columns)-len(names))
}

func understood(header string) bool {
	field, err := fieldOf(header)
	return err == nil && field != ""
}

// andMore counts what a list leaves out.
func andMore(n int) string {
	if n == 0 {
		return ""
	}
	return " and " + humanize.Comma(int64(n)) + " more"
}
