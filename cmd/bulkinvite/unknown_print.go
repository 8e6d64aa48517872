package main

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"bulkinvite/batch"
	"bulkinvite/reports"
)

// doubtJSON is somebody in doubt as JSON has them. Times are UTC.
type doubtJSON struct {
	Key      string     `json:"key"` // what settle takes
	Campaign string     `json:"campaign"`
	State    string     `json:"state"` // sending: a run is at it, or died; else unknown
	Since    time.Time  `json:"since"`
	Ended    *time.Time `json:"ended"` // null while no answer is recorded
	RunID    string     `json:"run_id"`
	Line     int        `json:"line"`
	Attempt  int64      `json:"attempt"`
	HTTP     int        `json:"http_status"` // 0 when no answer came
	Code     string     `json:"code"`
	Message  string     `json:"message"`
	Written  bool       `json:"request_written"` // the whole request is known to have been
	Open     string     `json:"open,omitempty"`  // why the list of invites could not settle it; "" for nothing but time
}

// unknownJSON is what unknown --json prints.
type unknownJSON struct {
	Schema  int         `json:"schema"`
	InDoubt []doubtJSON `json:"in_doubt"`
}

func doubtsJSON(doubts []batch.Doubt) []doubtJSON {
	all := make([]doubtJSON, len(doubts))
	for i, d := range doubts {
		code, message := evidence(d)
		all[i] = doubtJSON{
			Key: doubtKey(d), Campaign: d.Campaign, State: string(batch.Unknown), Since: since(d).UTC().Truncate(time.Millisecond),
			RunID: d.RunID, Line: d.Line, Attempt: d.Attempt, HTTP: d.Last.HTTP, Code: code, Message: message, Written: d.Last.Written, Open: d.Open,
		}
		if d.Last.State == "" {
			all[i].State = string(batch.Sending)
		} else {
			ended := d.Last.Ended.UTC().Truncate(time.Millisecond)
			all[i].Ended = &ended
		}
	}
	return all
}

// doubtKey is what an operator types for somebody in doubt: the employee ID as
// the roster had it, or a handle.
func doubtKey(d batch.Doubt) string {
	if d.Key != d.Recipient.Email && d.Key != d.Recipient.Phone && showable(d.Key, d.Recipient.Phone) {
		return d.Key
	}
	return handle(d.PersonID)
}

// since is when the attempt began, as far as it is known.
func since(d batch.Doubt) time.Time {
	if d.Last.Started.IsZero() {
		return d.Claimed
	}
	return d.Last.Started
}

// evidence is what the network said.
func evidence(d batch.Doubt) (code, message string) {
	if d.Last.State == "" {
		return string(batch.Sending), "no answer is recorded: a run is sending to them at this moment, or was cut off"
	}
	var codes, messages []string
	for _, f := range d.Last.Findings {
		codes, messages = append(codes, f.Code), append(messages, f.Message)
	}
	return strings.Join(codes, "; "), strings.Join(messages, "; ")
}

func (p program) printDoubts(doubts []batch.Doubt, inJSON bool, usual, place string) error {
	var out bytes.Buffer
	switch {
	case inJSON:
		out.Write(asJSON(unknownJSON{1, doubtsJSON(doubts)}))
		out.WriteByte('\n')
	case len(doubts) == 0:
		fmt.Fprintln(&out, "Nobody is in doubt.")
	default:
		writeDoubts(&out, doubts, usual, place)
	}
	if _, err := out.WriteTo(p.stdout); err != nil {
		return fmt.Errorf("the list cannot be printed: %w", err)
	}
	return nil
}

// writeDoubts writes the list for a person who has to decide. usual is the
// campaign that needs no --campaign.
func writeDoubts(out *bytes.Buffer, doubts []batch.Doubt, usual, place string) {
	fmt.Fprintf(out, "%s in doubt: there may be an invite or not, so runs do not write to them.\n", peopleAre(len(doubts)))
	for _, d := range doubts {
		key, where := doubtKey(d), place
		if d.Campaign != usual {
			where += " --campaign " + d.Campaign
		}
		code, message := evidence(d)
		if d.Last.HTTP != 0 {
			code = fmt.Sprintf("HTTP %d, %s", d.Last.HTTP, code)
		}
		written := "not known to have been written whole"
		if d.Last.Written {
			written = "was written whole"
		}
		fmt.Fprintf(out, "\n%s, since %s\n", key, since(d).Local().Format("2006-01-02 15:04:05 MST"))
		fmt.Fprintf(out, "  attempt   %d, line %d of run %s, campaign %s\n", d.Attempt, d.Line, d.RunID, d.Campaign)
		fmt.Fprintf(out, "  answer    %s (%s)\n", message, code)
		fmt.Fprintf(out, "  request   %s\n", written)
		if d.Open != "" {
			fmt.Fprintf(out, "  open      %s\n", d.Open)
		}
		fmt.Fprintf(out, "  settle    bulkinvite settle %s%s\n", reports.ShellWord(key), where)
	}
	fmt.Fprintf(out, `
What to do next
  1. Let the account's list of invites tell; this sends nothing:
       bulkinvite reconcile%s
  2. Look up whoever is left in the Argyle Console; in_doubt.csv of the run has the
     names and contacts. Then type their command above with one of
       --sent ID   there is an invite, and this is its ID
       --resend    there is none: the next run sends it
       --skip      leave it open, and do not invite them
`, place)
}
