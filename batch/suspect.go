package batch

import (
	"slices"
	"time"

	"bulkinvite/csvmap"
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
	name  string    // folded
	found []Listing // invites that can only be this attempt's
	mixed bool      // an invite that half fits was seen: absence is not provable
	near  bool      // an invite a little too old was seen: neither is it then
}

// lineup finds the suspects that an invite may belong to.
type lineup struct {
	all     []*suspect
	byEmail map[string][]*suspect
	byPhone map[string][]*suspect // by the last digits
	names   map[string][]Listing  // invites under each suspect's name, folded
}

// newLineup puts everyone in doubt in a row. now is the server's clock minus ours, for attempts that do not know it themselves.
func newLineup(doubts []Doubt, now time.Duration) *lineup {
	l := &lineup{byEmail: map[string][]*suspect{}, byPhone: map[string][]*suspect{}, names: map[string][]Listing{}}
	for _, d := range doubts {
		skew := now
		if d.Last.Skew != nil {
			skew = *d.Last.Skew
		}
		s := &suspect{Doubt: d, since: d.Claimed.Add(skew - clockSlack), ended: d.over().Add(skew), name: FoldName(d.Recipient.Name())}
		l.all = append(l.all, s)
		if d.Recipient.Email != "" {
			l.byEmail[d.Recipient.Email] = append(l.byEmail[d.Recipient.Email], s)
		}
		if tail := phoneTail(d.Recipient.Phone); tail != "" {
			l.byPhone[tail] = append(l.byPhone[tail], s)
		}
		if s.name != "" {
			l.names[s.name] = nil
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
	name := FoldName(v.Name)
	if alike, ok := l.names[name]; ok {
		l.names[name] = append(alike, v)
	}
	for _, group := range [][]*suspect{l.byEmail[csvmap.FoldEmail(v.Email)], l.byPhone[phoneTail(v.Phone)]} {
		for _, s := range group {
			if !seen[s] {
				seen[s] = true
				s.consider(v)
			}
		}
	}
}

// consider takes note of an invite.
func (s *suspect) consider(v Listing) {
	if s.precedes(v) {
		return
	}
	switch echo := v.echo(s.Recipient); {
	case echo != EchoSame && echo != EchoMixed:
	case v.latest().Before(s.since):
		s.near = true
	case echo == EchoSame:
		s.found = append(s.found, v)
	default:
		s.mixed = true
	}
}

// latest is when the invite was last sent: being sent anew moves invited_at.
func (v Listing) latest() time.Time {
	if v.Invite.InvitedAt.After(v.Invite.CreatedAt) {
		return v.Invite.InvitedAt
	}
	return v.Invite.CreatedAt
}

// precedes reports whether the invite is certainly older than the attempt.
func (s *suspect) precedes(v Listing) bool { return v.latest().Before(s.since.Add(-nearMiss)) }

// unclear reports whether there are invites that may be the suspect's. How the API
// writes a contact is not established: one under the suspect's name may be theirs in
// another spelling, unless it was found for somebody else.
func (l *lineup) unclear(s *suspect, claimed claims) bool {
	return len(s.found) > 0 || s.mixed || s.near || s.named() ||
		slices.ContainsFunc(l.names[s.name], func(v Listing) bool { return claimed[v.Invite.ID] == 0 && !s.precedes(v) })
}

// named reports whether the API's answer named an invite, though not one that could
// be taken for the person's: there is one then, whatever the list shows.
func (d Doubt) named() bool {
	return slices.ContainsFunc(d.Last.Findings, func(f Finding) bool { return f.Code == CodeWrongEcho || f.Code == CodeKnownID })
}

// claims are for how many suspects each invite was found, by its ID: an invite that
// fits two of them proves nothing for either.
type claims map[string]int

func (l *lineup) claimed() claims {
	count := claims{}
	for _, s := range l.all {
		for _, v := range s.found {
			count[v.Invite.ID]++
		}
	}
	return count
}
