package batch

import (
	"cmp"
	"slices"
	"strings"

	"bulkinvite/csvmap"
)

// AliasesOf lists what r is known by, strongest first: employee ID, e-mail,
// phone, also the contact that the channel leaves out, so that a campaign that
// goes on by SMS finds those whom it has reached by e-mail. A contact that
// several people share counts together with the name only. A valid recipient has
// at least one.
func AliasesOf(r csvmap.Recipient) []Alias {
	aliases := make([]Alias, 0, 3)
	if id := employeeKey(r); id != "" {
		aliases = append(aliases, Alias{ByEmployeeID, id})
	}
	if email := cmp.Or(r.Email, r.UnsentEmail); email != "" {
		aliases = append(aliases, Alias{ByEmail, email + sharedBy(r, r.EmailShared)})
	}
	if phone := cmp.Or(r.Phone, r.UnsentPhone); phone != "" {
		aliases = append(aliases, Alias{ByPhone, phone + sharedBy(r, r.PhoneShared)})
	}
	return aliases
}

// owner is somebody who is known under an alias: a person of the ledger, an
// earlier row of this roster, or both.
type owner struct {
	person     int64  // 0: not in the ledger yet
	state      State  // "": not in the ledger yet
	row        rowRef // the earlier row; noRow when the roster had none yet
	line       int    // of the earlier row
	open       bool   // the earlier row is to be sent
	rowName    string // of the earlier row, folded
	employeeID string // as an alias
	writtenID  string // as the roster wrote it; "" when unknown
	names      names
	given      string // folded first name; "" when unknown
	invite     InviteRef
	sentLine   int // of the list that the invite was sent for; 0 when unknown
}

// same reports whether two owners are one person.
func (o *owner) same(p *owner) bool {
	if o == nil || p == nil {
		return false
	}
	if o.person != 0 || p.person != 0 {
		return o.person == p.person
	}
	return o.row == p.row
}

// owners says who is known under a row's aliases; nil: nobody.
type owners struct{ id, email, phone *owner }

func (o *owners) set(kind AliasKind, who *owner) {
	switch kind {
	case ByEmployeeID:
		o.id = who
	case ByEmail:
		o.email = who
	case ByPhone:
		o.phone = who
	}
}

// of is who is known under the alias of that kind.
func (o *owners) of(kind AliasKind) *owner {
	switch kind {
	case ByEmployeeID:
		return o.id
	case ByEmail:
		return o.email
	default:
		return o.phone
	}
}

// each lists the owners, each person once, the strongest alias first.
func (o *owners) each() []*owner {
	var all []*owner
	for _, who := range []*owner{o.id, o.email, o.phone} {
		if who != nil && !slices.ContainsFunc(all, who.same) {
			all = append(all, who)
		}
	}
	return all
}

// identity is who a row is.
type identity struct {
	who *owner // nil: somebody new
	// rival is another person who owns one of the row's contacts. It matters
	// only when the row is to be sent: the contact would get two invites.
	rival *owner
	// clash is set when it cannot be said who the row is.
	clash *clash
}

// clash is why a row is held back as a conflict.
type clash struct {
	code  string
	field csvmap.Field
	with  *owner
}

// identify applies the rules of "who is the same person" to one valid row. The
// strongest alias that is known decides; the weaker ones must not contradict it. One
// alias by itself is not enough: the name must fit, or a second one agree.
func identify(r csvmap.Recipient, known owners) identity {
	name := FoldName(r.Name())
	if known.id != nil {
		return identifyByID(name, known)
	}
	id := employeeKey(r)
	for _, c := range []struct {
		who   *owner
		field csvmap.Field
	}{{known.email, csvmap.Email}, {known.phone, csvmap.Phone}} {
		if c.who != nil && contradict(id, c.who.employeeID, c.who.names.fit(name)) {
			return identity{clash: &clash{CodeContactShared, c.field, c.who}}
		}
	}
	switch email, phone := known.email, known.phone; {
	case email != nil && (email.names.fit(name) || email.same(phone) && email.keepsFirst(r)):
		return identity{who: email, rival: otherThan(email, phone)}
	case email != nil:
		return identity{clash: &clash{CodeContactShared, csvmap.Email, email}}
	case phone == nil:
		return identity{}
	case !phone.names.fit(name),
		// Only the phone matches, and there is another address: two people at one
		// phone, unless the name is the very same.
		cmp.Or(r.Email, r.UnsentEmail) != "" && len(phone.names) > 0 && !slices.Contains(phone.names, name):
		return identity{clash: &clash{CodeContactShared, csvmap.Phone, phone}}
	default:
		return identity{who: phone}
	}
}

// identifyByID is identify for a row whose own employee ID is known.
func identifyByID(name string, known owners) identity {
	who := known.id
	if rival := otherThan(who, known.email); rival != nil {
		return identity{clash: &clash{CodeTwoPeople, csvmap.Email, rival}}
	}
	agrees := known.email != nil || who.same(known.phone)
	if !agrees && !who.names.fit(name) {
		return identity{clash: &clash{CodeIDReused, csvmap.EmployeeID, who}}
	}
	return identity{who: who, rival: otherThan(who, known.phone)}
}

// keepsFirst reports whether r has the owner's first name. Two contacts in common are
// a family's, where the first name differs, and those of somebody who has married,
// where it does not.
func (o *owner) keepsFirst(r csvmap.Recipient) bool {
	given := GivenName(r)
	return given != "" && o.given != "" && namesFit(given, o.given)
}

// GivenName is the first name of r, folded; "" when it cannot be told from the others.
func GivenName(r csvmap.Recipient) string {
	if r.FullName == "" {
		return FoldName(r.FirstName)
	}
	last, first, comma := strings.Cut(r.FullName, ",")
	if comma {
		return FoldName(first)
	}
	first, _, _ = strings.Cut(strings.TrimSpace(last), " ")
	if folded := FoldName(first); isASCII(folded) { // elsewhere the family's name may go before
		return folded
	}
	return ""
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > '~' }) < 0
}

// otherThan returns o when it is somebody else than who, nil otherwise.
func otherThan(who, o *owner) *owner {
	if o == nil || o.same(who) {
		return nil
	}
	return o
}
