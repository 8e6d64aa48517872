package batch

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"
)

// The account is the second witness of who was invited: an invite that the account has
// and the ledger does not hold was made by another program, in the Argyle Console, or
// by this one before the ledger was lost. Whoever is about to be sent to and has such
// an invite is held back as a conflict.

// OutsideRule says which invites outside the ledger count. The zero rule: all of them.
type OutsideRule struct {
	Since   time.Time // older ones do not count; zero: whatever their age
	FlowIDs []string  // only those of these templates count; none: of all
}

// counts reports whether an invite stands in the way. One whose time cannot be read does.
func (r OutsideRule) counts(o Outside) bool {
	if len(r.FlowIDs) > 0 && !slices.Contains(r.FlowIDs, o.FlowID) {
		return false
	}
	return o.Created.IsZero() || !o.Created.Before(r.Since)
}

// Outsiders are the people of a plan who are about to be sent to and have an invite
// that the ledger does not hold.
type Outsiders struct {
	People int
	Line   int // the first of them
	rows   map[rowRef]Outside
}

// maxOutsiders is up to which number of people, or part of those to be sent to, they
// are held back by themselves. More of them say something of the ledger.
const maxOutsiders = 3

func tooMany(outsiders, send int) bool { return outsiders > max(maxOutsiders, send/100) }

// FindOutsiders looks for the people whom p is about to send to among the invites that
// stand outside the ledger.
func (p *Plan) FindOutsiders(ctx context.Context, known OutsideFinder, rule OutsideRule) (Outsiders, error) {
	found := Outsiders{rows: map[rowRef]Outside{}}
	for chunk, err := range p.toSend() {
		if err != nil {
			return Outsiders{}, err
		}
		outside, err := known.Outside(ctx, contactsOf(chunk))
		if err != nil {
			return Outsiders{}, err
		}
		for _, row := range chunk {
			if o, ok := rule.find(row.entry, outside); ok {
				found.note(row, o, p.Send)
			}
		}
	}
	return found, nil
}

func (o *Outsiders) note(row parcel, invite Outside, send int) {
	o.People++
	if o.Line == 0 {
		o.Line = row.entry.Line
	}
	if !tooMany(len(o.rows), send) { // else nobody is held back by themselves
		o.rows[row.row] = invite
	}
}

// HoldBackKnown holds people back by what is known of the account's list already,
// unless there are so many that a run would ask for a decision.
func (p *Plan) HoldBackKnown(ctx context.Context, known OutsideFinder, rule OutsideRule, place string) error {
	found, err := p.FindOutsiders(ctx, known, rule)
	if err != nil || tooMany(found.People, p.Send) {
		return err
	}
	p.holdBack(found, place)
	return nil
}

// find returns the latest invite outside the ledger that counts and is under one of e's
// contacts.
func (r OutsideRule) find(e entry, outside map[Alias][]Outside) (latest Outside, found bool) {
	for _, a := range contacts(e) {
		for _, o := range outside[a] {
			if r.counts(o) && (!found || o.Created.After(latest.Created)) {
				latest, found = o, true
			}
		}
	}
	return latest, found
}

// contacts are the aliases of a row under which an invite may stand.
func contacts(e entry) []Alias {
	all := slices.DeleteFunc(AliasesOf(e.Recipient), func(a Alias) bool { return a.Kind == ByEmployeeID })
	return slices.Concat(all, sharedAliases(e.Recipient), looseContacts(e.Recipient))
}

func contactsOf(rows []parcel) []Alias {
	var all []Alias
	for _, row := range rows {
		all = append(all, contacts(row.entry)...)
	}
	return all
}

// toSend are the rows to be sent, as many at a time as are looked up at once.
func (p *Plan) toSend() iter.Seq2[[]parcel, error] {
	return func(yield func([]parcel, error) bool) {
		for chunk, err := range p.chunks(openBlocks) {
			rows := slices.DeleteFunc(slices.Clone(chunk), func(row parcel) bool { return row.entry.Outcome != "" })
			if (len(rows) > 0 || err != nil) && !yield(rows, err) {
				return
			}
		}
	}
}

// holdBack makes conflicts of them.
func (p *Plan) holdBack(o Outsiders, place string) {
	p.outside, p.place = o.rows, place
	p.Send -= len(o.rows)
}

// outsideFinding is the conflict of somebody who has an invite outside the ledger. place
// are the flags that lead other commands to the ledger.
func outsideFinding(o Outside, place string) Finding {
	when := "at a time that cannot be read"
	if !o.Created.IsZero() {
		when = o.Created.UTC().Format("on 2 January 2006, 15:04 MST")
	}
	return Finding{Code: CodeInvitedOutside, Owner: IT, Message: fmt.Sprintf(
		"the Argyle account has an invite of this person, %s, made %s, which was not sent by this ledger: "+
			"to count it as theirs, type 'bulkinvite adopt%s --only %s'; to send another one, run this row again with --also-outside",
		o.Invite, when, place, o.Invite)}
}
