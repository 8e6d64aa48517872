package batch

import (
	"context"
	"errors"

	"bulkinvite/ratelimit"
)

// EachPage reads the account's list to its end, through the limiter, and gives
// take one page after the other. A page that cannot be had is asked for again.
// The error is a *[ListError], take's, or ctx's; what take has seen by then stays
// seen.
func EachPage(ctx context.Context, lister Lister, limiter *ratelimit.Limiter, take func(Page) error) error {
	list := &reading{Reconciler: Reconciler{Lister: lister, Limiter: limiter}}
	visited := map[string]bool{}
	for cursor := ""; !visited[cursor]; {
		visited[cursor] = true
		page, err := list.page(ctx, cursor)
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
