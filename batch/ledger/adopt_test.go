package ledger

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

func listed(n int, email, phone string) batch.Listing {
	return batch.Listing{Invite: invite(n), Email: email, Phone: phone, Name: "Ada Example"}
}

func TestAdopt(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Failed)
	rejected := claim(6)
	placed(t, l, 6, batch.Rejected)
	placed(t, l, 2, batch.Sent)
	placed(t, l, 3, batch.Unknown)
	must(t, l.SkipStranger(t.Context(), "default", email(4), "alice", day))
	before := []batch.Person{person(t, l, 2), person(t, l, 3), person(t, l, 4)}
	invites := []batch.Listing{
		listed(11, email(1).Value, ""),                  // failed here, invited in another way
		listed(21, email(6).Value, ""),                  // rejected here, invited in another way
		listed(12, email(2).Value, "+12125550112"),      // sent: known
		listed(13, email(3).Value, ""),                  // in doubt: that is reconciliation's
		listed(14, email(4).Value, ""),                  // not to be invited: known
		listed(2, email(5).Value, ""),                   // the invite is person 2's
		listed(16, "", ""),                              // nobody can be told
		listed(17, "Person7@Example.com", "2125550107"), // new; a number without its country is nobody's
		listed(18, "", "+1 212 555 0108"),               // new
		listed(19, email(7).Value, "+12125550109"),      // the second of person 7
	}
	n, err := l.Adopt(t.Context(), "default", invites, "alice", day)
	must(t, err)
	if n != 4 {
		t.Errorf("%d adopted, want 4", n)
	}
	for i, number := range []int{1, 6} {
		if p := person(t, l, number); p.State != batch.Sent || p.Invite.ID != invite([]int{11, 21}[i]).ID {
			t.Errorf("person %d: %+v", number, p)
		}
	}
	rejected.PersonID, rejected.RetryRejected = person(t, l, 6).ID, true
	_, err = l.Claim(t.Context(), rejected)
	want(t, err, batch.ErrNotClaimable)
	if d := cmp.Diff(before, []batch.Person{person(t, l, 2), person(t, l, 3), person(t, l, 4)}); d != "" {
		t.Error(d)
	}
	seven := person(t, l, 7)
	if d := cmp.Diff(batch.Person{ID: seven.ID, State: batch.Sent, Email: email(7).Value, Name: "ada example", Given: "ada", Invite: invite(17)}, seven); d != "" {
		t.Error(d)
	}
	phone := batch.Alias{Kind: batch.ByPhone, Value: "+12125550108"}
	found, err := l.ByAlias(t.Context(), "default", []batch.Alias{phone, email(5), {Kind: batch.ByPhone, Value: "+12125550109"}})
	must(t, err)
	if len(found) != 1 || found[phone].Invite != invite(18) {
		t.Errorf("found %+v", found)
	}
	want := []string{
		"5 skip - alice", "1 adopt invite-11 alice", "2 adopt invite-21 alice", "6 adopt invite-17 alice", "7 adopt invite-18 alice",
	}
	if d := cmp.Diff(want, decided(t, l)); d != "" {
		t.Error(d)
	}
	again, err := l.Adopt(t.Context(), "default", invites, "alice", day)
	if err != nil || again != 0 {
		t.Errorf("adopted %d once more, %v", again, err)
	}
}

// Whoever was adopted is never sent to, and learns like anybody who was sent to.
func TestAdoptedCountAsInvited(t *testing.T) {
	l := begun(t)
	_, err := l.Adopt(t.Context(), "default", []batch.Listing{listed(11, email(1).Value, "")}, "alice", day)
	must(t, err)
	p := person(t, l, 1)
	c := claim(1)
	c.PersonID = p.ID
	_, err = l.Claim(t.Context(), c)
	want(t, err, batch.ErrNotClaimable)
	_, err = l.Decide(t.Context(), ruled(p.ID, DecideSkip))
	if e := wantType[*WrongStateError](t, err); e.State != batch.Sent {
		t.Error(e)
	}
	must(t, l.Learn(t.Context(), "default", []batch.Lesson{{PersonID: p.ID, Aliases: c.Aliases, Row: digest(1)}}))
	rows, err := l.ByFingerprint(t.Context(), "default", []csvmap.Digest{digest(1)}, nil)
	must(t, err)
	if rows[digest(1)].Invite != invite(11) || person(t, l, 1).EmployeeID != "e1" {
		t.Errorf("%+v", rows[digest(1)])
	}
}

// A page of the list, or a whole account, goes in at once.
func TestAdoptMany(t *testing.T) {
	l := begun(t)
	invites := make([]batch.Listing, 1000)
	for i := range invites {
		invites[i] = listed(i, fmt.Sprintf("many%d@example.com", i), "")
	}
	n, err := l.Adopt(t.Context(), "default", invites, "alice", day)
	must(t, err)
	if people, err := l.People(t.Context(), "default"); err != nil || n != 1000 || people != 1000 {
		t.Errorf("%d adopted, %d people, %v", n, people, err)
	}
}

func revoked(n int, email string) batch.Listing {
	v := listed(n, email, "")
	v.Revoked, v.Invite.Status = true, "sent" // as the API shows it
	return v
}

// holds wants somebody to be Sent with an invite, which is revoked or not.
func holds(t *testing.T, l *Ledger, who, n int, revoked bool) {
	t.Helper()
	if p := person(t, l, who); p.State != batch.Sent || p.Invite.ID != invite(n).ID || p.Invite.Revoked() != revoked {
		t.Errorf("person %d: %s with %+v", who, p.State, p.Invite)
	}
}

// Whoever's only invite is revoked counts as invited with it. One that works wins,
// whichever is seen first, also in a later adoption; a revoked one never takes the place
// of another.
func TestAdoptRevoked(t *testing.T) {
	l := begun(t)
	placed(t, l, 5, batch.Sent)
	placed(t, l, 6, batch.Failed)
	placed(t, l, 7, batch.Unknown)
	for _, page := range []struct {
		invites         []batch.Listing
		adopted, remain int
	}{
		{[]batch.Listing{revoked(11, email(1).Value), revoked(12, email(2).Value), listed(13, email(3).Value, "")}, 1, 2},
		{[]batch.Listing{listed(21, email(1).Value, ""), revoked(22, email(2).Value), revoked(23, email(3).Value)}, 1, 1},
		{[]batch.Listing{revoked(25, email(5).Value), revoked(26, email(6).Value), revoked(27, email(7).Value)}, 0, 2},
		{[]batch.Listing{listed(32, email(2).Value, ""), listed(31, email(1).Value, "")}, 1, 1},
	} {
		for range 2 { // adopting again changes nothing
			n, err := l.Adopt(t.Context(), "default", page.invites, "alice", day)
			must(t, err)
			left, err := l.RevokedOnly(t.Context(), "DEFAULT")
			must(t, err)
			if n != page.adopted || left != page.remain {
				t.Errorf("%d adopted, %d with a revoked invite only; want %d, %d", n, left, page.adopted, page.remain)
			}
			page.adopted = 0
		}
	}
	holds(t, l, 1, 21, false)
	holds(t, l, 2, 32, false)
	holds(t, l, 3, 13, false)
	holds(t, l, 5, 5, false)
	holds(t, l, 6, 26, true)
	if p := person(t, l, 7); p.State != batch.Unknown {
		t.Errorf("in doubt before, and now %+v", p)
	}
	// The look-up of a usual night says so, too.
	must(t, l.Learn(t.Context(), "default", []batch.Lesson{{PersonID: person(t, l, 6).ID, Row: digest(6)}}))
	rows, err := l.ByFingerprint(t.Context(), "default", []csvmap.Digest{digest(6)}, nil)
	if must(t, err); !rows[digest(6)].Invite.Revoked() {
		t.Errorf("%+v", rows[digest(6)])
	}
}

// Whoever holds a revoked invite only can be left out, and the other way round.
func TestSkipRevoked(t *testing.T) {
	l := begun(t)
	_, err := l.Adopt(t.Context(), "default", []batch.Listing{revoked(11, email(1).Value)}, "alice", day)
	must(t, err)
	id := person(t, l, 1).ID
	decides := func(d Decision, want batch.State) {
		t.Helper()
		if now, err := l.Decide(t.Context(), ruled(id, d)); now != want || err != nil {
			t.Errorf("%s: %s, %v", d, now, err)
		}
	}
	decides(DecideSkip, batch.Skipped)
	c := claim(1)
	c.PersonID = id
	_, err = l.Claim(t.Context(), c)
	want(t, err, batch.ErrNotClaimable)
	decides(DecideUnskip, batch.Sent)
	holds(t, l, 1, 11, true)
	_, err = l.Decide(t.Context(), ruled(id, DecideResend))
	wantType[*WrongStateError](t, err)
}
