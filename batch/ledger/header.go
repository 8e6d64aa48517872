package ledger

import (
	"context"
	"encoding/json"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// Header returns the header that is remembered for a roster of that name in a
// campaign, and the run that went by it last; no columns and "" when there is none.
func (l *Ledger) Header(ctx context.Context, campaign, roster string) (csvmap.RememberedHeader, string, error) {
	var text, run string
	found, err := l.row(ctx, sqlHeader, []any{campaign, roster}, &text, &run)
	if !found || err != nil {
		return csvmap.RememberedHeader{}, "", err
	}
	var header csvmap.RememberedHeader
	return header, run, storage(l.path, json.Unmarshal([]byte(text), &header))
}

// Origin follows a run back through the runs whose rows it ran again. It returns the
// path of the roster that the first of them was over, and the nearest of them that
// was not held, "" where all were; both are "" where the ledger does not know the run.
func (l *Ledger) Origin(ctx context.Context, runID string) (roster, unheld string, err error) {
	for runID != "" {
		var text string
		var held bool
		found, err := l.row(ctx, sqlOrigin, []any{runID}, &text, &held)
		if !found || err != nil {
			return "", "", err
		}
		var info batch.RunInfo
		if err := json.Unmarshal([]byte(text), &info); err != nil {
			return "", "", storage(l.path, err)
		}
		if !held && unheld == "" {
			unheld = runID
		}
		roster, runID = info.Roster, info.Rerun
	}
	return roster, unheld, nil
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
