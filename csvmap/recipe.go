package csvmap

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// recipe is how a field is made of a row where it is not just the cell of a
// column.
type recipe struct {
	field Field
	reads []int                       // indexes of the cells that it is made of, in order
	make  func(cells []string) string // trimmed; "" for no value
	salt  []any                       // all that make goes by, for JSON
	how   string                      // for people, behind the field
}

// check is what must hold of a cell for a recipe to work.
type check struct {
	index     int
	field     Field // that is to blame; "" for the one that the cell goes into
	code      Code
	complaint func(cells []string) string // "" for none
}

// kitchen is a mapping that was bound to a roster's header.
type kitchen struct {
	recipes []recipe // by field
	checks  []check
	counts  func(cells []string) bool // whether a row passes the filter; nil for all
	filters []int                     // indexes of the cells that the filter looks at
}

// bind finds the columns that the mapping speaks of. The error is a
// *[MappingError].
func (m *Mapping) bind(header []string, columns []Column) (kitchen, error) {
	if m == nil {
		return kitchen{}, nil
	}
	var k kitchen
	index := indexHeader(header)
	cells, err := m.bindValues(index, &k)
	if err != nil {
		return kitchen{}, err
	}
	find := func(name string) (cellReader, error) {
		at, err := index.find(name)
		return cellReader{index: at, values: cells[at].values}, err
	}
	k.cook(m, columns, cells)
	for _, t := range m.templates {
		parts, err := bindTemplate(t.text, find)
		if err != nil {
			return kitchen{}, m.wrong(t.line, "the template for %s: %s", t.field, err)
		}
		k.recipes = append(k.recipes, templateRecipe(t, parts))
	}
	if m.split != nil {
		cell, err := find(m.split.header)
		if err != nil {
			return kitchen{}, m.wrong(m.split.line, "split: %s", err)
		}
		k.split(m.split, cell)
	}
	if m.filter != nil {
		k.counts, err = m.filter.tree.bind(func(name string) (int, error) {
			at, err := index.find(name)
			k.filters = append(k.filters, at)
			return at, err
		})
		if err != nil {
			return kitchen{}, m.wrong(m.filter.line, "the filter: %s", err)
		}
	}
	slices.SortFunc(k.recipes, func(a, b recipe) int { return strings.Compare(string(a.field), string(b.field)) })
	return k, nil
}

// bindValues finds the columns that have value maps.
func (m *Mapping) bindValues(index *headerIndex, k *kitchen) (map[int]cellReader, error) {
	cells := make(map[int]cellReader, len(m.values))
	for i := range m.values {
		v := &m.values[i]
		at, err := index.find(v.header)
		if err != nil {
			return nil, m.wrong(v.line, "values: %s", err)
		}
		if _, twice := cells[at]; twice {
			return nil, m.wrong(v.line, "the column %s stands twice under values", quoteHeader(v.header))
		}
		cells[at] = cellReader{index: at, values: v.table()}
		if v.strict {
			k.checks = append(k.checks, check{at, "", UnlistedValue, cells[at].complaint})
		}
	}
	return cells, nil
}

// cook makes the recipes of constants, and of columns with a value map.
func (k *kitchen) cook(m *Mapping, columns []Column, cells map[int]cellReader) {
	for _, c := range m.constants {
		k.recipes = append(k.recipes, recipe{
			field: c.field, make: func([]string) string { return c.text }, salt: []any{"constant", c.text},
			how: fmt.Sprintf("the same in every row: %q", c.text),
		})
	}
	for i, c := range columns {
		if cell, mapped := cells[i]; mapped && c.Field != "" {
			k.recipes = append(k.recipes, recipe{
				field: c.Field, reads: []int{i}, make: cell.read, salt: []any{"values", cell.values},
				how: fmt.Sprintf("the column %q, with other texts for some of its cells", c.Header),
			})
		}
	}
}

func templateRecipe(t mappedText, parts []templatePart) recipe {
	r := recipe{
		field: t.field, salt: []any{"template", t.text},
		make: func(cells []string) string { return render(parts, cells) },
		how:  fmt.Sprintf("made of columns: %q", t.text),
	}
	for _, p := range parts {
		if p.isColumn {
			r.reads = append(r.reads, p.cell.index)
			r.salt = append(r.salt, p.cell.values)
		}
	}
	return r
}

func (k *kitchen) split(s *nameSplit, cell cellReader) {
	half := func(field Field, pick func(first, last string) string) recipe {
		return recipe{
			field: field, reads: []int{cell.index}, salt: []any{"split", s.comma, s.lastFirst, cell.values},
			how: fmt.Sprintf("split from the column %q, which has %q", s.header, s.as),
			make: func(cells []string) string {
				first, last, _ := s.halves(cell.read(cells))
				return pick(first, last)
			},
		}
	}
	k.recipes = append(k.recipes,
		half(FirstName, func(first, _ string) string { return first }),
		half(LastName, func(_, last string) string { return last }))
	k.checks = append(k.checks, check{cell.index, FullName, UnsplitName, func(cells []string) string {
		if _, _, ok := s.halves(cell.read(cells)); !ok {
			return s.complaint()
		}
		return ""
	}})
}

// uses returns the field that each column goes into, by itself or as a part; ""
// for a column that goes into none.
func (k *kitchen) uses(columns []Column) []Field {
	fields := make([]Field, len(columns))
	for i, c := range columns {
		fields[i] = c.Field
	}
	for _, r := range k.recipes {
		for _, at := range r.reads {
			fields[at] = cmp.Or(fields[at], r.field)
		}
	}
	return fields
}

// used says of each column whether it goes into a field, or the filter looks at it.
func (k *kitchen) used(columns []Column) []bool {
	used := make([]bool, len(columns))
	for i, field := range k.uses(columns) {
		used[i] = field != "" || slices.Contains(k.filters, i)
	}
	return used
}

// Made is a field that is not just the cell of a column.
type Made struct {
	Field   Field
	How     string // for people, goes on where the field's name ends
	Columns []int  // that it is made of, 1-based
}

// Made returns the fields that the mapping makes of columns, by field.
func (r *Roster) Made() []Made {
	var made []Made
	for _, recipe := range r.kitchen.recipes {
		m := Made{Field: recipe.field, How: recipe.how}
		for _, at := range recipe.reads {
			m.Columns = append(m.Columns, at+1)
		}
		made = append(made, m)
	}
	return made
}

// salts is what the recipes go by, and the cells they are made of, each once.
// Both are the same for the same mapping, in whatever order the roster has its
// columns.
func (k *kitchen) salts() (salts []any, reads []int) {
	for _, r := range k.recipes {
		salts = append(salts, []any{r.field, r.salt})
		for _, at := range r.reads {
			if !slices.Contains(reads, at) {
				reads = append(reads, at)
			}
		}
	}
	return salts, reads
}
