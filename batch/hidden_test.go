package batch

import (
	"testing"
	"time"

	"bulkinvite/csvmap"
)

// An invite that does not say whose it is may be anybody's in doubt, if it is not older
// than the attempt. One under another name is somebody else's, whatever its contact.
func TestHiddenInvites(t *testing.T) {
	claimed := time.Now()
	who := csvmap.Recipient{FullName: "Ada Sample", Email: "ada@example.com", Phone: "+12125550101"}
	for _, c := range []struct {
		name           string
		invite         Listing
		found, unclear bool
	}{
		{"nothing at all", Listing{}, false, true},
		{"masked", Listing{Name: "A. S.", Email: "a**@example.com"}, false, true},
		{"in brackets", Listing{Name: "Bo Other", Email: "<ada@example.com>"}, false, true},
		{"no name", Listing{Email: "ada+argyle@example.com"}, false, true},
		{"somebody else", Listing{Name: "Bo Other", Email: "bo@example.com"}, false, false},
		{"another name, the same phone", Listing{Name: "Bo Other", Phone: who.Phone}, false, true},
		{"theirs", Listing{Name: "Sample, Ada", Email: who.Email}, true, true},
	} {
		for _, old := range []bool{false, true} {
			l := newLineup([]Doubt{{Claimed: claimed, Offset: Offset{Known: true}, Recipient: who}}, claimed)
			c.invite.Invite = InviteRef{ID: "i", CreatedAt: claimed.Add(time.Second)}
			if old {
				c.invite.Invite.CreatedAt = claimed.Add(-time.Hour)
			}
			l.offer(c.invite)
			l.consider()
			s := l.all[0]
			if found, unclear := len(s.found) > 0, l.unclear(s, nil); found != (c.found && !old) || unclear != (c.unclear && !old) {
				t.Errorf("%s, old %v: found %v, unclear %v", c.name, old, found, unclear)
			}
		}
	}
}

// Where no clock tells, an invite that is older than what the list had shown before the
// claim is not the attempt's, though it was not seen then.
func TestUndatedInvites(t *testing.T) {
	newest := time.Now()
	who := csvmap.Recipient{FullName: "Ada Sample", Email: "ada@example.com"}
	for age, found := range map[time.Duration]bool{-time.Minute: true, time.Minute: false, 30 * 24 * time.Hour: false} {
		l := newLineup([]Doubt{{Attempt: 7, Claimed: newest, Recipient: who}}, newest)
		l.history.wholeAt = map[int64]time.Time{7: newest}
		l.offer(Listing{Invite: InviteRef{ID: "i", CreatedAt: newest.Add(-age)}, Name: "Ada Sample", Email: who.Email})
		l.consider()
		if got := len(l.all[0].found) > 0; got != found || !l.unclear(l.all[0], nil) {
			t.Errorf("%s older: found %v", age, got)
		}
	}
}
