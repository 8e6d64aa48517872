package reports

import "bulkinvite/batch"

// The exit codes that a finished run can end with.
const (
	exitDone      = 0
	exitInternal  = 1
	exitAttention = 3
	exitStopped   = 4
	exitHeld      = 5
	exitSignal    = 128 // plus the signal's number
	sigint        = 2
)

// ExitCode is what the program exits with after a run that has a summary. signal
// is the number of the signal that stopped the run (2 or 15), 0 for none. Where
// several codes apply, the order is 1, then 130 or 143, 4, 5, 3.
func ExitCode(s Summary, signal int) int {
	reason := s.Stop.Reason
	if reason == batch.StopSignal && signal == 0 {
		signal = sigint
	}
	switch {
	case !s.balanced() || reason == batch.StopLedger:
		return exitInternal
	case signal != 0:
		return exitSignal + signal
	case reason == batch.StopHeld:
		return exitHeld
	case reason != batch.NotStopped:
		return exitStopped
	case s.needsAttention():
		return exitAttention
	}
	return exitDone
}

// needsAttention reports whether a row is left to mend, to send or to decide about, or
// somebody is in doubt. Rows that a dry run would send are as they should be.
func (s Summary) needsAttention() bool {
	return s.problems() > 0 || s.InDoubt > 0 || s.notAttempted() > 0
}
