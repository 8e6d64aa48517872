package main

import (
	"strings"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// The API takes one key only, that of a site; with says that a command uses another.
const rightKey = "try"

func newStrictAPI(t *testing.T, o argylesim.Options) *api {
	o.KeyID, o.Secret = rightKey, "try-it-out"
	return newAPI(t, o)
}

func (s *site) with(key string) *site {
	other := *s
	other.env = append(append([]string{}, s.env...), keyIDName+"="+key)
	return &other
}

// wantOtherKey runs a command by a key that is not the ledger's.
func (s *site) wantOtherKey(args ...string) {
	s.t.Helper()
	if line := s.run(exitHeld, args...).said(); !strings.HasPrefix(line, "bulkinvite: the ledger belongs to the API key ID with hash ") {
		s.t.Error(line)
	}
}

// inDoubt kills a run after its first POST. The invite is made, and nobody hears of it.
func (s *site) inDoubt(a *api) {
	s.t.Helper()
	dies := s.underWay(a, 1)
	_ = dies.cmd.Process.Kill()
	dies.wants(-1)
	left := a.left.more(1)
	a.release()
	<-left
}

// A key that the API refuses does not take the ledger from the right one, whatever is
// done by it.
func TestRefusedKeyIsNotRemembered(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"bulkinvite run roster.csv", "bulkinvite run --accept-key roster.csv", "bulkinvite adopt"} {
		t.Run(command, func(t *testing.T) {
			a := newStrictAPI(t, argylesim.Options{})
			s := newSite(t, a)
			s.write("roster.csv", staff(3))
			s.with("wrong").run(exitStopped, strings.Fields(command)...)
			s.run(exitOK, "bulkinvite", "run", "roster.csv")
			if a.Count() != 3 {
				t.Errorf("%d invites", a.Count())
			}
			s.with("wrong").wantOtherKey("bulkinvite", "run", "roster.csv")
			s.with("wrong").wantOtherKey("bulkinvite", "plan", "roster.csv")
		})
	}
}

// --accept-key answers for its run. Where the API refuses the new key, the ledger stays
// with the old one.
func TestAcceptedKeyIsBoundAtTheEnd(t *testing.T) {
	t.Parallel()
	a := newStrictAPI(t, argylesim.Options{})
	s := newSite(t, a)
	s.write("roster.csv", staff(1))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	s.write("roster.csv", staff(2))
	s.with("wrong").run(exitStopped, "bulkinvite", "run", "--accept-key", "roster.csv")
	s.with("wrong").wantOtherKey("bulkinvite", "run", "roster.csv")
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	// A new key that the API takes is the ledger's from then on, also where nobody is
	// left to send to.
	open := newAPI(t, argylesim.Options{})
	s = newSite(t, open)
	s.write("roster.csv", staff(1))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	s.with("new").wantOtherKey("bulkinvite", "run", "roster.csv")
	s.with("new").run(exitOK, "bulkinvite", "run", "--accept-key", "roster.csv")
	s.with("new").run(exitOK, "bulkinvite", "run", "roster.csv")
	s.wantOtherKey("bulkinvite", "run", "roster.csv")
}

// A night on which the API is asked nothing shows nothing of the key. That of
// --accept-key is tried.
func TestQuietNightDoesNotTakeTheLedger(t *testing.T) {
	t.Parallel()
	a := newStrictAPI(t, argylesim.Options{})
	s := newSite(t, a)
	s.write("invalid.csv", "Employee ID,Name,Email\n7001,Avery Sample,nowhere\n")
	s.with("wrong").run(exitAttention, "bulkinvite", "run", "invalid.csv")
	s.write("roster.csv", staff(2))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	for range 2 {
		s.with("wrong").run(exitOK, "bulkinvite", "run", "--accept-key", "roster.csv")
		s.run(exitOK, "bulkinvite", "run", "roster.csv")
	}
	s.with("wrong").wantOtherKey("bulkinvite", "run", "roster.csv")
}

// A run that has nothing to send, and whose look at the list is refused, has not shown
// that its key is right: neither has a reconciliation, or an operator's look-up.
func TestRefusedKeyOfALook(t *testing.T) {
	t.Parallel()
	for command, code := range map[string]int{
		"bulkinvite run --no-wait roster.csv":   exitAttention,
		"bulkinvite reconcile --no-wait":        exitStopped,
		"bulkinvite settle 7001 --sent no-such": exitStopped,
	} {
		t.Run(command, func(t *testing.T) {
			a := newStrictAPI(t, argylesim.Options{})
			s := newSite(t, a)
			s.inDoubt(a)
			s.with("wrong").run(code, strings.Fields(command)...)
			s.run(exitOK, "bulkinvite", "run", "roster.csv")
			if a.Count() != 1 {
				t.Errorf("%d invites", a.Count())
			}
			s.with("wrong").wantOtherKey("bulkinvite", "run", "roster.csv")
		})
	}
}

// A run that was killed after its first invite has shown that its key is right, and so
// has a look that the API has answered.
func TestKeyIsRememberedOnceItIsRight(t *testing.T) {
	t.Parallel()
	t.Run("killed", func(t *testing.T) {
		a := newAPI(t, argylesim.Options{Script: []argylesim.Fault{argylesim.None, argylesim.Slow}})
		s := newSite(t, a)
		s.write("roster.csv", staff(2))
		both := a.arrived.more(2)
		c := s.start("bulkinvite", "run", "--concurrency", "1", "roster.csv")
		c.killAt(both)
		c.wants(-1)
		s.with("other").wantOtherKey("bulkinvite", "run", "roster.csv")
		s.with("other").wantOtherKey("bulkinvite", "reconcile")
	})
	for _, command := range []string{"bulkinvite adopt", "bulkinvite reconcile --no-wait", "bulkinvite settle 7001 --sent %s"} {
		t.Run(command, func(t *testing.T) {
			a := newAPI(t, argylesim.Options{})
			s := newSite(t, a)
			s.inDoubt(a)
			if command == "bulkinvite adopt" { // nothing is adopted while somebody is in doubt
				s = newSite(t, a)
			}
			s.run(exitOK, strings.Fields(strings.ReplaceAll(command, "%s", a.Invites()[0].ID))...)
			s.with("other").wantOtherKey("bulkinvite", "adopt")
		})
	}
}
