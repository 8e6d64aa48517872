package batch

import (
	"slices"
	"testing"
	"time"

	"bulkinvite/csvmap"
)

const desk = "+12125550100"

func TestAliasesOfSharedContacts(t *testing.T) {
	r := csvmap.Recipient{EmployeeID: "7", FullName: "Sample, Ada", Email: "ada@example.com", UnsentPhone: desk, PhoneShared: true}
	want := []Alias{{ByEmployeeID, "7"}, {ByEmail, "ada@example.com"}, {ByPhone, desk + " ada sample"}}
	if got := AliasesOf(r); !slices.Equal(got, want) {
		t.Error(got)
	}
	for i, contact := range []string{"", "ada@example.com", desk} {
		if got := want[i].Contact(); got != contact {
			t.Errorf("%v: %q", want[i], got)
		}
	}
}

// An invite that fits by a shared contact only is somebody's in doubt when it
// bears their name, and nobody's of another name. One that fits two people
// settles neither.
func TestInviteByASharedContact(t *testing.T) {
	at := time.Now()
	doubt := func(name, email string) Doubt {
		return Doubt{Claimed: at, Offset: Offset{Known: true}, Recipient: csvmap.Recipient{FullName: name, Email: email, Phone: desk}}
	}
	for _, c := range []struct {
		invite         Listing
		found, unclear bool
	}{
		{Listing{Name: "Ada Sample", Phone: desk, PhoneShared: true}, true, true},
		{Listing{Name: "SAMPLE Ada", Phone: desk, PhoneShared: true}, true, true},
		{Listing{Name: "Ada Married", Phone: desk, PhoneShared: true}, false, true},
		{Listing{Phone: desk, PhoneShared: true}, false, true},
		{Listing{Name: "Bo Other", Phone: desk, PhoneShared: true}, false, false},
		{Listing{Name: "Bo Other", Phone: desk}, false, true}, // under another name
		{Listing{Name: "Bo Other", Email: "ada@example.com", Phone: desk, PhoneShared: true}, false, true},
		{Listing{Name: "Ada Sample", Email: "bo@example.com", Phone: desk, PhoneShared: true}, false, true},
		{Listing{Name: "Bo Other", Email: "bo@example.com", Phone: desk, PhoneShared: true}, false, false},
		{Listing{Name: "Ada Sample", Email: "reception@example.com", Phone: desk, EmailShared: true}, false, true},
	} {
		l := newLineup([]Doubt{doubt("Ada Sample", "ada@example.com")}, at)
		c.invite.Invite.CreatedAt = at
		l.offer(c.invite)
		l.consider()
		if s := l.all[0]; len(s.found) > 0 != c.found || l.unclear(s, nil) != c.unclear {
			t.Errorf("%+v: found %d, mixed %v", c.invite, len(s.found), s.mixed)
		}
	}
	two := newLineup([]Doubt{doubt("Ada Sample", ""), doubt("Ada Sample", "")}, at)
	two.offer(Listing{Invite: InviteRef{ID: "i", CreatedAt: at}, Name: "Ada Sample", Phone: desk, PhoneShared: true})
	two.consider()
	if two.claimed()["i"] != 2 {
		t.Error(two.claimed())
	}
}
