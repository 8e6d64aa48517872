package reports

import (
	"cmp"
	"slices"
	"strings"

	"bulkinvite/batch"
)

// maxGroups bounds the groups, and so the memory and the length of the summary:
// field names come from the API, which may send any number of them.
const maxGroups = 50

// otherGroup is the code of the group that takes in what is beyond maxGroups.
const otherGroup = "other"

type groupKey struct {
	code, field string
	owner       batch.Owner
	outcome     batch.Outcome
}

// tally counts rows as they pass.
type tally struct {
	buckets   map[batch.Outcome]int
	wouldSend int
	revoked   int
	outside   int    // of conflict: whom the account has invited without this ledger
	problems  [2]int // rows that need somebody: known before, new
	groups    map[groupKey]*Group
	messages  batch.Messages // sent, or that would be
}

func newTally() *tally {
	t := &tally{buckets: make(map[batch.Outcome]int), groups: make(map[groupKey]*Group), messages: batch.Messages{}}
	for _, o := range batch.Outcomes {
		t.buckets[o] = 0
	}
	return t
}

// add counts a row. An outcome that does not exist is counted nowhere, so that
// the buckets do not add up.
func (t *tally) add(r *batch.Result) {
	if _, known := t.buckets[r.Outcome]; !known {
		return
	}
	t.buckets[r.Outcome]++
	if r.Outcome == batch.OutcomeSent {
		t.messages.Add(r.Recipient)
	}
	t.revoked += index(r.Revoked())
	t.outside += index(r.Outside())
	if r.NeedsSomebody() {
		t.problems[index(r.New)]++
	}
	for i, f := range r.Findings {
		switch {
		case f.Code == batch.CodeWouldSend && r.Outcome == batch.OutcomeNotAttempted:
			t.wouldSend++
			t.messages.Add(r.Recipient)
		case f.Code == batch.CodeNotAttempted: // the stop explains all of them
		case !repeated(r.Findings[:i], f): // a group counts rows, not findings
			t.group(r.Outcome, f).count(r)
		}
	}
}

// index is 1 for true.
func index(is bool) int {
	if is {
		return 1
	}
	return 0
}

func repeated(earlier []batch.Finding, f batch.Finding) bool {
	return slices.ContainsFunc(earlier, func(e batch.Finding) bool {
		return e.Code == f.Code && e.Field == f.Field && e.Owner == f.Owner
	})
}

// group finds or makes the group of a finding.
func (t *tally) group(outcome batch.Outcome, f batch.Finding) *Group {
	words := Advise(f.Code, f.Field)
	key := groupKey{f.Code, f.Field, cmp.Or(f.Owner, words.Owner), outcome}
	if g := t.groups[key]; g != nil {
		return g
	}
	g := &Group{Code: key.code, Field: key.field, Owner: key.owner, Outcome: outcome, Message: words.Title, WhatToDo: words.ToDo}
	if len(t.groups) >= maxGroups-1 {
		return t.other(key.owner)
	}
	t.groups[key] = g
	return g
}

// other is the group for the rest; the most pressing owner of its rows owns it.
func (t *tally) other(owner batch.Owner) *Group {
	key := groupKey{code: otherGroup}
	g := t.groups[key]
	if g == nil {
		g = &Group{Code: otherGroup, Owner: owner, Message: "other problems", WhatToDo: "See the messages in results.csv."}
		t.groups[key] = g
	}
	g.Owner = pressing(g.Owner, owner)
	return g
}

// sorted lists the groups: by owner, the largest first. place are the flags that
// lead to the ledger.
func (t *tally) sorted(place string) []Group {
	groups := make([]Group, 0, len(t.groups))
	for _, g := range t.groups {
		told := *g
		told.WhatToDo = strings.ReplaceAll(told.WhatToDo, placeMark, place)
		groups = append(groups, told)
	}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(
			cmp.Compare(rank(a.Owner), rank(b.Owner)),
			cmp.Compare(b.Rows, a.Rows),
			cmp.Compare(a.FirstLine, b.FirstLine),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Field, b.Field),
			cmp.Compare(a.Outcome, b.Outcome),
		)
	})
	return groups
}
