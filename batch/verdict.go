package batch

import (
	"fmt"
	"time"
)

// The error of a [Sender] is its verdict: its type says what the engine may do
// next. A nil error means sent. An error of any other type counts as Uncertain:
// nothing is sent again unless it was marked safe.

// RejectedError means: the API refused this row's data and created nothing.
type RejectedError struct {
	Status int
	Fields []FieldError // at least one
}

// FieldError is what the API says of one field. Message is the API's text,
// bounded and without control characters.
type FieldError struct {
	Field   string // dotted path in the request body; "" for the whole body
	Message string
}

func (e *RejectedError) Error() string {
	return fmt.Sprintf("the API refused the row's data (HTTP %d, %d field errors)", e.Status, len(e.Fields))
}

// RefusedError means: the API refuses us, not the row, in words that it documents.
// Nothing was created; the run stops.
type RefusedError struct {
	Status int
	Reason string // plain words: what is wrong and what to do
}

func (e *RefusedError) Error() string { return e.Reason }

// ThrottledError means: over the limit, not processed. Everybody pauses.
type ThrottledError struct {
	Status     int
	RetryAfter time.Duration // 0 when the API did not say
}

func (e *ThrottledError) Error() string {
	return fmt.Sprintf("the API asked us to slow down (HTTP %d)", e.Status)
}

// NotSentError means: not a byte of the request was written, so nothing was created.
type NotSentError struct {
	Reason string // plain words without addresses
	Err    error
}

func (e *NotSentError) Error() string { return e.Reason }
func (e *NotSentError) Unwrap() error { return e.Err }

// UncertainError means: the request may have created an invite.
type UncertainError struct {
	Status  int    // 0 when no answer came
	Code    string // timeout, reset, cut_body, unreadable, no_id, revoked_answer, server_error, wrong_echo, cancelled, stale_answer, undocumented, unclassified
	Reason  string // plain words
	Written bool   // the whole request is known to have been written
	// Stop is why nobody else should be sent to, in plain words: what is wrong and what
	// to do. "" when it may be this person's trouble alone.
	Stop string
	Err  error
}

func (e *UncertainError) Error() string { return e.Reason }
func (e *UncertainError) Unwrap() error { return e.Err }

// owner is who can do something about it: an answer that came is the API's, one
// that did not come whole is the network's, and so is one after which the run stops:
// a setting or a proxy is to blame then.
func (e *UncertainError) owner() Owner {
	switch e.Code {
	case "timeout", "cancelled", "reset", "cut_body", "stale_answer":
		return IT
	}
	if e.Stop != "" {
		return IT
	}
	return API
}
