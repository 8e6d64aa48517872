package batch

import (
	"slices"
	"time"
)

// nearMiss is how much older than the attempt an invite may be and still stand in
// the way of a proof.
const nearMiss = 10 * time.Minute

// suspect is somebody in doubt while the account's list is read.
type suspect struct {
	Doubt
	dated bool      // since tells something
	since time.Time // no invite of this attempt is older, by the API's clock
	name  string    // folded
	seen  []Listing // invites with a contact of theirs, each once

	// Of seen, once the list is read to its end.
	found []Listing // invites that can only be this attempt's
	mixed bool      // an invite was seen that may be theirs or not: absence is not provable
}

// lineup finds the suspects that an invite may belong to.
type lineup struct {
	all     []*suspect
	byEmail map[string][]*suspect
	byPhone map[string][]*suspect // by the last digits
	names   map[string][]Listing  // invites under each suspect's name, folded, each once
	blind   []Listing             // invites that do not say whose they are, each once
	history history
}

// history is what the ledger knows of when invites were seen first, which tells
// without any clock whether they are older than an attempt.
type history struct {
	firstSeen map[string]int64    // by the invite's ID: the latest attempt of all by then
	wholeAt   map[int64]time.Time // by attempt: how new the list was when it had been read whole before the claim
}

// newLineup puts everyone in doubt in a row. now is what our clock says.
func newLineup(doubts []Doubt, now time.Time) *lineup {
	l := &lineup{byEmail: map[string][]*suspect{}, byPhone: map[string][]*suspect{}, names: map[string][]Listing{}}
	for _, d := range doubts {
		s := &suspect{Doubt: d, name: FoldName(d.Recipient.Name())}
		if d.Offset.usable() && !d.Claimed.After(now) {
			s.dated, s.since = true, d.Claimed.Add(d.Offset.Lo-clockSlack)
		}
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

// tailDigits is how many digits at the end of two numbers agree where they may be one.
const tailDigits = 7

// phoneTail is the end of a number; "" for none.
func phoneTail(phone string) string {
	return phone[max(0, len(phone)-tailDigits):]
}

// offer shows an invite that nobody in the ledger holds to everyone it may
// belong to. An invite may be shown more than once.
func (l *lineup) offer(v Listing) {
	name := FoldName(v.Name)
	if alike, ok := l.names[name]; ok {
		l.names[name] = once(alike, v)
	}
	if v.masked() || name == "" {
		l.blind = once(l.blind, v)
	}
	for _, s := range l.near(v) {
		if echo := v.echo(s.Recipient); echo == EchoSame || echo == EchoMixed {
			s.seen = once(s.seen, v)
		}
	}
}

// near are the suspects with a contact like one of the invite's.
func (l *lineup) near(v Listing) []*suspect {
	var near []*suspect
	for _, email := range v.emails().Sure {
		near = append(near, l.byEmail[email]...)
	}
	phones := v.phones()
	for _, phone := range slices.Concat(phones.Sure, phones.Loose) {
		near = append(near, l.byPhone[phoneTail(phone)]...)
	}
	return near
}

// once adds an invite that is not there yet. What was seen last of it counts.
func once(all []Listing, v Listing) []Listing {
	if i := slices.IndexFunc(all, func(w Listing) bool { return w.Invite.ID == v.Invite.ID }); i >= 0 {
		all[i] = v
		return all
	}
	return append(all, v)
}

// offered are the IDs of all invites that may be somebody's.
func (l *lineup) offered() []string {
	var ids []string
	for _, s := range l.all {
		for _, v := range s.seen {
			ids = append(ids, v.Invite.ID)
		}
	}
	for _, alike := range l.names {
		for _, v := range alike {
			ids = append(ids, v.Invite.ID)
		}
	}
	for _, v := range l.blind {
		ids = append(ids, v.Invite.ID)
	}
	return ids
}

// undate takes from the suspects what their clocks tell.
func (l *lineup) undate() {
	for _, s := range l.all {
		s.dated = false
	}
}

// consider sorts what was seen, once the list is read.
func (l *lineup) consider() {
	for _, s := range l.all {
		s.found, s.mixed = nil, false
		for _, v := range s.seen {
			switch {
			case l.precedes(s, v):
			case l.certain(s, v):
				s.found = append(s.found, v)
			default:
				s.mixed = true
			}
		}
	}
}

// precedes reports whether an invite is certainly older than the attempt: it was seen
// before the attempt was claimed, or both clocks say so. Only created_at dates an
// invite; one that cannot be read does not.
func (l *lineup) precedes(s *suspect, v Listing) bool {
	if at, kept := l.history.firstSeen[v.Invite.ID]; kept && at < s.Attempt {
		return true
	}
	return s.dated && !v.Invite.CreatedAt.IsZero() && v.Invite.CreatedAt.Before(s.since.Add(-nearMiss))
}

// certain reports whether an invite with a contact of theirs can only be of this
// attempt: it was made after the claim, by both clocks, or where these do not tell,
// because the whole list was read before the claim, did not have it, and had nothing newer.
// A dead link is nobody's invite, and one under another name is somebody else's.
func (l *lineup) certain(s *suspect, v Listing) bool {
	if v.Revoked || v.Invite.CreatedAt.IsZero() || v.echo(s.Recipient) != EchoSame || v.namesAnother(s.name) {
		return false
	}
	if s.dated {
		return !v.Invite.CreatedAt.Before(s.since)
	}
	newest, whole := l.history.wholeAt[s.Attempt]
	return whole && !v.Invite.CreatedAt.Before(newest)
}

// namesAnother reports whether the invite is under another name than the folded one.
func (v Listing) namesAnother(name string) bool {
	shown := FoldName(v.Name)
	return shown != "" && name != "" && shown != name
}

// unclear reports whether there are invites that may be the suspect's.
func (l *lineup) unclear(s *suspect, claimed claims) bool { return l.why(s, claimed) != "" }

// why says which invites may be the suspect's; "" for none. How the API writes a contact
// is not established: one under the suspect's name may be theirs in another spelling,
// unless it was found for somebody else.
func (l *lineup) why(s *suspect, claimed claims) string {
	mine := func(v Listing) bool { return !l.precedes(s, v) }
	namesake := func(v Listing) bool { return claimed[v.Invite.ID] == 0 && mine(v) }
	undated := func(v Listing) bool { return mine(v) && v.Invite.CreatedAt.IsZero() }
	revoked := func(v Listing) bool { return mine(v) && v.Revoked }
	switch {
	case s.named():
		return "the API's answer named an invite that is not theirs"
	case len(s.found) > 1:
		return "the account has several invites that may be theirs"
	case slices.ContainsFunc(s.seen, undated):
		return "the account has an invite with their contact, and the time when it was created cannot be read"
	case slices.ContainsFunc(s.seen, revoked):
		return "the account has an invite with their contact, which was revoked"
	case len(s.found) > 0:
		return "the account has an invite that may be theirs or somebody else's"
	case s.mixed:
		return "the account has an invite with their contact, and nothing tells whether it is of this attempt"
	case slices.ContainsFunc(l.names[s.name], namesake):
		return "the account has an invite under their name with another contact"
	case slices.ContainsFunc(l.blind, namesake):
		return "the account has a new invite whose contact or name is hidden, which may be theirs"
	default:
		return ""
	}
}

// named reports whether the API's answer named an invite, though not one that could
// be taken for the person's: there is one then, whatever the list shows.
func (d Doubt) named() bool {
	return slices.ContainsFunc(d.Last.Findings, func(f Finding) bool { return f.Code == CodeWrongEcho || f.Code == CodeKnownID })
}

// claims are for how many suspects each invite fits, by its ID: one that fits two of
// them proves nothing for either.
type claims map[string]int

func (l *lineup) claimed() claims {
	count := claims{}
	for _, s := range l.all {
		for _, v := range s.seen {
			if v.echo(s.Recipient) == EchoSame && !l.precedes(s, v) {
				count[v.Invite.ID]++
			}
		}
	}
	return count
}
