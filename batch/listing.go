package batch

import (
	"cmp"
	"context"
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
}

func (v Listing) emails() csvmap.Shown { return csvmap.ShownEmails(v.Email) }

func (v Listing) phones() csvmap.Shown { return csvmap.ShownPhones(v.Phone, v.Region) }

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
// number without its country code, as those that it may be, and the shared contact of
// an invite without a name.
func (v Listing) Contacts() []Alias {
	all := append(v.Aliases(), v.namelessContacts()...)
	for _, digits := range v.phones().Loose {
		all = append(all, Alias{ByPhone, digits})
	}
	return all
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
