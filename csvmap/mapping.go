package csvmap

import "fmt"

// Mapping is what a mapping file says of a roster: which columns are which
// fields, what is made of several columns, and which rows count. It goes before
// what the headers say by themselves. See [ParseMapping] for its form.
type Mapping struct {
	path string
	text string // of the file, as it stands

	columns   []mappedColumn
	constants []mappedText
	templates []mappedText
	split     *nameSplit
	values    []valueMap
	filter    *rowFilter
}

// mappedColumn gives a column its field, "" to leave it out.
type mappedColumn struct {
	header string
	field  Field
	line   int
}

// mappedText gives a field a constant or a template.
type mappedText struct {
	field Field
	text  string
	line  int
}

// rowFilter is the condition that a row must meet to count.
type rowFilter struct {
	text string
	tree *condition
	line int
}

// Text is the mapping file as it stands: [ParseMapping] makes the same mapping of
// it, whatever has become of the file. Without a mapping (nil) it is "".
func (m *Mapping) Text() string {
	if m == nil {
		return ""
	}
	return m.text
}

// Filter is the condition that rows must meet to count, as it stands in the file;
// "" for none.
func (m *Mapping) Filter() string {
	if m == nil || m.filter == nil {
		return ""
	}
	return m.filter.text
}

// MappingError says what is wrong with a mapping file, or that it does not fit
// the roster.
type MappingError struct {
	Path    string
	Line    int // 0 when no line is to blame
	Message string
}

func (e *MappingError) Error() string {
	if e.Line == 0 {
		return e.Path + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d: %s", e.Path, e.Line, e.Message)
}

func (m *Mapping) wrong(line int, format string, args ...any) error {
	return &MappingError{Path: m.path, Line: line, Message: fmt.Sprintf(format, args...)}
}

// given returns the fields that the mapping, nil for none, fills; where from does
// not matter.
func (m *Mapping) given() map[Field]bool {
	given := make(map[Field]bool)
	if m == nil {
		return given
	}
	for _, c := range m.columns {
		given[c.field] = true
	}
	for _, t := range m.constants {
		given[t.field] = true
	}
	for _, t := range m.templates {
		given[t.field] = true
	}
	if m.split != nil {
		given[FirstName], given[LastName] = true, true
	}
	delete(given, "")
	return given
}
