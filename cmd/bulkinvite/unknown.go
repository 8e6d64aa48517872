package main

import (
	"context"

	"github.com/spf13/cobra"

	"bulkinvite/batch"
)

func (p program) unknownCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "unknown",
		GroupID: groupDoubt,
		Short:   "List everyone in doubt, with the evidence",
		Long: `unknown lists the people who may or may not hold an invite: since when, which attempt
it was, what the network said, and what to do. They are not written to until that is
settled. It reads the ledger of the environment, in all campaigns unless --campaign
names one; it needs no key and does not wait for a run. in_doubt.csv of the run has
the names and contacts, which are never shown on a screen.`,
		Example: "  bulkinvite unknown --env production",
		Args:    noArguments,
	}
	p.addSettings(cmd, "campaign", "state", "env", "api-url", "simulate", "json")
	campaign := cmd.Flags().Lookup("campaign")
	campaign.Usage, campaign.DefValue = "list this campaign `name` only; all of them without it", ""
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		return p.unknown(cmd.Context(), s)
	}
	return cmd
}

// unknown prints who is in doubt.
func (p program) unknown(ctx context.Context, s Settings) error {
	campaign, usual := "", s.Campaign // of all, and of a settle without --campaign
	if from, given := s.Given("campaign"); given {
		campaign = s.Campaign
		if from.Source == FromFlag {
			usual = ""
		}
	}
	doubts, err := s.readDoubts(ctx, campaign)
	if err != nil {
		return err
	}
	if err := p.printDoubts(doubts, s.JSON, usual, s.placeWords()); err != nil {
		return err
	}
	if len(doubts) > 0 {
		return Status(exitAttention)
	}
	return nil
}

// readDoubts reads who is in doubt in a campaign, "" for all of them.
func (s Settings) readDoubts(ctx context.Context, campaign string) ([]batch.Doubt, error) {
	l, err := s.readLedger(ctx)
	if err != nil || l == nil {
		return nil, err
	}
	defer func() { _ = l.Close() }() // it was only read: its close can lose nothing
	if campaign != "" {
		if err := s.wantCampaign(ctx, l); err != nil {
			return nil, err
		}
	}
	return l.Doubts(ctx, campaign)
}
