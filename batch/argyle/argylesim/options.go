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

	Now  func() time.Time // what dates invites; nil: time.Now
	Seed uint64           // of the IDs; 0: another one each time

	// How long things take.
	Latency      time.Duration // between taking a request and answering it
	SlowFor      time.Duration // of the faults slow and slownot; 0: 60 s
	VisibleAfter time.Duration // from created_at until an invite appears in lists
	CreatedLater time.Duration // from a POST to its invite's created_at
	LostLater    time.Duration // the same, on top, for POSTs that a fault befalls

	RateLimit  int        // requests in any second; more get 429; 0: no limit
	RetryAfter RetryAfter // of the answers beyond RateLimit; "": RetryNone

	// What is not established about lists.
	Order     ListOrder // "": Newest
	LooseTies bool      // invites of the same second stand in another order on each page
	Cursors   Cursors   // "": Frozen
	PageCap   int       // most invites on a page, whatever limit says; 0: no more than limit
	BareNext  bool      // next has a cursor only: limit and filters are lost
	Next      NextFault // how next leads astray; "": it does not

	// What is not established about invites.
	Emails       Spelling  // of EmailSpellings; "": as sent
	Phones       Spelling  // of PhoneSpellings; "": as sent
	Names        Spelling  // of NameSpellings; "": as sent
	Times        TimeForm  // of all times; "": TimeZ
	CreatedTimes TimeForm  // of created_at, where it differs; "": as Times
	Resend       Resending // of a revoked or completed invite; "": Keeps
	RevokeShows  bool      // the answer to a revoke shows it; false: the next reading does

	DateSkew time.Duration // of Date headers ahead of Now
	NoDate   bool          // no answer has a Date header

	Script []Fault // for the first POSTs, in their order
	// Choose picks the fault of the n-th POST (from 0) after Script; nil: none.
	// It must not call the server.
	Choose func(n int, email string) Fault

	// BeforePage runs before a page of invites is read, and before Server's lock:
	// it may change the account. The first page of a list is 1; nil: nothing runs.
	BeforePage func(page int)

	NoLog bool // keep no list of requests; the counters stay
}

// RetryAfter is the form of the Retry-After header.
type RetryAfter string

// The forms of Retry-After.
const (
	RetryNone    RetryAfter = "none"
	RetrySeconds RetryAfter = "seconds"
	RetryDate    RetryAfter = "date"
)

// queue is how long a POST waits before its invite is made.
func (o *Options) queue(f Fault) time.Duration {
	if f == None {
		return o.CreatedLater
	}
	return o.CreatedLater + o.LostLater
}

func (o Options) withDefaults() Options {
	o.SlowFor = cmp.Or(o.SlowFor, time.Minute)
	o.Order = cmp.Or(o.Order, Newest)
	o.RetryAfter = cmp.Or(o.RetryAfter, RetryNone)
	o.Cursors = cmp.Or(o.Cursors, Frozen)
	o.Resend = cmp.Or(o.Resend, Keeps)
	o.Times = cmp.Or(o.Times, TimeZ)
	o.CreatedTimes = cmp.Or(o.CreatedTimes, o.Times)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
