package batch_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// outage is a way in which the API is down, while out.
type outage struct {
	name string
	set  func(a *api, out bool)
}

func faulty(f argylesim.Fault) func(*api, bool) {
	return func(a *api, out bool) {
		if out {
			a.fail(f)
		} else {
			a.fail(argylesim.None)
		}
	}
}

var outages = []outage{
	{"no connection", (*api).goDown},
	{"an error for everything", (*api).goAway},
	{"an error for every POST", faulty(argylesim.ErrBefore)},
	{"an error for every POST, which is done", faulty(argylesim.ErrAfter)},
	{"every POST hangs", faulty(argylesim.SlowNot)},
	{"every POST hangs, and is done", faulty(argylesim.Slow)},
	{"no answer to any POST", faulty(argylesim.Lost)},
}

// posts counts the POSTs that arrived in a span of time.
func (a *api) posts(from, until time.Time) int {
	n := 0
	for _, r := range a.seen {
		if r.method == http.MethodPost && !r.at.Before(from) && r.at.Before(until) {
			n++
		}
	}
	return n
}

// An API that is down for two minutes in the middle of a run costs little more
// than that, puts few people in doubt, and all of them are settled by the run.
func TestOutageOfTwoMinutes(t *testing.T) {
	const people, workers, down = 60, 16, 2 * time.Minute
	for _, o := range outages {
		t.Run(o.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				a := newAPI(t, apiSetup{Latency: 200 * time.Millisecond})
				s := newSite(t, a, usual())
				s.tune.Rate, s.tune.Workers, s.tune.AbsentAfter = 10, workers, time.Minute
				var from, until time.Time
				time.AfterFunc(2*time.Second, func() { from = time.Now(); o.set(a, true) })
				time.AfterFunc(2*time.Second+down, func() { until = time.Now(); o.set(a, false) })
				p := s.start(0)
				defer p.end()
				began := time.Now()
				got, err := p.run(t.Context(), rosterOf(crowd(people), true))
				if err != nil {
					t.Fatal(err)
				}
				took := time.Since(began)
				got.wants(t, batch.OutcomeSent, 0)
				if a.Count() != people || len(a.Twice()) > 0 {
					t.Errorf("%d invites, twice: %v", a.Count(), a.Twice())
				}
				// All workers may be on their way when it begins; then single attempts.
				if n := a.posts(from, until); n > workers+10 {
					t.Errorf("%d POSTs were made while the API was down", n)
				}
				ideal := time.Duration(people/s.tune.Rate) * time.Second
				if most := ideal + down + s.tune.AbsentAfter + time.Minute; took > most {
					t.Errorf("took %s, want %s at the most", took, most)
				}
				t.Logf("took %s; %d POSTs while it was down; %d in all", took, a.posts(from, until), got.delivery.Posts)
			})
		})
	}
}

// An API that stays down ends the run; who was not tried yet is not attempted.
func TestGiveUp(t *testing.T) {
	for _, o := range []outage{outages[0], outages[2], outages[5]} {
		t.Run(o.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				const workers, people, before = 16, 90, 20
				a := newAPI(t, apiSetup{Latency: 200 * time.Millisecond})
				s := newSite(t, a, usual())
				s.tune.Workers = workers
				time.AfterFunc(time.Second, func() { o.set(a, true) })
				began := time.Now()
				got := s.night(rosterOf(crowd(people), true))
				took := time.Since(began)
				if d := got.delivery.Stop; d == nil || d.Reason != batch.StopAPIDown {
					t.Fatalf("stopped for %+v", d)
				}
				if late := took - s.tune.GiveUpAfter; late < 0 || late > 90*time.Second {
					t.Errorf("gave up after %s", took)
				}
				count := got.outcomes()
				if rest := people - before - workers - 45; count[batch.OutcomeNotAttempted] < rest || count[batch.OutcomeUnknown] != len(got.doubts) {
					t.Errorf("%v, %d in doubt", count, len(got.doubts))
				}
				o.set(a, false)
				<-time.After(time.Hour)
				s.night(rosterOf(crowd(people), true))
				if a.Count() != people || len(a.Twice()) > 0 {
					t.Errorf("%d invites, twice: %v", a.Count(), a.Twice())
				}
			})
		})
	}
}

// A server that is too slow for our rate is not down: nobody is lost and the run
// goes on at its pace.
func TestThrottledIsNotDown(t *testing.T) {
	for _, form := range []argylesim.RetryAfter{argylesim.RetryNone, argylesim.RetrySeconds, argylesim.RetryDate} {
		t.Run(string(form), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				const people = 60
				a := newAPI(t, apiSetup{Limit: 5, Retry: form, Latency: 100 * time.Millisecond})
				s := newSite(t, a, usual())
				s.tune.Workers = 16
				began := time.Now()
				got := s.night(rosterOf(crowd(people), true))
				got.wants(t, batch.OutcomeSent, 0)
				// Half the rate that the server takes: its dates have whole seconds only.
				if took := time.Since(began); took > people*time.Second/2 {
					t.Errorf("took %s", took)
				}
				if got.delivery.Throttled == 0 || got.delivery.Throttled > people/4 {
					t.Errorf("%d of %d were throttled", got.delivery.Throttled, got.delivery.Posts)
				}
				t.Logf("%s; %d of %d throttled", time.Since(began), got.delivery.Throttled, got.delivery.Posts)
			})
		})
	}
}

// While the API is down nothing but single GETs and POSTs reaches it, further and
// further apart.
func TestProbesAreFewAndFarBetween(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.sendTo(nil, 1)
		a.goAway(true)
		down := time.Now()
		got := s.night(rosterOf(crowd(50), true))
		if got.delivery.Stop == nil || got.delivery.Stop.Reason != batch.StopAPIDown {
			t.Fatalf("stopped for %+v", got.delivery.Stop)
		}
		var last time.Time
		var gaps []time.Duration
		for _, r := range a.seen {
			if r.at.After(down) && !last.IsZero() {
				gaps = append(gaps, r.at.Sub(last))
			}
			last = r.at
		}
		if n := len(gaps); n > 60 || slices.Max(gaps) > 31*time.Second || gaps[n-1] < 20*time.Second {
			t.Errorf("%d requests, with gaps %v", n, gaps)
		}
	})
}

// The breaker trips when all rows are on their way and the only one who is still
// to be sent to waits out a pause: the API is asked for its sake.
func TestTripDuringAPause(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{Latency: 300 * time.Millisecond})
		s := newSite(t, a, usual())
		s.tune.Workers = 6
		s.sendTo(nil, 9)
		a.trouble(append([]argylesim.Fault{argylesim.ThrottleSeconds}, slices.Repeat([]argylesim.Fault{argylesim.ErrBefore}, 5)...), nil)
		ctx := stopped(t, time.Hour, batch.StopDeadline)
		p := s.start(0)
		defer p.end()
		got, err := p.run(ctx, rosterOf(crowd(6), true))
		if err != nil {
			t.Fatal(err)
		}
		got.wants(t, batch.OutcomeSent, 0)
	})
}

// A pause that the API asks for, and that the run would not outlast, ends it at once.
func TestPauseBeyondTheEnd(t *testing.T) {
	for _, test := range []struct {
		name    string
		giveUp  time.Duration
		end     time.Duration // of the run; 0: never
		fault   []argylesim.Fault
		stopped bool
	}{
		{"within both", time.Minute, time.Hour, []argylesim.Fault{argylesim.ThrottleSeconds}, false},
		{"beyond the patience", 500 * time.Millisecond, 0, []argylesim.Fault{argylesim.ThrottleSeconds}, true},
		{"beyond the deadline", time.Minute, 700 * time.Millisecond, []argylesim.Fault{argylesim.ThrottleSeconds}, true},
	} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{Latency: 10 * time.Millisecond})
			s := newSite(t, a, usual())
			s.tune.GiveUpAfter, s.check = test.giveUp, false
			a.trouble(test.fault, nil)
			ctx := t.Context()
			if test.end > 0 {
				c, cancel := context.WithTimeout(ctx, test.end)
				defer cancel()
				ctx = c
			}
			p := s.start(0)
			defer p.end()
			began := time.Now()
			got, err := p.run(ctx, rosterOf(staff(1), true))
			if err != nil {
				t.Fatal(err)
			}
			d := got.delivery.Stop
			if test.stopped != (d != nil && d.Reason == batch.StopAPIDown && strings.Contains(d.Message, "asks us to wait")) || test.stopped && time.Since(began) > 400*time.Millisecond {
				t.Errorf("%s: after %s: %+v", test.name, time.Since(began), d)
			}
		})
	}
}

// Whoever watches is told once when an interruption begins, and once when it is over.
func TestInterruptionIsTold(t *testing.T) {
	for _, test := range []struct {
		name   string
		faults []argylesim.Fault
		want   []string
	}{
		{"down", slices.Repeat([]argylesim.Fault{argylesim.ErrBefore}, 6), []string{"the API does not work", "takes invites again, after"}},
		{"a short pause", []argylesim.Fault{argylesim.ThrottleSeconds}, nil},
		{"a fault here and there", []argylesim.Fault{argylesim.ErrBefore, argylesim.None, argylesim.ErrBefore}, nil},
	} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{Latency: 300 * time.Millisecond})
			s := newSite(t, a, usual())
			s.check, s.tune.Workers = false, 6
			a.trouble(test.faults, nil)
			p := s.start(0)
			defer p.end()
			if _, err := p.run(t.Context(), rosterOf(crowd(20), true)); err != nil {
				t.Fatal(err)
			}
			if len(p.warned) != len(test.want) {
				t.Fatalf("%s: %q", test.name, p.warned)
			}
			for i, want := range test.want {
				if !strings.Contains(p.warned[i], want) {
					t.Errorf("%s: %q, want %q", test.name, p.warned[i], want)
				}
			}
		})
	}
}
