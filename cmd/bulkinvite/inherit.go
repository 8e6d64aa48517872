package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"bulkinvite/batch/ledger"
	"bulkinvite/csvmap"
	"bulkinvite/reports"
)

// inherited are the settings that the rerun of a failed.csv or remaining.csv
// takes from the run that wrote it: they decide who a person is and where the
// invites go. They are kept with the run in the ledger.
type inherited struct {
	Campaign string         `json:"campaign"`
	Channel  csvmap.Channel `json:"channel"`
	Region   string         `json:"region"`
	Map      string         `json:"map,omitempty"`     // path of the mapping file
	Mapping  string         `json:"mapping,omitempty"` // what was in it: it may be edited or gone by then
	List     *csvmap.List   `json:"list,omitempty"`    // what the roster is as a whole
	Env      string         `json:"env,omitempty"`
	APIURL   string         `json:"api_url,omitempty"`
	Simulate bool           `json:"simulate,omitempty"`
}

// legacy is what the next run over this run's failed.csv will inherit.
func (s Settings) legacy() json.RawMessage {
	text, err := json.Marshal(inherited{s.Campaign, s.Channel, s.Region, s.Map, s.mapping.Text(), s.list, s.Env, s.APIURL, s.Simulate})
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
	// A ledger that cannot be read may be the one that knows the run.
	if damaged, ok := errors.AsType[*ledger.CorruptError](err); ok {
		return damaged
	}
	if closed, ok := errors.AsType[*ledger.StorageError](err); ok {
		return closed
	}
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
	before, campaign, region := s.environment(), s.Campaign, s.Region
	if strings.EqualFold(campaign, from.Campaign) {
		s.Campaign = from.Campaign
	}
	for _, same := range []error{
		agree(s, runID, "campaign", &s.Campaign, from.Campaign, from.Campaign),
		agree(s, runID, "channel", &s.Channel, from.Channel, string(from.Channel)),
		agree(s, runID, "region", &s.Region, from.Region, from.Region),
		agreeMapping(s, runID, from.Map, from.Mapping),
		agree(s, runID, "simulate", &s.Simulate, from.Simulate, from.place()),
		agree(s, runID, "api-url", &s.APIURL, from.APIURL, from.place()),
		agree(s, runID, "env", &s.Env, from.Env, from.place()),
	} {
		if same != nil {
			return same
		}
	}
	s.list = from.List
	s.moved, s.recampaigned, s.reregioned = s.environment() != before, !strings.EqualFold(s.Campaign, campaign), s.Region != region
	return nil
}

// rerunCommand starts the command that runs this run's files again. What the
// files bring along is left out; what leads to them and to the ledger is not.
func (s Settings) rerunCommand() string {
	command := "bulkinvite run"
	if s.config != "" {
		command += " --" + configFlag + " " + reports.ShellWord(s.config)
	}
	for _, place := range []struct{ name, value string }{{"state", s.State}, {"out", s.Out}} {
		if from, _ := s.Given(place.name); from.Source == FromFlag {
			command += " --" + place.name + " " + reports.ShellWord(place.value)
		}
	}
	return command
}

// place is where the invites of the earlier run went, as a setting.
func (f inherited) place() string {
	switch {
	case f.Simulate:
		return "the simulator"
	case f.APIURL != "":
		return "api-url " + f.APIURL
	default:
		return "env " + f.Env
	}
}

// agree sets one setting to what the earlier run had. A flag that says otherwise
// is refused; the environment and the configuration file give way.
func agree[T comparable](s *Settings, runID, name string, have *T, want T, had string) error {
	if origin, _ := s.Given(name); origin.Source == FromFlag && *have != want {
		return usagef("%s: is %v, but run %s, which wrote this roster, had %s; leave it out%s",
			name, *have, runID, had, origin)
	}
	*have = want
	return nil
}

// agreeMapping takes over the mapping that the earlier run had, as it was then. One
// that was typed must hold the same.
func agreeMapping(s *Settings, runID, path, text string) (err error) {
	if origin, _ := s.Given("map"); origin.Source == FromFlag {
		if err := s.readMapping(); err != nil {
			return err
		}
		if s.mapping.Text() != text {
			return usagef("map: %s does not hold what run %s, which wrote this roster, was mapped by; leave it out%s", s.Map, runID, origin)
		}
	}
	s.Map, s.mapping = path, nil
	if path != "" {
		s.mapping, err = parseMapping(path, text)
	}
	return err
}
