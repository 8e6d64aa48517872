package batch

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bulkinvite/csvmap"
)

// AliasesOf lists what r is known by, strongest first: employee ID, e-mail,
// phone, also the contact that the channel leaves out, so that a campaign that
// goes on by SMS finds those whom it has reached by e-mail. A contact that
// several people share counts together with the name only. A valid recipient has
// at least one.
func AliasesOf(r csvmap.Recipient) []Alias {
	aliases := make([]Alias, 0, 3)
	if id := foldEmployeeID(r.EmployeeID); id != "" {
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

// foldEmployeeID makes employee IDs comparable: spreadsheets drop leading zeros
// and people change the case. "000" stays "0".
func foldEmployeeID(id string) string {
	id = strings.ToLower(strings.TrimSpace(id))
	if bare := strings.TrimLeft(id, "0"); bare != "" || id == "" {
		return bare
	}
	return "0"
}

// FoldName makes names comparable: letters and digits in lower case without
// accents, words sorted, so that "Sample, Ávery" equals "avery sample".
func FoldName(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		default:
			return ' '
		}
	}, norm.NFKD.String(name))
	words := strings.Fields(plain)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// shareWord reports whether two folded names have a word in common.
func shareWord(a, b string) bool {
	words := strings.Fields(b)
	return slices.ContainsFunc(strings.Fields(a), func(w string) bool { return slices.Contains(words, w) })
}

// owner is somebody who is known under an alias: a person of the ledger, an
// earlier row of this roster, or both.
type owner struct {
	person     int64  // 0: not in the ledger yet
	row        rowRef // the earlier row; noRow when the roster had none yet
	line       int    // of the earlier row
	open       bool   // the earlier row is to be sent
	employeeID string // folded
	name       string // folded
	email      string
	phone      string
	invite     string // ID of the invite, where there is one
}

// same reports whether two owners are one person.
func (o *owner) same(p *owner) bool {
	if o.person != 0 || p.person != 0 {
		return o.person == p.person
	}
	return o.row == p.row
}

// isSomebodyElse reports whether the owner bears another name altogether. Somebody
// who marries keeps a word of it; somebody else who was given the same ID, address
// or number has none.
func (o *owner) isSomebodyElse(name string) bool {
	return o.name != "" && name != "" && !shareWord(o.name, name)
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
// strongest alias that is known decides; the weaker ones must not contradict it.
func identify(r csvmap.Recipient, known owners) identity {
	employeeID, name := foldEmployeeID(r.EmployeeID), FoldName(r.Name())
	if known.id != nil {
		return identifyByID(name, known)
	}
	for _, c := range []struct {
		who   *owner
		field csvmap.Field
	}{{known.email, csvmap.Email}, {known.phone, csvmap.Phone}} {
		if c.who != nil && employeeID != "" && c.who.employeeID != "" {
			return identity{clash: &clash{CodeContactShared, c.field, c.who}}
		}
	}
	switch {
	case known.email != nil && known.email.isSomebodyElse(name):
		return identity{clash: &clash{CodeContactShared, csvmap.Email, known.email}}
	case known.email != nil:
		return identity{who: known.email, rival: otherThan(known.email, known.phone)}
	case known.phone == nil:
		return identity{}
	case known.phone.isSomebodyElse(name),
		// Only the phone matches, and the names differ: a shared phone.
		cmp.Or(r.Email, r.UnsentEmail) != "" && known.phone.name != "" && known.phone.name != name:
		return identity{clash: &clash{CodeContactShared, csvmap.Phone, known.phone}}
	default:
		return identity{who: known.phone}
	}
}

// identifyByID is identify for a row whose own employee ID is known.
func identifyByID(name string, known owners) identity {
	who := known.id
	if rival := otherThan(who, known.email); rival != nil {
		return identity{clash: &clash{CodeTwoPeople, csvmap.Email, rival}}
	}
	keptPhone := known.phone != nil && known.phone.same(who)
	moved := known.email == nil && !keptPhone
	if moved && who.isSomebodyElse(name) {
		return identity{clash: &clash{CodeIDReused, csvmap.EmployeeID, who}}
	}
	return identity{who: who, rival: otherThan(who, known.phone)}
}

// otherThan returns o when it is somebody else than who, nil otherwise.
func otherThan(who, o *owner) *owner {
	if o == nil || o.same(who) {
		return nil
	}
	return o
}
