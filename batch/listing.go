package batch

import (
	"context"
	"strings"
	"time"

	"bulkinvite/csvmap"
)

// Listing is an invite as the account lists it.
type Listing struct {
	Invite  InviteRef
	Email   string // as the API shows it
	Phone   string
	Name    string
	FlowID  string
	Revoked bool
	// The contact is one that several people share; see [SharedLister].
	EmailShared, PhoneShared bool
}

// Aliases lists what the invite's owner is known by. A contact that the list masks is
// left out, and so is a number without its country code, which could be anybody's.
func (v Listing) Aliases() []Alias { return AliasesOf(v.recipient()) }

func (v Listing) recipient() csvmap.Recipient {
	r := csvmap.Recipient{FullName: v.Name, EmailShared: v.EmailShared, PhoneShared: v.PhoneShared}
	if readableEmail(v.Email) {
		r.Email = csvmap.FoldEmail(v.Email)
	}
	if strings.HasPrefix(v.Phone, "+") && readablePhone(v.Phone) {
		r.Phone = "+" + digits(v.Phone)
	}
	return r
}

// Contacts are the aliases under which the invite stands in somebody's way: also a
// number without its country code, as those that it may be, and the shared contact of
// an invite without a name.
func (v Listing) Contacts() []Alias {
	all := append(v.Aliases(), v.namelessContacts()...)
	if number := strings.TrimLeft(digits(v.Phone), "0"); !strings.HasPrefix(v.Phone, "+") && readablePhone(v.Phone) {
		all = append(all, Alias{ByPhone, "+" + number})
		if len(number) == nationalDigits {
			all = append(all, Alias{ByPhone, "+1" + number})
		}
	}
	return all
}

// nationalDigits is how long a North American number is without its country code.
const nationalDigits = 10

// readableEmail reports whether an address is shown in full.
func readableEmail(email string) bool {
	local, domain, ok := strings.Cut(email, "@")
	return ok && local != "" && domain != "" && !strings.ContainsAny(email, "*\u2022\u2026\u00b7\u25cf <>\"")
}

// readablePhone reports whether a number is shown in full.
func readablePhone(phone string) bool {
	sign := func(r rune) bool { return !strings.ContainsRune("+0123456789 ().-/", r) }
	return len(digits(phone)) >= leastDigits && !strings.ContainsFunc(phone, sign)
}

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
