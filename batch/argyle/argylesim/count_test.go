package argylesim

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestCountsPeopleAndContacts(t *testing.T) {
	s := New(Options{})
	first := invite(t, s, "a@example.com")
	invite(t, s, "b@example.com")
	if twice := s.Twice(); twice != nil {
		t.Errorf("nobody was invited twice, but %v", twice)
	}
	second := invite(t, s, "A@Example.com")
	if s.CreatedFor("a@EXAMPLE.com") != 2 || s.CreatedFor("b@example.com") != 1 || s.CreatedFor("c@example.com") != 0 {
		t.Error("CreatedFor counts wrongly")
	}
	if diff := cmp.Diff([]string{first + " " + second}, s.Twice()); diff != "" {
		t.Error(diff)
	}
	call(t, s, "POST", "/v2/invites", `{"full_name":"A B","phone_number":"+12125550123"}`)
	call(t, s, "POST", "/v2/invites", `{"full_name":"A B","phone_number":"+1 (212) 555-0123"}`)
	if s.CreatedFor("+12125550123") != 2 || len(s.Twice()) != 2 {
		t.Error("a phone number is not the same in another spelling")
	}
}

func TestLogTellsWhatHappened(t *testing.T) {
	now := time.Date(2026, 11, 2, 3, 0, 0, 0, time.UTC)
	s := New(Options{Now: func() time.Time { return now }, Script: []Fault{ErrAfter, BadData, None}})
	for range 3 {
		call(t, s, "POST", "/v2/invites", adaline)
	}
	call(t, s, "GET", "/v2/invites", "")
	want := []Request{
		{now, "POST", "/v2/invites", 500, ErrAfter, true},
		{now, "POST", "/v2/invites", 400, BadData, false},
		{now, "POST", "/v2/invites", 200, None, true},
		{now, "GET", "/v2/invites", 200, None, false},
	}
	if diff := cmp.Diff(want, s.Requests()); diff != "" {
		t.Error(diff)
	}
	quiet := New(Options{NoLog: true})
	invite(t, quiet, "a@example.com")
	if quiet.Requests() != nil || quiet.Count() != 1 || quiet.PeakPerSecond() != 1 {
		t.Error("NoLog drops the counters, or keeps the log")
	}
}

func TestPeakIsTheFullestSecond(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		gaps := rapid.SliceOfN(rapid.IntRange(0, 700), 1, 40).Draw(rt, "gaps in ms")
		var w window
		var at []time.Time
		now := time.Unix(0, 0)
		for _, gap := range gaps {
			now = now.Add(time.Duration(gap) * time.Millisecond)
			w.add(now)
			at = append(at, now)
		}
		want := 0
		for i := range at { // any fullest second can begin with an event
			n := 0
			for _, other := range at[i:] {
				if other.Before(at[i].Add(time.Second)) {
					n++
				}
			}
			want = max(want, n)
		}
		if w.peak != want {
			rt.Errorf("peak %d, want %d", w.peak, want)
		}
	})
}

func TestRateLimit(t *testing.T) {
	for form, want := range map[RetryAfter]string{
		RetryNone: "", RetrySeconds: "1", RetryDate: "Mon, 02 Nov 2026 03:00:02 GMT",
	} {
		now := time.Date(2026, 11, 2, 3, 0, 0, 500, time.UTC)
		s := New(Options{RateLimit: 2, RetryAfter: form, Now: func() time.Time { return now }})
		var statuses []int
		for i := range 5 {
			rec := serve(s, "POST", "/v2/invites", fmt.Sprintf(`{"full_name":"A B","email":"p%d@example.com"}`, i))
			statuses = append(statuses, rec.Code)
			if rec.Code == 429 && rec.Header().Get("Retry-After") != want {
				t.Errorf("%s: Retry-After %q, want %q", form, rec.Header().Get("Retry-After"), want)
			}
			if i == 3 {
				now = now.Add(time.Second)
			}
		}
		if diff := cmp.Diff([]int{200, 200, 429, 429, 200}, statuses); diff != "" || s.Count() != 3 {
			t.Error(diff)
		}
	}
}

func TestAccountSurvivesItsProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "account.jsonl")
	open := func() *Server {
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	id := invite(t, s, "a@example.com")
	call(t, s, "POST", "/v2/invites", `{"first_name":"C","last_name":"D","phone_number":"+12125550123","external_id":"7","flow_items":["i"],"override_invite_template":{"email":{"reply_to":["hr@example.com"]}}}`)
	call(t, s, "POST", "/v2/invites/"+id, "")
	call(t, s, "POST", "/v2/invites/"+id+"/revoke", "")
	outside(t, s, "console@example.com")
	before := s.Invites()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	torn(t, path)

	s = open()
	defer s.Close()
	if diff := cmp.Diff(before, s.Invites(), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if another := invite(t, s, "e@example.com"); another == id || s.Count() != 4 || s.CreatedFor("a@example.com") != 1 {
		t.Error("the account does not go on where it stopped")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the account's file is %v, %v", info.Mode(), err)
	}
}

// torn leaves half a line at the end, as a killed process does.
func torn(t *testing.T, path string) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString(`{"n":3,"created":1`); err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefusesWhatItDidNotWrite(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"text": "hello\n", "no seed": "{}\n", "gap": "{\"seed\":1}\n{\"n\":5}\n"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), "move it away") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(filepath.Join(dir, "none", "account"), Options{}); err == nil {
		t.Error("a file in a missing folder was opened")
	}
}

func TestListenStaysOnThisMachine(t *testing.T) {
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:80", "example.com:80", "nothing"} {
		if l, err := Listen(addr, New(Options{})); err == nil {
			_ = l.Close()
			t.Errorf("%s was taken", addr)
		}
	}
	l, err := Listen("127.0.0.1:0", New(Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(strings.TrimSuffix(strings.TrimPrefix(l.URL(), "http://"), "/v2"), New(Options{})); err == nil {
		t.Error("a port was taken twice")
	}
	if got := outcome(t, l.URL(), Forbidden); got != "403" {
		t.Errorf("answered %s", got)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}
