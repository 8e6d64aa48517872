package batch

import (
	"fmt"
	"time"

	"bulkinvite/csvmap"
)

// clash decides: held back, because it cannot be said who the row is or a
// contact would get two invites.
func (e *entry) clash(c clash) {
	e.Outcome = OutcomeConflict
	e.Findings = []Finding{{Code: c.code, Field: string(c.field), Message: e.clashMessage(c), Owner: HR}}
}

func (e *entry) clashMessage(c clash) string {
	message := fmt.Sprintf("line %d ", e.Line) + c.what()
	switch {
	case e.Refused != "":
		message += ": " + e.Refused
	case len(e.Others) > 0:
		message += ": correct the row, or say in " + csvmap.AnswerColumn + " who it is: same (the one who was there first) or other (somebody else, to be invited too)"
	default:
		message += ": correct the row"
	}
	return message
}

// what says what a row has in common with whom.
func (c clash) what() string {
	whose := c.with.where()
	switch c.code {
	case CodeIDReused:
		return "has the employee ID of " + whose + ", but another name and other contacts"
	case CodeSameName:
		return "has the name of " + whose + ", and the same employee ID in another company, but another contact"
	case CodeTwoPeople:
		return fmt.Sprintf("has the employee ID of one person and the %s of another, %s", c.field.Words(), whose)
	default:
		return fmt.Sprintf("has the %s of %s, who is somebody else by name or employee ID", c.field.Words(), whose)
	}
}

// where says where somebody is to be found: on a line of this list, or among those who
// were invited before.
func (o *owner) where() string {
	switch {
	case o.row != noRow:
		return fmt.Sprintf("line %d", o.line)
	case o.invite.ID == "":
		return "somebody known from an earlier run"
	}
	when := ""
	if !o.invite.InvitedAt.IsZero() {
		when = " on " + day(o.invite.InvitedAt)
	}
	line := ""
	if o.sentLine > 0 {
		line = fmt.Sprintf("line %d of that list, ", o.sentLine)
	}
	return fmt.Sprintf("the person invited%s (%sinvite %s)", when, line, o.invite.ID)
}

func day(t time.Time) string { return t.UTC().Format("2 January 2006") }

// fieldOf is the contact of the row that somebody owns.
func (o *owners) fieldOf(who *owner) csvmap.Field {
	if who.same(o.email) {
		return csvmap.Email
	}
	return csvmap.Phone
}

// doNotInvite decides: an operator has said so.
func (e *entry) doNotInvite() {
	e.Outcome = OutcomeSkipped
	e.Findings = []Finding{{Code: CodeDoNotInvite, Message: "an operator said: do not invite", Owner: Nobody}}
}

// mustSkip decides on a row that would be held, or sent, though an operator has said
// that whoever comes with one of its aliases is not to be invited: that goes before
// the question who it is.
func (p *planner) mustSkip(e *entry, c *candidate, known owners, owned map[Alias]Person, id identity) bool {
	if id.clash == nil && !id.mayBeSent() {
		return false
	}
	key, name := employeeKey(c.recipient), FoldName(c.recipient.Name())
	for _, who := range known.each() {
		if who.state == Skipped && who.names.fit(name) && !contradict(key, who.employeeID, true) {
			e.PersonID = who.person
			e.doNotInvite()
			return true
		}
	}
	bare, paired := bareID(key)
	if !paired {
		return false
	}
	person := owned[Alias{ByEmployeeID, bare}] // skipped without the company
	if person.State != Skipped || !namesOf(person.Name).fit(name) {
		return false
	}
	e.PersonID = person.ID
	e.doNotInvite()
	return true
}

// mayBeSent reports whether the row may be sent by what is known of who it is.
func (i identity) mayBeSent() bool {
	return i.who == nil || i.who.row == noRow && (i.who.state == Failed || i.who.state == Rejected)
}

// warnOfSpelling warns where nothing but an employee ID tells who somebody is, and it is
// not written as it was before.
func (e *entry) warnOfSpelling(known owners, who *owner) {
	written := e.Recipient.EmployeeID
	if !who.same(known.id) || who.same(known.email) || who.same(known.phone) || who.writtenID == "" || who.writtenID == written {
		return
	}
	e.Warnings = append(e.Warnings, Finding{Code: CodeIDSpelling, Field: string(csvmap.EmployeeID), Owner: HR, Message: fmt.Sprintf(
		"the employee ID is that of %s in another spelling, and nothing else but the name tells that it is the same person: check it", who.where())})
}
