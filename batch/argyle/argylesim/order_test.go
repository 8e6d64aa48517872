package argylesim

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// people makes n invites, the first of them by now, one every step.
func people(t testing.TB, s *Server, c *clock, n int, step time.Duration) []string {
	t.Helper()
	var ids []string
	for i := range n {
		ids = append(ids, invite(t, s, fmt.Sprintf("p%d@example.com", i)))
		c.pass(step)
	}
	return ids
}

func TestLastInvitedStandsFirst(t *testing.T) {
	c := &clock{third}
	s := New(Options{Now: c.now, Order: LastInvited})
	ids := people(t, s, c, 3, time.Minute)
	if err := s.Resend(ids[0]); err != nil {
		t.Fatal(err)
	}
	c.pass(time.Minute)
	if err := s.Revoke(ids[1]); err != nil {
		t.Fatal(err)
	}
	if err := s.SetStatus(ids[2], "initiated"); err != nil { // which is no invitation
		t.Fatal(err)
	}
	got, _ := walk(t, s, "/v2/invites?limit=2")
	if diff := cmp.Diff([]string{ids[1], ids[0], ids[2]}, got); diff != "" {
		t.Error(diff)
	}
}

// An invite that was dated before the one that stands before it takes its place.
func TestOrderGoesByTheDates(t *testing.T) {
	for _, order := range []ListOrder{Newest, Oldest} {
		c := &clock{third}
		s := New(Options{Now: c.now, Order: order})
		ids := people(t, s, c, 2, time.Hour)
		old, err := s.CreateOutside(map[string]any{"full_name": "C D", "email": "c@example.com"}, third.Add(time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		want := []string{ids[0], old.ID, ids[1]}
		if order == Newest {
			slices.Reverse(want)
		}
		got, _ := walk(t, s, "/v2/invites?limit=2")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(order, diff)
		}
	}
}

func TestLooseTies(t *testing.T) {
	for _, step := range []time.Duration{time.Millisecond, time.Second} {
		c := &clock{third}
		s := New(Options{Now: c.now, LooseTies: true, Seed: 1})
		ids := people(t, s, c, 60, step)
		got, _ := walk(t, s, "/v2/invites?limit=10")
		slices.Sort(got)
		twice := len(got) - len(slices.Compact(slices.Clone(got)))
		if tied := step < time.Second; len(got) != len(ids) || tied != (twice > 0) {
			t.Errorf("one every %s: %d invites shown twice", step, twice)
		}
	}
}

func TestInvitesMadeLater(t *testing.T) {
	c := &clock{third}
	s := New(Options{
		Now: c.now, CreatedLater: time.Minute, LostLater: time.Hour, VisibleAfter: time.Second,
		Script: []Fault{Lost, None},
	})
	func() {
		defer func() { _ = recover() }() // the connection is reset, which ends the handler
		serve(s, "POST", "/v2/invites", adaline)
	}()
	status, made := call(t, s, "POST", "/v2/invites", `{"full_name":"A B","email":"a@example.com"}`)
	if status != 200 || made["created_at"] != "2026-11-02T03:01:00.000Z" || made["invited_at"] != made["created_at"] {
		t.Errorf("answered %d, created at %v, invited at %v", status, made["created_at"], made["invited_at"])
	}
	for _, step := range []struct {
		wait time.Duration
		want []string
	}{
		{time.Minute, nil},
		{time.Second, []string{"a@example.com"}},
		{time.Hour - time.Second, []string{"a@example.com"}},
		{time.Second, []string{"adaline@example.com", "a@example.com"}},
	} {
		c.pass(step.wait)
		if _, list := call(t, s, "GET", "/v2/invites", ""); !slices.Equal(results(list, "email"), step.want) {
			t.Errorf("after %s: %v, want %v", c.at.Sub(third), results(list, "email"), step.want)
		}
	}
}
