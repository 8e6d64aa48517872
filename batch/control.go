package batch

import (
	"context"
	"fmt"
	"time"

	"bulkinvite/csvmap"
)

// control is the positive control of a reading: do invites that the ledger knows to
// exist stand in the list, and does the matching that looks for somebody in doubt
// recognise them there, by contact and by name? Where it does not, because the list
// masks contacts, writes them otherwise, has no names, or lags behind, a person who is
// not found may stand there all the same: the reading proves nothing.
type control struct {
	witnesses map[string]bool // invites that the list must show: seen
	held      int             // invites that the ledger knows, of all
	strange   int             // of these, not recognised by any contact
	date      recognition     // of all, of the time at which they were created
	email     recognition     // of the witnesses, as the rest
	phone     recognition
	name      recognition
}

// recognition counts how often something that was sent is what the list shows.
type recognition struct{ right, wrong int }

func (r *recognition) count(right bool) {
	if right {
		r.right++
	} else {
		r.wrong++
	}
}

// works reports whether what stands in the list would be recognised.
func (r recognition) works() bool { return r.right > 0 && r.wrong == 0 }

// witnessCount is how many invites that the ledger knows a list must show.
const witnessCount = 20

// call names the witnesses: invites that the ledger knows to have been created before
// that time. It comes before the first page is compared.
func (c *control) call(ctx context.Context, archive Lookup, before time.Time) error {
	ids, err := archive.Witnesses(ctx, before, witnessCount)
	c.witnesses = make(map[string]bool, len(ids))
	for _, id := range ids {
		c.witnesses[id] = false
	}
	return err
}

// note takes note of an invite that the ledger knows.
func (c *control) note(holder Holder, v Listing) {
	email, phone := v.emails().Has(holder.Email), v.phones().Has(holder.Phone)
	c.held++
	if !email && !phone {
		c.strange++
	}
	if !holder.Created.IsZero() {
		c.date.count(v.Invite.CreatedAt.Sub(holder.Created).Abs() < time.Second)
	}
	if seen, called := c.witnesses[v.Invite.ID]; !called || seen {
		return
	}
	c.witnesses[v.Invite.ID] = true
	if holder.Email != "" {
		c.email.count(email)
	}
	if holder.Phone != "" {
		c.phone.count(phone)
	}
	if holder.Name != "" {
		c.name.count(FoldName(v.Name) == holder.Name)
	}
}

// obstacle says why the list proves nobody's absence; "" when it does not stand in the
// way.
func (c *control) obstacle() string {
	missing := 0
	for _, seen := range c.witnesses {
		if !seen {
			missing++
		}
	}
	switch {
	case c.held == 0:
		return "the list shows no invite that the ledger knows, so it cannot be trusted to show everything"
	case missing > 0:
		return fmt.Sprintf("the list lacks %d of %d invites that the ledger knows to exist, so it is not complete", missing, len(c.witnesses))
	default:
		return ""
	}
}

// recognises says why somebody could not be seen in the list even if they stood there;
// "" when they would be.
func (c *control) recognises(r csvmap.Recipient) string {
	byEmail, byPhone := r.Email != "" && c.email.works(), r.Phone != "" && c.phone.works()
	switch {
	case !byEmail && !byPhone:
		return "the list does not show the contacts of known invites as they were sent (masked, left out, or in another spelling), so nobody can be looked up in it"
	case !c.name.works():
		return "the list does not show the names of known invites as they were sent, so nobody can be looked up in it"
	default:
		return ""
	}
}
