package reports

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// Schema is the version of summary.json. Fields may be added within a version;
// none is renamed, removed or given another meaning.
const Schema = 1

// Summary is what a run did, in figures: the contents of summary.json. It holds
// no names, contacts or invite links.
type Summary struct {
	Schema        int                   `json:"schema"`
	Run           RunPart               `json:"run"`
	Rows          int                   `json:"rows"`    // records read from the roster
	Buckets       map[batch.Outcome]int `json:"buckets"` // every outcome; they add up to Rows
	WouldSend     int                   `json:"would_send"`
	Messages      []MessagePart         `json:"messages"` // what was sent, or would be
	Revoked       int                   `json:"revoked"`  // of already_invited: whose only known invite is revoked
	Outside       int                   `json:"outside"`  // of conflict: whom the account has invited without this ledger
	InDoubt       int                   `json:"in_doubt"` // people in doubt, earlier runs' too
	Died          []DiedRun             `json:"died_runs"`
	Groups        []Group               `json:"error_groups"`
	NewProblems   int                   `json:"new_problems"`   // rows to act on that were fine or absent before
	KnownProblems int                   `json:"known_problems"` // rows to act on that an earlier run told of
	People        int                   `json:"people_in_ledger"`
	Timings       Timings               `json:"timings"`
	Rates         Rates                 `json:"rates"`
	Posts         int                   `json:"posts"`
	Throttled     int                   `json:"throttled"`
	Stop          StopPart              `json:"stop"`
	RosterSHA256  string                `json:"roster_sha256"`
	ReadAs        string                `json:"roster_read_as"`
	Notes         []string              `json:"roster_notes,omitempty"`
	Files         Files                 `json:"files"`
	Folder        string                `json:"folder"`
	Ledger        string                `json:"ledger"`
	LedgerMark    batch.LedgerMark      `json:"ledger_mark"` // how far the ledger had come
	Command       string                `json:"command"`     // starts the commands to type next
	Place         string                `json:"place"`       // flags of other commands that lead to the ledger
	ExitCode      int                   `json:"exit_code"`
	Versions      Versions              `json:"versions"`
}

// RunPart identifies the run. Times are UTC, to the millisecond.
type RunPart struct {
	ID          string         `json:"id"`
	Started     time.Time      `json:"started"`
	Ended       time.Time      `json:"ended"`
	Roster      string         `json:"roster"` // as given; "-" for standard input
	Campaign    string         `json:"campaign"`
	Environment string         `json:"environment"`
	APIURL      string         `json:"api_url"`
	Channel     csvmap.Channel `json:"channel"`
	Version     string         `json:"version"`
	DryRun      bool           `json:"dry_run"`
	RerunOf     string         `json:"rerun_of"` // "" when the roster is no rerun file
}

// MessagePart is how many people one message was sent to.
type MessagePart struct {
	batch.Message
	People int `json:"people"`
}

func messageParts(messages batch.Messages) []MessagePart {
	parts := make([]MessagePart, 0, len(messages))
	for _, m := range messages.Sorted() {
		parts = append(parts, MessagePart{m, messages[m]})
	}
	return parts
}

// DiedRun is an earlier run that never ended: killed, or its machine went down.
// The next run tells of it once.
type DiedRun struct {
	ID      string    `json:"id"`
	Started time.Time `json:"started"`
}

func diedRuns(runs []batch.RunInfo) []DiedRun {
	died := make([]DiedRun, len(runs))
	for i, r := range runs {
		died[i] = DiedRun{r.ID, r.Started.UTC().Truncate(time.Millisecond)}
	}
	return died
}

// Group is rows that share a reason.
type Group struct {
	Code      string        `json:"code"`
	Field     string        `json:"field"`
	Owner     batch.Owner   `json:"owner"`
	Outcome   batch.Outcome `json:"outcome"` // "" for the group "other"
	Message   string        `json:"message"` // the reason in plain words
	Rows      int           `json:"rows"`
	New       int           `json:"new"` // of Rows, those not known from an earlier run
	FirstLine int           `json:"first_line"`
	WhatToDo  string        `json:"what_to_do"`
}

func (g *Group) count(r *batch.Result) {
	g.Rows++
	g.New += index(r.New)
	if g.FirstLine == 0 {
		g.FirstLine = r.Line
	}
}

// Timings are in seconds.
type Timings struct {
	Check float64 `json:"check_s"` // the whole ledger; 0 unless the last one who wrote did not end cleanly
	Plan  float64 `json:"plan_s"`
	Send  float64 `json:"send_s"`
	Total float64 `json:"total_s"`
}

// Rates are in requests a second; Achieved is how fast the others followed the first
// request, over the time of sending: with it, a short run would seem above its limit.
type Rates struct {
	Configured float64 `json:"configured_per_s"`
	Achieved   float64 `json:"achieved_per_s"`
}

// StopPart is why the run stopped early; empty when it did not.
type StopPart struct {
	Reason  batch.StopReason `json:"reason"`
	Message string           `json:"message"`
}

// Files names the files in the folder; "" for one that was not needed.
type Files struct {
	Results   string `json:"results"`
	Failed    string `json:"failed"`
	Remaining string `json:"remaining"`
	InDoubt   string `json:"in_doubt"`
	Summary   string `json:"summary"`
}

// Versions says what made the summary.
type Versions struct {
	Bulkinvite string `json:"bulkinvite"`
	Go         string `json:"go"`
}

// summarize puts the account and the counted rows together. Files, folder and
// exit code are the writer's to add.
func summarize(acc batch.Account, t *tally) Summary {
	return Summary{
		Schema:        Schema,
		Run:           runPart(acc),
		Rows:          acc.Rows,
		Buckets:       t.buckets,
		WouldSend:     t.wouldSend,
		Messages:      messageParts(t.messages),
		Revoked:       t.revoked,
		Outside:       t.outside,
		InDoubt:       len(acc.Doubts),
		Died:          diedRuns(acc.Died),
		Groups:        t.sorted(acc.Place),
		NewProblems:   t.problems[1],
		KnownProblems: t.problems[0],
		People:        acc.People,
		Timings:       timings(acc),
		Rates:         Rates{acc.Rate, achieved(acc)},
		Posts:         acc.Posts,
		Throttled:     acc.Throttled,
		Stop:          StopPart(acc.Stop),
		RosterSHA256:  acc.RosterSHA256,
		ReadAs:        acc.ReadAs,
		Notes:         acc.Notes,
		Ledger:        acc.Ledger,
		LedgerMark:    acc.LedgerMark,
		Command:       acc.Command,
		Place:         acc.Place,
		Versions:      Versions{acc.Run.Version, runtime.Version()},
	}
}

func runPart(acc batch.Account) RunPart {
	run := acc.Run
	return RunPart{
		ID:          run.ID,
		Started:     run.Started.UTC().Truncate(time.Millisecond),
		Ended:       acc.Ended.UTC().Truncate(time.Millisecond),
		Roster:      run.Roster,
		Campaign:    run.Campaign,
		Environment: run.Environment,
		APIURL:      run.APIURL,
		Channel:     run.Channel,
		Version:     run.Version,
		DryRun:      run.DryRun,
		RerunOf:     run.Rerun,
	}
}

func timings(acc batch.Account) Timings {
	return Timings{seconds(acc.Checking), seconds(acc.Planning), seconds(acc.Sending), seconds(acc.Ended.Sub(acc.Run.Started))}
}

// seconds keeps milliseconds: more would be noise.
func seconds(d time.Duration) float64 { return float64(d.Milliseconds()) / 1000 }

func achieved(acc batch.Account) float64 {
	if acc.Posts < 2 || acc.Sending <= 0 {
		return 0
	}
	perSecond := float64(acc.Posts-1) / acc.Sending.Seconds()
	return float64(int(perSecond*100+0.5)) / 100
}

// JSON writes the summary as summary.json has it.
func (s Summary) JSON(w io.Writer) error {
	enc := json.NewEncoder(Plain(w))
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(s)
}

// ReadSummary reads a summary.json. A summary of a newer schema is an error.
func ReadSummary(path string) (Summary, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Summary{}, fmt.Errorf("the summary cannot be read: %w", err)
	}
	var s Summary
	if err := json.Unmarshal(text, &s); err != nil {
		return Summary{}, fmt.Errorf("%s is not a summary of a run: %w", path, err)
	}
	if s.Schema != Schema {
		return Summary{}, fmt.Errorf("%s has schema %d, and this version of bulkinvite reads schema %d; use the version that wrote it", path, s.Schema, Schema)
	}
	return s, nil
}
