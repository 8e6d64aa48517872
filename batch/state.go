package batch

// State is what the ledger knows of a person. Every change is a guarded
// transition; see the table in doc.go for who moves it and what a crash leaves.
type State string

// The states of a person.
const (
	// Sending: claimed, the POST may be on its way. Moved by settle or release;
	// what a crash leaves here counts as unknown.
	Sending State = "sending"
	// Sent: the API answered with an invite ID, reconciliation found it, or it was
	// adopted. Stays, unless the invite is revoked.
	Sent State = "sent"
	// Rejected: the API refused this data. Leaves by a claim with another body.
	Rejected State = "rejected"
	// Failed: provably not created. Leaves by a later claim.
	Failed State = "failed"
	// Unknown: the request may have created an invite. Leaves by reconciliation
	// or an operator's decision, never by a claim.
	Unknown State = "unknown"
	// Skipped: an operator said: do not invite.
	Skipped State = "skipped"
)

// InDoubt reports whether a person in this state may or may not hold an invite.
func (s State) InDoubt() bool { return s == Sending || s == Unknown }
