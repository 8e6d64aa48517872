package main

import (
	"context"
	"path/filepath"
	"regexp"
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
}

// headerChange compares the roster's header with the one of the last run that
// was not held. A rerun file has the header of its run.
func (in *input) headerChange(ctx context.Context, book headerBook, campaign string) (csvmap.HeaderChange, error) {
	if in.rerun != "" {
		return csvmap.HeaderChange{}, nil
	}
	before, err := book.Header(ctx, campaign, nightlyName(in.path))
	if before == nil || err != nil {
		return csvmap.HeaderChange{}, err
	}
	return before.Compare(in.roster.Remember()), nil
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
	if j.in.rerun != "" {
		return nil
	}
	return j.ledger.RememberHeader(ctx, j.info.Campaign, nightlyName(j.in.path), j.info.ID, j.in.roster.Remember())
}

const (
	year     = `(?:19|20)\d\d`
	monthDay = `[-_. ]?[01]?\d[-_. ]?[0-3]?\d`
	hour     = `(?:[-_. tT]*[0-2]\d[-_.:]?[0-5]\d(?:[-_.:]?[0-5]\d)?)?[zZ]?`
	word     = `(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*`
)

// stamps are what a nightly roster's name has anew each night: a date with or
// without a time, the week or the month, seconds since 1970.
var stamps = regexp.MustCompile(`(?:^|[^\d])(` +
	year + `[-_. ]?[wW]\d\d|` +
	year + monthDay + hour + `|` +
	`[0-3]?\d[-_. ]` + `[0-3]?\d[-_. ]` + year + hour + `|` +
	`[0-3]?\d[-_. ]?` + word + `[-_. ]?` + year + hour + `|` +
	year + `[-_. ]?[01]\d|` +
	`1\d{9}(?:\d{3})?` +
	`)(?:[^\d]|$)`)

// copied is what a browser adds to the name of a file that was there before.
var copied = regexp.MustCompile(` ?\(\d+\)`)

// nightlyName is what the rosters of all nights have in common: the file's name
// in lower case without its date, time, and number of a copy. roster-2026-11-24.csv
// and roster-2026-11-25.csv are one nightly roster; plant-7.csv and plant-8.csv
// are two.
func nightlyName(path string) string {
	name := copied.ReplaceAllString(strings.ToLower(filepath.Base(path)), "")
	for {
		at := stamps.FindStringSubmatchIndex(name)
		if at == nil {
			return name
		}
		name = name[:at[2]] + "*" + name[at[3]:]
	}
}
