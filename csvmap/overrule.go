package csvmap

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldHeader folds what a header in a mapping file may differ in from the
// roster's: case, spaces, and what nobody sees.
func foldHeader(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || isInvisible(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(header))
}

// headerIndex finds columns by their headers.
type headerIndex struct {
	header []string
	exact  map[string][]int // trimmed
	folded map[string][]int // by foldHeader
}

func indexHeader(header []string) *headerIndex {
	x := &headerIndex{header, make(map[string][]int), make(map[string][]int)}
	for i, cell := range header {
		if folded := foldHeader(cell); folded != "" {
			name := strings.TrimSpace(cell)
			x.exact[name] = append(x.exact[name], i)
			x.folded[folded] = append(x.folded[folded], i)
		}
	}
	return x
}

// find finds the column that a mapping file names, by its index: the header as it
// stands goes before one that differs in case or spaces. The error is for
// *[MappingError].
func (x *headerIndex) find(name string) (int, error) {
	switch found := x.exact[strings.TrimSpace(name)]; len(found) {
	case 0:
	case 1:
		return found[0], nil
	default:
		return -1, &doubleColumn{name, found}
	}
	switch found := x.folded[foldHeader(name)]; len(found) {
	case 0:
		return -1, &noColumn{name, x.header}
	case 1:
		return found[0], nil
	default:
		return -1, fmt.Errorf("%s could be the column %s or %s: write it as it stands in the roster",
			quoteHeader(name), quoteHeader(x.header[found[0]]), quoteHeader(x.header[found[1]]))
	}
}

// doubleColumn is the error for a column whose name another one has.
type doubleColumn struct {
	name string
	at   []int
}

func (e *doubleColumn) Error() string {
	return fmt.Sprintf("the roster has the column %s twice (columns %d and %d): rename one in the export", quoteHeader(e.name), e.at[0]+1, e.at[1]+1)
}

// noColumn is the error for a column that the roster does not have.
type noColumn struct {
	name   string
	header []string
}

func (e *noColumn) Error() string {
	columns := make([]Column, len(e.header))
	for i, h := range e.header {
		columns[i].Header = h
	}
	return fmt.Sprintf("the roster has no column %s (%s): correct the export, or the mapping file", quoteHeader(e.name), describeHeader(columns))
}

// sayings returns what the mapping says of columns, by index. A column that is
// left out need not be there.
func (m *Mapping) sayings(header []string) (map[int]Field, error) {
	if m == nil {
		return nil, nil
	}
	columns := indexHeader(header)
	said := make(map[int]Field, len(m.columns))
	for _, c := range m.columns {
		at, err := columns.find(c.header)
		_, absent := errors.AsType[*noColumn](err)
		_, double := errors.AsType[*doubleColumn](err)
		if c.field == "" && (absent || double) {
			continue
		}
		if err != nil {
			return nil, m.wrong(c.line, "%s", err)
		}
		if _, twice := said[at]; twice {
			return nil, m.wrong(c.line, "the column %s stands twice under columns: case and spaces do not count", quoteHeader(header[at]))
		}
		said[at] = c.field
	}
	return said, nil
}

// overrule puts what the mapping says in the place of what the headers say. A
// field that the mapping fills is taken from no other column, and neither is the
// name in its other form: full, or as first and last name.
func (m *Mapping) overrule(columns []Column, said map[int]Field) {
	if m == nil {
		return
	}
	given := m.given()
	switch {
	case given[FirstName] || given[LastName]:
		given[FullName] = true
	case given[FullName]:
		given[FirstName], given[LastName] = true, true
	}
	for i := range columns {
		c := &columns[i]
		if field, ok := said[i]; ok {
			c.Field, c.Why = field, ByMapping
		} else if given[c.Field] {
			c.Field, c.Why = "", Overruled
		}
	}
}

// madeColumns are the fields that come from no single column, for nestingClash.
func (m *Mapping) madeColumns() []Column {
	if m == nil {
		return nil
	}
	var made []Column
	for _, t := range slices.Concat(m.constants, m.templates) {
		made = append(made, Column{Header: string(t.field), Field: t.field})
	}
	return made
}
