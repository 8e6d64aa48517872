package batch

import (
	"context"
	"slices"
)

// Campaign is a campaign that a ledger knows.
type Campaign struct {
	Name   string
	People int // whom the ledger knows in it
}

// InvitedIn counts the people whom the plan is to send to and who hold an invite of
// another campaign. It looks them up a chunk at a time.
func (p *Plan) InvitedIn(ctx context.Context, find Finder, campaign string) (int, error) {
	invited := 0
	for chunk, err := range p.chunks(openBlocks) {
		if err != nil {
			return 0, err
		}
		n, err := invitedOf(ctx, find, campaign, openOf(chunk))
		if err != nil {
			return 0, err
		}
		invited += n
	}
	return invited, nil
}

// invitedOf counts those of the entries that are to be sent whose person is Sent.
func invitedOf(ctx context.Context, find Finder, campaign string, open []*entry) (int, error) {
	open = slices.DeleteFunc(open, func(e *entry) bool { return e.Outcome != "" })
	var aliases []Alias
	for _, e := range open {
		aliases = append(aliases, AliasesOf(e.Recipient)...)
	}
	if len(aliases) == 0 {
		return 0, nil
	}
	owned, err := find.ByAlias(ctx, campaign, aliases)
	if err != nil {
		return 0, err
	}
	invited := 0
	for _, e := range open {
		if slices.ContainsFunc(AliasesOf(e.Recipient), func(a Alias) bool { return owned[a].State == Sent }) {
			invited++
		}
	}
	return invited, nil
}
