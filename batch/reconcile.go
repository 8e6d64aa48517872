package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"
)

// Reconciler settles people in doubt by reading the account's list of invites.
//
// Found: the one invite that nobody in the ledger holds, with the contact that was
// sent, made after the claim and not revoked.
//
// Absence is proved only by two complete readings in a row that agree, of which the
// second certainly began more than AbsentAfter after the attempt was over, and only
// where the positive control holds (control.go). An invite of the contact that may be
// the attempt's, one that the answer named, or one under the person's name, stands in
// the way of it, and so does a time that cannot be read and a clock that was set.
// Everything else stays in doubt.
type Reconciler struct {
	List
	Archive Archive
	Clock   *Clock

	RunID       string
	AbsentAfter time.Duration
}

// Scan is what the list showed.
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
	// Reasons say of how many people who are left what stands in the way of settling
	// them, besides time and the obstacle.
	Reasons map[string]int
}

// Snapshot is what a Reconciler has seen of the list: the next reading has to agree
// with it. The zero value has seen nothing.
type Snapshot struct{ seen *snapshot }

// ListError says that the list could not be read to its end: it proves nothing.
type ListError struct {
	Err  error
	Down bool // the API did not answer as it should, though it was asked again and again
}

func (e *ListError) Error() string {
	return "the list of invites could not be read to its end: " + e.Err.Error()
}

func (e *ListError) Unwrap() error { return e.Err }

// Scan reads the list and settles whom it can: once, and again right away while
// another reading can prove something. Without anybody in doubt it asks nothing. The
// error is a *[ListError], the ledger's, or ctx's.
func (r Reconciler) Scan(ctx context.Context, last *Snapshot) (Scan, error) {
	var all Scan
	for readings := 1; ; readings++ {
		doubts, err := r.Archive.Doubts(ctx, "")
		if err != nil || len(doubts) == 0 {
			return all, err
		}
		scan, again, err := r.scanOnce(ctx, doubts, last)
		scan.Found, scan.Absent = scan.Found+all.Found, scan.Absent+all.Absent
		if all = scan; err != nil || !again {
			return all, err
		}
		if readings == mostReadings {
			all.Obstacle = fmt.Sprintf("no two readings of the list in a row agreed, of %d, so that an invite may have been missed", readings)
			return all, nil
		}
	}
}

// scanOnce reads the list once. again says that another reading right away, which
// agrees with this one, would prove that somebody is absent.
func (r Reconciler) scanOnce(ctx context.Context, doubts []Doubt, last *Snapshot) (scan Scan, again bool, err error) {
	list := &reading{Reconciler: r, doubts: doubts, lineup: newLineup(doubts, r.Clock.Now())}
	list.survey = &survey{
		List: r.List, Archive: r.Archive, Clock: r.Clock, RunID: r.RunID, Witnesses: r.AbsentAfter, before: last.seen,
		Show: func(v Listing) error { list.lineup.offer(v); return nil },
	}
	if err := list.survey.read(ctx); err != nil {
		return Scan{Listed: list.survey.listed(), Left: len(doubts)}, false, err
	}
	last.seen = list.survey.seen
	if err := list.look(ctx); err != nil {
		return Scan{Listed: list.survey.listed(), Left: len(doubts)}, false, err
	}
	return list.settle(ctx)
}

// reading is one pass over the list, for people in doubt.
type reading struct {
	Reconciler
	doubts  []Doubt
	lineup  *lineup
	survey  *survey
	lag     time.Duration
	blocked string // why nobody's absence can be proved; ""
}

// look finds out what the ledger knows of what was seen.
func (l *reading) look(ctx context.Context) (err error) {
	h := history{wholeAt: map[int64]time.Time{}}
	if h.firstSeen, err = l.Archive.FirstSeen(ctx, l.lineup.offered()); err != nil {
		return err
	}
	for _, s := range l.lineup.all {
		if len(s.seen) == 0 {
			continue
		}
		newest, whole, err := l.Archive.WholeBefore(ctx, s.Attempt)
		if err != nil {
			return err
		}
		if whole {
			h.wholeAt[s.Attempt] = newest
		}
	}
	l.lineup.history = h
	if !l.survey.control.date.works() { // the list dates invites otherwise than the answers did
		l.lineup.undate()
	}
	l.lineup.consider()
	if l.lag, err = l.lagOf(ctx); err != nil {
		return err
	}
	l.blocked = l.obstacle()
	return nil
}

// settle writes down what the list showed.
func (l *reading) settle(ctx context.Context) (scan Scan, again bool, err error) {
	scan = Scan{Listed: l.survey.listed()}
	claimed := l.lineup.claimed()
	open := map[int64]string{}
	for _, s := range l.lineup.all {
		settlement, ok := l.judge(s, claimed)
		if !ok {
			scan.Left++
			obstacle, why := l.obstacleTo(s), l.lineup.why(s, claimed)
			scan.Obstacle = cmp.Or(scan.Obstacle, obstacle)
			scan.explain(why)
			open[s.Attempt] = cmp.Or(why, obstacle)
			again = again || l.wantsAnother(s, claimed)
			scan.wait(l.provable(s, claimed))
			continue
		}
		switch err := l.Archive.Resolve(ctx, settlement); {
		case errors.Is(err, ErrInviteKnown): // two people, one invite: for a person to see
			scan.Left++
			scan.wait(time.Time{})
			open[s.Attempt] = "the ledger knows their invite as another person's"
		case err != nil:
			return scan, false, err
		case settlement.State == Sent:
			scan.Found++
		default:
			scan.Absent++
		}
	}
	return scan, again, l.Archive.KeepOpen(ctx, open)
}

// obstacleTo says why the list cannot prove that s is absent; "" while it is too early
// to tell, too.
func (l *reading) obstacleTo(s *suspect) string {
	if !l.due(s) && !l.Clock.Parted() {
		return ""
	}
	return cmp.Or(l.blocked, l.survey.control.recognises(s.Recipient))
}

// wait notes when another scan could settle somebody who is left; zero: never.
func (s *Scan) wait(until time.Time) {
	if until.After(s.Provable) {
		s.Provable = until
	}
}

// explain notes what keeps somebody in doubt; "" for nothing.
func (s *Scan) explain(why string) {
	if why == "" {
		return
	}
	if s.Reasons == nil {
		s.Reasons = map[string]int{}
	}
	s.Reasons[why]++
}

// judge settles one suspect, if it can.
func (l *reading) judge(s *suspect, claimed claims) (Settlement, bool) {
	settlement := Settlement{AttemptID: s.Attempt, RunID: l.RunID, By: ByReconcile, Started: l.survey.began, Ended: l.Clock.Now()}
	switch {
	case len(s.found) == 1 && !s.mixed && claimed[s.found[0].Invite.ID] == 1:
		settlement.State, settlement.Invite = Sent, s.found[0].Invite
		return settlement, true
	case !l.absent(s, claimed) || !l.survey.seen.agrees():
		return settlement, false
	default:
		settlement.State = Failed
		settlement.Findings = finding(CodeAbsent, "the list of invites shows that none was created", IT)
		return settlement, true
	}
}

// absent reports whether this reading shows that s holds no invite; another one must
// have agreed with it.
func (l *reading) absent(s *suspect, claimed claims) bool {
	return l.blocked == "" && l.survey.control.recognises(s.Recipient) == "" && l.due(s) && !l.lineup.unclear(s, claimed)
}

// wantsAnother reports whether a second reading is all that is missing.
func (l *reading) wantsAnother(s *suspect, claimed claims) bool {
	return l.absent(s, claimed) && !l.survey.seen.agrees()
}
