package batch_test

import (
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/csvmap"
)

// A default that is wrong for everybody costs twenty people, however many
// workers there are; mended, they are sent.
func TestBadDefault(t *testing.T) {
	flow := func(id string) csvmap.Rules {
		defaults, err := csvmap.ParseDefaults(map[string]any{"flow_id": id})
		if err != nil {
			t.Fatal(err)
		}
		return csvmap.Rules{Defaults: defaults}
	}
	bubble(t, func(t *testing.T) {
		const people = 100
		a := newAPI(t, apiSetup{Latency: 300 * time.Millisecond, Flows: []string{"8DRRA4XC"}})
		s := newSite(t, a, usual())
		s.tune.Rate, s.tune.Burst, s.tune.Workers = 50, 32, 32
		s.rules = flow("8DRRA4XO")
		got := s.night(rosterOf(crowd(people), true))
		if d := got.delivery.Stop; d == nil || d.Reason != batch.StopDefault || !contains(d.Message, "flow_id") {
			t.Errorf("stopped for %+v", d)
		}
		if count := got.outcomes(); count[batch.OutcomeRejected] != 20 || count[batch.OutcomeNotAttempted] != people-20 {
			t.Errorf("%v", count)
		}
		s.rules = flow("8DRRA4XC")
		s.night(rosterOf(crowd(people), true)).wants(t, batch.OutcomeSent, 0)
		if a.Count() != people {
			t.Errorf("%d invites", a.Count())
		}
	})
}

// A default that goes wrong in the middle of a run costs twenty people as well.
func TestDefaultGoesBad(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{Latency: 300 * time.Millisecond})
		s := newSite(t, a, usual())
		s.tune.Rate, s.tune.Workers = 50, 32
		time.AfterFunc(time.Second, func() { a.fail(argylesim.BadData) })
		got := s.night(rosterOf(crowd(120), true))
		// Those who were on their way when the first was rejected come on top.
		if n := got.outcomes()[batch.OutcomeRejected]; n < 20 || n > 20+32 {
			t.Errorf("%v", got.outcomes())
		}
	})
}

// Refused once, the run stops: whoever is on their way is failed, nobody else is
// tried, and nobody is in doubt.
func TestRefusedStops(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{Latency: 200 * time.Millisecond})
		s := newSite(t, a, usual())
		time.AfterFunc(time.Second, func() { a.fail(argylesim.Unauthorized) })
		got := s.night(rosterOf(crowd(100), true))
		if d := got.delivery.Stop; d == nil || d.Reason != batch.StopRefused {
			t.Errorf("stopped for %+v", d)
		}
		count := got.outcomes()
		if count[batch.OutcomeFailed] < 1 || count[batch.OutcomeFailed] > 2*s.tune.Workers || count[batch.OutcomeNotAttempted] < 60 || len(got.doubts) > 0 {
			t.Errorf("%v", count)
		}
	})
}

// What answers is not the API, which has done its work or has not: the run stops, whoever
// was on their way is in doubt, and the next night finds out.
func TestForeignAnswersStop(t *testing.T) {
	const people = 60
	gateway := func(status int) func(*api, bool) {
		return func(a *api, out bool) {
			if out {
				a.gateway(status)
			} else {
				a.gateway(0)
			}
		}
	}
	for name, set := range map[string]func(*api, bool){
		"302, done": gateway(302), "401, done": gateway(401), "403, done": gateway(403), "404, done": gateway(404),
		"409, done": gateway(409), "425, done": gateway(425), "499, done": gateway(499), "400, done": gateway(400),
		"404, not done": faulty(argylesim.NotFound), "redirect, not done": faulty(argylesim.Redirect),
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				a := newAPI(t, apiSetup{Latency: 200 * time.Millisecond})
				s := newSite(t, a, usual())
				time.AfterFunc(time.Second, func() { set(a, true) })
				got := s.night(rosterOf(crowd(people), true))
				if d := got.delivery.Stop; d == nil || d.Reason != batch.StopRefused || !contains(d.Message, "check") && !contains(d.Message, "must end") {
					t.Errorf("stopped for %+v", d)
				}
				count := got.outcomes()
				if n := count[batch.OutcomeUnknown]; n < 1 || n > 2*s.tune.Workers || n != len(got.doubts) || count[batch.OutcomeFailed] > 0 || count[batch.OutcomeNotAttempted] < 30 {
					t.Errorf("%v, %d in doubt", count, len(got.doubts))
				}
				set(a, false)
				<-time.After(time.Hour)
				got = s.night(rosterOf(crowd(people), true))
				if len(got.doubts) > 0 || a.Count() != people || len(a.Twice()) > 0 {
					t.Errorf("%d in doubt, %d invites, twice: %v", len(got.doubts), a.Count(), a.Twice())
				}
			})
		})
	}
}
