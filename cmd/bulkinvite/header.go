package main

import (
	"context"
	"strings"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// The header of a nightly roster is remembered in the ledger, for each campaign
// and roster name. When a field comes from another column tonight, the run is
// held: a renamed column can turn everybody into somebody new.

// headerBook knows the headers of earlier runs.
type headerBook interface {
	Header(ctx context.Context, campaign, roster string) (csvmap.RememberedHeader, error)
	// HeldRoster is the path of the roster that a run was held over; "" when it
	// was not held.
	HeldRoster(ctx context.Context, runID string) (string, error)
}

// headerChange compares the roster's header with the one of the last run that
// was not held.
func (in *input) headerChange(ctx context.Context, book headerBook, campaign string) (csvmap.HeaderChange, error) {
	var err error
	if in.nightly, err = in.nightlyRoster(ctx, book); in.nightly == "" || err != nil {
		return csvmap.HeaderChange{}, err
	}
	before, err := book.Header(ctx, campaign, in.nightly)
	if before == nil || err != nil {
		return csvmap.HeaderChange{}, err
	}
	return before.Compare(in.roster.Remember()), nil
}

// nightlyRoster is the name under which the roster's header is kept; "" for a
// rerun file: its run was begun by that header. Where that run was held, it is
// still the nightly roster's header that somebody has to look at.
func (in *input) nightlyRoster(ctx context.Context, book headerBook) (string, error) {
	path := in.path
	if in.rerun != "" {
		var err error
		if path, err = book.HeldRoster(ctx, in.rerun); path == "" || err != nil {
			return "", err
		}
	}
	return nightlyName(path), nil
}

// holdHeader says that a person has to look at the header; nil when nothing that
// is used has changed, or somebody has looked.
func (in *input) holdHeader(change csvmap.HeaderChange) *batch.Stop {
	if len(change.Mapped) == 0 || in.settings.AcceptHeader {
		return nil
	}
	return &batch.Stop{Reason: batch.StopHeld, Message: "the roster's header is not what it was on the last run: " +
		strings.Join(change.Mapped, "; ") +
		"; correct the export, or run with --accept-header if the header is right as it is now"}
}

// guardHeader holds a run whose roster has another header than the last time.
func (j *job) guardHeader(ctx context.Context) (*batch.Stop, error) {
	var err error
	j.header, err = j.in.headerChange(ctx, j.ledger, j.info.Campaign)
	return j.in.holdHeader(j.header), err
}

// rememberHeader keeps the header of a run that is not held.
func (j *job) rememberHeader(ctx context.Context) error {
	if j.in.nightly == "" {
		return nil
	}
	return j.ledger.RememberHeader(ctx, j.info.Campaign, j.in.nightly, j.info.ID, j.in.roster.Remember())
}
