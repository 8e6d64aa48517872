package batch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bulkinvite/ratelimit"
)

// List reads the account's list of invites, through the limiter.
type List struct {
	Lister  Lister
	Limiter *ratelimit.Limiter
	// GiveUpAfter is how long a page is asked for that cannot be had, within
	// pageTries; 0: as long as these take.
	GiveUpAfter time.Duration
	// Tell is called with what a person at the screen should know; may be nil.
	Tell func(message string)
}

// pageTries is how often one page is asked for: a GET may be tried again. With
// the pauses in between that takes more than two minutes, so that an API that is
// down for as long leaves nobody in doubt.
const pageTries = 12

// Each reads the list to its end and gives take one page after the other. A page
// that cannot be had is asked for again. The error is a *[ListError], take's, or
// ctx's; what take has seen by then stays seen.
func (l List) Each(ctx context.Context, take func(Page) error) error {
	visited := map[string]bool{}
	for cursor := ""; !visited[cursor]; {
		visited[cursor] = true
		page, err := l.page(ctx, cursor)
		if err != nil {
			return err
		}
		if err := take(page); err != nil {
			return err
		}
		if page.Next == "" {
			return nil
		}
		cursor = page.Next
	}
	return &ListError{errors.New("the list leads in a circle")}
}

func (l List) page(ctx context.Context, cursor string) (Page, error) {
	var patience patience
	asked := time.Now()
	for try := 1; ; try++ {
		permit, err := l.Limiter.Wait(ctx)
		if err != nil {
			return Page{}, err
		}
		began := time.Now()
		page, err := l.Lister.Page(ctx, cursor, permit.Departed)
		permit.Done()
		if err == nil {
			return page, nil
		}
		if broken, ok := errors.AsType[*ListError](err); ok {
			return Page{}, broken // it would be so again
		}
		if _, refused := errors.AsType[*RefusedError](err); refused || try == pageTries || ctx.Err() != nil {
			return Page{}, &ListError{err}
		}
		pause := patience.strike(began)
		if slow, ok := errors.AsType[*ThrottledError](err); ok && slow.RetryAfter > 0 {
			pause = slow.RetryAfter
		}
		l.Limiter.Pause(pause)
		if l.GiveUpAfter > 0 && time.Since(asked)+pause > l.GiveUpAfter {
			return Page{}, &ListError{err}
		}
		l.tell(pause, err)
	}
}

// tell says why nothing goes on, once a pause is long enough to be noticed.
func (l List) tell(pause time.Duration, err error) {
	if l.Tell != nil && pause >= time.Second {
		l.Tell(fmt.Sprintf("the list of invites cannot be read (%s): asking again in %s", err, wholeSeconds(pause)))
	}
}
