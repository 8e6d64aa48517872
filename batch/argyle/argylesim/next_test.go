package argylesim

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNextThatLeadsElsewhere(t *testing.T) {
	for fault, want := range map[NextFault]string{
		NextWell:   "http://example.com/v2/invites?cursor=",
		NextScheme: "https://example.com/v2/invites?cursor=",
		NextHost:   "http://elsewhere.example.com/v2/invites?cursor=",
		NextPath:   "http://example.com/../../admin?cursor=",
	} {
		s := New(Options{Next: fault})
		for i := range 3 {
			invite(t, s, fmt.Sprintf("p%d@example.com", i))
		}
		_, answer := call(t, s, "GET", "/v2/invites?limit=2", "")
		next, _ := answer["next"].(string)
		if !strings.HasPrefix(next, want) {
			t.Errorf("%s: next is %s", fault, next)
		}
		_, query, _ := strings.Cut(next, "?")
		_, last := call(t, s, "GET", "/v2/invites?"+query, "")
		if len(results(last, "id")) != 1 || last["next"] != nil {
			t.Errorf("%s: the query of next leads to %v", fault, last)
		}
	}
	s := New(Options{Next: NextScheme})
	invite(t, s, "a@example.com")
	invite(t, s, "b@example.com")
	r := httptest.NewRequest("GET", "https://example.com/v2/invites?limit=1", nil)
	r.SetBasicAuth("key", "secret")
	rec := httptest.NewRecorder()
	if s.ServeHTTP(rec, r); !strings.Contains(rec.Body.String(), `"next":"http://example.com/`) {
		t.Error("https does not become http")
	}
}

// The pages of a list of three at two a page, seven pages long: of each the
// numbers of its invites, x for one that the account does not have.
func TestNextWithoutAnEnd(t *testing.T) {
	for fault, want := range map[NextFault][]string{
		NextSame:  {"21", "21", "21", "21", "21", "21", "21"},
		NextEmpty: {"21", "0", "", "", "", "", ""},
		NextOld:   {"21", "0", "21", "21", "21", "21", "21"},
		NextNew:   {"21", "0", "x", "x", "x", "x", "x"},
	} {
		s, numbers := New(Options{Next: fault}), map[string]string{}
		for i := range 3 {
			numbers[invite(t, s, fmt.Sprintf("p%d@example.com", i))] = fmt.Sprint(i)
		}
		var got []string
		unknown, target := map[string]bool{}, "/v2/invites?limit=2"
		for range want {
			_, answer := call(t, s, "GET", target, "")
			page := ""
			for _, id := range results(answer, "id") {
				if number, known := numbers[id]; known {
					page += number
				} else {
					page += "x"
					unknown[id] = true
				}
			}
			got = append(got, page)
			target = answer["next"].(string)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(fault, diff)
		}
		if fault == NextNew && len(unknown) != 5 {
			t.Errorf("%d unknown IDs on five pages", len(unknown))
		}
	}
}

func TestNextWithoutAnEndOfAnEmptyAccount(t *testing.T) {
	for _, fault := range []NextFault{NextSame, NextEmpty, NextOld, NextNew} {
		s, target := New(Options{Next: fault}), "/v2/invites"
		for range 3 {
			_, answer := call(t, s, "GET", target, "")
			next, _ := answer["next"].(string)
			if next == "" {
				t.Fatalf("%s: the list ends", fault)
			}
			target = next
		}
	}
}
