package csvmap

import (
	"cmp"
	"fmt"
	"strings"
)

// SharedContacts are e-mail addresses and phone numbers that several people use
// on purpose, such as a front desk's. The zero value has none.
type SharedContacts struct {
	emails, phones map[string]bool // normalised
}

// ParseSharedContacts reads a list of e-mail addresses and phone numbers; the
// latter follow region's numbering unless they have a country code. The error is
// a *[RulesError] that names the entry by its place, for it is somebody's contact.
func ParseSharedContacts(entries []string, region string) (SharedContacts, error) {
	if len(entries) == 0 {
		return SharedContacts{}, nil
	}
	s := SharedContacts{make(map[string]bool), make(map[string]bool)}
	rules := Rules{Region: region}.withDefaults()
	if err := rules.validate(); err != nil {
		return SharedContacts{}, err
	}
	numbers := newPhones(rules.Region)
	for i, entry := range entries {
		entry = strings.TrimSpace(entry)
		if strings.Contains(entry, "@") {
			address, complaint := normalizeEmail(entry)
			if complaint != "" {
				return SharedContacts{}, sharedError(i, "the e-mail address "+complaint)
			}
			s.emails[address] = true
			continue
		}
		number := numbers.read(entry, rules.Region)
		if complaint := number.anyComplaint(); complaint != "" {
			return SharedContacts{}, sharedError(i, "the phone number "+complaint)
		}
		s.phones[number.e164] = true
	}
	return s, nil
}

func sharedError(index int, complaint string) error {
	return &RulesError{fmt.Sprintf("number %d of the list: %s", index+1, complaint)}
}

// Email reports whether a normalised address is a shared one.
func (s SharedContacts) Email(address string) bool { return s.emails[address] }

// Phone reports whether a number in E.164 is a shared one.
func (s SharedContacts) Phone(number string) bool { return s.phones[number] }

// checkShared marks the contacts that are shared. They tell nobody apart, so a
// row has to have something else that does.
func (c *Checker) checkShared(f *findings, r *Recipient) {
	email, phone := cmp.Or(r.Email, r.UnsentEmail), cmp.Or(r.Phone, r.UnsentPhone)
	r.EmailShared, r.PhoneShared = c.rules.Shared.Email(email), c.rules.Shared.Phone(phone)
	own := email != "" && !r.EmailShared || phone != "" && !r.PhoneShared
	if (r.EmailShared || r.PhoneShared) && !own && r.EmployeeID == "" {
		f.add(SharedContact, "the row has only contacts that several people share: give it an employee ID, or a contact of the person's own")
	}
}
