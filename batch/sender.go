package batch

import (
	"context"

	"bulkinvite/csvmap"
)

// Sender creates one invite. Every call is at most one POST: a Sender never
// retries, never follows a redirect, and returns one of the verdict errors.
type Sender interface {
	// Send posts r. departed is called at most once, when the first byte of the
	// request is about to be written; the limiter counts from there.
	// The returned status is that of the answer, 0 when none came.
	Send(ctx context.Context, r csvmap.Recipient, departed func()) (InviteRef, int, error)
}
