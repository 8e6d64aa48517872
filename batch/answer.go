package batch

import (
	"slices"
	"strings"

	"bulkinvite/csvmap"
)

// Answer is what HR says of a row that may be somebody who is known.
type Answer string

// The answers.
const (
	AnswerNone  Answer = ""
	AnswerSame  Answer = "same"  // they are who was there first
	AnswerOther Answer = "other" // somebody else, whose the employee ID is from now on
)

// Reply is an answer that HR has written into a rerun file.
type Reply struct {
	Row    csvmap.Digest
	Answer Answer
}

// puzzle is a row of which it cannot be said who it is.
type puzzle struct {
	known owners
	clash clash
	said  func(*owner) Answer // what holds about each whom it may be
}

// people are whom it may be.
func (z puzzle) people() []*owner {
	all := z.known.each()
	if !slices.ContainsFunc(all, z.clash.with.same) { // a namesake at a shared contact
		all = append(all, z.clash.with)
	}
	return all
}

// besides are the aliases that a row is looked up by without having them: its contacts
// with the name behind, under which it was sent where HR has said that somebody else
// has the contact too, and its employee ID without the company.
func (p *planner) besides(c *candidate) []Alias {
	var aliases []Alias
	if bare, paired := bareID(employeeKey(c.recipient)); paired {
		aliases = append(aliases, Alias{ByEmployeeID, bare})
	}
	if len(p.asked) == 0 {
		return aliases
	}
	key := QuestionKey(c.recipient)
	if _, asked := p.asked[key]; !asked {
		return aliases
	}
	c.key = key
	r := c.recipient
	r.EmailShared, r.PhoneShared = true, true
	return append(aliases, AliasesOf(r)...)
}

// answer applies what HR has said of a row that cannot be told by itself. known are the
// owners of its aliases afterwards.
func (p *planner) answer(e *entry, c *candidate, owned map[Alias]Person, z puzzle) (identity, owners, error) {
	if p.Found == nil { // else nobody is sent to, so that nobody is asked
		for _, o := range z.people() {
			e.Others = append(e.Others, other{o.person, o.row})
		}
	}
	written, ok := p.written(e, c)
	if !ok {
		return identity{clash: &z.clash}, z.known, nil
	}
	asked := p.asked[c.key]
	z.said = func(o *owner) Answer {
		remembered, was := asked[o.person]
		if was && written != AnswerNone {
			return written
		}
		return remembered
	}
	id, known, err := identity{clash: &z.clash}, z.known, error(nil)
	switch others := z.count(AnswerOther); {
	case others > 0:
		id, known, err = p.asOther(e, c, owned, z)
	case z.count(AnswerSame) == len(z.people()):
		id = z.asSame(FoldName(c.recipient.Name()))
	case written != AnswerNone:
		e.Refused = "it is not the row, or not the person, that was asked about; look at both, and answer in the new failed.csv"
		written = AnswerNone
	}
	if written != AnswerNone {
		p.replies = append(p.replies, Reply{c.key, written})
	}
	if id.clash == nil {
		e.Others = nil
	}
	return id, known, err
}

// written is the answer that stands in a rerun file; not ok: it is none.
func (p *planner) written(e *entry, c *candidate) (answer Answer, ok bool) {
	switch answer = Answer(strings.ToLower(strings.TrimSpace(c.row.Answer))); answer {
	case AnswerNone, AnswerSame, AnswerOther:
		return answer, true
	}
	e.Refused = "the answer in " + csvmap.AnswerColumn + " must be same or other"
	return AnswerNone, false
}

// count is of how many people that answer holds.
func (z puzzle) count(answer Answer) int {
	n := 0
	for _, o := range z.people() {
		if z.said(o) == answer {
			n++
		}
	}
	return n
}

// asSame is who a row is that belongs to one of those who are known: whose name it has,
// else who holds an invite, else who may hold one.
func (z puzzle) asSame(name string) identity {
	all := z.people()
	who := all[0]
	for _, is := range []func(*owner) bool{
		func(o *owner) bool { return len(o.names) > 0 && o.names.fit(name) },
		func(o *owner) bool { return o.state == Sent },
		func(o *owner) bool { return o.state.InDoubt() },
	} {
		if at := slices.IndexFunc(all, is); at >= 0 {
			who = all[at]
			break
		}
	}
	rival := otherThan(who, z.known.email)
	if rival == nil {
		rival = otherThan(who, z.known.phone)
	}
	return identity{who: who, rival: rival}
}

// asOther tells who a row is that is none of those about whom it was asked. The
// contacts that these have it has together with them, and the employee ID is its own.
func (p *planner) asOther(e *entry, c *candidate, owned map[Alias]Person, z puzzle) (identity, owners, error) {
	r := c.recipient
	isnt := func(o *owner) bool { return o != nil && z.said(o) == AnswerOther }
	r.EmailShared = r.EmailShared || isnt(z.known.email)
	r.PhoneShared = r.PhoneShared || isnt(z.known.phone)
	aliases := AliasesOf(r)
	known, err := p.ownersOf(aliases, owned)
	if err != nil {
		return identity{}, known, err
	}
	idFrom := int64(0)
	if isnt(known.id) {
		idFrom, known.id = known.id.person, nil
	}
	id := identify(r, known)
	if id.clash == nil && id.mayBeSent() {
		if e.Refused = z.forbids(FoldName(r.Name())); e.Refused != "" {
			id = identity{clash: &z.clash}
		}
	}
	if id.clash == nil {
		c.aliases, c.recipient, e.Recipient, e.IDFrom = aliases, r, r, idFrom
	}
	return id, known, nil
}

// forbids says why nobody is sent to although HR has said that it is somebody else.
func (z puzzle) forbids(name string) string {
	for _, o := range z.people() {
		contact := o.same(z.known.email) || o.same(z.known.phone) || z.clash.code == CodeContactShared && o.same(z.clash.with)
		switch {
		case z.said(o) != AnswerOther:
		case o.state.InDoubt():
			return "HR said that it is somebody else, but it is in doubt whether the first one holds an invite, which has to be settled before"
		case contact && o.names.fit(name):
			return "HR said that it is somebody else, but the name is the same too, and the contact would get a second invite: give the row a contact of its own"
		}
	}
	return ""
}
