package csvmap

import (
	"fmt"
	"strings"
)

// leaveTheirs leaves a plain Email or Phone alone that stands right beside a column
// with somebody else's name, a manager's say, and is theirs by what its cells are.
// Where the cells do not tell, a person has to.
func (h *headerMap) leaveTheirs() {
	for i := 1; i < len(h.columns); i++ {
		c := &h.columns[i]
		if c.Field != Email && c.Field != Phone || meaningOf(c.Header).rank != plainRank || !namesOther(h.columns[i-1].Header) {
			continue
		}
		switch theirs, own := h.whose(i); {
		case theirs > own:
			c.Field, c.Why = "", Theirs
		case theirs == own:
			h.doubts = append(h.doubts, Doubt{c.Index, fmt.Sprintf("%s stands right behind %s, and may be theirs",
				quoteHeader(c.Header), quoteHeader(h.columns[i-1].Header))})
		}
	}
}

// namesOther reports whether a header stands above the name of somebody else.
func namesOther(header string) bool {
	w := wordsOf(header)
	return !w.unknown && w.others() && w.within(ofOthers|ofHR|ofName|ofNom|ofFull|ofFirst|ofLast|ofHalf|ofContact|ofPerson|ofLead|ofPrimary|ofFiller)
}

// fewest is how many rows it takes to see whether others have the same contact.
const fewest = 3

// whose counts what speaks for a contact in a column being that of the person in the
// column before it, and what for the row's own person: the names in the addresses,
// or else whether it changes with every row while the others' names do not.
func (h *headerMap) whose(at int) (theirs, own int) {
	for _, row := range h.sample.rows {
		mailbox, _, _ := strings.Cut(row[at], "@")
		if mailbox = headerKey(mailbox); h.columns[at].Field != Email || mailbox == "" {
			continue
		}
		theirs += index(fits(mailbox, row[at-1]))
		for i, c := range h.columns {
			if c.Field == FirstName || c.Field == LastName || c.Field == FullName {
				own += index(fits(mailbox, row[i]))
			}
		}
	}
	if theirs != own {
		return theirs, own
	}
	switch contact, name := h.sample.see(at), h.sample.see(at-1); {
	case contact.filled < fewest:
		return 0, 0
	case !contact.personal():
		return 1, 0
	case !name.personal():
		return 0, 1
	}
	return 0, 0
}

// fits reports whether a word of a name stands in a mailbox.
func fits(mailbox, name string) bool {
	for _, word := range nameWords(name) {
		if len(word) >= fewest && strings.Contains(mailbox, word) {
			return true
		}
	}
	return false
}
