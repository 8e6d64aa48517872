package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"bulkinvite/batch/ledger"
)

// copySettings are the settings of the commands that copy a ledger.
var copySettings = []string{"state", "env", "api-url", "simulate", "json"}

func (p program) backupCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "backup FILE",
		GroupID: groupTool,
		Short:   "Copy the ledger, also while a run is going on",
		Long: `backup copies the ledger of the environment, as it is at this moment, into a new file,
reads all of the copy, and says what it holds. It needs no key and does not wait for a
run. The file is for its owner only, appears whole or not at all, and never takes the
place of another one: put the date into its name. 'bulkinvite restore' puts it back.

It holds people's data: keep it where only you can read it, and not on the disk that
the ledger is on.`,
		Example: "  bulkinvite backup --env production /srv/backup/ledger-2026-11-24.db",
		Args:    oneFile,
	}
	p.addSettings(cmd, copySettings...)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		return p.backup(cmd.Context(), args[0], s)
	}
	return cmd
}

func (p program) backup(ctx context.Context, file string, s Settings) error {
	l, err := s.readLedger(ctx)
	if err != nil {
		return err
	}
	if l == nil {
		path, err := s.ledgerPath()
		return errors.Join(err, fmt.Errorf("%s: there is no ledger yet, so there is nothing to back up", path))
	}
	defer l.Close()
	held, err := l.Backup(ctx, file)
	if errors.Is(err, fs.ErrExist) {
		return usagef("%s", err)
	}
	if err != nil {
		return interrupted(ctx, err)
	}
	return p.printCopy(s, copyOf(file, held), fmt.Sprintf(
		"%s holds %s. All of it was read: it is undamaged. Keep it where only you can read it.", file, heldWords(held)))
}

// ledgerCopy is what backup --json and restore --json print.
type ledgerCopy struct {
	Schema    int            `json:"schema"`
	File      string         `json:"file"`
	Ledger    string         `json:"ledger,omitempty"` // restore: where it is now
	Aside     string         `json:"aside,omitempty"`  // restore: where the ledger is that stood there
	People    int            `json:"people"`
	Campaigns map[string]int `json:"campaigns"` // how many of the people are in each
	Attempts  int64          `json:"attempts"`
	LastRun   string         `json:"last_run"`
}

func copyOf(file string, held ledger.Contents) ledgerCopy {
	return ledgerCopy{
		Schema: 1, File: file, People: peopleIn(held), Campaigns: held.People,
		Attempts: held.Mark.Attempts, LastRun: held.LastRun.ID,
	}
}

// printCopy prints what was done, as text or as JSON.
func (p program) printCopy(s Settings, done ledgerCopy, text string) error {
	if s.JSON {
		text = string(asJSON(done))
	}
	if _, err := fmt.Fprintln(p.stdout, text); err != nil {
		return fmt.Errorf("the result cannot be printed: %w", err)
	}
	return nil
}

func peopleIn(held ledger.Contents) int {
	n := 0
	for _, people := range held.People {
		n += people
	}
	return n
}

// heldWords says what a ledger holds: "1,234 people (default 1,200, spring 34), up to run …".
func heldWords(held ledger.Contents) string {
	words := peopleOf(peopleIn(held))
	var campaigns []string
	for _, name := range slices.SortedFunc(maps.Keys(held.People), func(a, b string) int {
		return cmp.Or(held.People[b]-held.People[a], strings.Compare(a, b))
	}) {
		campaigns = append(campaigns, "campaign "+name+": "+humanize.Comma(int64(held.People[name])))
	}
	if len(campaigns) > 0 {
		words += " (" + strings.Join(campaigns, ", ") + ")"
	}
	if run := held.LastRun; run.ID != "" {
		words += fmt.Sprintf(", up to run %s of %s", run.ID, run.Started.UTC().Format("2006-01-02 15:04 UTC"))
	}
	return words
}

// oneFile is the argument check of the commands that take a file.
func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) == 1 && strings.TrimSpace(args[0]) != "" {
		return nil
	}
	return usagef("%s needs one FILE; see '%s --help'", cmd.Name(), cmd.CommandPath())
}
