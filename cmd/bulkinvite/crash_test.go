package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// TestDurability runs the program as it is released. The race detector makes
// SQLite ten times slower, and what stands on the disk is none of its business.
func TestDurability(t *testing.T) {
	t.Parallel()
	var r released
	if raceDetector() {
		r.dir = filepath.Dir(build(t))
	}
	for name, test := range map[string]func(*testing.T){
		"through faults":            r.throughFaults,
		"killed among faults":       r.killedAmongFaults,
		"killed while sending":      r.killedWhileSending,
		"killed while reporting":    r.killedWhileReporting,
		"disk full before sending":  r.diskFullBeforeSending,
		"disk full while sending":   r.diskFullWhileSending,
		"disk full while reporting": r.diskFullWhileReporting,
		"ledger damaged":            r.ledgerDamaged,
		"ledger damaged anywhere":   r.ledgerDamagedAnywhere,
		"bits flipped":              r.bitsFlipped,
	} {
		t.Run(name, test)
	}
}

// released is the folder of the program without the race detector; none where the
// tests have no race detector either.
type released struct{ dir string }

// site is a site that has this program first in its PATH.
func (r released) site(t *testing.T, a *api, env ...string) *site {
	t.Helper()
	if r.dir != "" {
		env = append(env, "PATH="+r.dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
	}
	return newSite(t, a, env...)
}

func raceDetector() bool {
	info, _ := debug.ReadBuildInfo()
	return slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// Two thousand people, and the process is killed ten times: nobody is invited
// twice and nobody is lost. Who is left in doubt is settled as soon as the API's
// list can prove who holds no invite.
func (r released) killedWhileSending(t *testing.T) {
	t.Parallel()
	const people, concurrency = 2000, 16
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := r.site(t, a, fmt.Sprintf("BULKINVITE_CONCURRENCY=%d", concurrency), "BULKINVITE_NO_WAIT=true")
	s.write("roster.csv", staff(people))
	kills := moments(chance(t))
	for _, m := range kills {
		now := m.channel(a)
		c := s.start("bulkinvite", "run", "roster.csv")
		c.killAt(now)
		c.wants(-1) // killed, not through
		if c.stdout.Len() > 0 || c.said() != "" {
			t.Errorf("killed %v, and it said %s%s", m, &c.stdout, c.said())
		}
		t.Logf("killed %v: %d invites", m, a.Count())
	}
	last := s.start("bulkinvite", "run", "roster.csv")
	<-last.ended
	unknown := checkNobodyTwice(s, a, people)
	if most := len(kills) * concurrency; unknown > most {
		t.Errorf("%d people are in doubt, at most %d can be", unknown, most)
	}
	want := exitOK
	if unknown > 0 {
		want = exitAttention
	}
	last.wants(want)

	t.Logf("%d of %d in doubt: %d invites", unknown, people, a.Count())
	s.run(exitOK, "bulkinvite", "run", "--no-wait=false", "--absent-after", "1s", "roster.csv")
	if unknown := checkNobodyTwice(s, a, people); unknown > 0 || a.Count() != people {
		t.Errorf("%d people are in doubt, and %d invites", unknown, a.Count())
	}
}

// checkNobodyTwice compares what the last run says of the roster staff(people)
// with what the API holds, and returns how many people are in doubt.
func checkNobodyTwice(s *site, a *api, people int) (unknown int) {
	s.t.Helper()
	if twice := a.Twice(); len(twice) > 0 {
		s.t.Errorf("invited twice: %v", twice)
	}
	invites := map[string]argylesim.Invite{}
	for _, invite := range a.Invites() {
		invites[invite.ID] = invite
	}
	total := len(invites)
	rows := s.rows("out/latest/results.csv")
	if len(rows) != people {
		s.t.Fatalf("%d rows in results.csv, want %d", len(rows), people)
	}
	counts := map[batch.Outcome]int{}
	for i, r := range rows {
		outcome := batch.Outcome(r["outcome"])
		counts[outcome]++
		switch outcome {
		case batch.OutcomeSent, batch.OutcomeAlreadyInvited:
			invite, ok := invites[r["invite_id"]]
			if !ok || r["email"] == "" || r["invite_url"] != invite.URL || invite.Email != r["email"] || invite.Phone != r["phone_number"] {
				s.t.Errorf("line %s: its invite %s is not at the API", r["line"], r["invite_id"])
			}
			delete(invites, r["invite_id"])
		case batch.OutcomeUnknown:
			unknown++
		default:
			s.t.Errorf("line %s is %s (%s)", r["line"], outcome, r["error_message"])
		}
		if r["line"] != strconv.Itoa(i+2) {
			s.t.Fatalf("line %s in place of %d", r["line"], i+2)
		}
	}
	if len(invites) > unknown {
		s.t.Errorf("%d of %d invites are in nobody's row, and %d rows are in doubt", len(invites), total, unknown)
	}
	checkReport(s, people, unknown, counts)
	return unknown
}

// checkReport wants the files to agree with each other.
func checkReport(s *site, people, unknown int, counts map[batch.Outcome]int) {
	s.t.Helper()
	summary := s.summary()
	maps.DeleteFunc(summary.Buckets, func(_ batch.Outcome, n int) bool { return n == 0 })
	if !maps.Equal(summary.Buckets, counts) || summary.Rows != people || summary.InDoubt != unknown {
		s.t.Errorf("summary.json says %v, %d rows, %d in doubt; results.csv says %v", summary.Buckets, summary.Rows, summary.InDoubt, counts)
	}
	if unknown > 0 && len(s.rows("out/latest/in_doubt.csv")) != unknown {
		s.t.Errorf("in_doubt.csv does not list %d people", unknown)
	}
}

// Killed while it reads and writes files only, a run leaves a file whole or not
// at all, and out/latest leads to a run that has all of its files.
func (r released) killedWhileReporting(t *testing.T) {
	t.Parallel()
	const people = 1000
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := r.site(t, a)
	s.write("roster.csv", staff(people))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	first := s.start("bulkinvite", "run", "roster.csv")
	began := time.Now()
	first.wants(exitOK)
	took := time.Since(began)

	random := chance(t)
	for range 12 {
		late := time.Duration(float64(took) * (0.4 + 0.6*random.Float64()))
		now := moment{elapsed: late}.channel(a)
		c := s.start("bulkinvite", "run", "roster.csv")
		c.killAt(now)
		t.Logf("killed after %v of %v; %d files", late, took, len(s.entries("out/roster-*")))
		checkWhole(s, people)
	}
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	checkWhole(s, people)
	if left, err := filepath.Glob(s.path("out/*/.*")); err != nil || len(left) > 0 {
		t.Errorf("%v is left of runs that were killed, %v", left, err)
	}
	if unknown := checkNobodyTwice(s, a, people); unknown > 0 || a.Count() != people {
		t.Errorf("%d in doubt, %d invites", unknown, a.Count())
	}
}

// checkWhole wants every file that has its real name to be whole.
func checkWhole(s *site, people int) {
	s.t.Helper()
	found, err := filepath.Glob(s.path("out/*/results.csv"))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, path := range found {
		name, err := filepath.Rel(s.dir, path)
		if err != nil {
			s.t.Fatal(err)
		}
		if n := len(s.rows(name)); n != people {
			s.t.Errorf("%s has %d rows", name, n)
		}
	}
	if summary := s.summary(); summary.Rows != people || len(s.rows("out/latest/results.csv")) != people {
		s.t.Errorf("out/latest is not whole: %+v", summary)
	}
}
