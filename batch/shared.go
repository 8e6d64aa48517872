package batch

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bulkinvite/csvmap"
)

// A contact that several people share on purpose, such as a front desk's phone,
// is no alias by itself, but together with the name it is one: so two people at
// one desk are two people, and one person without another alias stays one.
//
// Whoever was invited before the contact was declared shared is in the ledger
// under the bare contact. Such a person is found by the name.

// sharedBy is what an alias of a shared contact has behind the contact.
func sharedBy(r csvmap.Recipient, shared bool) string {
	name := ""
	if shared {
		name = FoldName(r.Name())
	}
	if name == "" {
		return ""
	}
	return " " + name
}

// Contact is the address or number of an alias, without the name that a shared
// one has behind it.
func (a Alias) Contact() string {
	if a.Kind == ByEmployeeID {
		return ""
	}
	contact, _, _ := strings.Cut(a.Value, " ")
	return contact
}

// sharedAliases are the bare contacts of r that are shared.
func sharedAliases(r csvmap.Recipient) []Alias {
	var aliases []Alias
	if r.EmailShared {
		aliases = append(aliases, Alias{ByEmail, cmp.Or(r.Email, r.UnsentEmail)})
	}
	if r.PhoneShared {
		aliases = append(aliases, Alias{ByPhone, cmp.Or(r.Phone, r.UnsentPhone)})
	}
	return aliases
}

// addNamesakes adds the people to known who are in the ledger under a bare shared
// contact of the row and bear its name. Where the name may be another spelling, or is
// not known, the row may be theirs or not: unclear is the conflict that it then is,
// unless another alias tells who it is.
func (p *planner) addNamesakes(known *owners, c *candidate, owned map[Alias]Person) (unclear *clash, err error) {
	for _, a := range c.shared {
		person, there := owned[a]
		if !there || known.of(a.Kind) != nil {
			continue
		}
		who, err := p.ownerIn(person)
		if err != nil {
			return nil, err
		}
		who.names = namesOf(slices.Concat([]string{person.Name}, person.AlsoNamed)...) // a row with the contact may be anybody's
		name := FoldName(c.recipient.Name())
		switch namesake := slices.Contains(who.names, name); {
		case contradict(employeeKey(c.recipient), who.employeeID, namesake):
		case namesake:
			known.set(a.Kind, who)
		case who.names.alike(name):
			unclear = &clash{CodeContactShared, fieldOfKind[a.Kind], who}
		}
	}
	return unclear, nil
}

// keepDesks remembers a row to be sent under its bare shared contacts, where no
// other row is yet: one is enough to know that somebody at the desk is sent to.
func (p *planner) keepDesks(e *entry, shared []Alias, row rowRef) {
	for _, a := range shared {
		if e.Outcome == "" && !p.desks[a] {
			p.desks[a] = true
			p.index.add(p.index.aliasKey(a), row)
		}
	}
}

var fieldOfKind = map[AliasKind]csvmap.Field{ByEmail: csvmap.Email, ByPhone: csvmap.Phone}

// RosterLister reads the contacts of listed invites as a roster's are read: phone
// numbers of its region, and contacts that several people share.
type RosterLister struct {
	Lister
	Region string
	Shared csvmap.SharedContacts
}

// Page is the page of the Lister behind it.
func (l RosterLister) Page(ctx context.Context, cursor string, departed func()) (Page, error) {
	page, err := l.Lister.Page(ctx, cursor, departed)
	for i := range page.Invites {
		v := &page.Invites[i]
		v.Region = l.Region
		v.read = &contactsRead{v.emails(), v.phones()}
		v.EmailShared, v.PhoneShared = areAll(v.emails().Sure, l.Shared.Email), areAll(v.phones().Sure, l.Shared.Phone)
	}
	return page, err
}

// areAll reports whether there are contacts, all of them such: beside another one, a
// shared contact counts as the person's own.
func areAll(contacts []string, such func(string) bool) bool {
	return len(contacts) > 0 && !slices.ContainsFunc(contacts, func(c string) bool { return !such(c) })
}

// namelessContacts are the shared contacts of an invite that does not say whose
// it is: it may be that of anybody at the desk.
func (v Listing) namelessContacts() []Alias {
	if FoldName(v.Name) != "" {
		return nil
	}
	var all []Alias
	if v.EmailShared {
		for _, email := range v.emails().Sure {
			all = append(all, Alias{ByEmail, email})
		}
	}
	if v.PhoneShared {
		for _, phone := range v.phones().Sure {
			all = append(all, Alias{ByPhone, phone})
		}
	}
	return all
}

// echo compares the invite with what was sent to r, as [EchoOf] does. A shared
// contact that both have says nothing where they have contacts of their own to
// compare; where they have not, the name decides.
func (v Listing) echo(r csvmap.Recipient) Echo {
	email, phone := v.emails(), v.phones()
	sharedEmail := v.EmailShared && email.Has(r.Email)
	sharedPhone := v.PhoneShared && phone.Has(r.Phone)
	switch {
	case sharedPhone && !sharedEmail && r.Email != "" && !email.Blank():
		return echoOf(r, email, csvmap.Shown{})
	case sharedEmail && !sharedPhone && r.Phone != "" && !phone.Blank():
		return echoOf(r, csvmap.Shown{}, phone)
	case !sharedEmail && !sharedPhone:
		return echoOf(r, email, phone)
	}
	switch ours, theirs := FoldName(r.Name()), FoldName(v.Name); {
	case ours == theirs:
		return EchoSame
	case ours == "" || theirs == "" || shareWord(ours, theirs):
		return EchoMixed
	default:
		return EchoOther
	}
}
