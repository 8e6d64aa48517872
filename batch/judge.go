package batch

import (
	"errors"
	"time"
)

// next is what the engine does after an attempt.
type next int

const (
	nextDone  next = iota // the person is settled
	nextAgain             // provably nothing was created: the person is tried again
	nextStop              // something is wrong with all of them: nobody else is tried
)

// judgement is what one answer means for the person and for the run.
type judgement struct {
	state    State
	next     next
	findings []Finding
	stop     string // of nextStop: what is wrong and what to do
	written  bool
	pause    time.Duration // asked for by the API; 0 when it did not say
	slow     bool          // the API says that we are over its limit
	began    time.Time     // of the POST
}

// judge turns a Sender's error into a judgement: the one place where the type
// of an error decides what may be done. What it does not know is in doubt.
func judge(err error) judgement {
	if err == nil {
		return judgement{state: Sent, written: true}
	}
	if e, ok := errors.AsType[*RejectedError](err); ok {
		return judgement{state: Rejected, written: true, findings: fieldFindings(e.Fields)}
	}
	if e, ok := errors.AsType[*RefusedError](err); ok {
		return judgement{
			state: Failed, next: nextStop, stop: e.Reason, written: true,
			findings: finding(CodeRefused, e.Reason, IT),
		}
	}
	if e, ok := errors.AsType[*ThrottledError](err); ok {
		return judgement{
			state: Failed, next: nextAgain, written: true, slow: true, pause: e.RetryAfter,
			findings: finding(CodeThrottled, e.Error(), IT),
		}
	}
	if e, ok := errors.AsType[*NotSentError](err); ok {
		return judgement{state: Failed, next: nextAgain, findings: finding(CodeNotSent, e.Reason, IT)}
	}
	if e, ok := errors.AsType[*UncertainError](err); ok {
		j := judgement{state: Unknown, stop: e.Stop, written: e.Written, findings: finding(e.Code, e.Reason, e.owner())}
		if j.stop != "" {
			j.next = nextStop
		}
		return j
	}
	return judgement{state: Unknown, findings: finding(CodeUncertain, "the answer could not be understood", API)}
}

func finding(code, message string, owner Owner) []Finding {
	return []Finding{{Code: code, Message: message, Owner: owner}}
}

func fieldFindings(fields []FieldError) []Finding {
	findings := make([]Finding, len(fields))
	for i, f := range fields {
		findings[i] = Finding{Code: CodeRejected, Field: f.Field, Message: f.Message, Owner: HR}
	}
	return findings
}
