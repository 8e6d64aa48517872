package csvmap

// List is what is found out of a list as a whole, and is kept with its run: the
// rows of a rerun file are too few, and too odd, to find it out again. It has a JSON
// form.
type List struct {
	Columns map[string]Field `json:"columns,omitempty"` // by their headers, folded
	Domain  string           `json:"domain,omitempty"`  // that most e-mail addresses have; "" for none
	Own     []string         `json:"own,omitempty"`     // domains that look like slips, and are none, for many have them
}

func (l *List) columns() map[string]Field {
	if l == nil {
		return nil
	}
	return l.Columns
}
