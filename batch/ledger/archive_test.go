package ledger

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
)

// An invite that is held in one campaign can belong to nobody in another.
func TestHeldInAnyCampaign(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	placed(t, l, 2, batch.Failed)
	c := claim(3)
	c.Campaign = "spring"
	a, err := l.Claim(t.Context(), c)
	must(t, err)
	must(t, l.Settle(t.Context(), settled(a, batch.Sent, 3)))
	held, err := l.Held(t.Context(), []string{"invite-1", "invite-2", "invite-3", "", "7", `"`})
	must(t, err)
	of := func(n int, campaign string) batch.Holder {
		return batch.Holder{Campaign: campaign, Email: email(n).Value, Phone: "+12125550123", Name: fmt.Sprint("ada example", n)}
	}
	if d := cmp.Diff(map[string]batch.Holder{"invite-1": of(1, "default"), "invite-3": of(3, "spring")}, held); d != "" {
		t.Error(d)
	}
	none, err := l.Held(t.Context(), nil)
	if err != nil || len(none) > 0 {
		t.Errorf("of no invites, %v are held, %v", none, err)
	}
}

func TestHeldManyAtOnce(t *testing.T) {
	l := begun(t)
	asked := make([]string, 3*maxKeys)
	for n := range asked {
		asked[n] = fmt.Sprint("invite-", n)
	}
	var invites []batch.Listing
	for n := range asked {
		if n%2 == 0 {
			invites = append(invites, listed(n, fmt.Sprintf("many%d@example.com", n), ""))
		}
	}
	_, err := l.Adopt(t.Context(), "default", invites, "alice", day)
	must(t, err)
	held, err := l.Held(t.Context(), asked)
	must(t, err)
	for n, id := range asked {
		if _, ok := held[id]; ok != (n%2 == 0) {
			t.Fatalf("%s held: %t", id, ok)
		}
	}
}

// A list of a million invites is looked up by the index, not by reading everybody.
func TestHeldUsesTheIndex(t *testing.T) {
	l := begun(t)
	rows, err := l.read.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+sqlHeld, `["a"]`)
	must(t, err)
	defer rows.Close()
	plan := ""
	for rows.Next() {
		var id, parent, unused int
		var detail string
		must(t, rows.Scan(&id, &parent, &unused, &detail))
		plan += detail + "\n"
	}
	must(t, rows.Err())
	if !strings.Contains(plan, "people_by_invite") {
		t.Error(plan)
	}
}

func TestWitnesses(t *testing.T) {
	l := begun(t)
	for n := range 5 {
		a := placed(t, l, n, batch.Sending)
		s := settled(a, batch.Sent, n)
		s.Invite.CreatedAt = day.Add(time.Duration(n) * time.Minute)
		must(t, l.Settle(t.Context(), s))
	}
	// An operator gave this ID: who knows whether it exists.
	typed := settled(placed(t, l, 7, batch.Unknown), batch.Sent, 7)
	typed.Invite = batch.InviteRef{ID: "typed"}
	must(t, l.Resolve(t.Context(), typed))
	placed(t, l, 5, batch.Failed)
	placed(t, l, 6, batch.Unknown)
	for _, test := range []struct {
		before time.Duration
		most   int
		want   []string
	}{
		{time.Hour, 20, []string{"invite-4", "invite-3", "invite-2", "invite-1", "invite-0"}},
		{time.Hour, 2, []string{"invite-4", "invite-3"}},
		{2 * time.Minute, 20, []string{"invite-1", "invite-0"}}, // not the one of that very moment
		{0, 20, []string{"invite-0", "invite-1", "invite-2", "invite-3", "invite-4"}},
		{0, 2, []string{"invite-0", "invite-1"}},
		{time.Hour, 0, nil},
	} {
		got, err := l.Witnesses(t.Context(), day.Add(test.before), test.most)
		must(t, err)
		if d := cmp.Diff(test.want, got); d != "" {
			t.Errorf("before %v, %d at the most: %s", test.before, test.most, d)
		}
	}
}

func TestResolveTransitions(t *testing.T) {
	states := []batch.State{batch.Sending, batch.Sent, batch.Rejected, batch.Failed, batch.Unknown, batch.Skipped}
	l, n := begun(t), 0
	for _, from := range states {
		for _, to := range []batch.State{batch.Sent, batch.Failed} {
			n++
			t.Run(string(from+" to "+to), func(t *testing.T) {
				a := placed(t, l, n, from)
				before := person(t, l, n)
				s := batch.Settlement{AttemptID: a.ID, RunID: run.ID, State: to, By: batch.ByReconcile, Ended: day.Add(time.Hour)}
				if to == batch.Sent {
					s.Invite = invite(1000 + n)
				}
				err := l.Resolve(t.Context(), s)
				if from == batch.Unknown {
					must(t, err)
					if p := person(t, l, n); p.State != to || p.Invite != s.Invite || p.Last.By != batch.ByReconcile || p.Attempts != 1 {
						t.Errorf("%+v", p)
					}
					return
				}
				want(t, err, batch.ErrNotUnknown)
				if d := cmp.Diff(before, person(t, l, n)); d != "" {
					t.Error(d)
				}
			})
		}
	}
}

// Nothing is resolved about an attempt that is not the person's last, nor with
// an invite that somebody else holds.
func TestResolveGuards(t *testing.T) {
	l := begun(t)
	old := placed(t, l, 1, batch.Failed)
	c := claim(1)
	c.PersonID = old.PersonID
	open, err := l.Claim(t.Context(), c)
	must(t, err)
	must(t, l.Settle(t.Context(), settled(open, batch.Unknown, 1)))
	placed(t, l, 2, batch.Sent)
	found := func(attempt int64, n int) error {
		return l.Resolve(t.Context(), batch.Settlement{AttemptID: attempt, RunID: run.ID, State: batch.Sent, By: batch.ByReconcile, Invite: invite(n)})
	}
	want(t, found(old.ID, 1), batch.ErrNotUnknown)
	want(t, found(99, 1), batch.ErrNotUnknown)
	want(t, found(open.ID, 2), batch.ErrInviteKnown)
	if p := person(t, l, 1); p.State != batch.Unknown {
		t.Errorf("state %s", p.State)
	}
	must(t, found(open.ID, 1))
}

func TestPersonByNumber(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Unknown)
	p, ok, err := l.Person(t.Context(), "default", a.PersonID)
	must(t, err)
	want := batch.Person{ID: a.PersonID, State: batch.Unknown, EmployeeID: "e1", Email: email(1).Value, Phone: "+12125550123"}
	if d := cmp.Diff(want, p); !ok || d != "" {
		t.Error(ok, d)
	}
	for _, where := range []struct {
		campaign string
		id       int64
	}{{"spring", a.PersonID}, {"default", 99}, {"default", 0}} {
		if _, ok, err := l.Person(t.Context(), where.campaign, where.id); ok || err != nil {
			t.Errorf("%+v: found %t, %v", where, ok, err)
		}
	}
}
