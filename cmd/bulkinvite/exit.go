package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"bulkinvite/batch/argyle"
	"bulkinvite/batch/ledger"
	"bulkinvite/csvmap"
)

// The exit codes. They are an API: cron jobs and scripts act on them, each help
// text repeats them (exitCodes), and none of them ever changes its meaning. 2 is
// left to Go's panic.
const (
	exitOK          = 0   // all is done and nobody is in doubt
	exitError       = 1   // internal error, disk, ledger
	exitAttention   = 3   // finished, but some rows or people need attention
	exitStopped     = 4   // stopped early: refused, API down, deadline
	exitHeld        = 5   // a person must decide; nothing was sent
	exitUsage       = 64  // wrong usage or configuration
	exitRoster      = 65  // the roster cannot be read
	exitLocked      = 75  // another run holds the ledger
	exitInterrupted = 130 // SIGINT
	exitTerminated  = 143 // SIGTERM
)

// exitDied stands in the ledger for a run that never came to its end.
const exitDied = -1

// UsageError is a command line, environment or configuration that cannot be
// used. Message says which setting, what is wrong with it and where it is from.
type UsageError struct{ Message string }

func (e *UsageError) Error() string { return e.Message }

func usagef(format string, args ...any) error {
	return &UsageError{Message: fmt.Sprintf(format, args...)}
}

// HeldError stops a run before its first POST until a person has decided.
type HeldError struct{ Message string }

func (e *HeldError) Error() string { return e.Message }

// StoppedError ends a command early because the API refused it or could not be
// reached.
type StoppedError struct{ Message string }

func (e *StoppedError) Error() string { return e.Message }

// Status is an exit code as an error, for a command that has finished and has
// said all there is to say: nothing more is printed.
type Status int

func (s Status) Error() string { return fmt.Sprintf("exit code %d", int(s)) }

// exitCode is the only place where an error becomes a code; that of a run which
// came to its end is in its summary.
func exitCode(err error) int {
	if status, ok := errors.AsType[Status](err); ok {
		return int(status)
	}
	if signal, ok := errors.AsType[*Interrupted](err); ok {
		return signal.code()
	}
	switch {
	case err == nil:
		return exitOK
	case is[*HeldError](err), is[*ledger.OtherKeyError](err), is[*csvmap.PartialError](err):
		return exitHeld
	case is[*StoppedError](err):
		return exitStopped
	case is[*UsageError](err), is[*csvmap.RulesError](err), is[*csvmap.MappingError](err), is[*argyle.ConfigError](err), is[*ledger.WrongStateError](err):
		return exitUsage
	case is[*csvmap.RosterError](err):
		return exitRoster
	case is[*ledger.LockedError](err):
		return exitLocked
	default: // the disk, the ledger (corrupt, newer, storage), the out folder, a bug
		return exitError
	}
}

// closed is the end of a command that came to outcome and was closed with closing. A
// [Status] has nothing more to say, and gives way to an error.
func closed(outcome, closing error) error {
	if closing != nil && is[Status](outcome) {
		return closing
	}
	return errors.Join(outcome, closing)
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// interrupted gives a command that was cut short by a signal the signal's name:
// a cancelled context alone does not say who cancelled it.
func interrupted(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if cause != nil && (errors.Is(err, context.Canceled) || errors.Is(err, cause)) {
		return cause
	}
	return err
}

// errorLine is what a person reads of an error: always one line, "" for none. Of
// errors that were joined, each is said once.
func errorLine(err error) string {
	if err == nil || is[Status](err) {
		return ""
	}
	var said []string
	for line := range strings.Lines(err.Error()) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && !slices.Contains(said, line) {
			said = append(said, line)
		}
	}
	return "bulkinvite: " + strings.Join(said, "; ")
}
