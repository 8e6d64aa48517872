package argylesim

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// clock is the time of an API that stands still until a test moves it.
type clock struct{ at time.Time }

func (c *clock) now() time.Time       { return c.at }
func (c *clock) pass(d time.Duration) { c.at = c.at.Add(d) }

// parts returns some fields of an invite.
func parts(invite map[string]any, fields ...string) []any {
	var values []any
	for _, field := range fields {
		values = append(values, invite[field])
	}
	return values
}

const (
	atThree = "2026-11-02T03:00:00.000Z"
	atFour  = "2026-11-02T04:00:00.000Z"
	atFive  = "2026-11-02T05:00:00.000Z"
)

func TestResendAddsADelivery(t *testing.T) {
	c := &clock{third}
	s := New(Options{Now: c.now})
	_, made := call(t, s, "POST", "/v2/invites", `{"full_name":"A B","email":"a@example.com","phone_number":"+12125550123"}`)
	id := made["id"].(string)
	for range 2 {
		c.pass(time.Hour)
		_, sent := call(t, s, "POST", "/v2/invites/"+id, "")
		if token, _ := sent["user_token"].(string); token == "" {
			t.Error("the answer to a re-send has no user_token")
		}
	}
	_, read := call(t, s, "GET", "/v2/invites/"+id, "")
	want := []any{atThree, atFive, atFive, "sent", nil, nil}
	if diff := cmp.Diff(want, parts(read, "created_at", "invited_at", "updated_at", "status", "revoked_at", "user_token")); diff != "" {
		t.Error(diff)
	}
	byMethod, got := map[any]any{}, []string{}
	for _, d := range read["deliveries"].([]any) {
		d := d.(map[string]any)
		got = append(got, fmt.Sprint(d["method"], " ", d["sent_at"]))
		if first, seen := byMethod[d["method"]]; seen && first != d["id"] {
			t.Errorf("deliveries by %s have different IDs", d["method"])
		}
		byMethod[d["method"]] = d["id"]
	}
	newestFirst := []string{
		"email " + atFive, "sms " + atFive, "email " + atFour, "sms " + atFour, "email " + atThree, "sms " + atThree,
	}
	if diff := cmp.Diff(newestFirst, got); diff != "" || byMethod["email"] == byMethod["sms"] {
		t.Error(diff, byMethod)
	}
	if s.Count() != 1 || s.CreatedFor("a@example.com") != 1 {
		t.Error("a re-send counts as another invite")
	}
}

func TestRevokeMovesTheTimes(t *testing.T) {
	for _, shows := range []bool{false, true} {
		c := &clock{third}
		s := New(Options{Now: c.now, RevokeShows: shows})
		id := invite(t, s, "a@example.com")
		c.pass(time.Hour)
		_, answer := call(t, s, "POST", "/v2/invites/"+id+"/revoke", "")
		want := []any{"sent", nil, atThree, atFour, atFour}
		if shows {
			want = []any{"revoked", atFour, atThree, atFour, atFour}
		}
		shown := []string{"status", "revoked_at", "created_at", "invited_at", "updated_at"}
		if diff := cmp.Diff(want, parts(answer, shown...)); diff != "" || answer["user_token"] == nil {
			t.Error(shows, diff, answer["user_token"])
		}
		c.pass(time.Hour)
		call(t, s, "POST", "/v2/invites/"+id+"/revoke", "") // again: nothing changes
		_, read := call(t, s, "GET", "/v2/invites/"+id, "")
		_, list := call(t, s, "GET", "/v2/invites", "")
		want = []any{"revoked", atFour, atThree, atFour, atFour}
		for _, seen := range []map[string]any{read, list["results"].([]any)[0].(map[string]any)} {
			if diff := cmp.Diff(want, parts(seen, shown...)); diff != "" || len(seen["deliveries"].([]any)) != 1 {
				t.Error(shows, diff, seen["deliveries"])
			}
		}
	}
}

func TestResendOfAFinishedInvite(t *testing.T) {
	for _, test := range []struct {
		how        Resending
		answer     int
		deliveries int
		revoked    string // status of a revoked invite after a re-send
		completed  string
	}{
		{"", 200, 2, "revoked", "completed"},
		{Keeps, 200, 2, "revoked", "completed"},
		{Revives, 200, 2, "sent", "sent"},
		{Refused, 400, 1, "revoked", "completed"},
	} {
		s := New(Options{Resend: test.how})
		revoked, completed := invite(t, s, "a@example.com"), invite(t, s, "b@example.com")
		if err := s.Revoke(revoked); err != nil {
			t.Fatal(err)
		}
		if err := s.SetStatus(completed, "completed"); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]string{revoked: test.revoked, completed: test.completed} {
			if status, answer := call(t, s, "POST", "/v2/invites/"+id, ""); status != test.answer {
				t.Errorf("%s: answered %d, %v", test.how, status, answer)
			}
			_, read := call(t, s, "GET", "/v2/invites/"+id, "")
			if n := len(read["deliveries"].([]any)); read["status"] != want || n != test.deliveries {
				t.Errorf("%s: status %v and %d deliveries, want %s and %d", test.how, read["status"], n, want, test.deliveries)
			}
			if dead := read["revoked_at"] != nil; dead != (want == "revoked") {
				t.Errorf("%s: %s, and revoked at %v", test.how, want, read["revoked_at"])
			}
		}
	}
}
