package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"bulkinvite/batch/ledger"
	"bulkinvite/csvmap"
)

// inherited are the settings that the rerun of a failed.csv or remaining.csv
// takes from the run that wrote it: they decide who a person is and where the
// invites go. They are kept with the run in the ledger.
type inherited struct {
	Campaign string         `json:"campaign"`
	Channel  csvmap.Channel `json:"channel"`
	Region   string         `json:"region"`
	Env      string         `json:"env,omitempty"`
	APIURL   string         `json:"api_url,omitempty"`
	Simulate bool           `json:"simulate,omitempty"`
}

// legacy is what the next run over this run's failed.csv will inherit.
func (s Settings) legacy() json.RawMessage {
	text, err := json.Marshal(inherited{s.Campaign, s.Channel, s.Region, s.Env, s.APIURL, s.Simulate})
	if err != nil {
		panic(err) // plain strings
	}
	return text
}

// inherit takes over the settings of the run that wrote the roster. A setting
// that was given and says otherwise is refused.
func (s *Settings) inherit(ctx context.Context, runID string) error {
	if s.State == "" {
		return usagef("state: there is no home folder to look for the ledger in; set --state to a folder on a local disk")
	}
	_, text, err := ledger.FindRun(ctx, s.State, runID)
	if errors.Is(err, ledger.ErrNoRun) {
		return usagef("the roster comes from run %s, which no ledger in %s knows; use --state with the folder of that run's ledger, or remove the bulkinvite_* columns to run it as a new roster", runID, s.State)
	}
	if err != nil {
		return err
	}
	var from inherited
	if err := json.Unmarshal(text, &from); err != nil {
		return fmt.Errorf("the settings of run %s in the ledger cannot be read: %w", runID, err)
	}
	for _, same := range []error{
		agree(s, runID, "campaign", &s.Campaign, from.Campaign),
		agree(s, runID, "channel", &s.Channel, from.Channel),
		agree(s, runID, "region", &s.Region, from.Region),
		agree(s, runID, "simulate", &s.Simulate, from.Simulate),
		agree(s, runID, "api-url", &s.APIURL, from.APIURL),
		agree(s, runID, "env", &s.Env, from.Env),
	} {
		if same != nil {
			return same
		}
	}
	return s.check()
}

// agree sets one setting to what the earlier run had, unless it was given and
// differs.
func agree[T comparable](s *Settings, runID, name string, have *T, want T) error {
	if origin, given := s.Given(name); given && *have != want {
		return usagef("%s: is %v, but run %s, which wrote this roster, had %v; leave it out%s",
			name, *have, runID, want, origin)
	}
	*have = want
	return nil
}
