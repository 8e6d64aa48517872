package batch

import (
	"context"
	"time"
)

// Onlooker is an AccountBook for whoever only looks: what the list shows is kept in
// memory, some 100 bytes for an invite outside the ledger, and is gone with it.
type Onlooker struct {
	Lookup
	outside map[Alias][]Outside
	hidden  []Outside
}

// NewOnlooker looks at the account beside a ledger that may only be read.
func NewOnlooker(l Lookup) *Onlooker { return &Onlooker{Lookup: l, outside: map[Alias][]Outside{}} }

// BeginReading forgets what an earlier reading has shown.
func (o *Onlooker) BeginReading(context.Context, string, time.Time) (int64, error) {
	clear(o.outside)
	o.hidden = nil
	return 0, nil
}

// KeepOutside keeps invites until the next reading, with what the ledger has recorded
// of them. All are new to it.
func (o *Onlooker) KeepOutside(ctx context.Context, _ int64, invites []Listing) (int, error) {
	ids := make([]string, len(invites))
	for i, v := range invites {
		ids[i] = v.Invite.ID
	}
	rulings, err := o.Rulings(ctx, ids)
	if err != nil {
		return 0, err
	}
	for _, v := range invites {
		outside, ruling := v.Outside(), rulings[v.Invite.ID]
		outside.Told = ruling.Told
		if ruling.Allowed {
			continue
		}
		for _, a := range v.Contacts() {
			o.outside[a] = append(o.outside[a], outside)
		}
		if outside.Hidden && !ruling.Passed {
			o.hidden = append(o.hidden, outside)
		}
	}
	return len(invites), nil
}

// EndReading has nothing to record.
func (o *Onlooker) EndReading(context.Context, Reading) error { return nil }

// LastReading says that there was none: the whole list is read.
func (o *Onlooker) LastReading(context.Context) (Reading, bool, error) { return Reading{}, false, nil }

// Outside finds what was kept.
func (o *Onlooker) Outside(_ context.Context, aliases []Alias) (map[Alias][]Outside, error) {
	found := map[Alias][]Outside{}
	for _, a := range aliases {
		if outside, ok := o.outside[a]; ok {
			found[a] = outside
		}
	}
	return found, nil
}

// HiddenOutside shows what was kept.
func (o *Onlooker) HiddenOutside(_ context.Context, show func(Outside)) error {
	for _, v := range o.hidden {
		show(v)
	}
	return nil
}

// Rule records nothing: who only looks decides nothing.
func (o *Onlooker) Rule(context.Context, []string, OutsideRuling) error { return nil }
