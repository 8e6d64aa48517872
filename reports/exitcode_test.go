package reports

import (
	"testing"

	"bulkinvite/batch"
)

// Every combination of what can happen to a run, against the rules of the
// design written down a second time, as a list of causes and codes.
func TestExitCode(t *testing.T) {
	reasons := []batch.StopReason{
		batch.NotStopped, batch.StopSignal, batch.StopRefused, batch.StopDefault, batch.StopAPIDown,
		batch.StopDeadline, batch.StopHeld, batch.StopLedger,
	}
	for _, reason := range reasons {
		for _, signal := range []int{0, 2, 15} {
			for _, outcome := range append(batch.Outcomes, "", "would_send", "revoked") {
				for _, doubts := range []int{0, 1} {
					for _, lost := range []int{0, 1} {
						s := combination(reason, outcome, doubts, lost)
						if got, want := ExitCode(s, signal), wanted(s, signal, lost); got != want {
							t.Errorf("reason %q, signal %d, a row %q, %d in doubt, %d rows lost: exit %d, want %d",
								reason, signal, outcome, doubts, lost, got, want)
						}
					}
				}
			}
		}
	}
}

// combination is a run whose last row has the outcome; "" is a run without one.
func combination(reason batch.StopReason, outcome batch.Outcome, doubts, lost int) Summary {
	s := Summary{
		Stop: StopPart{Reason: reason}, InDoubt: doubts, Rows: 4 + lost,
		Buckets: map[batch.Outcome]int{
			batch.OutcomeSent: 1, batch.OutcomeAlreadyInvited: 1, batch.OutcomeDuplicate: 1, batch.OutcomeSkipped: 1,
		},
	}
	switch outcome {
	case "":
		return s
	case "would_send":
		outcome, s.WouldSend = batch.OutcomeNotAttempted, 1
	case "revoked":
		outcome, s.Revoked = batch.OutcomeAlreadyInvited, 1
	}
	s.Buckets[outcome]++
	s.Rows++
	return s
}

func wanted(s Summary, signal, lost int) int {
	is := func(reasons ...batch.StopReason) bool {
		for _, r := range reasons {
			if s.Stop.Reason == r {
				return true
			}
		}
		return false
	}
	attention := s.InDoubt + s.Revoked
	for _, o := range []batch.Outcome{"invalid", "conflict", "rejected", "failed", "unknown", "not_attempted"} {
		attention += s.Buckets[o]
	}
	for _, rule := range []struct {
		applies bool
		code    int
	}{
		{lost > 0 || is(batch.StopLedger), 1},
		{signal == 15, 143},
		{signal == 2 || is(batch.StopSignal), 130},
		{is(batch.StopRefused, batch.StopDefault, batch.StopAPIDown, batch.StopDeadline), 4},
		{is(batch.StopHeld), 5},
		{attention > s.WouldSend, 3},
	} {
		if rule.applies {
			return rule.code
		}
	}
	return 0
}
