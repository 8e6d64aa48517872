package batch_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// gets counts the GETs since the last call.
func (a *api) gets() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, r := range a.seen {
		if r.method == http.MethodGet {
			n++
		}
	}
	a.seen = nil
	return n
}

// Whoever has an invite that the ledger does not hold is held back, by whichever of
// their contacts, and the others are sent to.
func TestOutsiderIsHeldBack(t *testing.T) {
	for _, known := range []how{plain, mailOnly, dialOnly} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{})
			s := newSite(t, a, usual())
			made := a.byHand(t, line{1, known}.recipient())
			for range 2 { // and again the next night
				got := s.night(rosterOf(staff(1, 2), true))
				r := got.results[0]
				if r.Outcome != batch.OutcomeConflict || r.Findings[0].Code != batch.CodeInvitedOutside || r.Findings[0].Owner != batch.IT ||
					!strings.Contains(r.Findings[0].Message, made.ID) {
					t.Errorf("%s: %s, %+v", known, r.Outcome, r.Findings)
				}
				<-time.After(24 * time.Hour)
			}
			if a.Count() != 2 || a.CreatedFor(mailOf(2)) != 1 {
				t.Errorf("%s: %d invites", known, a.Count())
			}
		})
	}
}

// Many of them say that the ledger has forgotten people: nobody is sent to.
func TestManyOutsidersHoldTheRun(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		for who := range 4 {
			a.byHand(t, line{Who: who}.recipient())
		}
		got := s.night(rosterOf(staff(0, 1, 2, 3, 4, 5), true))
		if d := got.delivery.Stop; d == nil || d.Reason != batch.StopHeld || !strings.Contains(d.Message, "4 of the 6 people") {
			t.Errorf("%+v", d)
		}
		if n := got.outcomes(); n[batch.OutcomeNotAttempted] != 2 || n[batch.OutcomeConflict] != 4 || a.Count() != 4 {
			t.Errorf("%v, %d invites", n, a.Count())
		}
	})
}

// A decision is asked for once. Until then, and for another invite, it holds again.
func TestOutsidersAreAllowed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		a.byHand(t, line{Who: 1}.recipient())
		s.also = "alice"
		a.trouble([]argylesim.Fault{argylesim.BadData}, nil) // so that the person stays to be sent to
		s.night(rosterOf(staff(1), true)).wants(t, batch.OutcomeRejected, 0)
		s.also = ""
		<-time.After(24 * time.Hour)
		s.night(rosterOf([]line{{1, moved}}, true)).wants(t, batch.OutcomeSent, 0)
		a.byHand(t, line{Who: 2}.recipient())
		s.night(rosterOf(staff(2), true)).wants(t, batch.OutcomeConflict, 0)
	})
}

// The configuration says which invites do not count.
func TestOutsideRule(t *testing.T) {
	for name, test := range map[string]struct {
		rule func(now time.Time) batch.OutsideRule
		want batch.Outcome
	}{
		"all":                {func(time.Time) batch.OutsideRule { return batch.OutsideRule{} }, batch.OutcomeConflict},
		"later ones":         {func(now time.Time) batch.OutsideRule { return batch.OutsideRule{Since: now} }, batch.OutcomeSent},
		"since before":       {func(now time.Time) batch.OutsideRule { return batch.OutsideRule{Since: now.Add(-time.Hour)} }, batch.OutcomeConflict},
		"another template's": {func(time.Time) batch.OutsideRule { return batch.OutsideRule{FlowIDs: []string{"8DRRA4XC"}} }, batch.OutcomeSent},
		"its template's":     {func(time.Time) batch.OutsideRule { return batch.OutsideRule{FlowIDs: []string{"a", "5KQWP7VN"}} }, batch.OutcomeConflict},
	} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{})
			s := newSite(t, a, usual())
			other := line{Who: 1}.recipient()
			other.FlowID = "5KQWP7VN"
			a.byHand(t, other)
			<-time.After(time.Minute)
			s.rule = test.rule(time.Now())
			if got := s.night(rosterOf(staff(1), true)).results[0].Outcome; got != test.want {
				t.Errorf("%s: %s, want %s", name, got, test.want)
			}
		})
	}
}

// A whole reading of a long list spares the next one for half a day: only the first page
// is looked at, and where it shows a stranger, all of it. A run that died spares nothing.
func TestWholeReadingSparesTheNext(t *testing.T) {
	const pages = 11
	for _, test := range []struct {
		name     string
		after    time.Duration
		dies     bool
		stranger bool
		whole    bool
	}{
		{name: "soon", after: time.Hour},
		{name: "late", after: 13 * time.Hour, whole: true},
		{name: "after a death", after: time.Hour, dies: true, whole: true},
		{name: "with a stranger", after: time.Hour, stranger: true, whole: true},
	} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{Page: 200})
			s := newSite(t, a, usual())
			for who := range 200 * (pages - 1) {
				a.byHand(t, line{Who: 100 + who}.recipient())
			}
			s.night(rosterOf(crowd(60), true))
			if test.dies {
				p := s.start(5)
				if _, err := p.run(t.Context(), rosterOf(staff(60), true)); err != nil {
					t.Error(err)
				}
				p.end()
			}
			<-time.After(test.after)
			if test.stranger {
				a.byHand(t, line{Who: 61}.recipient())
			}
			a.gets()
			s.night(rosterOf(staff(61, 62), true))
			if n := a.gets(); n < 1 || test.whole != (n >= pages) || !test.whole && n > 1 {
				t.Errorf("%s: %d GETs, want the whole list: %v", test.name, n, test.whole)
			}
			if a.CreatedFor(mailOf(61)) != 1 {
				t.Errorf("%s: invited %d times", test.name, a.CreatedFor(mailOf(61)))
			}
			if !test.stranger { // else there is somebody to decide on
				s.night(rosterOf(staff(61, 62), true))
				if n := a.gets(); n > 0 {
					t.Errorf("%s: nobody is to be sent to, and the list was read: %d GETs", test.name, n)
				}
			}
		})
	}
}

// A ledger and all around it that were put back as they were some minutes ago: only the
// account knows whom the run in between has invited.
func TestEverythingPutBack(t *testing.T) {
	for _, order := range []argylesim.ListOrder{argylesim.Newest, argylesim.Oldest, argylesim.Shuffled} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{Page: 5, Order: order})
			s := newSite(t, a, usual())
			s.night(rosterOf(crowd(30), true))
			copied := s.copyState(t)
			<-time.After(10 * time.Minute)
			s.night(rosterOf(crowd(50), true))
			s.state = copied
			<-time.After(10 * time.Minute)
			got := s.night(rosterOf(crowd(50), true))
			if d := got.delivery.Stop; d == nil || d.Reason != batch.StopHeld || a.Count() != 50 {
				t.Errorf("%s: %d invites, stopped for %+v", order, a.Count(), d)
			}
		})
	}
}

// Where the list cannot be read, nobody is sent to, whatever is known of the ledger.
func TestAccountCannotBeSeen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		stops := func(fault listFault, want batch.StopReason) {
			t.Helper()
			had := a.Count()
			a.trouble(nil, slices.Repeat([]listFault{fault}, 99))
			got := s.night(rosterOf(staff(1, 2), true)).delivery
			a.trouble(nil, nil)
			if got.Stop == nil || got.Stop.Reason != want || got.Posts > 0 || a.Count() != had {
				t.Errorf("%s: %d POSTs, %+v", fault, got.Posts, got.Stop)
			}
		}
		stops(listError, batch.StopAPIDown)
		stops(listRefused, batch.StopRefused)
		s.night(rosterOf(staff(1), true)).wants(t, batch.OutcomeSent, 0)
		stops(listError, batch.StopAPIDown)
		stops(listRefused, batch.StopRefused)
	})
	for _, broken := range []argylesim.NextFault{argylesim.NextEmpty, argylesim.NextSame, argylesim.NextOld} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{Page: 1, Tweak: func(o *argylesim.Options) { o.Next = broken }})
			s := newSite(t, a, usual())
			s.check = false
			s.night(rosterOf(staff(1, 2), true)).wants(t, batch.OutcomeSent, 0)
			s.check = true
			if d := s.night(rosterOf(staff(3), true)).delivery.Stop; d == nil || d.Reason != batch.StopHeld || a.Count() != 2 {
				t.Errorf("%s: %d invites, %+v", broken, a.Count(), d)
			}
		})
	}
}
