package main

import (
	"bufio"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"bulkinvite/csvmap"
)

// mapOptions are what map has beside the settings.
type mapOptions struct {
	write string
	force bool
}

func (p program) mapCommand() *cobra.Command {
	var o mapOptions
	cmd := &cobra.Command{
		Use:     "map ROSTER",
		GroupID: groupInvite,
		Short:   "Show what the columns of a roster are taken for, and write a mapping file",
		Long: `map shows what each column of a roster is taken for and why, what is missing, and
how the first rows are read. Nothing is sent or recorded. It needs no network, no
credentials and no ledger. The rows are shown on the screen only, never in a log.

With --write it puts all that into a mapping file, which says how to go on from
there: constants, texts made of columns, names that are split, other texts for some
values, and a filter. Give the file back with --map to run, plan, validate and map.
Where the header alone is not enough, the file holds a proposal.`,
		Example: `  bulkinvite map roster.csv
  bulkinvite map --write mapping.yaml roster.csv
  bulkinvite validate --map mapping.yaml roster.csv`,
		Args: oneRoster,
	}
	p.addSettings(cmd, append([]string{"json"}, rosterSettings...)...)
	add(cmd.Flags(), &o.write, parseText, "write", "write a mapping `file`")
	add(cmd.Flags(), &o.force, parseToggle, "force", "let --write replace a file")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		return p.mapRoster(cmd.Context(), args[0], s, o)
	}
	return cmd
}

func (p program) mapRoster(ctx context.Context, path string, s Settings, o mapOptions) error {
	if o.write != "" && !o.force {
		if err := mustBeFree(o.write); err != nil {
			return err
		}
	}
	if err := s.readMapping(); err != nil {
		return err
	}
	found, err := p.survey(ctx, path, s)
	if err != nil {
		return err
	}
	if o.write != "" {
		if err := writeMapping(o.write, found.Mapping); err != nil {
			return err
		}
		found.Written = o.write
	}
	out := bufio.NewWriter(p.stdout)
	if s.JSON {
		found.json(out)
	} else {
		found.text(out)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("the mapping cannot be printed: %w", err)
	}
	if found.Missing != "" || !found.Usable && found.Written == "" {
		return Status(exitAttention)
	}
	return nil
}

// How many rows map reads to find out what is in the columns, and how many of
// them it shows.
const (
	sampleRows = 100
	shownRows  = 5
)

// survey finds out how the roster is mapped, and how it would be by its draft.
func (p program) survey(ctx context.Context, path string, s Settings) (*mapSurvey, error) {
	roster, err := csvmap.OpenWith(path, p.stdin, s.rosterOptions())
	if err != nil {
		return nil, err
	}
	defer func() { _ = roster.Close() }()
	if err := mapBy(roster, s.mapping); err != nil {
		return nil, err
	}
	rows, err := sample(ctx, roster)
	if err != nil {
		again, err := roster.Retry(err)
		if err != nil {
			return nil, err
		}
		_ = roster.Close()
		roster = again
		if rows, err = sample(ctx, roster); err != nil {
			return nil, err
		}
	}
	before := columnsOf(roster)
	notes, doubts := append([]string{}, roster.Detected().Notes...), doubtsOf(roster)
	_, asItIs := roster.Checker(s.rules())
	draft, err := roster.Draft(rows)
	if err != nil {
		return nil, err
	}
	drafted, err := parseMapping("the draft", draft.Text)
	if err != nil {
		return nil, err
	}
	found := &mapSurvey{
		Roster: path, given: s.Map, Header: roster.Detected().HeaderRow, ReadAs: formOf(roster.Detected()),
		Filter: drafted.Filter(), Notes: notes, Doubts: doubts, Usable: asItIs == nil, Proposals: draft.Proposals, Mapping: draft.Text,
	}
	if err := roster.Map(drafted); err != nil {
		found.Missing = err.Error()
	}
	return found, found.fill(before, rows, roster, s.rules())
}

// mapBy maps a roster as far as it goes: what is wrong with its header is for the
// draft to mend. The error is a [csvmap.MappingError].
func mapBy(roster *csvmap.Roster, m *csvmap.Mapping) error {
	err := roster.Map(m)
	if is[*csvmap.MappingError](err) {
		return err
	}
	return nil
}

// sample reads the first rows that count and can be read.
func sample(ctx context.Context, roster *csvmap.Roster) ([]csvmap.Row, error) {
	var rows []csvmap.Row
	for row, err := range roster.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		if row.Skip == nil && row.Malformed == nil {
			rows = append(rows, row)
		}
		if len(rows) == sampleRows {
			break
		}
	}
	return rows, nil
}
