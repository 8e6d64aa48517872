//go:build unix

package main

import (
	"os"
	"syscall"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// A signal also ends the wait for somebody who writes into a named pipe.
func TestStopWhileAPipeIsRead(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{NoLog: true})
	for _, command := range []string{"run", "validate"} {
		t.Run(command, func(t *testing.T) {
			s := newSite(t, a)
			if err := syscall.Mkfifo(s.path("roster.csv"), 0o600); err != nil {
				t.Fatal(err)
			}
			c := s.start("bulkinvite", command, "roster.csv")
			in, err := os.OpenFile(s.path("roster.csv"), os.O_WRONLY, 0) // waits until it is read
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			c.signal(syscall.SIGTERM)
			c.wants(exitTerminated)
		})
	}
}

// What comes out of a named pipe is a roster like any other.
func TestRunANamedPipe(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{NoLog: true})
	s := newSite(t, a)
	if err := syscall.Mkfifo(s.path("roster.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := s.start("bulkinvite", "run", "roster.csv")
	s.write("roster.csv", staff(3)) // waits until it is read
	c.wants(exitOK)
	if a.Count() != 3 {
		t.Errorf("%d invites", a.Count())
	}
}
