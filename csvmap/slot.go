package csvmap

import (
	"cmp"
	"strings"
)

// slot is where a field's value comes from: a column, or a recipe, else a default.
type slot struct {
	field    Field
	column   int // 1-based; 0 for none; of a recipe the first that it is made of
	header   string
	make     func(cells []string) string // of a recipe; nil for the cell as it stands
	fallback string
}

// cell returns the row's own value, trimmed; "" when it has none.
func (s *slot) cell(cells []string) string {
	if s.make != nil {
		return s.make(cells)
	}
	if s.column == 0 {
		return ""
	}
	return strings.TrimSpace(cells[s.column-1])
}

// given reports whether the slot has a value in any row.
func (s *slot) given() bool { return s.column > 0 || s.make != nil || s.fallback != "" }

// value returns the row's own value, else the default.
func (s *slot) value(cells []string) string { return cmp.Or(s.cell(cells), s.fallback) }

// subject is what HR calls the field, to begin a sentence with.
func (s *slot) subject() string {
	if words := hrWords[s.field]; words != "" {
		return "the " + words
	}
	return cmp.Or(string(s.field), "the cell")
}

// nestedSlot is a column that goes into one of the body's objects.
type nestedSlot struct {
	slot
	root string
	path []string
}

func (s *nestedSlot) parse(cell string) any {
	if isList(s.field) {
		return splitList(cell)
	}
	return cell
}
