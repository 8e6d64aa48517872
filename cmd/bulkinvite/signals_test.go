package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestInterrupt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		signals := make(chan os.Signal)
		left := 0
		i := newInterrupt()
		go i.listen(signals, func(code int) { left = code })
		synctest.Wait()
		if i.Signal() != 0 || i.Context().Err() != nil {
			t.Error("stopped before the first signal")
		}

		signals <- syscall.SIGTERM
		synctest.Wait()
		if i.Signal() != syscall.SIGTERM || i.Context().Err() == nil || left != 0 {
			t.Errorf("after the first signal: %v, %v, exit %d", i.Signal(), i.Context().Err(), left)
		}
		cut := fmt.Errorf("reading: %w", context.Cause(i.Context()))
		if code := exitCode(interrupted(i.Context(), cut)); code != exitTerminated {
			t.Errorf("exit code %d", code)
		}
		if code := exitCode(interrupted(i.Context(), i.Context().Err())); code != exitTerminated {
			t.Errorf("exit code %d", code)
		}
		if code := exitCode(interrupted(i.Context(), errors.New("disk full"))); code != exitError {
			t.Errorf("exit code %d: an error that is no cancellation keeps its code", code)
		}

		signals <- syscall.SIGTERM // the same wish, sent to the process and to its group
		synctest.Wait()
		if left != 0 {
			t.Errorf("one wish that arrived twice left with %d", left)
		}

		<-time.After(sameSignal)
		signals <- syscall.SIGINT
		synctest.Wait()
		if left != exitInterrupted {
			t.Errorf("the second signal left with %d", left)
		}
		close(signals)
	})
}
