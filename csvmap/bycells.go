package csvmap

import (
	"fmt"
	"strings"
)

// holdWords are what the cells of a column may be.
var holdWords = map[Field]string{Email: "e-mail addresses", Phone: "phone numbers"}

// takeByCells looks at the cells of the columns that are used for nothing. One that
// holds contacts is taken where no other column can be: not where it is known to be
// somebody else's, nor where several rows share them, nor numbers that are only
// digits, for those may be any.
func (h *headerMap) takeByCells() {
	fits := make(map[Field][]int)
	for i := range h.columns {
		if !h.free(i) {
			continue
		}
		c, seen := &h.columns[i], h.sample.see(i)
		c.Holds = seen.holds()
		if c.Holds == Phone && 5*seen.written <= 4*seen.filled || !h.unread(i) || !seen.personal() {
			continue
		}
		fits[c.Holds] = append(fits[c.Holds], i)
	}
	for _, field := range []Field{Email, Phone} {
		if found := fits[field]; len(found) == 1 && !h.fills(field) {
			c := &h.columns[found[0]]
			c.Field, c.Why, c.Holds = field, ByCells, ""
		}
	}
}

// unread reports whether nothing is known of a column by its header.
func (h *headerMap) unread(i int) bool {
	return h.columns[i].Why == ByNothing && strings.TrimSpace(h.columns[i].Header) != ""
}

// doubt finds the columns that hold better contacts, perhaps, than the one that is
// taken. A doubt about a column that is not taken after all is none.
func (h *headerMap) doubt() {
	var doubts []Doubt
	for _, d := range h.doubts {
		if field := h.columns[d.Column-1].Field; field != "" && !h.given[field] {
			doubts = append(doubts, d)
		}
	}
	for i, c := range h.columns {
		if c.Holds == "" || h.given[c.Holds] || !h.free(i) || !h.unread(i) || !h.sample.see(i).personal() {
			continue
		}
		if at := h.has(c.Holds); at >= 0 && h.ranks[at] >= weakRank {
			doubts = append(doubts, Doubt{c.Index, fmt.Sprintf("%s holds %s, and may be better than %s, which would be used as %s",
				quoteHeader(c.Header), holdWords[c.Holds], quoteHeader(h.columns[at].Header), c.Holds)})
		}
	}
	h.doubts = doubts
}

// notes tells in plain words what was chosen, and is still so. The first ones are
// those that can make people be invited twice.
func (h *headerMap) notes() (first, notes []string) {
	if !h.fills(EmployeeID) {
		first = append(first, h.withoutID())
	}
	notes = append(notes, h.chosen.notes(h.columns)...)
	notes = append(notes, h.halves...)
	unused := make(map[Field][]string)
	for _, c := range h.columns {
		switch {
		case c.Why == ByCells:
			notes = append(notes, fmt.Sprintf("%s is taken as %s, for its cells are %s: if they are not the person's own, say so in a mapping file (bulkinvite map)",
				quoteHeader(c.Header), c.Field, holdWords[c.Field]))
		case c.Holds != "" && c.Field == "" && c.Why != LeftAlone && c.Why != ByMapping:
			unused[c.Holds] = append(unused[c.Holds], c.Header)
		}
	}
	for _, field := range []Field{Email, Phone} {
		if headers := unused[field]; len(headers) > 0 {
			notes = append(notes, fmt.Sprintf("not used, though most of their cells are %s: %s", holdWords[field], quoteHeaders(headers)))
		}
	}
	return first, notes
}

// withoutID says what it means that no column is the employee ID, and which might be.
func (h *headerMap) withoutID() string {
	var maybe []string
	for i, c := range h.columns {
		w := wordsOf(c.Header)
		if h.free(i) && w.has(ofAnyID) && !w.others() && w.within(ofAnyID|ofFiller|ofLead) {
			maybe = append(maybe, c.Header)
		}
	}
	note := "no column is the employee ID: whoever gets another address or number counts as somebody new, and is invited once more"
	if len(maybe) > 0 {
		return note + "; if it is " + quoteHeaders(maybe) + ", say so in a mapping file (bulkinvite map)"
	}
	return note
}
