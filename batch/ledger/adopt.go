package ledger

import (
	"context"
	"slices"
	"time"

	"bulkinvite/batch"
)

// Adopt takes invites of the account, which nobody in the ledger holds, into a
// campaign: whoever they belong to counts as Sent, somebody who is Failed or
// Rejected too, for they hold an invite that was made in another way. An invite
// of somebody in any other state, or of two people, is passed over.
//
// So is a revoked one of somebody who holds an invite. Whoever holds none is Sent with
// it, and batch.StatusRevoked, until one that works takes its place. It returns how
// many people were adopted with an invite that works.
func (l *Ledger) Adopt(ctx context.Context, campaign string, invites []batch.Listing, by string, at time.Time) (int, error) {
	adopted := 0
	err := l.write(ctx, func(w *writer) error {
		id := w.campaign(campaign)
		for _, v := range invites {
			if w.adopt(id, v, by, at) && !v.Revoked {
				adopted++
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return adopted, nil
}

func (w *writer) adopt(campaign int64, v batch.Listing, by string, at time.Time) bool {
	var holder int64
	if v.Revoked {
		v.Invite.Status = batch.StatusRevoked // the API may go on saying that it was sent
	}
	aliases := v.Aliases()
	if len(aliases) == 0 || w.row(sqlInviteOwner, []any{v.Invite.ID}, &holder) {
		return false
	}
	owners := w.owners(campaign, aliases)
	person, clear := onlyOwner(owners)
	switch {
	case !clear:
		return false
	case person == 0:
		person = w.outsider(campaign, aliases, v.Name, batch.Sent, v.Invite)
	case w.exec(sqlAdoptKnown, person, v.Invite.ID, orNull(v.Invite.URL), orNull(v.Invite.UserID),
		orNull(v.Invite.Status), micros(v.Invite.InvitedAt), micros(v.Invite.CreatedAt)) == 0:
		return false
	default:
		w.addAliases(campaign, aliases, owners, person)
	}
	w.decided(person, decideAdopt, v.Invite.ID, by, micros(at))
	return true
}

// onlyOwner is the one person among owners, 0 where there is nobody; not clear
// where there are two.
func onlyOwner(owners []int64) (person int64, clear bool) {
	for _, o := range owners {
		if o != 0 && person != 0 && o != person {
			return 0, false
		}
		person = max(person, o)
	}
	return person, true
}

// outsider adds somebody whom no run has claimed, and whose aliases belong to nobody.
func (w *writer) outsider(campaign int64, aliases []batch.Alias, name string, state batch.State, held batch.InviteRef) int64 {
	contacts := map[batch.AliasKind]string{}
	for _, a := range aliases {
		contacts[a.Kind] = a.Contact()
	}
	var id int64
	w.row(sqlAddOutsider, []any{
		campaign, employeeID(aliases), contacts[batch.ByEmail], contacts[batch.ByPhone], name, batch.FoldName(name), state,
		orNull(held.ID), orNull(held.URL), orNull(held.UserID), orNull(held.Status), micros(held.InvitedAt), micros(held.CreatedAt),
	}, &id)
	w.giveAliases(campaign, aliases, id)
	w.grow(campaign, growth{people: 1})
	return id
}

// known reports whether somebody owns one of the aliases.
func (w *writer) known(campaign int64, aliases []batch.Alias) bool {
	return slices.Max(w.owners(campaign, aliases)) != 0
}

// RevokedOnly counts the people of a campaign whose only invite is revoked.
func (l *Ledger) RevokedOnly(ctx context.Context, campaign string) (int, error) {
	var n int
	_, err := l.row(ctx, sqlRevokedOnly, []any{campaign}, &n)
	return n, err
}
