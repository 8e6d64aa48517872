package csvmap

import (
	"cmp"
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
)

// mapHeader maps the roster's own header cells, first by what they say, then by
// the mapping, and says what had to be chosen. The error says what HR has to change
// in the header, or is a *[MappingError]; the columns are complete all the same, as
// far as they are clear.
func mapHeader(header []string, m *Mapping) (columns []Column, notes []string, err error) {
	columns = make([]Column, len(header))
	for i, cell := range header {
		columns[i] = Column{Index: i + 1, Header: cell}
	}
	if err := checkHeader(header); err != nil {
		return columns, nil, err
	}
	said, err := m.sayings(header)
	if err != nil {
		return columns, nil, err
	}
	for i := range columns {
		c := &columns[i]
		if _, ok := said[i]; ok {
			continue
		}
		field, wrong := fieldOf(c.Header)
		if wrong != nil {
			err, field = cmp.Or(err, wrong), ""
		}
		c.Field, c.Why = field, reasonOf(c.Header, field)
	}
	takeHalves(columns)
	leaveCountries(columns)
	chosen := chooseColumns(columns, said)
	m.overrule(columns, said)
	takeCompany(columns, said, m)
	return columns, chosen.notes(columns), cmp.Or(err, doubleField(columns), nestingClash(slices.Concat(columns, m.madeColumns())))
}

// checkHeader finds header cells that no mapping can be made with.
func checkHeader(header []string) error {
	seen := make(map[string]bool)
	for i, cell := range header {
		if !utf8.ValidString(cell) {
			return fmt.Errorf("the header of column %d is not UTF-8: save the file as CSV UTF-8", i+1)
		}
		name := strings.ToLower(strings.TrimSpace(cell))
		if name != "" && seen[name] {
			return fmt.Errorf("the header has the column %s twice: rename or remove one", quoteHeader(cell))
		}
		seen[name] = true
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

// takeHalves maps a header that could mean the whole name to the half that it
// means beside the other half.
func takeHalves(columns []Column) {
	find := func(keys []string) int {
		return slices.IndexFunc(columns, func(c Column) bool { return slices.Contains(keys, headerKey(c.Header)) })
	}
	for _, h := range halves {
		at := find(h.whole)
		taken := slices.ContainsFunc(columns, func(c Column) bool { return c.Field == h.half })
		if at >= 0 && !taken && find(h.beside) >= 0 {
			columns[at].Field, columns[at].Why = h.half, BesideOther
		}
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
		if other, taken := owner[c.Field]; taken && c.Field != "" {
			return fmt.Errorf("the columns %s and %s both mean %s: rename or remove one",
				quoteHeader(other), quoteHeader(c.Header), c.Field)
		}
		owner[c.Field] = c.Header
	}
	return nil
}

// fieldOf finds the field that a header stands for, "" for none.
func fieldOf(header string) (Field, error) {
	path := Field(strings.ReplaceAll(strings.ToLower(header), " ", ""))
	if path.Nested() {
		return path, checkPath(path)
	}
	return fieldByKey[headerKey(header)].field, nil
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
