package batch

import (
	"time"

	"bulkinvite/csvmap"
)

// RunInfo identifies a run. It is kept in the ledger and stands in summary.json.
type RunInfo struct {
	ID          string // UUIDv7
	Started     time.Time
	Roster      string // path as given; "-" for standard input
	Campaign    string
	Environment string // production, sandbox, simulated, or host-port
	APIURL      string
	Channel     csvmap.Channel
	Version     string // of bulkinvite
	DryRun      bool
	Rerun       string // the run that a failed.csv or remaining.csv came from; "" else
}

// StopReason says why a run ended before its last row.
type StopReason string

// The reasons to stop.
const (
	NotStopped   StopReason = ""
	StopSignal   StopReason = "signal"      // the operator's SIGINT or SIGTERM
	StopRefused  StopReason = "refused"     // the API refuses us, or what answers is not the API
	StopDefault  StopReason = "bad_default" // the API rejects everybody for the same reason
	StopAPIDown  StopReason = "api_down"
	StopDeadline StopReason = "deadline"
	StopHeld     StopReason = "held"   // a guard wants a person's decision; nothing was sent
	StopLedger   StopReason = "ledger" // the ledger cannot be written any more
)

// Stop is why a run stopped early. It is the cause of the cancelled context
// that stops the run, so it is an error too.
type Stop struct {
	Reason  StopReason
	Message string // one line: what happened and what to do
}

func (s *Stop) Error() string { return s.Message }

// Doubt is a person who may or may not hold an invite, with the evidence.
type Doubt struct {
	Campaign  string
	PersonID  int64
	Key       string           // what an operator names the person by: employee ID, else e-mail, else phone
	Recipient csvmap.Recipient // name and contacts of the attempt
	Attempt   int64
	RunID     string // run of the attempt
	Line      int    // roster line in that run
	Claimed   time.Time
	Offset    Offset     // of the API's clock, as the answers of that run show it
	Last      Settlement // zero when the run died before it could settle
	Open      string     // why the latest reading of the list could not settle it; "" for nothing but time
}

// Account is what a run did, apart from its rows.
type Account struct {
	Run          RunInfo
	Ended        time.Time
	Rows         int      // records read from the roster
	RosterSHA256 string   // of the file's bytes, hex
	ReadAs       string   // what the roster was taken for: form, encoding, delimiter
	Notes        []string // what else was found out about the roster, in plain words
	Stop         Stop
	Posts        int           // POST requests made
	Throttled    int           // of these, answered 429
	Rate         float64       // configured, requests a second
	Checking     time.Duration // the whole ledger, after an unclean end
	Planning     time.Duration // reading, checking, looking up
	Sending      time.Duration
	People       int       // people in the ledger, in this campaign
	Died         []RunInfo // earlier runs that never ended; each is told of once
	Doubts       []Doubt   // everyone in doubt in this campaign, tonight's and earlier ones
	Ledger       string    // path of ledger.db; "" for none
	LedgerMark   LedgerMark
	// Command starts the commands that a summary suggests, such as
	// "bulkinvite run --config config.yaml": with the flags that say where the
	// configuration and the ledger are. A rerun file brings the rest along.
	Command string
	Place   string // the flags that lead other commands to this ledger, each behind a space
}
