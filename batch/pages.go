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

// tellEvery is how often a long reading says how far it is.
const tellEvery = 30 * time.Second

// Each reads the list to its end and gives take one page after the other. A page
// that cannot be had is asked for again. The error is a *[ListError], take's, or
// ctx's; what take has seen by then stays seen.
//
// A reading ends: a list that leads in a circle, that goes on without showing anything
// new, or that takes longer than GiveUpAfter is a *[ListError].
func (l List) Each(ctx context.Context, take func(Page) error) error {
	return l.read(ctx, newSnapshot(nil), func(page Page) (bool, error) { return true, take(page) })
}

// read is Each with what the list has shown so far in seen. When take returns false
// the rest is left unread.
func (l List) read(ctx context.Context, seen *snapshot, take func(Page) (on bool, err error)) error {
	visited := newIDSet()
	began := time.Now()
	told := began
	for cursor := ""; visited.add(visited.hash(cursor)); {
		page, err := l.page(ctx, cursor)
		if err != nil {
			return err
		}
		if err := seen.take(page); err != nil {
			return err
		}
		if time.Since(told) >= tellEvery {
			told = time.Now()
			l.say(fmt.Sprintf("%d invites of the account read so far", seen.ids.size))
		}
		switch on, err := take(page); {
		case err != nil:
			return err
		case page.Next == "":
			return nil
		case !on:
			seen.partial = true
			return nil
		case l.GiveUpAfter > 0 && time.Since(began) > l.GiveUpAfter:
			return &ListError{Err: fmt.Errorf("after %d invites it had taken longer than --give-up-after (%s): give it more time, or a higher --rate", seen.ids.size, l.GiveUpAfter)}
		}
		cursor = page.Next
	}
	return &ListError{Err: &movedError{"it leads in a circle"}}
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
		if refused := refusedBy(err) != nil; refused || try == pageTries || ctx.Err() != nil {
			return Page{}, &ListError{Err: err, Down: !refused}
		}
		pause := patience.strike(began)
		if slow, ok := errors.AsType[*ThrottledError](err); ok && slow.RetryAfter > 0 {
			pause = slow.RetryAfter
		}
		l.Limiter.Pause(pause)
		if l.GiveUpAfter > 0 && time.Since(asked)+pause > l.GiveUpAfter || outlasts(ctx, pause) {
			return Page{}, &ListError{Err: err, Down: true}
		}
		l.tell(pause, err)
	}
}

// outlasts reports whether a pause that begins now ends after ctx.
func outlasts(ctx context.Context, pause time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ok && time.Now().Add(pause).After(deadline)
}

// say tells the person at the screen something.
func (l List) say(message string) {
	if l.Tell != nil {
		l.Tell(message)
	}
}

// tell says why nothing goes on, once a pause is long enough to be noticed.
func (l List) tell(pause time.Duration, err error) {
	if pause >= time.Second {
		l.say(fmt.Sprintf("the list of invites cannot be read (%s): asking again in %s", err, wholeSeconds(pause)))
	}
}
