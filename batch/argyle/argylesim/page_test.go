package argylesim

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// While page 2 is about to be read, the oldest invite is sent once more and so
// jumps to page 1, and another one is made.
func TestAListThatMoves(t *testing.T) {
	for _, test := range []struct {
		cursors Cursors
		order   ListOrder
		want    string // the numbers of the invites in the order of the reading
	}{
		{Frozen, Newest, "543210"},
		{Frozen, LastInvited, "544321"}, // 0 is never seen
		{Moving, Newest, "5443210"},
		{Moving, LastInvited, "5454321"},
		{Moving, Oldest, "0123456"},
	} {
		c, before := &clock{third}, []int{}
		var s *Server
		var ids []string
		s = New(Options{Now: c.now, Cursors: test.cursors, Order: test.order, BeforePage: func(page int) {
			before = append(before, page)
			if page == 2 {
				if err := s.Resend(ids[0]); err != nil {
					t.Error(err)
				}
				ids = append(ids, outside(t, s, "new@example.com").ID)
			}
		}})
		ids = people(t, s, c, 6, time.Minute)
		got, pages := walk(t, s, "/v2/invites?limit=2")
		var seen strings.Builder
		for _, id := range got {
			seen.WriteByte('0' + byte(slices.Index(ids, id)))
		}
		if seen.String() != test.want {
			t.Errorf("%s, %s: %s, want %s", test.cursors, test.order, seen.String(), test.want)
		}
		if len(before) != pages || before[0] != 1 || before[pages-1] != pages {
			t.Errorf("%s, %s: %v before %d pages", test.cursors, test.order, before, pages)
		}
	}
}

func TestPageCap(t *testing.T) {
	c := &clock{third}
	s := New(Options{Now: c.now, PageCap: 3, Order: Oldest})
	ids := people(t, s, c, 8, time.Minute)
	for target, want := range map[string]int{"/v2/invites?limit=200": 3, "/v2/invites": 3, "/v2/invites?limit=2": 4} {
		got, pages := walk(t, s, target)
		if diff := cmp.Diff(ids, got); diff != "" || pages != want {
			t.Errorf("%s: %d pages, want %d %s", target, pages, want, diff)
		}
	}
}

func TestBareNext(t *testing.T) {
	c := &clock{third}
	s := New(Options{Now: c.now, BareNext: true})
	ids := people(t, s, c, 15, time.Minute)
	for _, id := range ids[:14] {
		if err := s.SetStatus(id, "completed"); err != nil {
			t.Fatal(err)
		}
	}
	_, first := call(t, s, "GET", "/v2/invites?limit=2&status=completed", "")
	next, err := url.Parse(first["next"].(string))
	if err != nil || len(next.Query()) != 1 || !next.Query().Has("cursor") {
		t.Errorf("next is %s, %v", next, err)
	}
	_, second := call(t, s, "GET", next.String(), "")
	if seen := results(second, "status"); len(seen) != 10 {
		t.Errorf("%d invites on the second page, want the 10 of a page without limit", len(seen))
	}
}
