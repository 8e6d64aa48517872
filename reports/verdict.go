package reports

import (
	"strings"

	"bulkinvite/batch"
)

// verdict is the run in one sentence: the first line of the mail.
func (s Summary) verdict() string {
	prefix := ""
	if s.Run.Environment == simulated {
		prefix = "SIMULATION: "
	}
	switch {
	case !s.balanced():
		return "INTERNAL ERROR: " + (&UnbalancedError{s.Rows, s.counted()}).Error() + "."
	case s.Stop.Reason == batch.StopHeld:
		return prefix + "HELD: nothing was sent; a person has to decide."
	case s.Stop.Reason != batch.NotStopped:
		return prefix + "STOPPED EARLY: " + s.clauses()
	case s.Run.DryRun:
		return prefix + "DRY RUN: " + s.clauses()
	case s.nothingToDo():
		return prefix + "Everybody on the list has been invited: nothing to do."
	}
	text := prefix + s.clauses()
	return strings.ToUpper(text[:1]) + text[1:]
}

// nothingToDo reports a night on which nobody was new and nothing is open.
func (s Summary) nothingToDo() bool {
	return s.Buckets[batch.OutcomeSent] == 0 && s.Buckets[batch.OutcomeAlreadyInvited] > 0 && !s.needsAttention()
}

// clauses says who was invited and what is open: "12 people were invited; 3 rows
// need mending."
func (s Summary) clauses() string {
	parts := []string{s.invitedClause()}
	add := func(n int, one, many, verbs string) {
		if n > 0 {
			parts = append(parts, plural(n, one, many)+verbs)
		}
	}
	add(s.toMend(), "row needs", "rows need", " mending"+s.asBefore())
	add(s.Buckets[batch.OutcomeFailed], "row", "rows", " could not be sent")
	add(s.Outside, "person has", "people have", " an invite that this ledger does not know")
	add(s.Revoked, "person has", "people have", " a revoked invite only")
	add(s.notAttempted(), "row was", "rows were", " not attempted")
	add(s.InDoubt, "person is", "people are", " in doubt")
	return strings.Join(parts, "; ") + "."
}

// asBefore takes the alarm out of a night on which no problem is new.
func (s Summary) asBefore() string {
	if s.NewProblems > 0 || s.KnownProblems == 0 {
		return ""
	}
	return ", as before"
}

func (s Summary) invitedClause() string {
	n, one, many, nobody := s.Buckets[batch.OutcomeSent], "person was", "people were", "nobody was"
	if s.Run.DryRun {
		n, one, many, nobody = s.WouldSend, "person would be", "people would be", "nobody would be"
	}
	if n == 0 {
		return nobody + " invited"
	}
	return plural(n, one, many) + " invited"
}
