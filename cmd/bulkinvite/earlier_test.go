package main

import (
	"os"
	"strings"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// A ledger that an earlier version wrote is no damage: the next run mends that.
func TestDoctorOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a)
	s.write("roster.csv", staff(1))
	s.run(exitOK, "bulkinvite", "run", "roster.csv")
	file, err := os.OpenFile(s.ledger(), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	const userVersion = 60 // its place in the header of a SQLite file
	if _, err := file.WriteAt(make([]byte, 4), userVersion); err != nil {
		t.Fatal(err)
	}
	c := s.run(exitOK, "bulkinvite", "doctor")
	if said := c.stdout.String(); !strings.Contains(said, "warn  ledger       the ledger has version 0, of an earlier bulkinvite, and this one reads version ") || !strings.Contains(said, "; the next 'bulkinvite run' brings it up to date\n") {
		t.Error(said)
	}
}
