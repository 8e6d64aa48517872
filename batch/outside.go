package batch

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
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

// outsider is somebody who is about to be sent to and has invites outside the ledger.
type outsider struct {
	Outside          // the one to name
	by      Alias    // by which it was found
	ids     []string // of all of them
	news    bool     // no run has held them back for one of these yet
}

// Outsiders are the people of a plan who are about to be sent to and have an invite
// that the ledger does not hold.
type Outsiders struct {
	New  int // people whom no run has held back for it
	Line int // the first of these
	rows map[rowRef]outsider
}

// maxOutsiders is up to which number of new people, or part of those to be sent to,
// they are held back by themselves. More of them say something of the ledger.
const maxOutsiders = 3

// maxNamed is how many people are named where the whole run is held.
const maxNamed = 10_000

func (o *Outsiders) tooMany(send int) bool { return o.New > max(maxOutsiders, send/100) }

// FindOutsiders looks for the people whom p is about to send to among the invites that
// stand outside the ledger.
func (p *Plan) FindOutsiders(ctx context.Context, known OutsideFinder, rule OutsideRule) (Outsiders, error) {
	found := Outsiders{rows: map[rowRef]outsider{}}
	for chunk, err := range p.toSend() {
		if err != nil {
			return Outsiders{}, err
		}
		outside, err := outsideOf(ctx, known, chunk)
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

func (o *Outsiders) note(row parcel, who outsider, send int) {
	if who.news {
		if o.New++; o.New == 1 {
			o.Line = row.entry.Line
		}
	}
	if len(o.rows) < maxNamed || !o.tooMany(send) {
		o.rows[row.row] = who
	}
}

// invites are the IDs of all their invites.
func (o *Outsiders) invites() []string {
	var ids []string
	for _, who := range o.rows {
		ids = append(ids, who.ids...)
	}
	return ids
}

// HoldBackKnown holds people back by what is known of the account's list already,
// unless there are so many that a run would ask for a decision.
func (p *Plan) HoldBackKnown(ctx context.Context, known OutsideFinder, rule OutsideRule, place string) error {
	found, err := p.FindOutsiders(ctx, known, rule)
	if err != nil || found.tooMany(p.Send) {
		return err
	}
	p.holdBack(found, place)
	return nil
}

// find returns what a row's person has outside the ledger, of the invites that count.
// The one to name is one that works, where there is one, and the latest of these.
func (r OutsideRule) find(e entry, outside map[Alias][]Outside) (who outsider, found bool) {
	for _, a := range contacts(e) {
		for _, o := range outside[a] {
			if !r.counts(o) || slices.Contains(who.ids, o.Invite) {
				continue
			}
			if one := (outsider{Outside: o, by: a}); !found || one.tellsMore(who) {
				who.Outside, who.by = o, a
			}
			who.ids, who.news, found = append(who.ids, o.Invite), who.news || !o.Told, true
		}
	}
	return who, found
}

// tellsMore reports whether o's invite is rather to be named than p's.
func (o outsider) tellsMore(p outsider) bool {
	switch {
	case o.revoked() != p.revoked():
		return p.revoked()
	case o.byName() != p.byName():
		return p.byName()
	default:
		return o.Created.After(p.Created)
	}
}

func (o outsider) revoked() bool { return o.Status == StatusRevoked }

func (o outsider) byName() bool { return o.by.Kind == byName }

// loose reports whether the invite shows their number without its country code.
func (o outsider) loose() bool { return o.by.Kind == ByPhone && !strings.HasPrefix(o.by.Value, "+") }

// contacts are the aliases of a row under which an invite may stand, those that tell
// least at the end.
func contacts(e entry) []Alias {
	all := slices.DeleteFunc(AliasesOf(e.Recipient), func(a Alias) bool { return a.Kind == ByEmployeeID })
	all = slices.Concat(all, sharedAliases(e.Recipient), looseContacts(e.Recipient))
	if name := FoldName(e.Recipient.Name()); name != "" {
		all = append(all, Alias{byName, name})
	}
	return all
}

// outsideOf finds the invites outside the ledger that may be those of the rows' people.
// One that hides nothing is nobody's by its name.
func outsideOf(ctx context.Context, known OutsideFinder, rows []parcel) (map[Alias][]Outside, error) {
	var all []Alias
	for _, row := range rows {
		all = append(all, contacts(row.entry)...)
	}
	outside, err := known.Outside(ctx, all)
	for a, invites := range outside {
		if a.Kind == byName {
			outside[a] = slices.DeleteFunc(slices.Clone(invites), func(o Outside) bool { return !o.Hidden })
		}
	}
	return outside, err
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
	p.Send += len(p.outside) - len(o.rows)
	p.outside, p.place = o.rows, place
}

// finding is the conflict of somebody who has an invite outside the ledger. place are the
// flags that lead other commands to the ledger.
func (o outsider) finding(place string) Finding {
	return Finding{Code: CodeInvitedOutside, Owner: IT, Message: o.what() + ", which was not sent by this ledger: " + o.wayOut(place) +
		"; to send another one, run this row again with --also-outside"}
}

// what says which invite it is.
func (o outsider) what() string {
	when := "at a time that cannot be read"
	if !o.Created.IsZero() {
		when = o.Created.UTC().Format("on 2 January 2006, 15:04 MST")
	}
	invite := "an invite"
	if o.Status == StatusRevoked || o.Status == "completed" {
		invite = "a " + o.Status + " invite"
	}
	whose := "of this person"
	if o.byName() {
		whose = "under this person's name that hides a contact"
	}
	text := fmt.Sprintf("the Argyle account has %s %s, %s, made %s", invite, whose, o.Invite, when)
	if others := len(o.ids) - 1; others > 0 {
		text += fmt.Sprintf(" (and %d more)", others)
	}
	return text
}

// wayOut says what to do where the invite is theirs.
func (o outsider) wayOut(place string) string {
	switch {
	case o.byName():
		return "if it is theirs, leave the person out ('bulkinvite skip --help' says how)"
	case o.loose():
		return fmt.Sprintf("it shows a phone number without its country code; to count it as theirs, type 'bulkinvite adopt%s --only' and their number, with the country code", place)
	default:
		return fmt.Sprintf("to count it as theirs, type 'bulkinvite adopt%s --only %s'", place, o.Invite)
	}
}
