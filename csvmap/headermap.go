package csvmap

import (
	"cmp"
	"slices"
)

// headerMap is what the columns of a roster were taken for, and why.
type headerMap struct {
	columns []Column
	ranks   []int         // how many headers for a field go before the column's
	said    map[int]Field // what the mapping file says of columns, by index
	given   map[Field]bool
	sample  *sample
	chosen  choice
	halves  []string // notes on names that were taken by their cells
	doubts  []Doubt
}

// Doubt is a column of which only a person can say whether it is to be used.
type Doubt struct {
	Column  int // 1-based
	Message string
}

// mapHeader maps the roster's own header cells: by what they say, by what the
// cells below them are where that is not enough, and, before all, by the mapping.
// before are the columns of the run that a rerun file comes from, nil else: its
// rows are too few to judge by. The error says what HR has to change in the header,
// or is a *[MappingError]; the columns are complete all the same, as far as they
// are clear.
func mapHeader(header []string, m *Mapping, s *sample, before map[string]Field) (headerMap, error) {
	h := headerMap{columns: make([]Column, len(header)), ranks: make([]int, len(header)), sample: s, given: m.given()}
	for i, cell := range header {
		h.columns[i] = Column{Index: i + 1, Header: cell}
	}
	if err := checkHeader(header); err != nil {
		return h, err
	}
	var err error
	if h.said, err = m.sayings(header); err != nil {
		return h, err
	}
	err = h.readHeaders()
	if before != nil {
		h.recall(before)
	} else {
		h.takeHalves()
		h.leaveSpare()
		leaveCountries(h.columns)
		h.leaveTheirs()
		h.choose()
		h.takeByCells()
		h.doubt()
	}
	m.overrule(h.columns, h.said)
	if before == nil {
		takeCompany(h.columns, h.said, m)
	}
	return h, cmp.Or(err, doubleField(h.columns), nestingClash(slices.Concat(h.columns, m.madeColumns())))
}

// readHeaders takes each column for what its header says by itself. What the
// mapping says something of is left to it.
func (h *headerMap) readHeaders() (err error) {
	for i := range h.columns {
		c := &h.columns[i]
		if _, ok := h.said[i]; ok {
			continue
		}
		field, wrong := fieldOf(c.Header)
		if wrong != nil {
			err, field = cmp.Or(err, wrong), ""
		}
		c.Field, c.Why = field, reasonOf(c.Header, field)
		if field == "" && wordsOf(c.Header).others() {
			c.Why = Theirs
		}
	}
	return err
}

// recall takes the columns for what they were in an earlier run.
func (h *headerMap) recall(before map[string]Field) {
	for i, key := range columnKeys(h.columns) {
		c := &h.columns[i]
		field, known := before[key]
		if _, ok := h.said[i]; known && !ok && field != c.Field {
			c.Field, c.Why = field, AsBefore
		}
	}
}

// free reports whether a column is used for nothing, and nobody said so.
func (h *headerMap) free(i int) bool {
	_, said := h.said[i]
	return h.columns[i].Field == "" && !said
}

// has finds the column of a field; -1 for none.
func (h *headerMap) has(field Field) int {
	return slices.IndexFunc(h.columns, func(c Column) bool { return c.Field == field })
}

// fills reports whether a column, or the mapping, fills a field.
func (h *headerMap) fills(field Field) bool { return h.given[field] || h.has(field) >= 0 }
