package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/ledger"
	"bulkinvite/csvmap"
)

// lookUp asks the API for an invite that somebody is said to hold.
func (a *access) lookUp(ctx context.Context, id string, who somebody) (batch.InviteRef, error) {
	v, err := a.client.Invite(ctx, id)
	a.key.heard(err)
	if refused, ok := errors.AsType[*batch.RefusedError](err); ok && refused.Status == http.StatusNotFound {
		return batch.InviteRef{}, usagef("sent: the account has no invite with that ID; copy it again from the Argyle Console (from --sent)")
	}
	if err != nil {
		return batch.InviteRef{}, &StoppedError{fmt.Sprintf(
			"the invite could not be looked up: %s; or give --offline to believe the ID without asking", err)}
	}
	if v.Revoked {
		return batch.InviteRef{}, usagef("sent: the link of that invite was revoked, so that nobody can use it; look for another one of %s in the Argyle Console, or settle with --resend or --skip (from --sent)", who.shown)
	}
	if echo := batch.EchoOf(csvmap.Recipient{Email: who.Email, Phone: who.Phone}, v.Email, v.Phone); echo == batch.EchoOther || echo == batch.EchoMixed {
		return batch.InviteRef{}, usagef("sent: that invite shows another contact than %s was written to; look for theirs in the Argyle Console (from --sent)", who.shown)
	}
	return v.Invite, nil
}

// decide records a ruling and says so in a sentence.
func (p program) decide(ctx context.Context, a *access, who somebody, r ledger.Ruling) error {
	r.At = time.Now()
	now, err := a.ledger.Decide(ctx, r)
	switch {
	case errors.Is(err, batch.ErrInviteKnown):
		return usagef("sent: somebody else holds that invite already; look for the one of %s (from --sent)", who.shown)
	case err != nil:
		return err
	}
	next := map[batch.State]string{
		batch.Sent:     "holds invite " + r.Invite.ID + ": runs count them as already invited",
		batch.Failed:   "may be invited: the next run with them on its roster does it",
		batch.Rejected: "may be invited: the next run does it once their data differs from what the API rejected",
		batch.Unknown:  "is in doubt again: runs do not write to them until that is settled",
		batch.Skipped:  "is not to be invited: runs skip them until 'bulkinvite unskip' says otherwise",
	}
	if r.Decision == ledger.DecideUnskip {
		next[batch.Sent] = "holds a revoked invite and no other: runs count them as already invited, and say so"
	}
	return p.confirm("%s %s (campaign %s, recorded for %s).", who.shown, next[now], a.settings.Campaign, r.By)
}

// confirm prints what was recorded.
func (p program) confirm(format string, args ...any) error {
	if _, err := fmt.Fprintf(p.stdout, format+"\n", args...); err != nil {
		return fmt.Errorf("it was recorded, but that cannot be printed: %w", err)
	}
	return nil
}
