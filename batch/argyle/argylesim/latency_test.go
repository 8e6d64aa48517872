package argylesim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Every answer takes Options.Latency; what makes it slower comes on top.
func TestLatencyOfEveryAnswer(t *testing.T) {
	const latency, slow = 200 * time.Millisecond, 3 * time.Second
	for _, test := range []struct {
		name, method, path, body string
		status                   int
		want                     time.Duration
	}{
		{"invite", "POST", "/v2/invites", adaline, 200, latency},
		{"list", "GET", "/v2/invites", "", 200, latency},
		{"unknown path", "GET", "/v2/accounts", "", 404, latency},
		{"bad data", "POST", "/v2/invites", tagged(BadData), 400, latency},
		{"server error", "POST", "/v2/invites", tagged(ErrAfter), 500, latency},
		{"slow", "POST", "/v2/invites", tagged(Slow), 200, latency + slow},
		{"slow and nothing made", "POST", "/v2/invites", tagged(SlowNot), 504, latency + slow},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, start := New(Options{Latency: latency, SlowFor: slow}), time.Now()
				rec := serve(s, test.method, test.path, test.body)
				if took := time.Since(start); took != test.want || rec.Code != test.status {
					t.Errorf("answered %d after %s, want %d after %s", rec.Code, took, test.status, test.want)
				}
			})
		})
	}
}

// Requests wait side by side, as on a server that is far away and not busy. They
// count when they arrive: an invite is there before its answer is.
func TestLatencyIsNoQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const latency, people = time.Second, 50
		s, start := New(Options{Latency: latency, RateLimit: people}), time.Now()
		var callers sync.WaitGroup
		for i := range people + 1 {
			callers.Go(func() {
				serve(s, "POST", "/v2/invites", fmt.Sprintf(`{"full_name":"A B","email":"p%d@example.com"}`, i))
			})
		}
		synctest.Wait()
		if s.Count() != people || s.PeakPerSecond() != people+1 || time.Since(start) != 0 {
			t.Errorf("%d invites of %d POSTs before the first answer", s.Count(), s.PeakPerSecond())
		}
		callers.Wait()
		if took := time.Since(start); took != latency {
			t.Errorf("%d requests at once took %s, want %s", people, took, latency)
		}
	})
}

// A client that leaves gets no answer, but has its invite.
func TestClientLeavesBeforeTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, start := New(Options{Latency: time.Minute}), time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		r := httptest.NewRequestWithContext(ctx, "POST", "/v2/invites", strings.NewReader(adaline))
		r.SetBasicAuth("key", "secret")
		r.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		func() {
			defer func() {
				if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
					t.Errorf("the handler ends with %v, and does not abort the connection", err)
				}
			}()
			s.ServeHTTP(rec, r)
		}()
		if rec.Body.Len() > 0 || time.Since(start) != time.Second || s.Count() != 1 {
			t.Errorf("%d bytes after %s, %d invites", rec.Body.Len(), time.Since(start), s.Count())
		}
	})
}
