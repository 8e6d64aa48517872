package csvmap

import "strings"

// nameSplit is a column that holds a whole name, and how its halves stand in it.
type nameSplit struct {
	header string
	as     string
	line   int

	comma     bool // a comma sets the halves apart, else a space
	lastFirst bool
}

// splitForms are how the halves of a name may stand in a cell.
func splitForms() []string { return []string{"last, first", "first last", "last first", "first, last"} }

// understand takes in what as says, in whatever case and spacing.
func (s *nameSplit) understand() bool {
	before, after, comma := strings.Cut(strings.ToLower(s.as), ",")
	words := strings.Fields(before + " " + after)
	if len(words) != 2 || comma && (len(strings.Fields(before)) != 1) {
		return false
	}
	s.comma, s.lastFirst = comma, words[0] == "last"
	return words[0] == "first" && words[1] == "last" || words[0] == "last" && words[1] == "first"
}

// halves takes a name apart. ok is false where there are not exactly two halves;
// a blank name has two blank ones, and a single word, which is a whole name, a blank
// last one.
func (s *nameSplit) halves(name string) (first, last string, ok bool) {
	var parts []string
	if s.comma {
		parts = strings.Split(name, ",")
	} else {
		parts = strings.Fields(name)
	}
	switch {
	case name == "":
		return "", "", true
	case len(strings.Fields(name)) == 1 && !strings.Contains(name, ","):
		return name, "", true
	case len(parts) != 2:
		return "", "", false
	}
	first, last = strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1])
	if s.lastFirst {
		first, last = last, first
	}
	return first, last, first != "" && last != ""
}

// complaint says what is wrong with a name that cannot be taken apart.
func (s *nameSplit) complaint() string {
	if s.comma {
		return "cannot be split: it must have exactly one comma, as in \"" + s.as + "\""
	}
	return "cannot be split: it must have exactly two words, as in \"" + s.as + "\"; give first and last name in columns of their own"
}
