package batch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Strangers are people of a plan who hold an invite of the account that the
// ledger, which is new, does not know.
type Strangers struct {
	People int // rows to be sent whose contact holds an invite
	Line   int // the first of them
	Listed int // invites read
}

// FindStrangers reads the account's whole list and compares it with the people
// whom p is about to send to. The error is a *[ListError], the ledger's or ctx's.
func FindStrangers(ctx context.Context, p *Plan, list List, archive Archive) (Strangers, error) {
	found := map[rowRef]bool{}
	var s Strangers
	read := &reading{Reconciler: Reconciler{List: list, Archive: archive}, began: time.Now()}
	err := read.strangers(ctx, func(v Listing) error {
		for _, a := range slices.Concat(v.Aliases(), v.namelessContacts()) {
			row, line, err := p.willSend(a)
			if err != nil {
				return err
			}
			if row == noRow || found[row] {
				continue
			}
			found[row] = true
			if s.Line == 0 || line < s.Line {
				s.Line = line
			}
		}
		return nil
	})
	s.People, s.Listed = len(found), read.listed
	return s, err
}

// willSend finds the row to be sent that is known under a.
func (p *Plan) willSend(a Alias) (rowRef, int, error) {
	var line int
	row, err := p.index.find(p.index.aliasKey(a), func(row rowRef) (bool, error) {
		e, err := p.spool.at(row)
		line = e.Line
		return err == nil && e.Outcome == "" && (owns(e.Recipient, a) || slices.Contains(sharedAliases(e.Recipient), a)), err
	})
	return row, line, err
}

// Hold says that a person has to decide before anything is sent. place are the flags
// that lead to the campaign, for the command to type, with a space before each.
func (s Strangers) Hold(place string) *Stop {
	if s.People == 0 {
		return nil
	}
	return &Stop{StopHeld, fmt.Sprintf(
		"the ledger is new, but the account has invites already for %s of this roster (first on line %d): put back the ledger if it was lost; "+
			"or type 'bulkinvite adopt%s', and they count as invited; or run with --fresh to invite them again",
		people(s.People), s.Line, place)}
}

// HoldWithoutList is what to do when the account's list, which has to be looked
// at first, cannot be read.
func HoldWithoutList(err error) *Stop {
	if refused, ok := errors.AsType[*RefusedError](err); ok {
		return &Stop{StopRefused, refused.Reason}
	}
	return &Stop{StopHeld, fmt.Sprintf(
		"the ledger is new, and whom the account has invited before cannot be seen (%s): run again later, or with --fresh to go on without looking", err)}
}
