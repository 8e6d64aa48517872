package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

var stopSignals = map[syscall.Signal]int{
	syscall.SIGINT:  exitInterrupted,
	syscall.SIGTERM: exitTerminated,
}

// The first signal: what is in flight is finished and settled, every file is
// written, and remaining.csv sends exactly the rest.
func TestFirstSignal(t *testing.T) {
	t.Parallel()
	for signal, code := range stopSignals {
		t.Run(signal.String(), func(t *testing.T) {
			const people = 90
			a := newAPI(t, argylesim.Options{Latency: 50 * time.Millisecond, NoLog: true})
			s := newSite(t, a, "BULKINVITE_CONCURRENCY=8")
			s.write("roster.csv", staff(people))
			enough := a.arrived.more(12)
			c := s.start("bulkinvite", "run", "roster.csv")
			<-enough
			c.signal(signal)
			c.wants(code)

			sent := a.Count()
			if sent < 12 || sent == people {
				t.Fatalf("%d people were invited: not stopped in the middle", sent)
			}
			checkStopped(t, s, c, people, sent, code)
			rest := checkRemaining(t, s, people-sent)

			s.run(exitOK, "bulkinvite", "run", "out/latest/remaining.csv")
			var again []string
			for _, r := range s.rows("out/latest/results.csv") {
				if r["outcome"] == string(batch.OutcomeSent) {
					again = append(again, r["employee_id"])
				}
			}
			if diff := cmp.Diff(rest, again); diff != "" || a.Count() != people {
				t.Errorf("%d invites; the rerun sent others than the rest: %s", a.Count(), diff)
			}
			s.run(exitOK, "bulkinvite", "run", "roster.csv")
			checkNobodyTwice(s, a, people)
		})
	}
}

// checkStopped wants a report that says what the API says: nobody in doubt.
func checkStopped(t *testing.T, s *site, c *child, people, sent, code int) {
	t.Helper()
	summary := s.summary()
	if summary.Buckets[batch.OutcomeSent] != sent || summary.Buckets[batch.OutcomeNotAttempted] != people-sent || summary.InDoubt > 0 {
		t.Errorf("%d invites, but the summary says %v, %d in doubt", sent, summary.Buckets, summary.InDoubt)
	}
	if summary.ExitCode != code || summary.Stop.Reason != batch.StopSignal {
		t.Errorf("summary.json: exit code %d, stopped by %q", summary.ExitCode, summary.Stop.Reason)
	}
	if verdict, _, _ := strings.Cut(c.stdout.String(), ":"); verdict != "STOPPED EARLY" || c.said() != "" {
		t.Errorf("printed:\n%s%s", &c.stdout, c.said())
	}
}

// checkRemaining wants remaining.csv to hold what was not attempted, as it
// stands in the roster, and nothing else. It returns their IDs.
func checkRemaining(t *testing.T, s *site, want int) []string {
	t.Helper()
	lines := strings.Split(s.read("roster.csv"), "\n")
	var ids, rest []string
	for i, r := range s.rows("out/latest/results.csv") {
		if r["outcome"] == string(batch.OutcomeNotAttempted) {
			rest, ids = append(rest, lines[i+1]), append(ids, r["employee_id"])
		}
	}
	var remaining []string
	for line := range strings.Lines(s.read("out/latest/remaining.csv")) {
		own := strings.SplitN(line, ",", 5)[:4]
		remaining = append(remaining, strings.Join(own, ","))
	}
	if diff := cmp.Diff(append(lines[:1:1], rest...), remaining); diff != "" || len(rest) != want {
		t.Errorf("%d rows were not attempted, want %d; remaining.csv: %s", len(rest), want, diff)
	}
	return ids
}

// The second signal leaves at once. The next run names everybody whose invite
// was on its way, and sends to the others; the one after that finds the invites.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	for signal, code := range stopSignals {
		t.Run(signal.String(), func(t *testing.T) {
			const people, concurrency = 100, 8
			a := newAPI(t, argylesim.Options{NoLog: true})
			s := newSite(t, a, "BULKINVITE_CONCURRENCY=8", "BULKINVITE_NO_WAIT=true")
			s.write("roster.csv", staff(people))
			a.hold()
			full := a.arrived.more(concurrency)
			c := s.start("bulkinvite", "run", "roster.csv")
			<-full
			c.insist(signal)
			c.wants(code)
			if c.stdout.Len() > 0 || len(s.entries("out/*")) > 0 {
				t.Errorf("it left %v and %s", s.entries("out/*"), &c.stdout)
			}

			onTheWay := a.pass()
			s.run(exitAttention, "bulkinvite", "run", "roster.csv")
			if unknown := checkNobodyTwice(s, a, people); unknown != concurrency {
				t.Errorf("%d people are in doubt, want %d", unknown, concurrency)
			}
			if diff := cmp.Diff(emailsOf(t, onTheWay), doubted(s)); diff != "" {
				t.Error(diff)
			}

			arrived := a.left.more(concurrency)
			a.release()
			<-arrived
			s.run(exitOK, "bulkinvite", "run", "roster.csv")
			if unknown := checkNobodyTwice(s, a, people); unknown > 0 || a.Count() != people {
				t.Errorf("%d people are in doubt, %d invites", unknown, a.Count())
			}
		})
	}
}

func emailsOf(t *testing.T, bodies []string) []string {
	t.Helper()
	var all []string
	for _, body := range bodies {
		var invite struct{ Email string }
		if err := json.Unmarshal([]byte(body), &invite); err != nil {
			t.Fatal(err)
		}
		all = append(all, invite.Email)
	}
	slices.Sort(all)
	return all
}

func doubted(s *site) []string {
	var all []string
	for _, r := range s.rows("out/latest/in_doubt.csv") {
		all = append(all, r["email"])
	}
	slices.Sort(all)
	return all
}

// A signal while the roster comes in slowly, before its first row or later:
// nobody is invited, and one line says why.
func TestSignalWhileReading(t *testing.T) {
	t.Parallel()
	const buffers = 64<<10 + pipeSize // what the program and the pipe can take in
	for name, text := range map[string]string{
		"the header": staff(100)[:pipeSize+1],
		"the rows":   staff(2000)[:buffers+1],
	} {
		for signal, code := range stopSignals {
			t.Run(name+" "+signal.String(), func(t *testing.T) {
				a := newAPI(t, argylesim.Options{NoLog: true})
				s := newSite(t, a)
				in, out := slowPipe(t)
				c := s.startReading(in, "bulkinvite", "run", "-")
				if _, err := out.WriteString(text); err != nil { // returns when all but a pipe full is read
					t.Fatal(err)
				}
				c.signal(signal)
				c.wants(code)
				if want := "bulkinvite: " + (&Interrupted{signal}).Error() + "\n"; c.said() != want || c.stdout.Len() > 0 {
					t.Errorf("printed %q %q, want %q", &c.stdout, c.said(), want)
				}
				if n := strings.Count(c.stderr.String(), `"run ends"`); n > 0 && !strings.Contains(c.stderr.String(), fmt.Sprintf(`"exit":%d}`, code)) {
					t.Errorf("logged: %s", &c.stderr)
				}
				if a.Count() > 0 || len(s.entries("out")) > 0 {
					t.Errorf("%d invites, files %v", a.Count(), s.entries("out"))
				}
			})
		}
	}
}

// A signal while a run waits for the proof that somebody holds no invite ends
// the wait; the next run goes on with it.
func TestSignalWhileWaiting(t *testing.T) {
	t.Parallel()
	const people = 3
	a := newAPI(t, argylesim.Options{Script: []argylesim.Fault{argylesim.Reset}, NoLog: true})
	s := newSite(t, a)
	s.write("roster.csv", staff(people))
	looked := a.listed.more(2) // before it sends, and after
	c := s.start("bulkinvite", "run", "roster.csv")
	<-looked
	c.signal(syscall.SIGTERM)
	c.wants(exitTerminated)
	if unknown := checkNobodyTwice(s, a, people); unknown != 1 || c.said() != "" {
		t.Errorf("%d people are in doubt; printed %s%s", unknown, &c.stdout, c.said())
	}

	s.run(exitOK, "bulkinvite", "run", "--absent-after", "1s", "roster.csv")
	if unknown := checkNobodyTwice(s, a, people); unknown > 0 || a.Count() != people {
		t.Errorf("%d people are in doubt, %d invites", unknown, a.Count())
	}
}
