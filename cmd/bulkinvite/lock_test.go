package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"bulkinvite/batch/argyle/argylesim"
)

// While a run holds the ledger, a second one says which run that is and leaves;
// a plan needs no lock.
func TestSecondRunIsTurnedAway(t *testing.T) {
	t.Parallel()
	const people = 20
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a)
	first := s.underWay(a, people)

	second := s.run(exitLocked, "bulkinvite", "run", "--out", "second", "roster.csv")
	holder := regexp.MustCompile(`^bulkinvite: run (\S+) \(process (\d+), started (\S+)\) holds the ledger; wait until it has ended\n$`).
		FindStringSubmatch(second.stderr.String())
	if holder == nil || second.stdout.Len() > 0 || len(s.entries("second")) > 0 {
		t.Fatalf("printed %q %q, files %v", &second.stdout, &second.stderr, s.entries("second"))
	}
	s.run(exitAttention, "bulkinvite", "plan", "roster.csv") // those on their way are in doubt by now

	a.release()
	first.wants(exitOK)
	if a.Count() != people {
		t.Errorf("%d invites, want %d", a.Count(), people)
	}
	run := s.summary().Run
	started, err := time.Parse(time.RFC3339, holder[3])
	if err != nil || holder[1] != run.ID || holder[2] != fmt.Sprint(first.cmd.Process.Pid) || !started.Equal(run.Started.Truncate(time.Second)) {
		t.Errorf("%q, but the holder is run %s, process %d, started %v", holder[0], run.ID, first.cmd.Process.Pid, run.Started)
	}
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	checkNobodyTwice(s, a, people)
}

// Of several runs that begin at once on a new ledger, each either has it alone or
// is turned away.
func TestRunsAtOnce(t *testing.T) {
	t.Parallel()
	const people, runs = 40, 5
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a)
	s.write("roster.csv", staff(people))
	var all []*child
	for range runs {
		all = append(all, s.start("bulkinvite", "run", "roster.csv"))
	}
	had := 0
	for _, c := range all {
		<-c.ended
		switch code := c.cmd.ProcessState.ExitCode(); {
		case code == exitOK:
			had++
		case code != exitLocked || !strings.HasSuffix(c.stderr.String(), "holds the ledger; wait until it has ended\n"):
			t.Errorf("exit code %d: %s", code, &c.stderr)
		}
	}
	if had == 0 || a.Count() != people || len(a.Twice()) > 0 {
		t.Errorf("%d runs had the ledger, %d invites, twice: %v", had, a.Count(), a.Twice())
	}
}

// The lock dies with the process that held it, whatever stands beside it.
func TestLockOfADeadRun(t *testing.T) {
	t.Parallel()
	const people = 20
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a, "BULKINVITE_NO_WAIT=true")
	dead := s.underWay(a, people)
	_ = dead.cmd.Process.Kill()
	dead.wants(-1)
	a.release()

	// As if another process had its number by now.
	note := strings.Replace(s.ledger(), "ledger.db", "lock.json", 1)
	text, err := json.Marshal(map[string]any{"run_id": "of-yesterday", "pid": os.Getpid(), "started": time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(note, text, 0o600); err != nil {
		t.Fatal(err)
	}
	last := s.start("bulkinvite", "run", "roster.csv")
	<-last.ended
	checkNobodyTwice(s, a, people)
}
