package main

import (
	"path/filepath"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle"
	"bulkinvite/csvmap"
)

// Settings is everything that an operator can choose. Flags beat environment
// variables, which beat the configuration file, which beats the defaults.
type Settings struct {
	DryRun        bool            // false; plan only: nothing is sent or recorded
	Campaign      string          // "default"; a person is invited once in each campaign
	Channel       csvmap.Channel  // both
	Region        string          // "US"; country of phone numbers without a country code
	Map           string          // ""; the mapping file: what the roster's columns are
	Defaults      csvmap.Defaults // none; values for fields that the roster leaves empty, file only
	Encoding      string          // ""; found out from the roster's bytes
	Delimiter     string          // ""; found out
	HeaderRow     int             // 0; found out
	Format        string          // ""; csv, xlsx, csv.gz or zip, found out
	Sheet         string          // ""; the first visible sheet with a usable header
	AllowPartial  bool            // false; go on with a roster that seems cut off
	Strict        bool            // false; warnings about a row are problems
	SendDoubtful  bool            // false; send to addresses that look mistyped
	Rate          float64         // 10 requests a second
	Burst         int             // 1 request at once
	Concurrency   int             // 16 requests in flight
	Timeout       time.Duration   // 30s for one answer
	AbsentAfter   time.Duration   // 15m after an attempt, a list that lacks its invite proves it absent
	NoWait        bool            // false; leave people in doubt to the next run instead of waiting
	GiveUpAfter   time.Duration   // 10m since the last success
	Deadline      deadline        // none; stop cleanly at that time
	AcceptKey     bool            // false; from now on the ledger belongs to this API key
	AcceptHeader  bool            // false; go by a header that differs from the last night's
	Fresh         bool            // false; go on with a ledger that the guards doubt
	AccountCheck  accountCheck    // auto; look at the account's invites before the first one is sent
	AlsoOutside   bool            // false; send to people whom the account has invited without this ledger
	AlsoHidden    bool            // false; send though the account's list hides contacts
	Online        bool            // false; plan looks at the account's invites, too
	NewCampaign   bool            // false; go on with a campaign that the ledger does not know
	Yes           bool            // false; send without asking whoever sits at the terminal
	RetryRejected bool            // false; send rejected rows again even when unchanged
	Out           string          // "out"; one folder a run
	State         string          // $XDG_STATE_HOME/bulkinvite, else ~/.local/state/bulkinvite
	Env           string          // "sandbox"; "" when APIURL or Simulate says where to send
	APIURL        string          // ""; base with its version, such as http://127.0.0.1:8080/v2
	Simulate      bool            // false; send to a simulator inside the program
	JSON          bool            // false; the result as JSON
	Quiet         bool            // false; log warnings and errors only

	Shared  csvmap.SharedContacts // none; contacts that several people use on purpose, file only
	Outside batch.OutsideRule     // all count; which invites made without this ledger do, file only

	list    *csvmap.List    // what the roster is as a whole; of a rerun file, what the run found that it is from
	mapping *csvmap.Mapping // what Map holds, or what the run held that a rerun file is from; see readMapping

	config      string // --config as it was typed; "" when it was not
	unsimulated bool   // --simulate=false was typed
	// The run that wrote a rerun file went to another API, or was of another campaign,
	// than the settings say.
	moved, recampaigned, reregioned bool

	given map[string]Origin // by flag name; what is missing here is a default
}

// publishedLimit is the most POSTs a second that Argyle takes.
const publishedLimit = 50

func defaultSettings(env func(string) string) Settings {
	return Settings{
		Campaign:     "default",
		Channel:      csvmap.ByBoth,
		Region:       "US",
		Rate:         10,
		Burst:        1,
		Concurrency:  16,
		Timeout:      30 * time.Second,
		AbsentAfter:  15 * time.Minute,
		GiveUpAfter:  10 * time.Minute,
		AccountCheck: checkAuto,
		Out:          "out",
		State:        defaultState(env),
		Env:          envSandbox,
		given:        map[string]Origin{},
	}
}

// defaultState is "" when the environment names no home folder.
func defaultState(env func(string) string) string {
	if dir := env("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "bulkinvite")
	}
	if home := env("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "state", "bulkinvite")
	}
	return ""
}

// Given tells where a setting's value came from, by its flag name; false for a default.
func (s Settings) Given(name string) (Origin, bool) {
	from, ok := s.given[name]
	return from, ok
}

// rules are what a roster's rows are checked by.
func (s Settings) rules() csvmap.Rules {
	return csvmap.Rules{Region: s.Region, Channel: s.Channel, Defaults: s.Defaults, Strict: s.Strict, Shared: s.Shared, SendDoubtful: s.SendDoubtful}
}

// rosterOptions say what the roster is like, where somebody has said so.
func (s Settings) rosterOptions() csvmap.OpenOptions {
	return csvmap.OpenOptions{
		Encoding: s.Encoding, Delimiter: s.Delimiter, HeaderRow: s.HeaderRow,
		Format: s.Format, Sheet: s.Sheet, AllowPartial: s.AllowPartial,
	}
}

// check is what no single setting can know on its own.
func (s Settings) check() error {
	if s.environment() == "" {
		return usagef("api-url: must be a URL with its version, such as http://127.0.0.1:8080/v2%s", s.given["api-url"])
	}
	return nil
}

// checkURL refuses an API that no key may be sent to.
func (s Settings) checkURL() error {
	if s.Simulate {
		return nil
	}
	return argyle.CheckURL(s.apiURL())
}

// checkRate needs to know where the invites go, which the run that wrote a rerun
// file may decide.
func (s Settings) checkRate() error {
	argyleHost := s.environment() == envSandbox || s.environment() == envProduction
	if argyleHost && s.Rate > publishedLimit {
		return usagef("rate: must be at most %d, Argyle's limit%s", publishedLimit, s.given["rate"])
	}
	return nil
}
