package argylesim

import (
	"cmp"
	"time"
)

// Options say how the simulated API behaves. The zero value is a fast API that
// takes any credentials and never fails.
type Options struct {
	KeyID  string // of Basic auth; "" with Secret "": any that are not empty
	Secret string

	FlowIDs []string // the flow_id values that exist; nil: any

	Latency      time.Duration    // between taking a request and answering it
	SlowFor      time.Duration    // of the faults slow and slownot; 0: 60 s
	VisibleAfter time.Duration    // until a new invite appears in lists
	Order        ListOrder        // of lists; "": Newest
	RateLimit    int              // requests in any second; more get 429; 0: no limit
	RetryAfter   RetryAfter       // of the answers beyond RateLimit; "": RetryNone
	Now          func() time.Time // what dates invites; nil: time.Now
	Times        TimeForm         // of all times in answers; "": TimeZ
	CreatedTimes TimeForm         // of created_at, where it differs; "": as Times
	DateSkew     time.Duration    // of Date headers ahead of Now
	NoDate       bool             // no answer has a Date header
	Resend       Resending        // of a revoked or completed invite; "": Keeps
	RevokeShows  bool             // the answer to a revoke shows it; false: the next reading does
	Seed         uint64           // of the IDs; 0: another one each time

	Script []Fault // for the first POSTs, in their order
	// Choose picks the fault of the n-th POST (from 0) after Script; nil: none.
	// It must not call the server.
	Choose func(n int, email string) Fault

	NoLog bool // keep no list of requests; the counters stay
}

// ListOrder is the order of GET /v2/invites, which the real API does not promise.
type ListOrder string

// The orders of lists.
const (
	Newest   ListOrder = "newest"
	Oldest   ListOrder = "oldest"
	Shuffled ListOrder = "shuffled" // sorts everything for each page: for small tests
)

// RetryAfter is the form of the Retry-After header.
type RetryAfter string

// The forms of Retry-After.
const (
	RetryNone    RetryAfter = "none"
	RetrySeconds RetryAfter = "seconds"
	RetryDate    RetryAfter = "date"
)

func (o Options) withDefaults() Options {
	o.SlowFor = cmp.Or(o.SlowFor, time.Minute)
	o.Order = cmp.Or(o.Order, Newest)
	o.RetryAfter = cmp.Or(o.RetryAfter, RetryNone)
	o.Resend = cmp.Or(o.Resend, Keeps)
	o.Times = cmp.Or(o.Times, TimeZ)
	o.CreatedTimes = cmp.Or(o.CreatedTimes, o.Times)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
