package reports

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bulkinvite/batch"
)

// Text writes the summary for a person who reads it in a mail in the morning:
// the verdict first, then the run, the counts, what is wrong and for whom, the
// files, and what to do next. Plain ASCII words, no colours, 78 columns except
// for paths and commands, which are never broken.
func (s Summary) Text(w io.Writer) error {
	p := &page{}
	p.wrapped("", "", s.verdict())
	if s.Stop.Reason != batch.NotStopped && s.Stop.Message != "" {
		p.wrapped("", "", sentence(s.Stop.Message))
	}
	s.writeRun(p)
	s.writeDied(p)
	s.writeBuckets(p)
	s.writeGroups(p)
	if s.Folder != "" {
		s.writeFiles(p)
	}
	s.writeSteps(p)
	p.line("\nExit code %d", s.ExitCode)
	_, err := p.WriteTo(w)
	return err
}

// sentence begins with a capital and ends with a full stop.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + strings.TrimRight(text[size:], ".") + "."
}

// page is a text in the making; writing to it cannot fail.
type page struct{ bytes.Buffer }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *page) heading(text string) { p.line("\n%s", text) }

// writeRun says which roster, where to, and what the ledger knows.
func (s Summary) writeRun(p *page) {
	field := func(label, value string) { p.line("  %-12s %s", label, Printable(value)) }
	p.line("")
	field("Roster", s.rosterWords())
	if s.ReadAs != "" {
		field("", "read as "+s.ReadAs)
	}
	for _, note := range s.Notes {
		p.wrapped("               ", "               ", note)
	}
	field("Campaign", s.Run.Campaign)
	field("Environment", s.environmentWords())
	if !s.Run.DryRun {
		field("Run", s.Run.ID)
	}
	field("Started", s.Run.Started.Format("2006-01-02 15:04 MST")+s.took())
	if s.Run.RerunOf != "" {
		field("Rerun of", s.Run.RerunOf)
	}
	s.writeMessages(p)
	if s.Posts > 0 {
		field("Sending", s.paceWords())
	}
	if s.Ledger == "" {
		field("Ledger", "none yet, so everybody counts as new")
		return
	}
	field("Ledger", s.Ledger)
	field("", "knows "+plural(s.People, "person", "people")+" in this campaign")
}

// writeDied tells of earlier runs that never ended.
func (s Summary) writeDied(p *page) {
	for _, run := range s.Died {
		p.line("")
		p.wrapped("  ", "  ", fmt.Sprintf("The run that started %s (%s) was cut off and wrote no report. "+
			"Whom it had invited counts as already invited here; whoever it left in doubt was looked up first and is in in_doubt.csv if still unclear.",
			run.Started.Format("2006-01-02 15:04 MST"), run.ID))
	}
}

func (s Summary) rosterWords() string {
	if s.Run.Roster == "-" {
		return "standard input"
	}
	return s.Run.Roster
}

const simulated = "simulated"

func (s Summary) environmentWords() string {
	if s.Run.Environment == simulated {
		return "simulator: no real message was sent to anybody"
	}
	return fmt.Sprintf("%s (%s)", s.Run.Environment, s.Run.APIURL)
}

func (s Summary) paceWords() string {
	words := plural(s.Posts, "request", "requests")
	if s.Timings.Send >= 1 && s.Rates.Achieved > 0 { // a pace over less than the limiter's second says nothing
		words += fmt.Sprintf(", %.4g a second", s.Rates.Achieved)
	}
	words += fmt.Sprintf(" (limit %.4g/s)", s.Rates.Configured)
	if s.Throttled > 0 {
		words += ", " + thousands(s.Throttled) + " told to slow down"
	}
	return words
}

func (s Summary) took() string {
	d := time.Duration(s.Timings.Total * float64(time.Second))
	switch {
	case d < 100*time.Millisecond:
		return ""
	case d < 10*time.Second:
		return ", took " + d.Round(100*time.Millisecond).String()
	default:
		return ", took " + d.Round(time.Second).String()
	}
}

// bucketWords says what each bucket means.
var bucketWords = map[batch.Outcome]string{
	batch.OutcomeSent:           "invited in this run",
	batch.OutcomeAlreadyInvited: "invited earlier, not written to again",
	batch.OutcomeDuplicate:      "the same person as an earlier row",
	batch.OutcomeSkipped:        "left out on purpose",
	batch.OutcomeInvalid:        "with data to mend",
	batch.OutcomeConflict:       "held back: somebody has to decide",
	batch.OutcomeRejected:       "not accepted by Argyle",
	batch.OutcomeFailed:         "could not be sent, safe to send again",
	batch.OutcomeUnknown:        "in doubt: may or may not be invited",
	batch.OutcomeNotAttempted:   "not attempted: the run stopped first",
}

// writeBuckets lists the buckets that are not empty, in their fixed order.
func (s Summary) writeBuckets(p *page) {
	p.heading(plural(s.Rows, "row", "rows") + " read, of which")
	row := func(n int, words, code string) {
		if n > 0 {
			p.line("  %11s  %-39s %s", thousands(n), words, code)
		}
	}
	row(s.WouldSend, "would be invited", batch.CodeWouldSend)
	for _, o := range batch.Outcomes {
		n := s.Buckets[o]
		if o == batch.OutcomeNotAttempted {
			n = s.notAttempted()
		}
		row(n, bucketWords[o], string(o))
	}
}

// writeFiles lists the files that were written.
func (s Summary) writeFiles(p *page) {
	p.heading("Files in " + Printable(s.Folder))
	file := func(name, words string) {
		if name != "" {
			p.line("  %-14s %s", name, words)
		}
	}
	file(s.Files.Results, "every row, with what became of it")
	file(s.Files.Failed, "the rows to mend or to send again, with the reasons")
	file(s.Files.Remaining, "the rows that were not attempted")
	file(s.Files.InDoubt, "everybody in doubt, with the evidence")
	file(s.Files.Summary, "this summary, for programs")
	p.line("  (%s leads there until the next run.)", Printable(filepath.Join(filepath.Dir(s.Folder), latest)))
}

// ownerWords heads the groups of each owner.
var ownerWords = map[batch.Owner]string{
	batch.HR:     "For HR",
	batch.IT:     "For IT",
	batch.API:    "On Argyle's side",
	batch.Nobody: "For your information",
}

// mendedElsewhere is for whoever mended a row yesterday and reads of it again.
const mendedElsewhere = "Who was mended in failed.csv and run is invited already, and nobody is invited twice. " +
	"The row is listed until it is also corrected in the system that the roster comes from."

// writeGroups says what is wrong, by who must act.
func (s Summary) writeGroups(p *page) {
	if n := s.NewProblems + s.KnownProblems; n > 0 {
		p.heading(fmt.Sprintf("To act on: %s (%s new since the last run, %s known before)",
			plural(n, "row", "rows"), thousands(s.NewProblems), thousands(s.KnownProblems)))
	}
	if s.KnownProblems > 0 && s.toMend() > 0 && s.Run.RerunOf == "" {
		p.wrapped("  ", "  ", mendedElsewhere)
	}
	var owner batch.Owner
	for _, g := range s.Groups {
		if g.Owner != owner {
			owner = g.Owner
			p.heading(cmp.Or(ownerWords[owner], ownerWords[batch.Nobody]))
		}
		p.group(g, s.named(g))
	}
}

// named is a group's code, with its field where another group has the same words.
func (s Summary) named(g Group) string {
	alike := func(o Group) bool {
		return o.Code == g.Code && o.Owner == g.Owner && o.Message == g.Message && o.Field != g.Field
	}
	if g.Field != "" && slices.ContainsFunc(s.Groups, alike) {
		return g.Code + ", " + g.Field
	}
	return g.Code
}

func (p *page) group(g Group, name string) {
	where := fmt.Sprintf("line %d", g.FirstLine)
	if g.Rows > 1 {
		where = "first on " + where
	}
	if 0 < g.New && g.New < g.Rows {
		where += fmt.Sprintf(", %s new", thousands(g.New))
	}
	p.wrapped("  - ", "    ", fmt.Sprintf("%s: %s (%s; %s)", plural(g.Rows, "row", "rows"), g.Message, where, name))
	p.wrapped("    ", "    ", g.WhatToDo)
}
