package csvmap

import (
	"slices"
	"strings"
)

// ignored is what a mapping file says of a column that is left out.
const ignored = "ignore"

// plainFields are the fields without dots.
var plainFields = []Field{EmployeeID, Company, FirstName, LastName, FullName, Email, Phone, ExternalID, FlowID, FlowItems, Country}

// fieldNamed finds the field that a mapping file names.
func (m *Mapping) fieldNamed(name string, line int) (Field, error) {
	field := Field(strings.ToLower(strings.TrimSpace(name)))
	if field.Nested() {
		if err := checkPath(field); err != nil {
			return "", m.wrong(line, "%s", err)
		}
		return field, nil
	}
	if !slices.Contains(plainFields, field) {
		return "", m.wrong(line, "there is no field %q: there are %s, and those that begin with %s or %s",
			name, joinFields(plainFields), ddsPrefix, templatePrefix)
	}
	return field, nil
}

func joinFields(fields []Field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

func (m *Mapping) addColumn(e entry) error {
	name, err := m.textOf(e)
	if err != nil {
		return err
	}
	column := mappedColumn{header: e.key, line: e.line}
	if name != "" && !strings.EqualFold(name, ignored) {
		if column.field, err = m.fieldNamed(name, e.line); err != nil {
			return err
		}
	}
	m.columns = append(m.columns, column)
	return nil
}

func (m *Mapping) addConstant(e entry) error {
	field, err := m.fieldNamed(e.key, e.line)
	if err != nil {
		return err
	}
	text, err := m.textOf(e)
	switch {
	case err != nil:
		return err
	case text == "":
		return m.wrong(e.line, "the constant for %s is blank: give it a text, or remove the line", field)
	case field == EmployeeID || field == Email || field == Phone:
		return m.wrong(e.line, "%s cannot be a constant: it belongs to one person", field)
	case strings.HasPrefix(string(field), ddsPrefix):
		return m.wrong(e.line, "%s cannot be a constant, for a mapping is kept with each run: put it under defaults in the configuration file", field)
	case field == ExternalID && tooLong(text, maxExternalID) != "":
		return m.wrong(e.line, "the constant for %s %s", field, tooLong(text, maxExternalID))
	}
	if _, known := regionOf(text); field == Country && !known {
		return m.wrong(e.line, "%q is no country that is known: write a country code of two letters, such as US", text)
	}
	m.constants = append(m.constants, mappedText{field, text, e.line})
	return nil
}

func (m *Mapping) addTemplate(e entry) error {
	field, err := m.fieldNamed(e.key, e.line)
	if err != nil {
		return err
	}
	text, err := m.textOf(e)
	if err != nil {
		return err
	}
	parts, complaint := parseTemplate(text)
	switch {
	case complaint != "":
		return m.wrong(e.line, "the template for %s %s", field, complaint)
	case !slices.ContainsFunc(parts, func(p templatePart) bool { return p.isColumn }):
		return m.wrong(e.line, "the template for %s names no column, such as {Last Name}: a text that is the same in every row is a constant", field)
	}
	m.templates = append(m.templates, mappedText{field, text, e.line})
	return nil
}

func (m *Mapping) addValues(e entry) error {
	v := valueMap{header: e.key, line: e.line}
	seen := make(map[string]bool)
	add := func(pair entry) error {
		to, err := m.textOf(pair)
		if err != nil {
			return err
		}
		if seen[foldValue(pair.key)] {
			return m.wrong(pair.line, "the values of %q have %q twice: case does not count", e.key, pair.key)
		}
		seen[foldValue(pair.key)] = true
		v.pairs = append(v.pairs, valuePair{pair.key, to})
		return nil
	}
	err := m.keys("the values of a column", e, map[string]func(entry) error{
		"map": each(m, add),
		"others": func(o entry) error {
			text, err := m.textOf(o)
			if err == nil && text != "keep" && text != "problem" {
				err = m.wrong(o.line, "others must be keep or problem")
			}
			v.strict = text == "problem"
			return err
		},
	})
	if err == nil && len(v.pairs) == 0 {
		err = m.wrong(e.line, "the values of %q have no map: say which text stands for which", e.key)
	}
	m.values = append(m.values, v)
	return err
}

func (m *Mapping) setSplit(e entry) error {
	s := &nameSplit{line: e.line}
	take := func(to *string) func(entry) error {
		return func(e entry) (err error) {
			*to, err = m.textOf(e)
			return err
		}
	}
	err := m.keys("split", e, map[string]func(entry) error{"column": take(&s.header), "as": take(&s.as)})
	switch {
	case err != nil:
		return err
	case s.header == "":
		return m.wrong(e.line, "split needs a column: the header of the one that holds the name")
	case !s.understand():
		return m.wrong(e.line, "as must be one of %s", strings.Join(splitForms(), "; "))
	}
	m.split = s
	return nil
}

func (m *Mapping) setFilter(e entry) error {
	text, err := m.textOf(e)
	if err != nil {
		return err
	}
	tree, complaint := parseFilter(text)
	if complaint != "" {
		return m.wrong(e.line, "the filter cannot be read: %s", complaint)
	}
	m.filter = &rowFilter{text, tree, e.line}
	return nil
}

// checkOnce finds a field that is filled twice.
func (m *Mapping) checkOnce() error {
	var filled []Field
	fill := func(field Field, line int) error {
		if field == "" {
			return nil
		}
		if slices.Contains(filled, field) {
			return m.wrong(line, "%s is filled twice: leave one of them", field)
		}
		filled = append(filled, field)
		return nil
	}
	for _, c := range m.columns {
		if err := fill(c.field, c.line); err != nil {
			return err
		}
	}
	for _, t := range slices.Concat(m.constants, m.templates) {
		if err := fill(t.field, t.line); err != nil {
			return err
		}
	}
	if m.split == nil {
		return nil
	}
	for _, half := range []Field{FirstName, LastName} {
		if err := fill(half, m.split.line); err != nil {
			return err
		}
	}
	return nil
}
