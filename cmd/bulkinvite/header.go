package main

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// The header of a nightly roster is remembered in the ledger, for each campaign
// and roster name, once a run has gone by it. When a field comes from another column
// tonight, the run is held: a renamed column can turn everybody into somebody new. The
// encoding is kept beside it: a few accented letters do not always show it.

// headerBook knows the headers of earlier runs.
type headerBook interface {
	// Header also names the run that went by it last.
	Header(ctx context.Context, campaign, roster string) (csvmap.RememberedHeader, string, error)
	// Origin is the roster that a run and its reruns began with, and the nearest of
	// them back from runID that was not held.
	Origin(ctx context.Context, runID string) (roster, unheld string, err error)
}

// headerChange compares the roster's header with the one that is remembered.
func (in *input) headerChange(ctx context.Context, book headerBook, campaign string) (csvmap.HeaderChange, error) {
	path, unheld := in.path, ""
	if in.rerun != "" {
		var err error
		if path, unheld, err = book.Origin(ctx, in.rerun); path == "" || err != nil {
			return csvmap.HeaderChange{}, err
		}
	}
	name := nightlyName(path)
	before, by, err := book.Header(ctx, campaign, name)
	if err != nil || unheld != "" && by >= unheld { // that run went by its header, which is remembered, or one of later
		return csvmap.HeaderChange{}, err
	}
	in.nightly = name
	return before.Compare(in.roster.Remember()), nil
}

// recall tells the roster which encoding it had on the last run, before its rows
// are read. A rerun file says so itself.
func (in *input) recall(ctx context.Context, book headerBook, campaign string) error {
	if in.rerun != "" {
		return nil
	}
	before, _, err := book.Header(ctx, campaign, nightlyName(in.path))
	in.encoding = before.Encoding
	if err != nil || before.Encoding == "" {
		return err
	}
	again, err := in.roster.RecallEncoding(before.Encoding)
	if err != nil || again == in.roster {
		return err
	}
	return in.goOn(again)
}

// holdHeader says that a person has to look at the header; nil when nothing that
// is used has changed, or somebody has looked.
func (in *input) holdHeader(change csvmap.HeaderChange) *batch.Stop {
	switch {
	case in.settings.AcceptHeader:
		return nil
	case len(change.Mapped) == 0:
		return holdDoubts(change.Doubts)
	}
	return &batch.Stop{Reason: batch.StopHeld, Message: "the roster's header is not what it was on the last run: " +
		strings.Join(slices.Concat(change.Mapped, change.Doubts), "; ") +
		"; correct the export, or run with --accept-header if the header is right as it is now"}
}

// guardHeader holds a run whose roster has another header than the last time.
func (j *job) guardHeader(ctx context.Context) (*batch.Stop, error) {
	var err error
	j.header, err = j.in.headerChange(ctx, j.ledger, j.info.Campaign)
	return j.in.holdHeader(j.header), err
}

// rememberHeader keeps the header that the run has gone by.
func (j *job) rememberHeader(ctx context.Context) error {
	if j.in.nightly == "" {
		return nil
	}
	header := j.in.roster.Remember()
	header.Encoding = cmp.Or(header.Encoding, j.in.encoding)
	return j.ledger.RememberHeader(ctx, j.info.Campaign, j.in.nightly, j.info.ID, header)
}
