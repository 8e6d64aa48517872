package ledger

import (
	"context"
	"encoding/json"
	"errors"

	"bulkinvite/csvmap"
)

// Header returns the header that the latest run over a roster of that name went
// by in a campaign, nil when there was none.
func (l *Ledger) Header(ctx context.Context, campaign, roster string) (csvmap.RememberedHeader, error) {
	var text string
	found, err := l.row(ctx, sqlHeader, []any{campaign, roster}, &text)
	if !found || err != nil {
		return nil, err
	}
	var header csvmap.RememberedHeader
	return header, storage(l.path, json.Unmarshal([]byte(text), &header))
}

// HeldRoster returns the path of the roster that a run was held over, also where
// it was a rerun of a run that was held; "" for a run that was not held.
func (l *Ledger) HeldRoster(ctx context.Context, runID string) (string, error) {
	path := ""
	for runID != "" {
		info, _, err := l.runRow(ctx, sqlFindHeld, runID)
		if errors.Is(err, ErrNoRun) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		path, runID = info.Roster, info.Rerun
	}
	return path, nil
}

// RememberHeader keeps the header that a run goes by, instead of an earlier one.
func (l *Ledger) RememberHeader(ctx context.Context, campaign, roster, runID string, header csvmap.RememberedHeader) error {
	text, err := json.Marshal(header)
	if err != nil {
		panic("ledger: a header is strings: " + err.Error())
	}
	return l.write(ctx, func(w *writer) error {
		w.exec(sqlRememberHeader, w.campaign(campaign), roster, string(text), runID)
		return nil
	})
}
