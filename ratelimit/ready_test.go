package ratelimit

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestReadyWaitsOutThePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(10, 1)
		if err := l.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		l.Pause(time.Second)
		done := make(chan error)
		go func() { done <- l.Ready(t.Context()) }()
		synctest.Wait()
		l.Pause(3 * time.Second) // extended while somebody waits
		if err := <-done; err != nil || time.Since(began) != 3*time.Second {
			t.Errorf("ready after %v (%v), want 3s", time.Since(began), err)
		}
	})
}

func TestReadyLetsGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(10, 1)
		l.Pause(time.Hour)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := l.Ready(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the end of the context", err)
		}
	})
}
