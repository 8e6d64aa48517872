package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bulkinvite/batch"
)

// deadline is when a run should stop: a time of the day, or so long after its
// start. The zero value is never.
type deadline struct {
	text  string
	after time.Duration
	clock time.Duration // since midnight
	daily bool
}

func (d deadline) String() string { return d.text }

func parseDeadline(text string) (deadline, error) {
	if after, err := time.ParseDuration(text); err == nil && after > 0 {
		return deadline{text: text, after: after}, nil
	}
	clock, err := time.Parse("15:04", text)
	if err != nil {
		return deadline{}, errors.New("must be a time of the day such as 06:00, or a duration such as 90m")
	}
	sinceMidnight := time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute
	return deadline{text: text, clock: sinceMidnight, daily: true}, nil
}

// at is the deadline of a run that started then: for a time of the day, the
// first one after the start, in the start's zone.
func (d deadline) at(started time.Time) time.Time {
	if !d.daily {
		return started.Add(d.after)
	}
	year, month, day := started.Date()
	at := time.Date(year, month, day, int(d.clock.Hours()), int(d.clock.Minutes())%60, 0, 0, started.Location())
	if !at.After(started) {
		at = time.Date(year, month, day+1, int(d.clock.Hours()), int(d.clock.Minutes())%60, 0, 0, started.Location())
	}
	return at
}

// limit ends ctx at the deadline of a run that started then, with a batch.Stop
// as its cause.
func (d deadline) limit(ctx context.Context, started time.Time) (context.Context, context.CancelFunc) {
	if d == (deadline{}) {
		return context.WithCancel(ctx)
	}
	at := d.at(started)
	return context.WithDeadlineCause(ctx, at, &batch.Stop{
		Reason:  batch.StopDeadline,
		Message: fmt.Sprintf("the deadline of %s was reached: what is left goes with the next run", at.Format("15:04:05")),
	})
}
