package batch

// Outcome is what became of a row in this run: the bucket it is counted in.
type Outcome string

// The outcomes, in the order in which summaries show them.
const (
	OutcomeSent           Outcome = "sent"
	OutcomeAlreadyInvited Outcome = "already_invited"
	OutcomeDuplicate      Outcome = "duplicate"
	OutcomeSkipped        Outcome = "skipped"
	OutcomeInvalid        Outcome = "invalid"
	OutcomeConflict       Outcome = "conflict"
	OutcomeRejected       Outcome = "rejected"
	OutcomeFailed         Outcome = "failed"
	OutcomeUnknown        Outcome = "unknown"
	OutcomeNotAttempted   Outcome = "not_attempted"
)

// Outcomes lists every outcome once.
var Outcomes = []Outcome{
	OutcomeSent, OutcomeAlreadyInvited, OutcomeDuplicate, OutcomeSkipped,
	OutcomeInvalid, OutcomeConflict, OutcomeRejected, OutcomeFailed,
	OutcomeUnknown, OutcomeNotAttempted,
}

// Rerun names the file that a row with this outcome goes to, to be run again.
func (o Outcome) Rerun() RerunFile {
	switch o {
	case OutcomeInvalid, OutcomeConflict, OutcomeRejected, OutcomeFailed:
		return FailedFile
	case OutcomeNotAttempted:
		return RemainingFile
	default:
		return NoFile
	}
}

// RerunFile is a file of rows that can be run again as it is.
type RerunFile string

// The rerun files.
const (
	NoFile        RerunFile = ""
	FailedFile    RerunFile = "failed.csv"
	RemainingFile RerunFile = "remaining.csv"
)

// Owner is who must act on a row.
type Owner string

// The owners.
const (
	Nobody Owner = "nobody"
	HR     Owner = "hr"  // the roster's data
	IT     Owner = "it"  // credentials, network, configuration
	API    Owner = "api" // Argyle's side
)
