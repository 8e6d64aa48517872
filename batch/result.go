package batch

import (
	"time"

	"bulkinvite/csvmap"
)

// InviteRef names an invite that exists at the API. The URL is a personal link:
// it goes to results.csv and the ledger, never to a log or a screen.
type InviteRef struct {
	ID        string
	URL       string
	UserID    string
	Status    string    // the API's word: sent, initiated, ...
	InvitedAt time.Time // of the last message: a re-send and a revoke move it
	// CreatedAt is when the invite was made, by the API's clock: the only time that
	// dates it. Zero when it cannot be read, which proves nothing.
	CreatedAt time.Time
}

// StatusRevoked is the status of an invite whose link is dead.
const StatusRevoked = "revoked"

// Revoked reports whether the invite's link is dead, as it was seen last.
func (i InviteRef) Revoked() bool { return i.Status == StatusRevoked }

// Finding is one reason why a row is not simply sent: a rule it breaks, a field
// error of the API, a failure on the way.
type Finding struct {
	Code    string // stable: a csvmap.Code, or one of the codes in codes.go
	Field   string // a csvmap.Field, or "" for the whole row
	Message string // plain words; bounded, without control characters, no values of cells
	Owner   Owner
	// Reading is how a cell was read whose letters are in doubt, in ASCII; "" for all
	// else. It may be somebody's name.
	Reading string `json:",omitempty"`
}

// Result is what became of one row: a line of results.csv.
type Result struct {
	Line      int
	Outcome   Outcome
	Recipient csvmap.Recipient // normalised where valid, else the mapped cells as they stand
	Invite    InviteRef
	Attempts  int // POSTs for this person in all runs
	HTTP      int // status of the last answer; 0 when there was none
	Findings  []Finding
	RunID     string // the run that made the outcome: an earlier one for already_invited
	Raw       string // the record's text, for the rerun files; "" where none needs it
	Malformed bool   // Raw could not be read as cells
	New       bool   // whether the finding was not there in an earlier run
}

// Revoked reports whether the one invite of the person that is known is revoked.
func (r *Result) Revoked() bool { return r.Outcome == OutcomeAlreadyInvited && r.Invite.Revoked() }

// NeedsSomebody reports whether somebody must act on the row: mend it, settle it, or
// decide about the person.
func (r *Result) NeedsSomebody() bool {
	return r.Outcome.Rerun() == FailedFile || r.Outcome == OutcomeUnknown || r.Revoked()
}

// Outside reports whether the row is held back since the account has invited its person
// without this ledger.
func (r *Result) Outside() bool {
	return r.Outcome == OutcomeConflict && len(r.Findings) > 0 && r.Findings[0].Code == CodeInvitedOutside
}
