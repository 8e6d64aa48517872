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

// Aliases lists what the invite's owner is known by. A number without its
// country code could be anybody's, and is left out.
func (v Listing) Aliases() []Alias { return AliasesOf(v.recipient()) }

func (v Listing) recipient() csvmap.Recipient {
	r := csvmap.Recipient{
		FullName: v.Name, Email: csvmap.FoldEmail(v.Email), EmailShared: v.EmailShared, PhoneShared: v.PhoneShared,
	}
	if strings.HasPrefix(v.Phone, "+") {
		r.Phone = "+" + digits(v.Phone)
	}
	return r
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
