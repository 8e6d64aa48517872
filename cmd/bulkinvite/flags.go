package main

import (
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flags is the table of all settings: name, form, meaning. A flag, an
// environment variable (BULKINVITE_ and the name in capitals) and a key of the
// configuration file (the name with underscores) all go through it, so that a
// value is read and refused in the same way wherever it comes from. What a person
// answers for one run is addOneRun's: it can be typed only. A new setting is a field
// of Settings, a line here, and its name at its commands.
func (s *Settings) flags() *pflag.FlagSet {
	f := pflag.NewFlagSet("settings", pflag.ContinueOnError)
	add(f, &s.DryRun, parseToggle, "dry-run", "say what would be done; send and record nothing")
	add(f, &s.Campaign, parseCampaign, "campaign", "invite a person once within this `name`")
	add(f, &s.Channel, parseChannel, "channel", "invite by `email|sms|both`")
	add(f, &s.Region, parseRegion, "region", "two-letter `country` of phone numbers without a country code")
	add(f, &s.Map, parseText, "map", "the mapping `file`: which column is which field, and which rows count")
	add(f, &s.Encoding, parseEncoding, "encoding", "the roster's `encoding`, such as UTF-8 or Windows-1252; found out by itself")
	add(f, &s.Delimiter, parseDelimiter, "delimiter", "what sets the roster's cells apart: `comma|semicolon|tab|pipe`; found out by itself")
	add(f, &s.HeaderRow, parsePositive, "header-row", "`line` of the roster's header; found out by itself")
	add(f, &s.Format, parseFormat, "format", "the roster's form: `csv|xlsx|csv.gz|zip`; found out by itself")
	add(f, &s.Sheet, parseText, "sheet", "`name` or number of the workbook's sheet; the first usable one")
	addOneRun(f, &s.AllowPartial, "allow-partial", "go on with a roster that seems cut off or still being written")
	add(f, &s.Strict, parseToggle, "strict", "hold rows back that there is only a warning about")
	addOneRun(f, &s.SendDoubtful, "send-doubtful", "send to addresses that look mistyped: somebody has looked at them")
	add(f, &s.Rate, parseRate, "rate", "`requests` a second at the most")
	add(f, &s.Burst, parsePositive, "burst", "`requests` that may leave at once")
	add(f, &s.Concurrency, parseConcurrency, "concurrency", "`requests` in flight at the most")
	add(f, &s.Timeout, parseDuration(time.Second, 10*time.Minute), "timeout", "longest `time` to wait for one answer")
	add(f, &s.AbsentAfter, parseDuration(0, 7*24*time.Hour), "absent-after", "`time` after an attempt from which a list without its invite proves that there is none")
	add(f, &s.NoWait, parseToggle, "no-wait", "leave people in doubt to the next run instead of waiting for the proof")
	add(f, &s.GiveUpAfter, parseDuration(time.Second, 24*time.Hour), "give-up-after", "stop when the API has taken no invite for this `time`")
	add(f, &s.Deadline, parseDeadline, "deadline", "stop cleanly at this `time`: 06:00, or 90m from the start")
	addOneRun(f, &s.Fresh, "fresh", "send although the ledger is new, or an old copy, and the account is not")
	add(f, &s.AccountCheck, parseAccountCheck, "account-check", "look at the account's invites before the first one is sent: `always|auto|never`; what was seen on earlier nights counts all the same")
	addOneRun(f, &s.AlsoOutside, "also-outside", "send to people although the account has invites of theirs that the ledger does not know")
	addOneRun(f, &s.AlsoHidden, "also-hidden", "go by what the account's list shows, although it hides contacts of invites; not for people whose invite it shows")
	add(f, &s.Online, parseToggle, "online", "look at the account's invites, too")
	addOneRun(f, &s.NewCampaign, "new-campaign", "the campaign is a new one on purpose, while the ledger knows others")
	addOneRun(f, &s.AcceptKey, "accept-key", "the account has a new API key: use the ledger with it from now on")
	addOneRun(f, &s.AcceptHeader, "accept-header", "the roster's header has changed, or is in doubt, and is right: go by it from now on")
	addOneRun(f, &s.Yes, "yes", "at a terminal, send without asking")
	add(f, &s.RetryRejected, parseToggle, "retry-rejected", "send rows again that the API rejected, even when unchanged")
	add(f, &s.Out, parseText, "out", "`folder` for the results; each run gets one inside it")
	add(f, &s.State, parseText, "state", "`folder` for the ledger, on a local disk")
	add(f, &s.Env, parseEnv, "env", "send to Argyle's `sandbox|production`")
	add(f, &s.APIURL, parseText, "api-url", "send to this `URL` instead, such as http://127.0.0.1:8080/v2")
	add(f, &s.Simulate, parseToggle, "simulate", "send to a simulator inside the program; no credentials needed")
	add(f, &s.JSON, parseToggle, "json", "print the result as JSON")
	add(f, &s.Quiet, parseToggle, "quiet", "log warnings and errors only")
	return f
}

// without leaves one setting out.
func without(names []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name })
}

// configFlag names the configuration file. It is no setting: a configuration
// file cannot name another one.
const configFlag = "config"

// addSettings gives cmd the flags of these settings, and --config.
func (p program) addSettings(cmd *cobra.Command, names ...string) {
	s := defaultSettings(p.env)
	all := s.flags()
	cmd.Flags().SortFlags = false
	for _, name := range names {
		cmd.Flags().AddFlag(all.Lookup(name))
	}
	cmd.Flags().String(configFlag, "", "read settings from this YAML `file`")
}
