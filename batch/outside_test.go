package batch_test

import (
	"strings"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// first is what became of the first row.
func (a *account) first() batch.Outcome { return a.results[0].Outcome }

// However the list writes a contact that it shows, its owner is known by it.
func TestOutsiderInAnySpelling(t *testing.T) {
	for known, knobs := range map[how][]argylesim.Spelling{
		mailOnly: {argylesim.Upper, argylesim.Named, argylesim.Link, argylesim.Careless},
		dialOnly: {argylesim.National, argylesim.Link, argylesim.Careless},
	} {
		for _, knob := range knobs {
			for _, region := range []string{"US", "GB"} { // where the number is, and where it is not
				bubble(t, func(t *testing.T) {
					a := newAPI(t, apiSetup{Tweak: func(o *argylesim.Options) { o.Emails, o.Phones = knob, knob }})
					s := newSite(t, a, usual())
					s.rules.Region = region
					s.night(rosterOf(staff(5), true))
					a.byHand(t, line{1, known}.recipient())
					if got := s.night(rosterOf(staff(1, 2), true)).first(); got != batch.OutcomeConflict || a.Count() != 3 {
						t.Errorf("%s, %s, %s: %s, %d invites", known, knob, region, got, a.Count())
					}
				})
			}
		}
	}
}

// Of an invite that hides whose it is, the name tells: whoever bears it is held back, and
// the others are sent to.
func TestHiddenInviteUnderTheirName(t *testing.T) {
	for _, knob := range []argylesim.Spelling{argylesim.Masked, argylesim.Null} {
		bubble(t, func(t *testing.T) {
			a := newAPI(t, apiSetup{Tweak: func(o *argylesim.Options) { o.Emails, o.Phones = knob, knob }})
			s := newSite(t, a, usual())
			s.night(rosterOf(staff(5), true)).wants(t, batch.OutcomeSent, 0)
			made := a.byHand(t, line{Who: 1}.recipient())
			for range 2 {
				r := s.night(rosterOf(staff(1, 2), true)).results[0]
				if r.Outcome != batch.OutcomeConflict || r.Findings[0].Code != batch.CodeInvitedOutside || !strings.Contains(r.Findings[0].Message, made.ID) {
					t.Errorf("%s: %s, %+v", knob, r.Outcome, r.Findings)
				}
			}
			if a.Count() != 3 || a.CreatedFor(mailOf(1)) != 1 {
				t.Errorf("%s: %d invites", knob, a.Count())
			}
			s.also = "alice" // the person is to have another one
			s.night(rosterOf(staff(1), true)).wants(t, batch.OutcomeSent, 0)
		})
	}
}

// What the list hides holds a run against whose ledger something speaks, until somebody
// passes these invites. That lets nobody through whose invite can be seen.
func TestHiddenInvitesArePassed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{Tweak: func(o *argylesim.Options) { o.Phones = argylesim.Masked }})
		s := newSite(t, a, usual())
		s.stale = true
		a.byHand(t, line{1, mailOnly}.recipient())
		a.byHand(t, line{2, dialOnly}.recipient())
		night := func(first batch.Outcome, stop string, who ...int) {
			t.Helper()
			got := s.night(rosterOf(staff(who...), true))
			stopped := got.delivery.Stop
			if got.first() != first || (stopped != nil) != (stop != "") || stopped != nil && !strings.Contains(stopped.Message, stop) {
				t.Errorf("%s, %+v", got.first(), stopped)
			}
		}
		night(batch.OutcomeConflict, "hides a contact of 1 invite that", 1, 3) // who is seen is named all the same
		night(batch.OutcomeConflict, "--also-hidden", 1, 3)
		s.hidden = "alice"
		night(batch.OutcomeConflict, "", 1, 3)
		s.hidden = ""
		night(batch.OutcomeConflict, "", 1, 4) // nobody is asked twice
		a.byHand(t, line{6, dialOnly}.recipient())
		night(batch.OutcomeNotAttempted, "hides a contact of 1 invite that", 7)
		if a.Count() != 5 {
			t.Errorf("%d invites", a.Count())
		}
	})
}

// Whom a run has held back, and gone on, tells nothing new of the ledger the next night.
func TestToldOutsidersHoldNoRun(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		var roster []line
		for who := range 6 {
			a.byHand(t, line{Who: who}.recipient())
			roster = append(roster, line{Who: who}, line{Who: 10 + who})
			got := s.night(rosterOf(roster, true))
			if n := got.outcomes()[batch.OutcomeConflict]; got.delivery.Stop != nil || n != who+1 {
				t.Errorf("%d held back, stopped for %+v", n, got.delivery.Stop)
			}
			<-time.After(24 * time.Hour)
		}
		for who := range 4 {
			a.byHand(t, line{Who: 20 + who}.recipient())
			roster = append(roster, line{Who: 20 + who})
		}
		if d := s.night(rosterOf(roster, true)).delivery.Stop; d == nil || !strings.Contains(d.Message, "already for 4 of the 10 people") {
			t.Errorf("%+v", d)
		}
	})
}

// Of several invites, the message names one that works, and says what has become of it.
func TestInviteThatWorksIsNamed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		works := a.byHand(t, line{1, dialOnly}.recipient())
		<-time.After(time.Minute)
		dead := a.byHand(t, line{1, mailOnly}.recipient())
		if err := a.Revoke(dead.ID); err != nil {
			t.Fatal(err)
		}
		said := func(words ...string) {
			t.Helper()
			r := s.night(rosterOf(staff(1), true)).results[0]
			for _, w := range words {
				if r.Outcome != batch.OutcomeConflict || !strings.Contains(r.Findings[0].Message, w) {
					t.Errorf("%s: %+v lacks %q", r.Outcome, r.Findings, w)
				}
			}
		}
		said("has an invite of this person, "+works.ID, "(and 1 more)", "--only "+works.ID)
		if err := a.SetStatus(works.ID, "completed"); err != nil {
			t.Fatal(err)
		}
		said("has a completed invite of this person, " + works.ID)
		if err := a.Revoke(works.ID); err != nil {
			t.Fatal(err)
		}
		said("has a revoked invite of this person, " + dead.ID)
	})
}
