package main

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"bulkinvite/batch/argyle"
	"bulkinvite/batch/ledger"
	"bulkinvite/csvmap"
	"bulkinvite/reports"
)

func TestExitCodes(t *testing.T) {
	for _, test := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{errors.New("a bug"), 1},
		{&ledger.CorruptError{}, 1},
		{&ledger.NewerError{}, 1},
		{&ledger.StorageError{}, 1},
		{&reports.FolderError{}, 1},
		{Status(3), 3},
		{Status(4), 4},
		{&HeldError{"somebody must decide"}, 5},
		{&ledger.OtherKeyError{}, 5},
		{usagef("rate: wrong"), 64},
		{&csvmap.RulesError{}, 64},
		{&argyle.ConfigError{}, 64},
		{&csvmap.RosterError{Path: "roster.csv", Message: "is empty"}, 65},
		{&ledger.LockedError{}, 75},
		{&Interrupted{syscall.SIGINT}, 130},
		{&Interrupted{syscall.SIGTERM}, 143},
	} {
		err := test.err
		if got := exitCode(err); got != test.want {
			t.Errorf("%T: exit code %d, want %d", err, got, test.want)
		}
		if err == nil {
			continue
		}
		if got := exitCode(fmt.Errorf("while running: %w", err)); got != test.want {
			t.Errorf("wrapped %T: exit code %d, want %d", err, got, test.want)
		}
		if test.want != 1 && test.want != 3 && test.want != 4 && !strings.Contains(exitCodes, fmt.Sprint(test.want)) {
			t.Errorf("exit code %d is not in the help text", test.want)
		}
	}
}

// What went wrong while closing is told beside what went wrong before; it takes the
// place of an end that has nothing to say.
func TestClosed(t *testing.T) {
	broken := errors.New("the disk is full")
	for _, test := range []struct {
		outcome, closing error
		code             int
		both             bool
	}{
		{nil, nil, exitOK, false},
		{nil, broken, exitError, false},
		{Status(exitAttention), nil, exitAttention, false},
		{Status(exitAttention), broken, exitError, false},
		{&HeldError{"somebody must decide"}, broken, exitHeld, true},
	} {
		err := closed(test.outcome, test.closing)
		said := errorLine(err)
		if both := test.both && strings.Contains(said, "somebody must decide; ") && strings.HasSuffix(said, broken.Error()); exitCode(err) != test.code || both != test.both {
			t.Errorf("%v closed with %v: exit code %d, %q", test.outcome, test.closing, exitCode(err), said)
		}
	}
}

func TestErrorLine(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{Status(3), ""},
		{errors.New("one\n  two  three"), "bulkinvite: one; two three"},
		{errors.Join(errors.New("one"), errors.New("two"), errors.New("one")), "bulkinvite: one; two"},
	} {
		if got := errorLine(test.err); got != test.want {
			t.Errorf("%v: %q, want %q", test.err, got, test.want)
		}
	}
}

// Credentials must not cross a network in clear text, nor stand in a URL.
func TestWrongURLsAreUsageErrors(t *testing.T) {
	for _, url := range []string{
		"http://api.example.com/v2", "http://10.0.0.1:8080/v2", "ftp://127.0.0.1/v2",
		"https://key:hunter2@api.example.com/v2", "https://api.example.com/v2?x=hunter2",
	} {
		s, err := load(t, "", nil, "--api-url", url)
		if err == nil {
			_, err = argyle.New(argyle.Config{BaseURL: s.apiURL(), KeyID: "key", Secret: argyle.NewSecret("secret")})
		}
		if exitCode(err) != exitUsage || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: exit code %d, %v", url, exitCode(err), err)
		}
	}
}
