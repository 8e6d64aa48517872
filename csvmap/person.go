package csvmap

import "cmp"

// name fills in the person's name: first and last, else the full one; a request
// never holds both. Any name of the row's own beats the defaults. People have one
// word for a name or seven, in every script: a single one, wherever it stands, is
// the whole name.
func (c *Checker) name(f *findings, r *Recipient) {
	first, last, full := c.nameCell(f, &c.first), c.nameCell(f, &c.last), c.nameCell(f, &c.full)
	if (first == "" || last == "") && full == "" {
		first, last, full = cmp.Or(first, c.first.fallback), cmp.Or(last, c.last.fallback), c.full.fallback
	}
	switch {
	case first != "" && last != "":
		r.FirstName, r.LastName = first, last
	case full != "":
		r.FullName = full
	case c.first.make != nil && f.blames(c.first.column): // it could not be made: that is said
	case first != "" || last != "":
		r.FullName = first + last
	case f.has(BadName):
	default:
		f.add(MissingName, "the row has no name: give first and last name, or the full name")
	}
}

func missingContact(channel Channel) string {
	switch channel {
	case ByEmail:
		return "the row has no e-mail address, and the channel is email"
	case BySMS:
		return "the row has no phone number, and the channel is sms"
	default:
		return "the row has neither an e-mail address nor a phone number"
	}
}

func (c *Checker) items(cells []string) []string {
	if items := splitList(c.flowItems.cell(cells)); items != nil {
		return items
	}
	return c.rules.Defaults.flowItems
}

// objects merges the row's dotted cells into the defaults, which stay as they are.
func (c *Checker) objects(cells []string) (dds, template map[string]any) {
	dds, template = c.rules.Defaults.dds, c.rules.Defaults.template
	var ddsOwned, templateOwned bool
	for i := range c.nested {
		s := &c.nested[i]
		cell := s.cell(cells)
		switch {
		case cell == "":
		case s.root == ddsName:
			dds = own(dds, &ddsOwned)
			setPath(dds, s.path, s.parse(cell))
		default:
			template = own(template, &templateOwned)
			setPath(template, s.path, s.parse(cell))
		}
	}
	return dds, template
}

// own clones object on its first call.
func own(object map[string]any, owned *bool) map[string]any {
	if *owned {
		return object
	}
	*owned = true
	return cloneObject(object)
}
