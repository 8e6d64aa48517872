package argylesim

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// outside makes an invite as somebody at the Console does.
func outside(t testing.TB, s *Server, email string) Invite {
	t.Helper()
	made, err := s.CreateOutside(map[string]any{"full_name": "Some Body", "email": email}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestInvitesMadeOutside(t *testing.T) {
	c := &clock{third}
	s := New(Options{Now: c.now})
	ours := invite(t, s, "a@example.com")
	theirs := outside(t, s, "A@example.com")
	_, read := call(t, s, "GET", "/v2/invites/"+theirs.ID, "")
	if diff := cmp.Diff([]any{atThree, "A@example.com", []any{ConsoleReplyTo}}, parts(read, "created_at", "email", "reply_to")); diff != "" {
		t.Error(diff)
	}
	marks := map[string]bool{}
	for _, v := range s.Invites() {
		marks[v.ID] = v.Outside
	}
	if diff := cmp.Diff(map[string]bool{ours: false, theirs.ID: true}, marks); diff != "" {
		t.Error(diff)
	}
	if len(s.Requests()) != 2 || s.CreatedFor("a@example.com") != 2 {
		t.Errorf("%d requests, %d invites", len(s.Requests()), s.CreatedFor("a@example.com"))
	}

	old, err := s.CreateOutside(map[string]any{
		"full_name": "C D", "phone_number": "+12125550123", "flow_items": []string{"item_1"},
		"override_invite_template": map[string]any{"email": map[string]any{"reply_to": []string{"hr@example.com"}}},
	}, third.Add(-48*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if !old.CreatedAt.Equal(third.Add(-48*time.Hour)) || old.ReplyTo[0] != "hr@example.com" || old.FlowItems[0] != "item_1" {
		t.Errorf("made: %+v", old)
	}
	for _, body := range []any{map[string]any{"email": "a@example.com"}, "no object", make(chan int)} {
		if made, err := s.CreateOutside(body, time.Time{}); err == nil {
			t.Errorf("%v was taken: %+v", body, made)
		}
	}
}

func TestOutsideChangesAreSeen(t *testing.T) {
	c := &clock{third}
	s := New(Options{Now: c.now})
	id := invite(t, s, "a@example.com")
	c.pass(time.Hour)
	if err := s.SetStatus(id, "initiated"); err != nil {
		t.Error(err)
	}
	_, read := call(t, s, "GET", "/v2/invites/"+id, "")
	if diff := cmp.Diff([]any{"initiated", atThree, atFour}, parts(read, "status", "invited_at", "updated_at")); diff != "" {
		t.Error(diff)
	}
	if err := s.Resend(id); err != nil {
		t.Error(err)
	}
	c.pass(time.Hour)
	if err := s.Revoke(id); err != nil {
		t.Error(err)
	}
	seen := s.Invites()[0]
	want := Invite{
		Status: "revoked", CreatedAt: third, InvitedAt: c.at, UpdatedAt: c.at, RevokedAt: c.at,
		ResentAt: []time.Time{third.Add(time.Hour)},
	}
	got := Invite{
		Status: seen.Status, CreatedAt: seen.CreatedAt, InvitedAt: seen.InvitedAt, UpdatedAt: seen.UpdatedAt,
		RevokedAt: seen.RevokedAt, ResentAt: seen.ResentAt,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for name, err := range map[string]error{
		"re-send": s.Resend("none"), "revoke": s.Revoke("none"), "status": s.SetStatus("none", "sent"),
	} {
		if err == nil {
			t.Errorf("%s: an invite that is not there was changed", name)
		}
	}
}

// Changes from outside come while requests are answered.
func TestOutsideChangesAtTheSameTime(t *testing.T) {
	s := New(Options{NoLog: true})
	id := invite(t, s, "a@example.com")
	var all sync.WaitGroup
	for _, do := range []func(){
		func() { _ = s.Resend(id) },
		func() { _ = s.Revoke(id) },
		func() { _ = s.SetStatus(id, "attempted") },
		func() { outside(t, s, "b@example.com") },
		func() { invite(t, s, "c@example.com") },
		func() { call(t, s, "GET", "/v2/invites", "") },
		func() { call(t, s, "POST", "/v2/invites/"+id, "") },
		func() { s.Invites() },
	} {
		all.Go(func() {
			for range 50 {
				do()
			}
		})
	}
	all.Wait()
	if n := len(s.Invites()[0].ResentAt); n != 100 || s.Count() != 101 {
		t.Errorf("%d re-sends and %d invites, want 100 and 101", n, s.Count())
	}
}
