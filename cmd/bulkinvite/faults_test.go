package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"bulkinvite/batch/argyle/argylesim"
)

// manyPeople is how many people the tests below invite: BULKINVITE_PEOPLE, else
// few enough for every day. 5000 is the measure of the promise; it takes minutes.
func manyPeople(t *testing.T) int {
	text := os.Getenv("BULKINVITE_PEOPLE")
	if text == "" {
		return 250
	}
	people, err := strconv.Atoi(text)
	if err != nil || people < 100 {
		t.Fatalf("BULKINVITE_PEOPLE: %q is no number from 100 on", text)
	}
	return people
}

// unlucky is a roster of n people. To one in fifty each goes wrong, once, what
// can go wrong; 429 comes for ten of them in a row.
func unlucky(n int, random *rand.Rand) string {
	faults := make([]argylesim.Fault, n)
	for i, row := range random.Perm(n / 10)[:max(1, n/500)] {
		for k := range 10 {
			faults[10*row+k] = []argylesim.Fault{argylesim.Throttle, argylesim.ThrottleSeconds}[i%5/4]
		}
	}
	rows := random.Perm(n)
	for _, f := range []argylesim.Fault{
		argylesim.Lost, argylesim.Reset, argylesim.ErrAfter, argylesim.ErrBefore, argylesim.Cut, argylesim.Slow,
	} {
		for done := 0; done < n/50; rows = rows[1:] {
			if faults[rows[0]] == argylesim.None {
				faults[rows[0]] = f
				done++
			}
		}
	}
	var text strings.Builder
	text.WriteString("Employee ID,Name,Work Email\n")
	for i, f := range faults {
		tag := ""
		if f != argylesim.None {
			tag = "+fault." + string(f) + ".1"
		}
		fmt.Fprintf(&text, "%d,Avery Sample,avery.%d%s@example.com\n", 7001+i, i, tag)
	}
	return text.String()
}

// unluckySite is where they are invited, by an API whose lists lag behind.
func (r released) unluckySite(t *testing.T, people int, random *rand.Rand) (*site, *api) {
	a := newAPI(t, argylesim.Options{NoLog: true, VisibleAfter: time.Second, SlowFor: time.Minute})
	s := r.site(t, a, "BULKINVITE_RATE=500", "BULKINVITE_BURST=1", "BULKINVITE_TIMEOUT=2s", "BULKINVITE_ABSENT_AFTER=3s")
	s.write("roster.csv", unlucky(people, random))
	return s, a
}

// untilAllIsWell lets runs live until one says that nothing is left to do.
func untilAllIsWell(s *site, a *api, people int) {
	s.t.Helper()
	began, runs, code := time.Now(), 0, exitAttention
	for code != exitOK && runs < mostRuns {
		runs++
		c := s.start("bulkinvite", "run", "roster.csv")
		<-c.ended
		code = c.cmd.ProcessState.ExitCode()
	}
	unknown := checkNobodyTwice(s, a, people)
	if code != exitOK || unknown > 0 || a.Count() != people {
		s.t.Errorf("exit %d after %d runs, %d in doubt, %d invites for %d people", code, runs, unknown, a.Count(), people)
	}
	s.t.Logf("%d people, %d invites, %d in doubt, after %d runs that took %v", people, a.Count(), unknown, runs, time.Since(began))
}

// Everything goes wrong for somebody, and in at most three runs everybody has
// exactly one invite.
func (r released) throughFaults(t *testing.T) {
	t.Parallel()
	people := manyPeople(t)
	s, a := r.unluckySite(t, people, chance(t))
	untilAllIsWell(s, a, people)
}

// The same, and the process is killed again and again.
func (r released) killedAmongFaults(t *testing.T) {
	t.Parallel()
	people, random := manyPeople(t), chance(t)
	s, a := r.unluckySite(t, people, random)
	kills, killed := max(5, people/250), 0
	for range kills {
		m := moment{arrived: 1 + random.IntN(people/kills)}
		switch random.IntN(3) {
		case 0:
			m = moment{answered: m.arrived}
		case 1:
			m = moment{elapsed: time.Duration(random.Int64N(int64(2 * time.Second)))}
		}
		now := m.channel(a)
		c := s.start("bulkinvite", "run", "roster.csv")
		c.killAt(now)
		if c.cmd.ProcessState.ExitCode() == -1 {
			killed++
		}
	}
	t.Logf("%d runs killed, %d not; %d invites by then", killed, kills-killed, a.Count())
	untilAllIsWell(s, a, people)
}
