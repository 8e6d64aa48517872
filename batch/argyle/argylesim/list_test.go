package argylesim

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// walk follows next from target on and returns the IDs in their order.
func walk(t testing.TB, s *Server, target string) (ids []string, pages int) {
	t.Helper()
	for target != "" {
		status, answer := call(t, s, "GET", target, "")
		if status != 200 {
			t.Fatalf("GET %s answered %d: %v", target, status, answer)
		}
		ids = append(ids, results(answer, "id")...)
		pages++
		target, _ = answer["next"].(string)
		if target != "" && !strings.HasPrefix(target, "http://example.com/v2/") {
			t.Fatalf("next is not a whole URL: %s", target)
		}
	}
	return ids, pages
}

func TestPagesShowEveryInviteOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		order := rapid.SampledFrom([]ListOrder{Newest, Oldest, Shuffled}).Draw(rt, "order")
		s := New(Options{Order: order})
		n, limit := rapid.IntRange(0, 40).Draw(rt, "invites"), rapid.IntRange(1, 15).Draw(rt, "limit")
		var want []string
		for i := range n {
			want = append(want, invite(t, s, fmt.Sprintf("p%d@example.com", i)))
		}
		got, pages := walk(t, s, fmt.Sprintf("/v2/invites?limit=%d", limit))
		if pages != max(1, (n+limit-1)/limit) {
			rt.Errorf("%d pages for %d invites at %d a page", pages, n, limit)
		}
		switch order {
		case Newest:
			slices.Reverse(got)
		case Shuffled:
			slices.Sort(got)
			slices.Sort(want)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Error(diff)
		}
	})
}

func TestInvitesMadeWhileAListIsRead(t *testing.T) {
	s := New(Options{})
	for i := range 5 {
		invite(t, s, fmt.Sprintf("p%d@example.com", i))
	}
	_, first := call(t, s, "GET", "/v2/invites?limit=2", "")
	invite(t, s, "late@example.com")
	rest, _ := walk(t, s, first["next"].(string))
	all := append(results(first, "id"), rest...)
	slices.Sort(all)
	if len(all) != 5 || len(slices.Compact(all)) != 5 {
		t.Errorf("%d invites seen, want the 5 that were there, once each", len(all))
	}
}

func TestPreviousLeadsBack(t *testing.T) {
	s := New(Options{})
	for i := range 5 {
		invite(t, s, fmt.Sprintf("p%d@example.com", i))
	}
	_, first := call(t, s, "GET", "/v2/invites?limit=2", "")
	_, second := call(t, s, "GET", first["next"].(string), "")
	_, back := call(t, s, "GET", second["previous"].(string), "")
	if diff := cmp.Diff(results(first, "id"), results(back, "id")); diff != "" || first["previous"] != nil {
		t.Error(first["previous"], diff)
	}
}

func TestListFiltersAndLimits(t *testing.T) {
	s := New(Options{})
	kept, revoked := invite(t, s, "a@example.com"), invite(t, s, "b@example.com")
	call(t, s, "POST", "/v2/invites/"+revoked+"/revoke", "")
	_, answer := call(t, s, "POST", "/v2/invites", `{"full_name":"C D","email":"c@example.com","override_invite_template":{"email":{"reply_to":["hr@example.com"]}}}`)
	replying := answer["id"].(string)
	for query, want := range map[string][]string{
		"":                           {replying, revoked, kept},
		"?status=sent":               {replying, kept},
		"?status=revoked":            {revoked},
		"?status=completed":          nil,
		"?reply_to=hr%40example.com": {replying},
		"?limit=1":                   {replying},
	} {
		if _, answer := call(t, s, "GET", "/v2/invites"+query, ""); !slices.Equal(results(answer, "id"), want) {
			t.Errorf("%s: %v, want %v", query, results(answer, "id"), want)
		}
	}
	for _, query := range []string{"limit=0", "limit=201", "limit=x", "limit=", "cursor=x", "status=odd", "email=a%40example.com"} {
		if status, answer := call(t, s, "GET", "/v2/invites?"+query, ""); status != 400 {
			t.Errorf("%s: answered %d, %v", query, status, answer)
		}
	}
}

func TestDefaultPageHasTen(t *testing.T) {
	s := New(Options{})
	for i := range 12 {
		invite(t, s, fmt.Sprintf("p%d@example.com", i))
	}
	if _, answer := call(t, s, "GET", "/v2/invites", ""); len(results(answer, "id")) != 10 {
		t.Errorf("%d invites on the first page", len(results(answer, "id")))
	}
}

func TestInvitesAppearLate(t *testing.T) {
	now := time.Date(2026, 11, 2, 3, 0, 0, 0, time.UTC)
	s := New(Options{VisibleAfter: time.Second, Now: func() time.Time { return now }})
	id := invite(t, s, "a@example.com")
	if _, answer := call(t, s, "GET", "/v2/invites", ""); len(results(answer, "id")) != 0 {
		t.Error("the invite is listed at once")
	}
	if status, _ := call(t, s, "GET", "/v2/invites/"+id, ""); status != 200 {
		t.Errorf("by its ID it was answered with %d", status)
	}
	now = now.Add(time.Second)
	if _, answer := call(t, s, "GET", "/v2/invites", ""); len(results(answer, "id")) != 1 {
		t.Error("the invite is not listed after VisibleAfter")
	}
}

func TestUsersByExternalID(t *testing.T) {
	s := New(Options{})
	_, a := call(t, s, "POST", "/v2/invites", `{"full_name":"A B","email":"a@example.com","external_id":"team 1"}`)
	call(t, s, "POST", "/v2/invites", `{"full_name":"C D","email":"c@example.com","external_id":"team 2"}`)
	_, users := call(t, s, "GET", "/v2/users?external_id="+url.QueryEscape("team 1"), "")
	if diff := cmp.Diff([]string{a["user"].(string)}, results(users, "id")); diff != "" {
		t.Error(diff)
	}
	if _, none := call(t, s, "GET", "/v2/users?external_id=team", ""); len(results(none, "id")) != 0 {
		t.Error("a part of an external_id finds users")
	}
}

func TestIDsLeadBackToTheirNumber(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		key := idKey(rapid.Uint64().Draw(rt, "seed"))
		n := rapid.IntRange(0, 1<<40).Draw(rt, "n")
		id := key.id(inviteKind, n)
		if got, ok := key.number(inviteKind, id); !ok || got != n {
			rt.Errorf("the ID of %d leads to %d, %t", n, got, ok)
		}
		if _, ok := key.number(userKind, id); ok {
			rt.Error("an invite's ID is taken for a user's")
		}
	})
}
