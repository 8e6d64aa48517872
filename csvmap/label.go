package csvmap

// labels reports whether cells, right below the header, are its labels for
// people: two columns or more are headed once more in other words, a column for
// names holds nothing but such words, and nothing is a contact.
func labels(columns []Column, cells []string) bool {
	if len(cells) != len(columns) {
		return false
	}
	again := 0
	for i, c := range columns {
		cell := cells[i]
		field := meaningOf(cell).field
		switch {
		case c.Field != "" && field == c.Field:
			again++
		case isName(c.Field) && !isHollow(cell) && !isName(field), isContact(c.Field, cell):
			return false
		}
	}
	return again > 1
}

func isName(field Field) bool {
	switch field {
	case FirstName, LastName, FullName:
		return true
	}
	return false
}
