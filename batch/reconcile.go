package batch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Reconciler settles people in doubt by reading the account's list of invites.
//
// Found: the one invite that nobody in the ledger holds, with the contact that
// was sent, not older than the attempt. Absence is proved only by a complete
// list whose reading began more than AbsentAfter after the attempt was over, and
// which shows its witnesses: invites that the ledger knows to exist. An invite that
// the answer named, or that is under the person's name, stands in the way of it.
// Everything else stays in doubt.
type Reconciler struct {
	List
	Archive Archive

	RunID       string
	AbsentAfter time.Duration
}

// Scan is what one reading of the list showed.
type Scan struct {
	Listed int // invites read
	Found  int // people in doubt who hold one
	Absent int // people in doubt who provably hold none
	Left   int // people still in doubt
	// Provable is when the absence of all who are left could be proved by
	// another scan; zero when a later scan cannot help.
	Provable time.Time
	// Obstacle says why nobody's absence can be proved; "" when nothing stands
	// in the way but time.
	Obstacle string
}

// witnessCount is how many invites that the ledger knows a list must show.
const witnessCount = 20

// ListError says that the list could not be read to its end: it proves nothing.
type ListError struct{ Err error }

func (e *ListError) Error() string {
	return "the list of invites could not be read to its end: " + e.Err.Error()
}

func (e *ListError) Unwrap() error { return e.Err }

// Scan reads the whole list once and settles whom it can. Without anybody in
// doubt it asks nothing. The error is a *[ListError], the ledger's, or ctx's.
func (r Reconciler) Scan(ctx context.Context) (Scan, error) {
	doubts, err := r.Archive.Doubts(ctx, "")
	if err != nil || len(doubts) == 0 {
		return Scan{}, err
	}
	list := &reading{Reconciler: r, began: time.Now(), doubts: doubts}
	err = list.strangers(ctx, func(v Listing) error { list.lineup.offer(v); return nil })
	if err != nil {
		return Scan{Listed: list.listed, Left: len(doubts)}, err
	}
	return list.settle(ctx)
}

// reading is one pass over the list.
type reading struct {
	Reconciler
	began   time.Time // by our clock
	doubts  []Doubt
	skew    time.Duration   // the server's clock minus ours
	lineup  *lineup         // nil before the first page
	missing map[string]bool // witnesses not seen yet
	asked   int             // witnesses there were
	seen    bool            // an invite that the ledger knows was seen
	listed  int
}

// strangers reads the list to its end and shows every invite that nobody in the
// ledger holds.
func (l *reading) strangers(ctx context.Context, show func(Listing) error) error {
	return l.Each(ctx, func(page Page) error {
		if l.lineup == nil {
			if err := l.begin(ctx, page); err != nil {
				return err
			}
		}
		return l.take(ctx, page.Invites, show)
	})
}

// begin sets the server's clock and calls the witnesses, where they could prove
// anything.
func (l *reading) begin(ctx context.Context, first Page) error {
	if !first.Now.IsZero() {
		l.skew = time.Until(first.Now).Round(time.Second)
	}
	l.lineup, l.missing = newLineup(l.doubts, l.skew), map[string]bool{}
	if !slices.ContainsFunc(l.lineup.all, l.due) {
		return nil
	}
	witnesses, err := l.Archive.Witnesses(ctx, l.serverBegan().Add(-l.AbsentAfter), witnessCount)
	if err != nil {
		return err
	}
	l.asked = len(witnesses)
	for _, id := range witnesses {
		l.missing[id] = true
	}
	return nil
}

func (l *reading) serverBegan() time.Time { return l.began.Add(l.skew) }

func (l *reading) take(ctx context.Context, invites []Listing, show func(Listing) error) error {
	ids := make([]string, len(invites))
	for i, v := range invites {
		ids[i] = v.Invite.ID
	}
	held, err := l.Archive.Held(ctx, ids)
	if err != nil {
		return err
	}
	l.listed += len(invites)
	for _, v := range invites {
		if held[v.Invite.ID] {
			l.seen = true
			delete(l.missing, v.Invite.ID)
			continue
		}
		if err := show(v); err != nil {
			return err
		}
	}
	return nil
}

// settle writes down what the list showed.
func (l *reading) settle(ctx context.Context) (Scan, error) {
	scan := Scan{Listed: l.listed, Obstacle: l.obstacle()}
	claimed := l.lineup.claimed()
	for _, s := range l.lineup.all {
		settlement, ok := l.judge(s, claimed)
		if !ok {
			scan.Left++
			scan.wait(l.provable(s, claimed))
			continue
		}
		switch err := l.Archive.Resolve(ctx, settlement); {
		case errors.Is(err, ErrInviteKnown): // two people, one invite: for a person to see
			scan.Left++
			scan.wait(time.Time{})
		case err != nil:
			return scan, err
		case settlement.State == Sent:
			scan.Found++
		default:
			scan.Absent++
		}
	}
	return scan, nil
}

// wait notes when another scan could settle somebody who is left; zero: never.
func (s *Scan) wait(until time.Time) {
	if until.After(s.Provable) {
		s.Provable = until
	}
}

// obstacle says why this list cannot prove anybody's absence.
func (l *reading) obstacle() string {
	switch {
	case !l.seen:
		return "the list shows no invite that the ledger knows, so it cannot be trusted to show everything"
	case len(l.missing) > 0:
		return fmt.Sprintf("the list lacks %d of %d invites that the ledger knows to exist, so it is not complete", len(l.missing), l.asked)
	default:
		return ""
	}
}

// judge settles one suspect, if it can.
func (l *reading) judge(s *suspect, claimed claims) (Settlement, bool) {
	settlement := Settlement{AttemptID: s.Attempt, RunID: l.RunID, By: ByReconcile, Started: l.began, Ended: time.Now()}
	switch {
	case len(s.found) == 1 && !s.mixed && claimed[s.found[0].Invite.ID] == 1:
		settlement.State, settlement.Invite = Sent, s.found[0].Invite
		return settlement, true
	case l.lineup.unclear(s, claimed), l.obstacle() != "", !l.due(s):
		return settlement, false
	default:
		settlement.State = Failed
		settlement.Findings = finding(CodeAbsent, "the list of invites shows that none was created", IT)
		return settlement, true
	}
}

// due reports whether the reading began late enough to prove that s holds no invite.
func (l *reading) due(s *suspect) bool { return l.serverBegan().After(s.ended.Add(l.AbsentAfter)) }

// provable is when a scan could prove that s holds no invite, by our clock; zero
// when invites that may be theirs were found.
func (l *reading) provable(s *suspect, claimed claims) time.Time {
	if l.lineup.unclear(s, claimed) {
		return time.Time{}
	}
	return s.ended.Add(l.AbsentAfter - l.skew + time.Second)
}
