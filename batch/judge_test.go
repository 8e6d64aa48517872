package batch

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// The table of verdicts: what a Sender's error allows. An error that says
// nothing, and a nothing-said inside another one, is a doubt.
func TestJudge(t *testing.T) {
	for _, test := range []struct {
		err   error
		state State
		next  next
		stop  string
		pause time.Duration
		slow  bool
	}{
		{err: nil, state: Sent},
		{err: &RejectedError{Status: 400, Fields: []FieldError{{"email", "wrong"}}}, state: Rejected},
		{err: &RefusedError{Status: 401, Reason: "wrong key"}, state: Failed, next: nextStop, stop: "wrong key"},
		{err: &ThrottledError{Status: 429, RetryAfter: 7 * time.Second}, state: Failed, next: nextAgain, pause: 7 * time.Second, slow: true},
		{err: &NotSentError{Reason: "nothing listens"}, state: Failed, next: nextAgain},
		{err: &UncertainError{Code: "reset", Reason: "it broke"}, state: Unknown},
		{err: &UncertainError{Code: "undocumented", Reason: "odd", Stop: "wrong URL"}, state: Unknown, next: nextStop, stop: "wrong URL"},
		{err: fmt.Errorf("wrapped: %w", &NotSentError{Reason: "nothing listens"}), state: Failed, next: nextAgain},
		{err: errors.New("whatever"), state: Unknown},
		{err: &ListError{Err: errors.New("whatever")}, state: Unknown},
	} {
		j := judge(test.err)
		if j.state != test.state || j.next != test.next || j.stop != test.stop || j.pause != test.pause || j.slow != test.slow {
			t.Errorf("%v: %+v", test.err, j)
		}
		if (len(j.findings) > 0) != (test.err != nil) {
			t.Errorf("%v: findings %v", test.err, j.findings)
		}
	}
}
