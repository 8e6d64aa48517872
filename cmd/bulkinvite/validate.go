package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

func (p program) validateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "validate ROSTER",
		GroupID: groupInvite,
		Short:   "Check a roster: every problem, with its line and column",
		Long: `validate reads a roster as a run would and prints every problem that HR has to
mend, with its line and column. It needs no network, no credentials and no ledger.
What the columns are taken for, 'bulkinvite map' shows and --map decides.

The problems come as a compiler prints them, with counts at the end; --format csv
makes a list for a spreadsheet, --format json, or --json, one for a program.`,
		Example: "  bulkinvite validate roster.csv\n  bulkinvite validate --format csv roster.csv > problems.csv",
		Args:    oneRoster,
	}
	p.addSettings(cmd, append([]string{"json"}, without(rosterSettings, formFlag)...)...)
	addFormFlags(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		form, err := outputForm(cmd, &s)
		if err != nil {
			return err
		}
		return p.validate(cmd.Context(), args[0], s, form)
	}
	return cmd
}

// validate plans a run that knows nobody, so that people who stand twice and
// contacts that two people share come to light too. What was found before the
// roster broke or a signal came is printed all the same.
func (p program) validate(ctx context.Context, path string, s Settings, form string) error {
	if err := s.readMapping(); err != nil {
		return err
	}
	in := &input{path: path, settings: s}
	roster, err := p.openFile(ctx, path, s.rosterOptions())
	if err != nil {
		return err
	}
	if err := in.use(roster); err != nil {
		return errors.Join(err, roster.Close())
	}
	defer func() { _ = in.close() }()
	list, err := newDraft()
	if err != nil {
		return err
	}
	defer list.close()
	printer := newPrinter(form, list, path)
	found := tally{kinds: map[kind]int{}}
	in.again = func() {
		found = tally{kinds: map[kind]int{}}
		list.drop()
		printer.restart()
	}
	broken := found.read(ctx, in, printer)
	found.notes, found.doubts = append([]string{}, in.roster.Detected().Notes...), doubtsOf(in.roster)
	printer.end(found, broken)
	if err := list.copyTo(p.stdout); err != nil {
		return fmt.Errorf("the list of problems cannot be written: %w", err)
	}
	switch {
	case broken != nil:
		return broken
	case found.problems > 0:
		return Status(exitAttention)
	default:
		return nil
	}
}

// tally counts what a roster's rows are like.
type tally struct {
	rows     int
	bad      int // rows with at least one problem
	problems int
	warnings int // about rows that can be sent
	kinds    map[kind]int
	notes    []string // on the roster as a whole
	doubts   []string // that hold a run
}

// kind groups problems.
type kind struct {
	field   csvmap.Field
	code    csvmap.Code
	warning bool
}

// read plans the roster and hands its problems to printer, in roster order.
func (t *tally) read(ctx context.Context, in *input, printer problemPrinter) error {
	plan, err := in.plan(ctx, nobody{}, batch.PlanOptions{
		Progress: func(rows int) { t.rows = rows },
		Found:    func(problems []csvmap.Problem) error { return t.take(problems, printer) },
	})
	if err != nil {
		return err
	}
	return plan.Close()
}

// take counts and prints what was found in one row.
func (t *tally) take(problems []csvmap.Problem, printer problemPrinter) error {
	bad := 0
	for _, p := range problems {
		if p.Warning {
			t.warnings++
		} else {
			bad++
		}
		t.kinds[kind{p.Field, p.Code, p.Warning}]++
		if err := printer.problem(p); err != nil {
			return fmt.Errorf("the list of problems cannot be written: %w", err)
		}
	}
	t.problems += bad
	t.bad += min(bad, 1)
	return nil
}
