package main

import (
	"fmt"

	"github.com/dustin/go-humanize/english"

	"bulkinvite/batch"
)

// adoption is what adopt has done; adopt --json prints it. Its counts of invites, with
// the people who were adopted, add up to those that were read.
type adoption struct {
	Schema      int    `json:"schema"`
	Campaign    string `json:"campaign"`
	Listed      int    `json:"listed"`           // invites read
	Adopted     int    `json:"adopted"`          // people who count as invited from now on
	Known       int    `json:"known"`            // invites of people whom the ledger knew
	Nobodys     int    `json:"nobodys"`          // invites whose contact does not tell whose they are
	Revoked     int    `json:"revoked"`          // revoked invites
	Others      int    `json:"others,omitempty"` // invites that --only leaves alone
	RevokedOnly int    `json:"revoked_only"`     // people of the campaign whose only invite is revoked
	Complete    bool   `json:"complete"`         // the list was read to its end
	// KEYs of --only, by their place from 1: those that no invite of the account has,
	// and those whose invite shows no contact by which to know them again.
	Missing    []int `json:"missing,omitempty"`
	Unreadable []int `json:"unreadable,omitempty"`

	region string // of numbers without a country code
	all    bool   // not for --only
}

// add counts a page of the list, of which theirs were to be adopted, in its order.
func (d *adoption) add(invites, theirs []batch.Listing, adopted int) {
	live := 0
	for _, v := range invites {
		mine := len(theirs) > 0 && theirs[0].Invite.ID == v.Invite.ID
		if mine {
			v, theirs = theirs[0], theirs[1:]
		}
		switch {
		case len(v.Aliases()) == 0:
			d.Nobodys++
		case !mine:
			d.Others++
		case v.Revoked:
			d.Revoked++
		default:
			live++
		}
	}
	d.Listed += len(invites)
	d.Adopted += adopted
	d.Known += live - adopted
}

// missed takes note of the KEYs of --only that nothing could be done for.
func (d *adoption) missed(people chosen) {
	d.Missing = people.places(func(one *chosenOne) bool { return !one.seen })
	d.Unreadable = people.places(func(one *chosenOne) bool { return one.unreadable })
}

// attention reports whether somebody has to look after the adoption: a KEY of --only
// was of no use, or nobody was adopted though invites are there that cannot be read.
func (d *adoption) attention() bool {
	return len(d.Missing)+len(d.Unreadable) > 0 || d.all && d.Adopted == 0 && d.Nobodys > 0
}

func (p program) printAdoption(done adoption, inJSON bool, place string) error {
	text := done.text(place)
	if inJSON {
		text = string(asJSON(done))
	}
	if _, err := fmt.Fprintln(p.stdout, text); err != nil {
		return fmt.Errorf("the result cannot be printed: %w", err)
	}
	return nil
}

// text tells it to a person; place are the flags that lead to the campaign.
func (d adoption) text(place string) string {
	text := fmt.Sprintf("%s read, nothing sent: %s adopted into campaign %s, %d passed over since the ledger knows them already.",
		plural(d.Listed, "invite"), peopleOf(d.Adopted), d.Campaign, d.Known)
	if d.Revoked > 0 {
		text += fmt.Sprintf("\n%s %s revoked: whoever holds another one counts as invited with that.",
			plural(d.Revoked, "invite"), english.PluralWord(d.Revoked, "is", "are"))
	}
	if d.RevokedOnly > 0 {
		text += fmt.Sprintf("\n%s of this campaign %s no other than a revoked one: runs count them as already invited, and ask HR to decide.",
			peopleOf(d.RevokedOnly), english.PluralWord(d.RevokedOnly, "holds", "hold"))
	}
	if d.Nobodys > 0 {
		text += fmt.Sprintf("\n%s %s no contact that can be read, or a phone number without its country code that is none of region %s, and %s not adopted: "+
			"look up in the Argyle Console whose %s. For such a number, type 'bulkinvite adopt%s --only' and the whole number; leave the others out with 'bulkinvite skip%s'.",
			plural(d.Nobodys, "invite"), english.PluralWord(d.Nobodys, "shows", "show"), d.region, english.PluralWord(d.Nobodys, "was", "were"),
			english.PluralWord(d.Nobodys, "it is", "they are"), place, place)
	}
	if len(d.Missing) > 0 {
		text += fmt.Sprintf("\nThe account has no invite for %s of --only: check it; where the list masks contacts, an invite is found by its ID alone.", placeNames(d.Missing))
	}
	if len(d.Unreadable) > 0 {
		text += fmt.Sprintf("\nThe invite of %s of --only shows no contact by which a roster could know its owner: it was not adopted; leave the person out with 'bulkinvite skip%s'.",
			placeNames(d.Unreadable), place)
	}
	if !d.Complete {
		text += "\nThis is not all: the list was not read to its end. What was adopted stays."
	}
	return text
}
