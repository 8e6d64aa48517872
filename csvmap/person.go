package csvmap

import "strings"

// name fills in the person's name: first and last, else the full one; a request
// never holds both. Any name of the row's own beats the defaults. A name is any
// text: people have one word or seven, in every script.
func (c *Checker) name(f *findings, r *Recipient) {
	cells := f.row.Cells
	first, last, full := c.first.cell(cells), c.last.cell(cells), c.full.cell(cells)
	if (first == "" || last == "") && full == "" {
		first, last, full = c.first.value(cells), c.last.value(cells), c.full.fallback
	}
	switch {
	case first != "" && last != "":
		r.FirstName, r.LastName = first, last
	case full != "":
		r.FullName = full
	case c.first.make != nil && f.blames(c.first.column): // it could not be made: that is said
	case first != "" && c.last.column > 0:
		f.addAt(&c.last, MissingName, "is blank: the row has a first name but no last name")
	case last != "" && c.first.column > 0:
		f.addAt(&c.first, MissingName, "is blank: the row has a last name but no first name")
	default:
		f.add(MissingName, "the row has no name: give first and last name, or the full name")
	}
}

// contacts fills in the contacts. One that the channel does not use may be as
// wrong as it likes. One that is used and wrong is a problem even beside a valid
// one, for half of what was asked for is not sent.
func (c *Checker) contacts(f *findings, r *Recipient) {
	email, phone := c.email.value(f.row.Cells), c.phone.value(f.row.Cells)
	if !c.rules.Channel.uses(Email) {
		r.UnsentEmail, _ = normalizeEmail(email)
		email = ""
	}
	if !c.rules.Channel.uses(Phone) {
		region, _ := c.region(f.row.Cells)
		r.UnsentPhone = c.phones.read(phone, region).e164
		phone = ""
	}
	if email == "" && phone == "" {
		f.add(MissingContact, missingContact(c.rules.Channel))
		return
	}
	if email != "" {
		r.Email = c.checkEmail(f, email)
	}
	if phone != "" {
		r.Phone = c.checkPhone(f, phone)
	}
}

func (c *Checker) checkEmail(f *findings, text string) string {
	address, complaint := normalizeEmail(text)
	if complaint != "" {
		f.addAt(&c.email, InvalidEmail, complaint)
	} else if remark := domainSlip(address[strings.IndexByte(address, '@')+1:]); remark != "" {
		f.warnAt(&c.email, EmailTypo, remark)
	}
	return address
}

func (c *Checker) checkPhone(f *findings, text string) string {
	region, known := c.region(f.row.Cells)
	if !known && !hasPlus(text) {
		f.warnAt(&c.country, UnknownCountry,
			"is not known: the phone number was read as one of "+region+"; write a country code of two letters, such as US")
	}
	found := c.phones.read(text, region)
	switch {
	case found.complaint != "":
		f.addAt(&c.phone, InvalidPhone, found.complaint)
	case found.repair != "":
		f.warnAt(&c.phone, RepairedPhone, found.repair)
	}
	return found.e164
}

// region is whose numbering the row's phone number follows: its country's, else
// the run's. A default number is the run's own. known is false when the row
// names a country that nobody knows.
func (c *Checker) region(cells []string) (region string, known bool) {
	country := c.country.cell(cells)
	if country == "" || c.phone.cell(cells) == "" {
		return c.rules.Region, true
	}
	if region, known = regionOf(country); !known {
		region = c.rules.Region
	}
	return region, known
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
