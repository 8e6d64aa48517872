package batch_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// scattered are so many faults that have nothing to do with each other: one
// attempt in seven goes wrong.
func scattered(n int) []argylesim.Fault {
	kinds := []argylesim.Fault{
		argylesim.Lost, argylesim.Reset, argylesim.ErrAfter, argylesim.ErrBefore,
		argylesim.Cut, argylesim.ThrottleSeconds, argylesim.Slow,
	}
	random := rand.New(rand.NewPCG(7, 0))
	faults := make([]argylesim.Fault, n)
	for i := range faults {
		if k := random.IntN(50); k < len(kinds) {
			faults[i] = kinds[k]
		}
	}
	return faults
}

// Faults here and there do not bring a run to a crawl, and the run settles them all.
func TestScatteredFaults(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const people = 400
		a := newAPI(t, apiSetup{Latency: 50 * time.Millisecond, Visible: time.Second})
		s := newSite(t, a, usual())
		s.tune.Rate, s.tune.Workers, s.tune.Timeout, s.tune.AbsentAfter = 50, 16, 2*time.Second, 3*time.Second
		a.trouble(scattered(2*people), nil)
		began := time.Now()
		got := s.night(rosterOf(crowd(people), true))
		took := time.Since(began)
		got.wants(t, batch.OutcomeSent, 0)
		if a.Count() != people || len(a.Twice()) > 0 {
			t.Errorf("%d invites, twice: %v", a.Count(), a.Twice())
		}
		t.Logf("took %s; %d POSTs, %d throttled", took, got.delivery.Posts, got.delivery.Throttled)
		// Without a fault it takes 8 s; each 429 pauses everybody for a second.
		pauses := time.Duration(got.delivery.Throttled) * time.Second
		if most := 40*time.Second + pauses; took > most {
			t.Errorf("took %s, want %s at the most", took, most)
		}
	})
}
