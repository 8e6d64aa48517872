package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Interrupt is the operator's wish to stop, in two levels. The first SIGINT or
// SIGTERM cancels the context: no new row is taken, what is in flight is finished
// and recorded (with context.WithoutCancel), and every file is written. The
// second leaves at once: what is in flight stays in the ledger as sending.
type Interrupt struct {
	ctx  context.Context
	stop context.CancelCauseFunc
}

// Interrupted is the cause of the cancelled context: which signal it was.
type Interrupted struct{ Signal syscall.Signal }

func (e *Interrupted) Error() string {
	if e.Signal == syscall.SIGTERM {
		return "stopped by SIGTERM"
	}
	return "stopped by SIGINT"
}

func (e *Interrupted) code() int {
	if e.Signal == syscall.SIGTERM {
		return exitTerminated
	}
	return exitInterrupted
}

// catchSignals listens for the rest of the process's life. exit is called with
// the exit code at the second signal.
func catchSignals(exit func(code int)) *Interrupt {
	// A closed pipe behind standard output or error must not kill a run in the
	// middle of a POST: the write fails with an error instead.
	signal.Ignore(syscall.SIGPIPE)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // nohup ignores it
		signal.Notify(signals, syscall.SIGHUP)
	}
	i := newInterrupt()
	go i.listen(signals, exit)
	return i
}

func newInterrupt() *Interrupt {
	ctx, stop := context.WithCancelCause(context.Background())
	return &Interrupt{ctx: ctx, stop: stop}
}

// sameSignal is how long after the first signal another one counts as the same:
// timeout(1), make and others send theirs to the process and to its group, so
// that one wish to stop arrives twice.
const sameSignal = 50 * time.Millisecond

func (i *Interrupt) listen(signals <-chan os.Signal, exit func(code int)) {
	i.stop(received(<-signals))
	first := time.Now()
	for s := range signals {
		if time.Since(first) >= sameSignal {
			exit(received(s).code())
		}
	}
}

// received names the signal; a terminal that went away counts as SIGTERM.
func received(s os.Signal) *Interrupted {
	number, _ := s.(syscall.Signal) // every signal of the operating system is one
	if number == syscall.SIGHUP {
		number = syscall.SIGTERM
	}
	return &Interrupted{Signal: number}
}

// Context is cancelled by the first signal; its cause is an [*Interrupted].
func (i *Interrupt) Context() context.Context { return i.ctx }

// Signal is the first signal, 0 while there was none.
func (i *Interrupt) Signal() syscall.Signal {
	if cause, ok := errors.AsType[*Interrupted](context.Cause(i.ctx)); ok {
		return cause.Signal
	}
	return 0
}
