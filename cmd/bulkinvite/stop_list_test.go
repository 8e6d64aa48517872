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
			a := newAPI(t, argylesim.Options{NoLog: true})
			asked := newCount()
			var down atomic.Bool
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
