package main

import (
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"

	"bulkinvite/batch"
)

// chosen are the people whom adopt --only is about; nil: everybody.
type chosen []*chosenOne

// chosenOne is one KEY of --only. A key may be an ID and a number as well.
type chosenOne struct {
	id         string        // of an invite; "" where the KEY can be none
	contacts   []batch.Alias // none where it can be none
	seen       bool          // the list has an invite of theirs
	unreadable bool          // one without a contact that could be read
}

var errOnly = usagef("only: must be an e-mail address, a phone number or the ID of an invite, as the Argyle Console shows it (from --only)")

// choose reads the KEYs of --only. Its errors do not repeat them.
func (s Settings) choose(keys []string) (chosen, error) {
	var all chosen
	for _, key := range keys {
		one := &chosenOne{}
		if id, err := parseInviteID(key); err == nil {
			one.id = id
		}
		aliases, err := s.aliases(key)
		if is[*UsageError](err) {
			return nil, usagef("only: that contact is one that several people share (%s): give the ID of the invite (from --only)", sharedKey)
		}
		if err != nil {
			return nil, err
		}
		one.contacts = slices.DeleteFunc(aliases, func(a batch.Alias) bool { return a.Kind == batch.ByEmployeeID })
		if one.id == "" && len(one.contacts) == 0 || strings.TrimSpace(key) == "" {
			return nil, errOnly
		}
		all = append(all, one)
	}
	return all, nil
}

// of are those of the invites that are of the chosen people. It takes note of who has one.
func (c chosen) of(invites []batch.Listing) []batch.Listing {
	if c == nil {
		return invites
	}
	var theirs []batch.Listing
	for _, v := range invites {
		mine := false
		for _, one := range c {
			if one.owns(&v) {
				mine, one.seen, one.unreadable = true, true, one.unreadable || len(v.Aliases()) == 0
			}
		}
		if mine {
			theirs = append(theirs, v)
		}
	}
	return theirs
}

// owns reports whether an invite is the one's. Where it shows a number without its
// country code, a KEY that may be that number says which one it is.
func (one *chosenOne) owns(v *batch.Listing) bool {
	among := func(aliases []batch.Alias) bool {
		return slices.ContainsFunc(aliases, func(a batch.Alias) bool { return slices.Contains(one.contacts, a) })
	}
	if v.Invite.ID == one.id || among(v.Aliases()) {
		return true
	}
	for _, a := range one.contacts {
		if a.Kind == batch.ByPhone && v.MayShow(a.Value) {
			*v = v.Of(a.Value)
			return true
		}
	}
	return false
}

// places are the KEYs by their place on the command line, from 1.
func (c chosen) places(which func(*chosenOne) bool) []int {
	var places []int
	for i, one := range c {
		if which(one) {
			places = append(places, i+1)
		}
	}
	return places
}

// placeNames names KEYs without showing them: "the 2nd and 3rd KEY".
func placeNames(places []int) string {
	names := make([]string, len(places))
	for i, place := range places {
		names[i] = humanize.Ordinal(place)
	}
	return "the " + english.WordSeries(names, "and") + " KEY"
}
