package batch

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bulkinvite/csvmap"
)

// Listing is an invite as the account lists it.
type Listing struct {
	Invite  InviteRef
	Email   string // as the API shows it, see [csvmap.ShownEmails]
	Phone   string // as the API shows it, see [csvmap.ShownPhones]
	Name    string
	FlowID  string
	Revoked bool
	// Region is the country of phone numbers without a country code; "" for none.
	Region string
	// The contact is one that several people share; see [RosterLister].
	EmailShared, PhoneShared bool

	read *contactsRead // nil: not yet
}

// contactsRead are the contacts of an invite as they were read: numbers of most
// countries take ten microseconds.
type contactsRead struct{ emails, phones csvmap.Shown }

func (v Listing) emails() csvmap.Shown {
	if v.read != nil {
		return v.read.emails
	}
	return csvmap.ShownEmails(v.Email)
}

func (v Listing) phones() csvmap.Shown {
	if v.read != nil {
		return v.read.phones
	}
	return csvmap.ShownPhones(v.Phone, v.Region)
}

// Of is the invite as that of whoever has this number, in E.164.
func (v Listing) Of(e164 string) Listing {
	v.Phone, v.read = e164, nil
	return v
}

// Aliases lists what the invite's owner is known by. A contact that the list masks is
// left out, and so is a number that could be anybody's, since it lacks its country code
// and is none of the region.
func (v Listing) Aliases() []Alias {
	var all []Alias
	for _, email := range v.emails().Sure {
		all = append(all, AliasesOf(csvmap.Recipient{FullName: v.Name, Email: email, EmailShared: v.EmailShared})...)
	}
	for _, phone := range v.phones().Sure {
		all = append(all, AliasesOf(csvmap.Recipient{FullName: v.Name, Phone: phone, PhoneShared: v.PhoneShared})...)
	}
	return all
}

// Contacts are the aliases under which the invite stands in somebody's way: also a
// number without its country code, as those that it may be, the shared contact of an
// invite without a name, and the name of one that hides a contact.
func (v Listing) Contacts() []Alias {
	all := append(v.Aliases(), v.namelessContacts()...)
	for _, digits := range v.phones().Loose {
		all = append(all, Alias{ByPhone, digits})
	}
	if name := FoldName(v.Name); name != "" && v.Hides() {
		all = append(all, Alias{byName, name})
	}
	return all
}

// MayShow reports whether the invite shows a number without its country code, which may
// be that one, and none that is certain.
func (v Listing) MayShow(e164 string) bool {
	shown := v.phones()
	return len(shown.Sure) == 0 && slices.ContainsFunc(csvmap.LooseDigits(e164), func(digits string) bool {
		return slices.Contains(shown.Loose, digits)
	})
}

// looseContacts are those of a person's number where an invite shows it without its
// country code.
func looseContacts(r csvmap.Recipient) []Alias {
	phone := cmp.Or(r.Phone, r.UnsentPhone)
	if phone == "" {
		return nil
	}
	var all []Alias
	for _, digits := range csvmap.LooseDigits(phone) {
		all = append(all, Alias{ByPhone, digits})
	}
	return all
}

// Outside is the invite as one that stands outside the ledger.
func (v Listing) Outside() Outside {
	o := Outside{Invite: v.Invite.ID, Created: v.Invite.CreatedAt, FlowID: v.FlowID, Status: v.Invite.Status, Hidden: v.Hides()}
	if v.Revoked {
		o.Status = StatusRevoked
	}
	return o
}

// masked reports whether the list hides all of the invite's contacts.
func (v Listing) masked() bool { return !v.emails().Readable() && !v.phones().Readable() }

// Hides reports whether the list hides a contact of the invite, so that it may be
// somebody's though none of theirs can be read in it.
func (v Listing) Hides() bool { return v.masked() || v.emails().Hidden || v.phones().Hidden }

// Page is one page of the account's list of invites.
type Page struct {
	Invites []Listing
	Next    string    // cursor of the following page; "" after the last
	Now     time.Time // the server's clock when it answered; zero when it did not say
}

// Lister lists the invites that exist at the API.
type Lister interface {
	// Page is one GET: the page at cursor, the first one for "". It changes
	// nothing, so any error but a *ListError and a *RefusedError may be tried
	// again; a list that broke off proves nothing. departed is called as a Sender calls it.
	Page(ctx context.Context, cursor string, departed func()) (Page, error)
}
