package batch

import (
	"errors"
	"fmt"
	"time"
)

// snapshot is what one reading of the account's list has shown: which invites there
// are, and whether the list stood still while it was read. The list is read a page at a
// time, so that an invite which moves meanwhile can be missed. It holds at most 12
// bytes an invite.
//
// Two snapshots in a row agree when the second has everything of the first, and all
// else in it is newer. Whatever is missing from both of them was not there: an invite
// that moves to the front while it is missed stands there in the next reading, and one
// that vanishes and lets others slip by is missing then.
type snapshot struct {
	ids      *idSet
	pages    int
	capacity int       // of the fullest page
	newest   time.Time // the latest created_at
	order    listOrder
	sequence uint64 // of the IDs in their order
	doubled  bool   // an invite stood in two places
	partial  bool   // only the first page was read

	before *snapshot // the reading before; nil: none
	common int       // invites that before has as well
	late   int       // older than the newest that before has, and not in before
}

func newSnapshot(before *snapshot) *snapshot {
	if before == nil {
		return &snapshot{ids: newIDSet()}
	}
	before.before = nil // two in a row are enough
	return &snapshot{ids: before.ids.like(), before: before}
}

// take looks at a page. The error is a *[ListError]: a list that cannot end.
func (s *snapshot) take(page Page) error {
	known := s.ids.size
	for _, v := range page.Invites {
		s.note(v)
	}
	s.pages++
	s.capacity = max(s.capacity, len(page.Invites))
	switch {
	case page.Next == "":
		return nil
	case len(page.Invites) == 0:
		return &ListError{Err: &movedError{"it has an empty page in the middle"}}
	case s.ids.size == known:
		return &ListError{Err: &movedError{"a page of it shows nothing new"}}
	case s.pages > slackPages+2*s.ids.size/s.capacity:
		return &ListError{Err: fmt.Errorf("it has more pages than %d invites can fill", s.ids.size)}
	default:
		return nil
	}
}

// slackPages is how many pages a list may have beyond those that its invites fill by
// half.
const slackPages = 1000

func (s *snapshot) note(v Listing) {
	hash := s.ids.hash(v.Invite.ID)
	if !s.ids.add(hash) {
		s.doubled = true
		return
	}
	s.sequence = s.sequence*1099511628211 ^ hash
	s.order.note(v.Invite.CreatedAt)
	if v.Invite.CreatedAt.After(s.newest) {
		s.newest = v.Invite.CreatedAt
	}
	switch {
	case s.before == nil:
	case s.before.ids.has(hash):
		s.common++
	case v.Invite.CreatedAt.Before(s.before.newest.Add(-clockSlack)): // unreadable, too
		s.late++
	}
}

// moved says what shows that the list moved while it was read; "" for nothing. An
// order that breaks at the same places in the reading before is the list's own.
func (s *snapshot) moved() string {
	switch {
	case s.doubled:
		return "an invite stood on two pages"
	case s.order.broken && (s.before == nil || s.before.sequence != s.sequence):
		return "its order broke"
	default:
		return ""
	}
}

// agrees reports whether s and the reading before show one list.
func (s *snapshot) agrees() bool {
	b := s.before
	switch {
	case b == nil, s.partial, b.partial, s.moved() != "", b.doubled:
		return false
	case b.order.broken && b.sequence != s.sequence:
		return false
	default:
		return s.common == b.ids.size && s.late == 0
	}
}

// listOrder is the order of a list by created_at, as far as it has been seen.
type listOrder struct {
	last         time.Time
	seen         int
	rose, fell   bool
	rises, falls bool // the list was in that order from its beginning
	broken       bool
}

// orderShown is how many invites show what a list's order is.
const orderShown = 20

func (o *listOrder) note(created time.Time) {
	if created.IsZero() {
		return
	}
	if o.seen > 0 {
		o.rose = o.rose || created.After(o.last)
		o.fell = o.fell || created.Before(o.last)
	}
	o.last = created
	if o.seen++; o.seen == orderShown {
		o.rises, o.falls = o.rose && !o.fell, o.fell && !o.rose
	}
	o.broken = o.broken || o.rises && o.fell || o.falls && o.rose
}

// movedError is a list that changed while it was read: read once more, it may be whole.
type movedError struct{ how string }

func (e *movedError) Error() string { return e.how }

// hasMoved reports whether err is a list that may be whole when it is read again.
func hasMoved(err error) bool {
	_, ok := errors.AsType[*movedError](err)
	return ok
}
