package ledger

import (
	"context"
	"slices"
	"time"

	"bulkinvite/csvmap"
)

// keepNotices is how long a finding is remembered that no run sees any more.
const keepNotices = 90 * 24 * time.Hour

// Notice says for each key, in order, whether an earlier run has noticed it,
// and remembers it for later runs. A ledger opened read-only remembers nothing.
func (l *Ledger) Notice(ctx context.Context, campaign, runID string, keys []csvmap.Digest, at time.Time) ([]bool, error) {
	known := make([]bool, 0, len(keys))
	for chunk := range slices.Chunk(keys, maxKeys) {
		seen, err := l.noticed(ctx, campaign, runID, chunk)
		if err != nil {
			return nil, err
		}
		known = append(known, seen...)
		if l.readOnly() {
			continue
		}
		err = l.write(ctx, func(w *writer) error {
			id := w.campaign(campaign)
			for _, key := range chunk {
				w.exec(sqlNotice, id, key[:], runID, micros(at))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return known, nil
}

// noticed reads which keys an earlier run has noticed.
func (l *Ledger) noticed(ctx context.Context, campaign, runID string, keys []csvmap.Digest) ([]bool, error) {
	seen := make([]bool, len(keys))
	for i, key := range keys {
		var err error
		if seen[i], err = l.row(ctx, sqlNoticed, []any{campaign, key[:], runID}, new(int)); err != nil {
			return nil, err
		}
	}
	return seen, nil
}
