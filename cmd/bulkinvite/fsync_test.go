package main

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// The kernel's own record of a run says that no POST left before its claim was on
// the disk: with one slot, a POST finds everything synced that was written to the
// ledger, and something was since the POST before it. With many slots, claims and
// settlements share their syncs.
//
// Needs strace; without it, or without the right to trace, the test is skipped.
func TestClaimIsDurableBeforeItsPOST(t *testing.T) {
	t.Parallel()
	const people = 30
	one := traceRun(t, people, "1")
	if one.posts != people || one.early > 0 || one.unclaimed > 0 {
		t.Errorf("%d POSTs, %d before the ledger was synced, %d without anything new in the ledger; want %d, 0, 0",
			one.posts, one.early, one.unclaimed, people)
	}
	if one.syncs < 2*people {
		t.Errorf("%d syncs for %d claims and as many settlements", one.syncs, people)
	}
	if many := traceRun(t, people, "16"); many.posts != people || many.syncs >= one.syncs {
		t.Errorf("16 slots: %d POSTs, %d syncs; with one slot it was %d", many.posts, many.syncs, one.syncs)
	}
}

// trace is what a run did to the ledger's log and to the network.
type trace struct {
	posts     int
	early     int // POSTs that began while something written to the ledger was not synced
	unclaimed int // POSTs with no sync between them and the POST before
	syncs     int
}

// traceRun sends to so many people and follows the system calls of the run.
func traceRun(t *testing.T, people int, slots string) trace {
	t.Helper()
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a)
	s.write("roster.csv", staff(people))
	if err := exec.Command("strace", "-f", "-o", s.path("probe"), "true").Run(); err != nil {
		t.Skip("the system calls cannot be followed: ", err)
	}
	s.run(exitOK, "strace", "-f", "-y", "-s", "40", "-e", "trace=pwrite64,fsync,fdatasync,write", "-o", s.path("calls"),
		"bulkinvite", "run", "--concurrency", slots, "roster.csv")
	if a.Count() != people {
		t.Errorf("%d invites, want %d", a.Count(), people)
	}
	return readTrace(s.read("calls"))
}

var (
	logWrite = regexp.MustCompile(`pwrite64\(\d+<[^>]*ledger\.db-wal>`)
	logSync  = regexp.MustCompile(`f(data)?sync\(\d+<[^>]*ledger\.db-wal>`)
	postCall = regexp.MustCompile(`write\(\d+<[^>]*>, "POST /v2/invites `)
)

// readTrace follows the calls in the order in which they began. A sync counts from
// its return on, which may stand on a line of its own.
func readTrace(calls string) trace {
	var is trace
	dirty, synced := false, false
	syncing := map[string]bool{} // threads within a sync
	for call := range strings.Lines(calls) {
		thread, _, _ := strings.Cut(call, " ")
		switch {
		case logWrite.MatchString(call):
			dirty = true
		case logSync.MatchString(call) && strings.Contains(call, "unfinished"):
			syncing[thread] = true
		case logSync.MatchString(call), syncing[thread] && strings.Contains(call, "sync resumed"):
			delete(syncing, thread)
			dirty, synced = false, true
			is.syncs++
		case postCall.MatchString(call):
			is.posts++
			if dirty {
				is.early++
			}
			if !synced {
				is.unclaimed++
			}
			synced = false
		}
	}
	return is
}
