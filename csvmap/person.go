package csvmap

// name fills in the person's name: first and last, else the full one; a request
// never holds both. Any name of the row's own beats the defaults.
func (c *Checker) name(f *findings, r *Recipient) {
	first, last, full := c.first.cell(f.row), c.last.cell(f.row), c.full.cell(f.row)
	if (first == "" || last == "") && full == "" {
		first, last, full = c.first.value(f.row), c.last.value(f.row), c.full.fallback
	}
	switch {
	case first != "" && last != "":
		r.FirstName, r.LastName = first, last
	case full != "":
		r.FullName = full
	case first != "" && c.last.column > 0:
		f.addAt(c.last, MissingName, "is blank: the row has a first name but no last name")
	case last != "" && c.first.column > 0:
		f.addAt(c.first, MissingName, "is blank: the row has a last name but no first name")
	default:
		f.add(MissingName, "the row has no name: give first and last name, or the full name")
	}
}

// contacts fills in the contacts. One that the channel does not use may be as
// wrong as it likes. One that is used and wrong is a problem even beside a valid
// one, for half of what was asked for is not sent.
func (c *Checker) contacts(f *findings, r *Recipient) {
	var complaint string
	email, phone := c.email.value(f.row), c.phone.value(f.row)
	if !c.rules.Channel.uses(Email) {
		r.UnsentEmail, _ = normalizeEmail(email)
		email = ""
	}
	if !c.rules.Channel.uses(Phone) {
		r.UnsentPhone, _ = normalizePhone(phone, c.rules.Region)
		phone = ""
	}
	if email == "" && phone == "" {
		f.add(MissingContact, missingContact(c.rules.Channel))
		return
	}
	if email != "" {
		if r.Email, complaint = normalizeEmail(email); complaint != "" {
			f.addAt(c.email, InvalidEmail, complaint)
		}
	}
	if phone != "" {
		if r.Phone, complaint = normalizePhone(phone, c.rules.Region); complaint != "" {
			f.addAt(c.phone, InvalidPhone, complaint)
		}
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

func (c *Checker) items(row Row) []string {
	if items := splitList(c.flowItems.cell(row)); items != nil {
		return items
	}
	return c.rules.Defaults.flowItems
}

// objects merges the row's dotted cells into the defaults, which stay as they are.
func (c *Checker) objects(row Row) (dds, template map[string]any) {
	dds, template = c.rules.Defaults.dds, c.rules.Defaults.template
	var ddsOwned, templateOwned bool
	for _, s := range c.nested {
		cell := s.cell(row)
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
