package main

import (
	"bufio"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"bulkinvite/csvmap"
)

func (p program) validateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "validate ROSTER",
		GroupID: groupInvite,
		Short:   "Check a roster: every problem, with its line and column",
		Long: `validate reads a roster as a run would and prints every problem that HR has to
mend, with its line and column. It needs no network, no credentials and no ledger.`,
		Example: "  bulkinvite validate roster.csv",
		Args:    oneRoster,
	}
	p.addSettings(cmd, "channel", "region", "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		return p.validate(cmd.Context(), args[0], s)
	}
	return cmd
}

// validate streams: it holds one row at a time, whatever the roster's size. What
// was found before the roster broke or a signal came is printed all the same.
func (p program) validate(ctx context.Context, path string, s Settings) error {
	roster, err := csvmap.Open(path, p.stdin)
	if err != nil {
		return err
	}
	defer roster.Close()
	checker, err := roster.Checker(s.rules())
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(p.stdout, 64<<10)
	var printer problemPrinter = &problemText{out: out, roster: path}
	if s.JSON {
		printer = &problemJSON{out: out, roster: path}
	}
	var found tally
	broken := found.read(ctx, roster, checker, printer)
	printer.end(found, broken)
	if err := out.Flush(); err != nil {
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
	kinds    map[kind]int
}

// kind groups problems.
type kind struct {
	field csvmap.Field
	code  csvmap.Code
}

// read checks every row and hands its problems to printer, in roster order.
func (t *tally) read(ctx context.Context, roster *csvmap.Roster, checker *csvmap.Checker, printer problemPrinter) error {
	t.kinds = map[kind]int{}
	for row, err := range roster.Rows(ctx) {
		if err != nil {
			return err
		}
		t.rows++
		_, problems := checker.Check(row)
		if len(problems) > 0 {
			t.bad++
		}
		for _, p := range problems {
			t.problems++
			t.kinds[kind{p.Field, p.Code}]++
			if err := printer.problem(p); err != nil {
				return fmt.Errorf("the list of problems cannot be written: %w", err)
			}
		}
	}
	return nil
}
