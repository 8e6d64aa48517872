package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// respelled is an API that shows a contact in another spelling than it was sent in,
// in its answers and in its list.
func respelled(t *testing.T, sent, shown string) *api {
	t.Helper()
	a := newAPI(t, argylesim.Options{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		a.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			if name != "Content-Length" {
				w.Header()[name] = values
			}
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(bytes.ReplaceAll(answer.Body.Bytes(), []byte(sent), []byte(shown)))
	}))
	t.Cleanup(server.Close)
	a.url = server.URL + "/v2"
	return a
}

// In which spelling the API shows a contact is not established: whatever it is,
// nobody is invited twice. Where it is not understood, a person has to look.
func TestOtherSpelling(t *testing.T) {
	for _, test := range []struct {
		name, sent, shown, row string
		code                   int
	}{
		{"domain in Unicode", "xn--bcher-kva.example", "bücher.example", "Blake Sample,blake@bücher.example,", exitOK},
		{"domain in Unicode, answer lost", "xn--bcher-kva.example", "bücher.example", "Blake Sample,blake+fault.500after.1@bücher.example,", exitOK},
		{"number without its 9", "+5491123456789", "+541123456789", "Blake Sample,,+54 9 11 2345 6789", exitAttention},
		{"address without its tag, answer lost", "+fault.500after.1@", "@", "Blake Sample,blake+fault.500after.1@example.com,", exitAttention},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := respelled(t, test.sent, test.shown)
			s := newSite(t, a, "BULKINVITE_CONCURRENCY=1")
			s.write("roster.csv", "Name,Email,Phone\nAvery Sample,avery@example.com,\n"+test.row+"\nCory Sample,cory@example.com,\n")
			for range 2 {
				s.run(test.code, "bulkinvite", "run", "roster.csv", "--absent-after", "1s")
				if n := a.Count(); n != 3 {
					t.Fatalf("%d invites for 3 people", n)
				}
			}
		})
	}
}

// An API that answers with the invite that it has for an address already, here of
// another campaign, has been asked once and is not asked again.
func TestInviteThatTheLedgerHas(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{})
	var posts atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			posts.Add(1)
			if invites := a.Invites(); len(invites) > 0 {
				r = r.Clone(r.Context())
				r.Method, r.URL.Path, r.Body = http.MethodGet, "/v2/invites/"+invites[0].ID, http.NoBody
			}
		}
		a.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	a.url = server.URL + "/v2"
	s := newSite(t, a)
	s.write("roster.csv", "Name,Email\nAvery Sample,avery@example.com\n")
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	for range 2 {
		s.run(exitAttention, "bulkinvite", "run", "roster.csv", "--campaign", "spring", "--new-campaign", "--absent-after", "1s")
		if n := posts.Load(); n != 2 {
			t.Fatalf("%d POSTs, want one for each campaign", n)
		}
	}
}
