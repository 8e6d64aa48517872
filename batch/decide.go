package batch

import (
	"cmp"
	"fmt"
	"slices"

	"bulkinvite/csvmap"
)

// decideKnown decides on a row whose cells the ledger has seen and sent. The row
// itself was not checked, so its contacts are shown as the invite had them.
func (p *planner) decideKnown(e *entry, known Invited) error {
	e.PersonID = known.PersonID
	e.Recipient.Email = cmp.Or(known.Email, e.Recipient.Email)
	e.Recipient.Phone = cmp.Or(known.Phone, e.Recipient.Phone)
	first, err := p.earlierRow(known.PersonID)
	if err != nil {
		return err
	}
	if first.row != noRow {
		e.duplicateOf(first.row, first.line)
		return nil
	}
	e.Attempts = known.Attempts
	e.alreadyInvited(known.Invite, known.RunID)
	return nil
}

// alreadyInvited decides: invited earlier, and not written to again. Where the link of
// that invite is dead, a person has to decide what is to become of it.
func (e *entry) alreadyInvited(invite InviteRef, runID string) {
	e.Outcome, e.Invite, e.RunID = OutcomeAlreadyInvited, invite, runID
	if invite.Revoked() {
		e.Findings = finding(CodeInviteRevoked, "the link of their invite was revoked, and no other invite of theirs is known", HR)
	}
}

// decideValid decides on a valid row by who it is.
func (p *planner) decideValid(e *entry, c *candidate, owned map[Alias]Person) error {
	known, err := p.ownersOf(c.aliases, owned)
	if err != nil {
		return err
	}
	unclear, err := p.addNamesakes(&known, c, owned)
	if err != nil {
		return err
	}
	id := identify(c.recipient, known)
	if unclear != nil && id.who == nil && id.clash == nil {
		id.clash = unclear
	}
	if id.who == nil && id.clash == nil {
		if id.clash, err = p.sameElsewhere(c); err != nil {
			return err
		}
	}
	if p.mustSkip(e, c, known, owned, id) {
		return nil
	}
	if id.clash != nil {
		if id, known, err = p.answer(e, c, owned, puzzle{known: known, clash: *id.clash}); err != nil {
			return err
		}
	}
	e.Rival = id.rival != nil
	if id.clash != nil {
		e.clash(*id.clash)
		if id.clash.code == CodeIDReused {
			p.gather(e, id.clash.with)
		}
		return nil
	}
	if id.who == nil { // somebody new: to be sent
		e.warnOfNamesakes(c.namesakes)
		return nil
	}
	p.settleKnown(e, c, owned, known, id)
	return nil
}

// settleKnown decides on a row of somebody who is known.
func (p *planner) settleKnown(e *entry, c *candidate, owned map[Alias]Person, known owners, id identity) {
	who := id.who
	e.PersonID = who.person
	name := FoldName(c.recipient.Name())
	e.Renamed = who.names.news(name)
	e.warnOfSpelling(known, who)
	if who.row != noRow {
		e.duplicateOf(who.row, who.line)
		if e.Renamed {
			p.called[who.row] = append(p.called[who.row], name)
		}
		if who.open {
			p.also.note(e.Primary, c.aliases, &known)
		}
		return
	}
	person := c.personOf(e.PersonID, owned)
	e.byState(person, p.RetryRejected)
	switch {
	case e.Outcome == "" && id.rival != nil:
		e.Others = nil // whoever it is, the contact is somebody else's
		e.clash(clash{CodeTwoPeople, known.fieldOf(id.rival), id.rival})
	case e.Outcome == OutcomeAlreadyInvited && contactMoved(person, e.Recipient):
		e.Findings = append(e.Findings, Finding{Code: CodeContactMoved, Message: "invited earlier under another contact", Owner: Nobody})
	}
}

// personOf finds the person with that ID among those whom the row may be.
func (c *candidate) personOf(id int64, owned map[Alias]Person) Person {
	for _, a := range slices.Concat(c.aliases, c.shared) {
		if person, ok := owned[a]; ok && person.ID == id {
			return person
		}
	}
	for _, person := range c.namesakes {
		if person.ID == id {
			return person
		}
	}
	return Person{ID: id}
}

// duplicateOf decides: the same person as an earlier valid row.
func (e *entry) duplicateOf(row rowRef, line int) {
	e.Outcome, e.Primary = OutcomeDuplicate, row
	e.Findings = []Finding{{
		Code:    CodeDuplicate,
		Message: fmt.Sprintf("the same person as line %d", line),
		Owner:   Nobody,
	}}
}

// byState decides by what the ledger knows of the person. Outcome "" is left
// when the person may be sent to.
func (e *entry) byState(person Person, retryRejected bool) {
	e.Attempts = person.Attempts
	switch person.State {
	case Sent:
		e.alreadyInvited(person.Invite, cmp.Or(person.Last.RunID, person.RunID))
	case Skipped:
		e.doNotInvite()
	case Sending, Unknown:
		e.Outcome, e.RunID, e.HTTP = OutcomeUnknown, person.RunID, person.Last.HTTP
		e.Findings = []Finding{doubtFinding(person)}
	case Rejected:
		if person.Body == e.Recipient.Body() && !retryRejected {
			e.Outcome, e.RunID, e.HTTP = OutcomeRejected, person.Last.RunID, person.Last.HTTP
			e.Findings = person.Last.Findings
		}
	case Failed:
	}
}

// contactMoved reports whether the person was invited under another contact.
func contactMoved(person Person, r csvmap.Recipient) bool {
	return r.Email != "" && person.Email != "" && r.Email != person.Email ||
		r.Phone != "" && person.Phone != "" && r.Phone != person.Phone
}

func doubtFinding(person Person) Finding {
	return Finding{
		Code:    CodeInDoubt,
		Message: fmt.Sprintf("an earlier attempt (run %s) may have reached this person: not sent again until that is settled", person.RunID),
		Owner:   IT,
	}
}

// problemFindings turns the rules' problems into findings, one for one.
func problemFindings(problems []csvmap.Problem) []Finding {
	if len(problems) == 0 {
		return nil
	}
	findings := make([]Finding, len(problems))
	for i, p := range problems {
		findings[i] = Finding{Code: string(p.Code), Field: string(p.Field), Message: p.Message, Owner: HR, Reading: p.Reading}
		if p.Note {
			findings[i].Owner = Nobody
		}
	}
	return findings
}
