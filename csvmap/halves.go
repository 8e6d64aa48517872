package csvmap

import (
	"fmt"
	"slices"
	"strings"
)

// halves are headers that mean the whole name by themselves, and half of it
// beside a header for the other half. Where header alone is not enough, the cells
// decide.
var halves = []struct {
	whole    []string
	beside   Field
	half     Field
	byHeader []string // of the other half, beside which the header is enough
}{
	{[]string{"name"}, FirstName, LastName, []string{"vorname", "vornamen"}},
	{[]string{"nom", "noms"}, FirstName, LastName, []string{"prenom", "prenoms", "prenomusuel"}},
	{[]string{"nombre", "nombres"}, LastName, FirstName, []string{"apellido", "apellidos", "primerapellido", "apellidopaterno"}},
	{[]string{"name"}, LastName, FirstName, nil},
}

// takeHalves maps a header that could mean the whole name to the half that it
// means beside the other half.
func (h *headerMap) takeHalves() {
	for _, half := range halves {
		at := slices.IndexFunc(h.columns, func(c Column) bool {
			return c.Field == FullName && slices.Contains(half.whole, headerKey(c.Header))
		})
		beside := h.has(half.beside)
		if at < 0 || beside < 0 || h.has(half.half) >= 0 {
			continue
		}
		whole, part := h.sample.wholeNames(at, beside)
		isHalf := part > whole
		if whole == part {
			isHalf = slices.Contains(half.byHeader, headerKey(h.columns[beside].Header))
		}
		if !isHalf {
			continue
		}
		h.columns[at].Field, h.columns[at].Why = half.half, BesideOther
		if half.byHeader == nil || !slices.Contains(half.byHeader, headerKey(h.columns[beside].Header)) {
			h.halves = append(h.halves, fmt.Sprintf("%s is taken as %s, for hardly a name in it holds the one in %s",
				quoteHeader(h.columns[at].Header), half.half, quoteHeader(h.columns[beside].Header)))
		}
	}
}

// leaveSpare leaves a column alone that has both halves of the name, in an order of
// its own, where each half has a column.
func (h *headerMap) leaveSpare() {
	if h.has(FirstName) < 0 || h.has(LastName) < 0 {
		return
	}
	for i := range h.columns {
		if c := &h.columns[i]; c.Field == FullName && wordsOf(c.Header).has(ofFirst) {
			c.Field, c.Why = "", LeftAlone
		}
	}
}

// wholeNames counts the rows whose name holds the half in another column, and those
// whose does not.
func (s *sample) wholeNames(name, half int) (whole, part int) {
	for _, row := range s.rows {
		names, halves := nameWords(row[name]), nameWords(row[half])
		switch {
		case len(names) == 0 || len(halves) == 0:
		case slices.ContainsFunc(halves, func(word string) bool { return slices.Contains(names, word) }):
			whole++
		default:
			part++
		}
	}
	return whole, part
}

// nameWords are the words of a name without case and accents.
func nameWords(name string) []string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !inWord(r) })
	for i, word := range words {
		words[i] = headerKey(word)
	}
	return words
}
