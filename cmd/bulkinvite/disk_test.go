package main

import (
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/reports"
)

// fullLedger is the one line of a ledger that cannot grow any more.
var fullLedger = regexp.MustCompile(`^bulkinvite: state/\S+/ledger\.db: the disk .*; (make|check) .*room.*\n$`)

// shell runs a script that must succeed.
func (s *site) shell(script string) *child {
	s.t.Helper()
	return s.run(exitOK, "sh", "-e", "-c", script)
}

// mountingShell is shell with mounts of its own, which end with it. Where that is
// not allowed the test is skipped.
func (s *site) mountingShell(script string) *child {
	s.t.Helper()
	with := []string{"unshare", "--map-root-user", "--mount"}
	try := slices.Concat(with[1:], []string{"mount", "-t", "tmpfs", "tmpfs", s.dir})
	if said, err := exec.CommandContext(s.t.Context(), with[0], try...).CombinedOutput(); err != nil {
		s.t.Skipf("no file system can be mounted here: %v %s", err, said)
	}
	return s.run(exitOK, append(with, "sh", "-e", "-c", script)...)
}

// A disk that is full before the first POST: one line, nothing sent, nothing left
// behind; and when there is room, everything goes on.
func (r released) diskFullBeforeSending(t *testing.T) {
	t.Parallel()
	const people = 3
	plan := regexp.MustCompile(`^bulkinvite: cannot keep the plan on disk: .* \(free some space, or choose another --out\)\n$`)
	for name, test := range map[string]struct {
		blocks int // of 512 bytes: what any file may hold
		line   *regexp.Regexp
	}{
		"for the ledger":          {16, fullLedger},
		"for the plan":            {330, plan},
		"for the end of the plan": {420, plan},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, argylesim.Options{NoLog: true})
			s := r.site(t, a)
			twice := strings.SplitAfter(staff(people), "\n")[1]
			s.write("roster.csv", staff(people)+strings.Repeat(twice, 1200))
			c := s.run(exitError, "sh", "-c", fmt.Sprintf("ulimit -f %d; exec bulkinvite run roster.csv", test.blocks))
			if !test.line.MatchString(c.said()) || c.stdout.Len() > 0 {
				t.Errorf("printed %q %q", &c.stdout, c.said())
			}
			if a.Count() > 0 || len(s.entries("out")) > 0 {
				t.Errorf("%d invites, files %v", a.Count(), s.entries("out"))
			}
			s.run(exitOK, "bulkinvite", "run", "roster.csv")
			if a.Count() != people {
				t.Errorf("%d invites, want %d", a.Count(), people)
			}
		})
	}
}

// A disk that fills up while invites are sent: nothing more is claimed, one line
// says why, the report tells what is known, and the next run settles the rest.
func (r released) diskFullWhileSending(t *testing.T) {
	t.Parallel()
	const people, concurrency = 250, 16
	const full, room = `code=0
		%sbulkinvite run --quiet --no-wait --out first roster.csv) >full.out 2>full.err || code=$?
		test $code = 1
		`, `bulkinvite run --absent-after 1s roster.csv`
	for name, run := range map[string]func(s *site){
		"a limit on every file": func(s *site) { s.shell(fmt.Sprintf(full, "(ulimit -f 400; exec ") + room) },
		"a small file system": func(s *site) {
			s.mountingShell("mkdir state; mount -t tmpfs -o size=320k,mode=700 tmpfs state; " + fmt.Sprintf(full, "(exec ") +
				"mount -o remount,size=64m state; " + room)
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, argylesim.Options{NoLog: true})
			s := r.site(t, a, fmt.Sprintf("BULKINVITE_CONCURRENCY=%d", concurrency))
			s.write("roster.csv", staff(people))
			run(s)
			checkPart(s, people, concurrency)
			if said := s.read("full.err"); !fullLedger.MatchString(said) || !strings.HasPrefix(s.read("full.out"), "STOPPED EARLY: ") {
				t.Errorf("printed:\n%s%s", s.read("full.out"), said)
			}
			if unknown := checkNobodyTwice(s, a, people); unknown > 0 || a.Count() != people {
				t.Errorf("%d people are in doubt, %d invites", unknown, a.Count())
			}
		})
	}
}

// checkPart wants a report of the first run, which could send to some people only.
func checkPart(s *site, people, concurrency int) {
	s.t.Helper()
	summary, err := reports.ReadSummary(s.path("first/latest/summary.json"))
	if err != nil {
		s.t.Fatalf("%v\n%s", err, s.read("full.err"))
	}
	sent, unknown, left := summary.Buckets[batch.OutcomeSent], summary.Buckets[batch.OutcomeUnknown], summary.Buckets[batch.OutcomeNotAttempted]
	if summary.Rows != people || sent+unknown+left != people || left == 0 || unknown > concurrency || summary.InDoubt != unknown {
		s.t.Errorf("%d rows, %v, %d in doubt", summary.Rows, summary.Buckets, summary.InDoubt)
	}
	if summary.ExitCode != exitError || summary.Stop.Reason != batch.StopLedger {
		s.t.Errorf("exit code %d, stopped by %q", summary.ExitCode, summary.Stop.Reason)
	}
}

// A disk that is full when the results are to be written: one line, none of the
// files rather than some, and the next run tells what the first one did.
func (r released) diskFullWhileReporting(t *testing.T) {
	t.Parallel()
	const people = 200
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := r.site(t, a)
	s.write("roster.csv", staff(people))
	s.mountingShell(`
		mkdir first; mount -t tmpfs -o size=80k,mode=700 tmpfs first
		code=0
		bulkinvite run --quiet --out first roster.csv >full.out 2>full.err || code=$?
		test $code = 1
		ls -A first >left`)
	said := regexp.MustCompile(`^bulkinvite: the results cannot be written to first/\S+: no space left on device; choose another folder with --out, or mend this one\n$`)
	if !said.MatchString(s.read("full.err")) || s.read("left") != "" || a.Count() != people {
		t.Errorf("%d invites, files %q, printed:\n%s%s", a.Count(), s.read("left"), s.read("full.out"), s.read("full.err"))
	}
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	checkNobodyTwice(s, a, people)
	if n := s.summary().Buckets[batch.OutcomeAlreadyInvited]; n != people {
		t.Errorf("%d people were invited earlier, want %d", n, people)
	}
}
