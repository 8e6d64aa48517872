package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// listing is an API whose list can be broken: broken answers the n-th GET, from 1,
// when it returns true.
func listing(t *testing.T, people int, broken func(n int, w http.ResponseWriter) bool) *api {
	t.Helper()
	a := newAPI(t, argylesim.Options{})
	for i := range people {
		body := fmt.Sprintf(`{"full_name": "Avery Sample", "email": "avery.%d@example.com"}`, i)
		r := httptest.NewRequest(http.MethodPost, "/v2/invites", strings.NewReader(body))
		r.SetBasicAuth("try", "try-it-out")
		r.Header.Set("Content-Type", "application/json")
		a.ServeHTTP(httptest.NewRecorder(), r)
	}
	if a.Count() != people {
		t.Fatalf("%d invites, want %d", a.Count(), people)
	}
	var gets atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && broken(int(gets.Add(1)), w) {
			return
		}
		a.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	a.url = server.URL + "/v2"
	return a
}

// A list that breaks off: what was adopted stays, and the rest can be adopted by
// trying again.
func TestAdoptionBreaksOff(t *testing.T) {
	t.Parallel()
	const people = 450 // three pages
	a := listing(t, people, func(n int, w http.ResponseWriter) bool {
		if n == 2 {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `{"detail":"You do not have permission to perform this action."}`)
		}
		return n == 2
	})
	s := newSite(t, a)
	c := s.run(exitStopped, "bulkinvite", "adopt")
	want := "200 invites read, nothing sent: 200 people adopted into campaign default, 0 passed over since the ledger knows them already.\n" +
		"This is not all: the list was not read to its end. What was adopted stays.\n"
	if c.stdout.String() != want {
		t.Errorf("printed %s", &c.stdout)
	}
	if line := c.said(); !strings.HasPrefix(line, "bulkinvite: the list of invites could not be read to its end: the API key lacks the right to this") ||
		!strings.HasSuffix(line, "; then type 'bulkinvite adopt' again, before anything is sent\n") || strings.Count(line, "\n") != 1 {
		t.Errorf("said %s", line)
	}
	c = s.run(exitOK, "bulkinvite", "adopt")
	if text := c.stdout.String(); !strings.HasPrefix(text, "450 invites read, nothing sent: 250 people adopted into campaign default, 200 passed over") {
		t.Error(text)
	}
	s.write("roster.csv", staff(people))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	if a.Count() != people || checkNobodyTwiceByMail(s, a) != people {
		t.Errorf("%d invites", a.Count())
	}
}

// checkNobodyTwiceByMail counts the rows that have the ID and the URL of the
// invite to their address.
func checkNobodyTwiceByMail(s *site, a *api) (right int) {
	s.t.Helper()
	held := map[string]argylesim.Invite{}
	for _, invite := range a.Invites() {
		held[invite.Email] = invite
	}
	for _, r := range s.rows("out/latest/results.csv") {
		if v := held[r["email"]]; r["outcome"] == "already_invited" && r["invite_id"] == v.ID && r["invite_url"] == v.URL && v.ID != "" {
			right++
		}
	}
	return right
}

// A page that cannot be had at once is asked for again.
func TestAdoptionIsPatient(t *testing.T) {
	t.Parallel()
	a := listing(t, 201, func(n int, w http.ResponseWriter) bool {
		switch n {
		case 1:
			w.WriteHeader(http.StatusBadGateway)
		case 3:
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
		}
		return n == 1 || n == 3
	})
	c := newSite(t, a).run(exitOK, "bulkinvite", "adopt")
	if text := c.stdout.String(); !strings.HasPrefix(text, "201 invites read, nothing sent: 201 people adopted") {
		t.Error(text)
	}
}

// A list that leads back to a page which was read, or on and on without anything new,
// ends, and is not complete.
func TestAdoptionInACircle(t *testing.T) {
	t.Parallel()
	for results, want := range map[string]string{
		`[]`: "an empty page in the middle",
		`[{"id": "one", "email": "a@example.com"}]`: "a page of it shows nothing new",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next := map[string]string{"": "b", "b": "c", "c": "b"}[r.URL.Query().Get("cursor")]
			fmt.Fprintf(w, `{"next": "http://%s/v2/invites?cursor=%s", "previous": null, "results": %s}`, r.Host, next, results)
		}))
		t.Cleanup(server.Close)
		c := newSite(t, &api{url: server.URL + "/v2"}).run(exitStopped, "bulkinvite", "adopt")
		if line := c.said(); !strings.Contains(line, want) {
			t.Error(line)
		}
	}
}
