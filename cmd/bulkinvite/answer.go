package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"bulkinvite/batch"
	"bulkinvite/batch/ledger"
)

const answerHelp = `
An answer counts for that row only, with its name, IDs and contacts as they were, and
is remembered with your name. In failed.csv, the same words in the column
bulkinvite_answer do it.

KEY is the employee ID, e-mail address or phone number of the row, in any spelling that
a roster may have. Where the ID goes with a company, it is COMPANY:ID.`

func (p program) sameCommand() *cobra.Command {
	return p.answerCommand(batch.AnswerSame, "Say that a row held as a conflict is the person who was there first",
		`same answers who a row is that was held as a conflict: the person who was known before
it. Nothing is sent to that row: the next run with it counts it as theirs, and learns its
name and contacts. Whoever is in doubt stays in doubt.
`+answerHelp)
}

func (p program) otherCommand() *cobra.Command {
	return p.answerCommand(batch.AnswerOther, "Say that a row held as a conflict is somebody else, to be invited too",
		`other answers who a row is that was held as a conflict: somebody else than the person who
was known before it. The next run with that row invites them, and the employee ID is
theirs from then on. It does not where the contact has an invite under the same name, or
where it is in doubt whether the first one holds an invite.
`+answerHelp)
}

func (p program) answerCommand(answer batch.Answer, short, long string) *cobra.Command {
	cmd := &cobra.Command{
		Use:     string(answer) + " KEY",
		GroupID: groupDoubt,
		Short:   short,
		Long:    long,
		Example: fmt.Sprintf("  bulkinvite %s avery@example.com", answer),
		Args:    oneKey,
	}
	p.addSettings(cmd, slices.Clone(personSettings)...)
	cmd.RunE = p.onPerson(func(ctx context.Context, a *access, key string) error { return p.answer(ctx, a, key, answer) })
	return cmd
}

// answer records who a row is that was held.
func (p program) answer(ctx context.Context, a *access, key string, answer batch.Answer) error {
	aliases, err := a.settings.aliases(key)
	if err != nil {
		return err
	}
	found, err := a.ledger.Questions(ctx, a.settings.Campaign, aliases)
	if err != nil {
		return err
	}
	switch {
	case len(found) == 0:
		if err := a.settings.wantCampaign(ctx, a.ledger); err != nil {
			return err
		}
		return usagef("no row in campaign %s that was held as a conflict has that KEY: only such rows can be answered, once a run has held them", a.settings.Campaign)
	case len(found) > 1:
		return usagef("the KEY is that of %d rows that were held: give another ID or contact of the one that is meant, or answer in failed.csv", len(found))
	}
	asked := found[0]
	if asked.Answer == answer {
		return p.confirm("%s was answered already, on %s by %s: nothing to record.", rowOf(asked), asked.At.UTC().Format("2 January 2006"), asked.By)
	}
	by := p.operator()
	if err := a.ledger.Reply(ctx, a.settings.Campaign, []batch.Reply{{Row: asked.Row, Answer: answer}}, by, time.Now()); err != nil {
		return err
	}
	next := map[batch.Answer]string{
		batch.AnswerSame:  "is the person who was there first: the next run with that row counts it as theirs, and sends nothing to it",
		batch.AnswerOther: "is somebody else: the next run with that row invites them, and the employee ID is theirs from then on",
	}
	return p.confirm("%s %s (campaign %s, recorded for %s).", rowOf(asked), next[answer], a.settings.Campaign, by)
}

// rowOf names a row that was asked about.
func rowOf(q ledger.OpenQuestion) string { return fmt.Sprintf("Line %d of run %s", q.Line, q.Run) }
