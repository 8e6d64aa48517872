package reports

import (
	"fmt"

	"bulkinvite/batch"
)

// UnbalancedError means: the buckets do not add up to the rows that were read, so a
// row was lost or counted twice. It is an internal error; the files are written.
type UnbalancedError struct {
	Rows    int // read from the roster
	Buckets int // sum of all buckets
}

func (e *UnbalancedError) Error() string {
	return fmt.Sprintf("%d rows were read from the roster, but the results account for %d; please report this as a bug and check results.csv before the next run",
		e.Rows, e.Buckets)
}

// counted is the sum of all buckets.
func (s Summary) counted() int {
	sum := 0
	for _, n := range s.Buckets {
		sum += n
	}
	return sum
}

func (s Summary) balanced() bool { return s.counted() == s.Rows }

// toMend is the rows whose data must be changed before they can be sent.
func (s Summary) toMend() int {
	return s.Buckets[batch.OutcomeInvalid] + s.Buckets[batch.OutcomeConflict] - s.Outside + s.Buckets[batch.OutcomeRejected]
}

// problems is the rows that need somebody to act.
func (s Summary) problems() int {
	return s.toMend() + s.Outside + s.Buckets[batch.OutcomeFailed] + s.Buckets[batch.OutcomeUnknown] + s.Revoked
}

// notAttempted is the rows that the run did not come to, without those that a
// dry run leaves out on purpose.
func (s Summary) notAttempted() int {
	return s.Buckets[batch.OutcomeNotAttempted] - s.WouldSend
}
