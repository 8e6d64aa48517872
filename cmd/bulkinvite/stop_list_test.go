package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// downForLists is an API that takes invites, and lists none while down; asked counts
// the GETs that it turned away.
func downForLists(t *testing.T) (a *api, asked *count, down *atomic.Bool) {
	t.Helper()
	a, asked, down = newAPI(t, argylesim.Options{NoLog: true}), newCount(), &atomic.Bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() && r.Method == http.MethodGet {
			w.WriteHeader(http.StatusServiceUnavailable)
			asked.add()
			return
		}
		a.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { a.release(); server.Close() })
	a.url = server.URL + "/v2"
	return a, asked, down
}

// A run that is stopped before it sends has read its roster all the same, and learns
// from it what one that is held does not.
func TestStoppedRunLearns(t *testing.T) {
	t.Parallel()
	const (
		header = "Employee ID,Name,Email,Phone\n"
		avery  = "7001,Avery Sample,avery@example.com,212-555-0101\n"
		blake  = "7002,Blake Sample,blake+fault.reset.1@example.com,\n"
	)
	a, _, down := downForLists(t)
	s := newSite(t, a)
	s.write("roster.csv", header+avery+blake)
	s.run(exitAttention, "bulkinvite", "run", "--no-wait", "roster.csv")
	down.Store(true)
	s.write("roster.csv", header+avery+blake+",Avery Sample,avery@home.example.com,212-555-0101\n")
	s.run(exitStopped, "bulkinvite", "run", "--deadline", "1s", "roster.csv")
	down.Store(false)
	s.write("roster.csv", header+",Avery Sample,avery@home.example.com,\n"+blake)
	s.run(exitOK, "bulkinvite", "run", "--absent-after", "1s", "roster.csv")
	if n := a.Count(); n != 2 {
		t.Errorf("%d invites for two people", n)
	}
}

// A run that is stopped while it asks for the list of invites, at its start, ends
// as any that is stopped: with every file, and the rows for the next one.
func TestStoppedWhileItReadsTheList(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		signal syscall.Signal
		more   []string
		code   int
		reason batch.StopReason
	}{
		{"signal", syscall.SIGTERM, nil, exitTerminated, batch.StopSignal},
		{"deadline", 0, []string{"--deadline", "2s"}, exitStopped, batch.StopDeadline},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, asked, down := downForLists(t)
			s := newSite(t, a)
			killWhileSending(s, a)

			down.Store(true)
			s.write("more.csv", staff(3))
			seen := asked.more(1)
			c := s.start(append([]string{"bulkinvite", "run", "more.csv"}, test.more...)...)
			<-seen
			if test.signal != 0 {
				c.signal(test.signal)
			}
			c.wants(test.code)
			summary := s.summary()
			if summary.Stop.Reason != test.reason || summary.ExitCode != test.code || summary.Buckets[batch.OutcomeNotAttempted] == 0 || summary.Posts > 0 {
				t.Errorf("stopped by %q with code %d, %d requests, %v", summary.Stop.Reason, summary.ExitCode, summary.Posts, summary.Buckets)
			}
			if !strings.HasPrefix(c.stdout.String(), "STOPPED EARLY") {
				t.Error(c.stdout.String())
			}

			down.Store(false)
			s.run(exitOK, "bulkinvite", "run", "out/latest/remaining.csv")
			s.run(exitOK, "bulkinvite", "run", "more.csv")
			checkNobodyTwice(s, a, 3)
		})
	}
}
