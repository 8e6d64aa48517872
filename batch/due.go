package batch

import (
	"context"
	"fmt"
	"time"
)

// When a reading began late enough to prove that somebody holds no invite: AbsentAfter
// after the attempt was over, by clocks that are known to agree. Nothing is taken from
// the Date header alone.

// due reports whether the reading certainly began more than AbsentAfter after s was over.
func (l *reading) due(s *suspect) bool { return l.remaining(s) <= 0 }

// remaining is how long s's proof has to wait, as seen when the reading began.
func (l *reading) remaining(s *suspect) time.Duration {
	if s.RunID == l.RunID { // one process, whose clock was not set: see obstacle
		return l.AbsentAfter - l.survey.began.Sub(s.over())
	}
	left := l.AbsentAfter - l.survey.up // the attempt was over before this process began
	if now := l.now(s); s.Offset.usable() && now.usable() && !s.Claimed.After(l.survey.began) {
		past := l.survey.began.Add(now.Lo).Sub(s.over().Add(s.Offset.Hi))
		left = min(left, l.AbsentAfter-past)
	}
	return left
}

// now is the offset of the API's clock at this reading: what the answers of this run
// show, and before the first of them what the Date header says, where that agrees with
// what the answers of the run of s showed.
func (l *reading) now(s *suspect) Offset {
	if l.survey.offset.Known || l.survey.offset.Torn {
		return l.survey.offset
	}
	if hint := l.survey.hint; hint.Known && hint.agrees(s.Offset) {
		return hint
	}
	return Offset{}
}

// provable is when a scan could prove that s holds no invite; zero when invites that
// may be theirs were seen, or when no time helps.
func (l *reading) provable(s *suspect, claimed claims) time.Time {
	if l.lineup.unclear(s, claimed) || l.Clock.Parted() {
		return time.Time{}
	}
	passed := l.Clock.Up() - l.survey.up // since the reading began
	return time.Now().Add(l.remaining(s) - passed + time.Second)
}

// obstacle says why this list cannot prove anybody's absence.
func (l *reading) obstacle() string {
	if l.Clock.Parted() {
		return "this machine's clock was set while the program ran, so that times cannot be compared: a later run settles it"
	}
	if why := l.survey.stillness(); why != "" {
		return why
	}
	if why := l.survey.control.obstacle(); why != "" {
		return why
	}
	if l.lag > l.AbsentAfter/2 {
		return fmt.Sprintf("an invite can be up to %s late in the list, and --absent-after is too short for that (%s): give it more than twice as much",
			wholeSeconds(l.lag), l.AbsentAfter)
	}
	return ""
}

// lateSince is how far back invites are looked at that were made long after their claim.
const lateSince = 7 * 24 * time.Hour

// lagOf is how late invites show in the list: the age of the oldest one that was answered
// to us and is missing, or how long after its attempt was over one was made.
func (l *reading) lagOf(ctx context.Context) (time.Duration, error) {
	lag, err := l.lateness(ctx)
	if err != nil {
		return 0, err
	}
	began := l.survey.serverBegan()
	young, err := l.Archive.Young(ctx, began.Add(-l.AbsentAfter))
	if err != nil {
		return 0, err
	}
	for _, v := range young {
		if !l.survey.seen.ids.has(l.survey.seen.ids.hash(v.ID)) {
			lag = max(lag, began.Sub(v.CreatedAt))
		}
	}
	return lag, nil
}

// lateness is how long after its attempt was over an invite was made, of those that were
// found now or by the readings of the last days.
func (l *reading) lateness(ctx context.Context) (time.Duration, error) {
	var late time.Duration
	for _, s := range l.lineup.all {
		for _, v := range s.found {
			if s.dated {
				late = max(late, v.Invite.CreatedAt.Sub(s.over().Add(s.Offset.Hi)))
			}
		}
	}
	if late > 0 {
		if err := l.Archive.KeepLateness(ctx, l.survey.id, late); err != nil {
			return 0, err
		}
	}
	before, err := l.Archive.Lateness(ctx, l.survey.began.Add(-lateSince))
	return max(late, before), err
}
