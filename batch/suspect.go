package batch

import (
	"strings"
	"time"
)

// clockSlack is how much the server's clock, read from a Date header in whole
// seconds, may seem to lag behind.
const clockSlack = 2 * time.Second

// nearMiss is how much older than the attempt an invite may be and still stand in
// the way of a proof: the clock that dates invites may not be the one that we
// compared with ours.
const nearMiss = 10 * time.Minute

// suspect is somebody in doubt while the account's list is read.
type suspect struct {
	Doubt
	since time.Time // no invite of this attempt is older; the server's clock
	ended time.Time // the attempt was over; the server's clock
	found []Listing // invites that can only be this attempt's
	mixed bool      // an invite that half fits was seen: absence is not provable
	near  bool      // an invite a little too old was seen: neither is it then
}

// lineup finds the suspects that an invite may belong to.
type lineup struct {
	all     []*suspect
	byEmail map[string][]*suspect
	byPhone map[string][]*suspect // by the last digits
}

// newLineup puts everyone in doubt in a row. now is the server's clock minus ours, for attempts that do not know it themselves.
func newLineup(doubts []Doubt, now time.Duration) *lineup {
	l := &lineup{byEmail: map[string][]*suspect{}, byPhone: map[string][]*suspect{}}
	for _, d := range doubts {
		skew := now
		if d.Last.Skew != nil {
			skew = *d.Last.Skew
		}
		s := &suspect{Doubt: d, since: d.Claimed.Add(skew - clockSlack), ended: d.over().Add(skew)}
		l.all = append(l.all, s)
		if d.Recipient.Email != "" {
			l.byEmail[d.Recipient.Email] = append(l.byEmail[d.Recipient.Email], s)
		}
		if tail := phoneTail(d.Recipient.Phone); tail != "" {
			l.byPhone[tail] = append(l.byPhone[tail], s)
		}
	}
	return l
}

// over is when the attempt was certainly over, by our clock.
func (d Doubt) over() time.Time {
	if d.Last.Ended.After(d.Claimed) {
		return d.Last.Ended
	}
	return d.Claimed
}

func phoneTail(phone string) string {
	tail := digits(phone)
	if len(tail) < leastDigits {
		return ""
	}
	return tail[len(tail)-leastDigits:]
}

// offer shows an invite that nobody in the ledger holds to everyone it may
// belong to.
func (l *lineup) offer(v Listing) {
	seen := map[*suspect]bool{}
	for _, group := range [][]*suspect{l.byEmail[strings.ToLower(v.Email)], l.byPhone[phoneTail(v.Phone)]} {
		for _, s := range group {
			if !seen[s] {
				seen[s] = true
				s.consider(v)
			}
		}
	}
}

// consider takes note of an invite. Being sent anew moves invited_at, so the
// later of both times counts.
func (s *suspect) consider(v Listing) {
	at := v.Created
	if v.Invite.InvitedAt.After(at) {
		at = v.Invite.InvitedAt
	}
	if at.Before(s.since.Add(-nearMiss)) {
		return
	}
	switch echo := v.echo(s.Recipient); {
	case echo != EchoSame && echo != EchoMixed:
	case at.Before(s.since):
		s.near = true
	case echo == EchoSame:
		s.found = append(s.found, v)
	default:
		s.mixed = true
	}
}

// unclear reports whether invites were seen that may be the suspect's.
func (s *suspect) unclear() bool { return len(s.found) > 0 || s.mixed || s.near }

// claimed counts for how many suspects each invite was found: an invite that
// fits two of them proves nothing for either.
func (l *lineup) claimed() map[string]int {
	count := map[string]int{}
	for _, s := range l.all {
		for _, v := range s.found {
			count[v.Invite.ID]++
		}
	}
	return count
}
