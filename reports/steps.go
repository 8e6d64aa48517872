package reports

import (
	"cmp"
	"fmt"
	"path/filepath"

	"bulkinvite/batch"
)

// step is something to do next, and the command that does it, if one does.
type step struct{ text, command string }

// writeSteps says what to do next, numbered when there is more than one thing.
func (s Summary) writeSteps(p *page) {
	steps := s.steps()
	if len(steps) == 0 {
		return
	}
	p.heading("What to do next")
	for i, st := range steps {
		first, rest := "  ", "  "
		if len(steps) > 1 {
			first, rest = fmt.Sprintf("  %d. ", i+1), "     "
		}
		p.wrapped(first, rest, st.text)
		if st.command != "" {
			p.line("%s  %s", rest, st.command)
		}
	}
}

func (s Summary) steps() []step {
	if s.Stop.Reason == batch.StopHeld {
		who := ""
		if s.Outside > 0 && s.Files.Failed != "" {
			who = "failed.csv names " + the(s.Outside, "person", "people") + " whom the account has invited without this ledger. "
		}
		return []step{{who + "Decide what the message above asks, then start the run again.", ""}}
	}
	if s.Run.DryRun {
		return s.dryRunSteps()
	}
	var steps []step
	if s.Files.Remaining != "" {
		text := "When the reason for the stop is gone, invite " + the(s.notAttempted(), "row that was", "rows that were") + " not attempted:"
		steps = append(steps, step{text, s.rerun(s.Files.Remaining)})
	}
	if s.Outside > 0 {
		steps = append(steps, step{"Decide about " + the(s.Outside, "person", "people") + " whom the account has invited without this ledger: results.csv has the command for each.", ""})
	}
	if s.Files.Failed != "" {
		steps = append(steps, step{s.failedStep(), s.rerun(s.Files.Failed)})
	}
	if s.InDoubt > 0 {
		steps = append(steps, s.doubtStep())
	}
	return steps
}

// failedStep depends on what failed.csv holds: rows to mend, to send again, both.
func (s Summary) failedStep() string {
	mend, again := s.toMend(), s.Buckets[batch.OutcomeFailed]
	switch {
	case s.Stop.Reason == batch.StopDefault:
		return "When the setting is corrected, go through the rows that were turned down, and mend those that need it; then type:"
	case mend == 0 && again == 0:
		return "When that is decided, go on with the rows in failed.csv:"
	case mend == 0:
		return "Send again " + the(again, "row that", "rows that") + " could not be sent; there is nothing to mend in " + pick(again, "it:", "them:")
	case again == 0:
		return "Mend " + the(mend, "row", "rows") + " in failed.csv, save the file as CSV, then type:"
	}
	return fmt.Sprintf("Mend %s in failed.csv that %s it (%s only to be sent again), save the file as CSV, then type:",
		the(mend, "row", "rows"), pick(mend, "needs", "need"), plural(again, "other is there", "others are there"))
}

func (s Summary) doubtStep() step {
	return step{"Nobody in doubt is sent a second invite; the next run looks " + pick(s.InDoubt, "this person", "these people") +
		" up again. To decide about " + the(s.InDoubt, "person", "people") + " in in_doubt.csv yourself:", "bulkinvite unknown" + s.Place}
}

func (s Summary) dryRunSteps() []step {
	var steps []step
	if s.toMend() > 0 {
		steps = append(steps, step{"Mend the roster where it needs it; \"bulkinvite validate\" names every line and column.", ""})
	}
	if s.WouldSend > 0 {
		steps = append(steps, step{"To send the invites, give the same command as a run (\"run\" for \"plan\", no --dry-run).", ""})
	}
	if s.InDoubt > 0 {
		steps = append(steps, step{"Nobody in doubt is sent a second invite. To see who is, and to decide yourself:", "bulkinvite unknown" + s.Place})
	}
	return steps
}

// rerun is the command that runs a file of this run's folder. It names the
// folder itself, since OUT/latest may lead elsewhere by the time it is typed.
func (s Summary) rerun(file string) string {
	return cmp.Or(s.Command, "bulkinvite run") + " " + ShellWord(filepath.Join(s.Folder, file))
}

// the names n things of a kind: "the row", "the 2 rows".
func the(n int, one, many string) string {
	if n == 1 {
		return "the " + one
	}
	return "the " + thousands(n) + " " + many
}

func pick(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
