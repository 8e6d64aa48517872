package csvmap

import (
	"cmp"
	"strings"
)

// contacts fills in the contacts. One that the channel does not use may be as
// wrong as it likes. One that is used and wrong is a problem even beside a valid
// one, for half of what was asked for is not sent.
func (c *Checker) contacts(f *findings, r *Recipient) {
	email, phone := c.contact(f, &c.email), c.contact(f, &c.phone)
	if !c.rules.Channel.uses(Email) {
		r.UnsentEmail, _ = normalizeEmail(email)
		email = ""
	}
	if !c.rules.Channel.uses(Phone) {
		if found := c.readPhone(f.row.Cells, phone); found.silent == "" {
			r.UnsentPhone = found.e164
		}
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
		r.Phone = c.checkPhone(f, phone, r.Email != "")
	}
}

// contact is the row's own contact, else the default. What stands for nothing, such
// as N/A, is none.
func (c *Checker) contact(f *findings, s *slot) string {
	text := s.cell(f.row.Cells)
	if text == "" || f.blames(s.column) || !isPlaceholder(text) {
		return cmp.Or(text, s.fallback)
	}
	if c.rules.Channel.uses(s.field) {
		f.noteAt(s, NoValue, "stands for nothing, such as N/A does, and was read as blank")
	}
	return s.fallback
}

func (c *Checker) checkEmail(f *findings, text string) string {
	address, complaint := normalizeEmail(text)
	if complaint != "" {
		f.addAt(&c.email, InvalidEmail, complaint)
		return address
	}
	remark := c.list.slip(address[strings.IndexByte(address, '@')+1:])
	switch {
	case remark == "":
	case c.rules.SendDoubtful:
		f.noteAt(&c.email, LikelyTypo, remark)
	default:
		f.addAt(&c.email, LikelyTypo, remark+"; correct the address, or run with --send-doubtful if it is right")
	}
	return address
}

// checkPhone returns the number, "" for one that takes no message. Such a number is
// no problem where there is an address.
func (c *Checker) checkPhone(f *findings, text string, reachable bool) string {
	found := c.readPhone(f.row.Cells, text)
	switch {
	case found.astray != "":
		f.addAt(&c.country, UnknownCountry, found.astray)
	case found.complaint != "":
		f.addAt(&c.phone, InvalidPhone, found.complaint)
	case found.silent != "" && reachable:
		f.warnAt(&c.phone, NoSMS, found.silent+": only the e-mail is sent")
		return ""
	case found.silent != "":
		f.addAt(&c.phone, NoSMS, found.silent+": give a mobile number, or an e-mail address")
		return ""
	case found.repair != "":
		f.warnAt(&c.phone, RepairedPhone, found.repair)
	}
	return found.e164
}
