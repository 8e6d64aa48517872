package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// dieAt makes a program that was built with the tag failpoint kill itself; see
// failpoint.go, which a plain build does not have.
const dieAt = "BULKINVITE_FAILPOINT"

// steps are those of the send loop and of reconciliation at which it can die.
var steps = []string{"slot", "claim", "permit", "depart", "answer", "settle", "find", "found"}

// death is the step at which a run dies, when it comes there for the n-th time.
type death struct {
	step string
	n    int
}

func (d death) String() string { return fmt.Sprintf("%s:%d", d.step, d.n) }

// needsDoubt reports whether only a run with somebody in doubt comes there.
func (d death) needsDoubt() bool { return d.step == "find" || d.step == "found" }

// deaths are n of them, each step as often as the others.
func deaths(n int) []death {
	all := make([]death, n)
	for i := range all {
		all[i] = death{steps[i%len(steps)], 1 + i/len(steps)%5}
		if all[i].needsDoubt() {
			all[i].n = 1
		}
	}
	return all
}

// TestFailPoints lets real processes die at every step, start again, and die
// again: nobody is invited twice, nobody is lost, and once it may live, nobody is
// in doubt. BULKINVITE_KILLS says how many have to die.
func TestFailPoints(t *testing.T) {
	t.Parallel()
	const each = 10 // deaths of one ledger
	program := build(t, "-tags", "failpoint")
	kills := 20
	if text := os.Getenv("BULKINVITE_KILLS"); text != "" {
		var err error
		if kills, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	all, r := deaths(kills), chance(t)
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for story := range slices.Chunk(all, each) {
		troubles := make([]argylesim.Fault, 50)
		if r.IntN(2) == 0 { // for half of the stories the API has its troubles too
			for i := range troubles {
				troubles[i] = apiTroubles[r.IntN(len(apiTroubles))]
			}
		}
		t.Run(fmt.Sprint(story), func(t *testing.T) {
			t.Parallel()
			tellOfDeaths(t, program, story, troubles)
		})
	}
}

var apiTroubles = []argylesim.Fault{
	argylesim.None, argylesim.None, argylesim.None, argylesim.None, argylesim.None, argylesim.None,
	argylesim.Lost, argylesim.Reset, argylesim.ErrAfter, argylesim.ErrBefore, argylesim.Cut,
}

// tale is a ledger whose runs die, one after the other.
type tale struct {
	*site
	api     *api
	program string
	people  int // on the roster
}

// tellOfDeaths lets one ledger live through all deaths. The API's troubles come
// again and again, until the last run, which may live.
func tellOfDeaths(t *testing.T, program string, story []death, troubles []argylesim.Fault) {
	var over atomic.Bool
	a := newAPI(t, argylesim.Options{NoLog: true, Choose: func(n int, _ string) argylesim.Fault {
		if over.Load() {
			return argylesim.None
		}
		return troubles[n%len(troubles)]
	}})
	s := &tale{newSite(t, a, "BULKINVITE_CONCURRENCY=3", "BULKINVITE_ABSENT_AFTER=1s"), a, program, 0}
	s.hire(10)
	for _, d := range story {
		if d.needsDoubt() {
			s.die(death{"answer", 1})
		}
		s.die(d)
	}
	over.Store(true)
	s.hire(1) // so that there is an invite which the ledger knows
	c := s.run(exitOK, program, "run", "roster.csv")
	if unknown := checkNobodyTwice(s.site, a, s.people); unknown > 0 || a.Count() != s.people {
		t.Errorf("%d people in doubt, %d invites for %d people\n%s", unknown, a.Count(), s.people, &c.stderr)
	}
}

// hire puts more people on the roster.
func (s *tale) hire(more int) {
	s.people += more
	s.write("roster.csv", staff(s.people))
}

// die lets runs begin until one has died at d. One that comes to its end had too
// little left to do.
func (s *tale) die(d death) {
	s.t.Helper()
	plain := s.env
	s.env = append(slices.Clone(plain), dieAt+"="+d.String())
	defer func() { s.env = plain }()
	for range 5 {
		c := s.start(s.program, "run", "--no-wait", "roster.csv")
		<-c.ended
		if twice := s.api.Twice(); len(twice) > 0 {
			s.t.Fatalf("died at %v: invited twice: %v", d, twice)
		}
		switch code := c.cmd.ProcessState.ExitCode(); code {
		case -1:
			return
		case exitOK, exitAttention:
			s.hire(10)
		default:
			s.t.Fatalf("%v: exit code %d\n%s%s", d, code, &c.stdout, &c.stderr)
		}
		if d.needsDoubt() {
			s.die(death{"answer", 1})
		}
	}
	s.t.Fatalf("no run came to %v", d)
}

// build builds the program as a release is, but for the flags, and returns where
// it is.
func build(t *testing.T, flags ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bulkinvite")
	args := append([]string{"build", "-o", path}, flags...)
	if said, err := exec.CommandContext(t.Context(), "go", append(args, ".")...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return path
}

// What makes the program die, in TestFailPoints, is not in a release.
func TestReleaseHasNoFailPoints(t *testing.T) {
	t.Parallel()
	release, err := os.ReadFile(build(t))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(release, []byte(dieAt)) {
		t.Errorf("a plain build knows %s", dieAt)
	}
}
