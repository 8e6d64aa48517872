package batch

import (
	"context"
	"time"
)

// Archive is what reconciliation asks of the ledger, and tells it.
type Archive interface {
	// Doubts lists everyone in doubt in a campaign, "" for all of them, the
	// oldest attempt first.
	Doubts(ctx context.Context, campaign string) ([]Doubt, error)
	// Held says which of these invites somebody in the ledger holds.
	Held(ctx context.Context, inviteIDs []string) (map[string]bool, error)
	// Witnesses names the latest invites that the ledger knows to have existed
	// at that time, at most n; the earliest of all where there are none.
	Witnesses(ctx context.Context, before time.Time, n int) ([]string, error)
	// Resolve settles somebody in doubt: Unknown becomes s.State. The guards are
	// those of Book.Settle, with ErrNotUnknown where the person is in no doubt.
	Resolve(ctx context.Context, s Settlement) error
}
