package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bulkinvite/batch"
	"bulkinvite/batch/ledger"
)

func (p program) skipCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "skip KEY",
		GroupID: groupDoubt,
		Short:   "Do not invite somebody, whatever the roster says",
		Long: `skip records that somebody is not to be invited: runs put their row into skipped.
They need not be known yet, but the campaign must be, where the ledger knows others:
--new-campaign begins one. A number is then taken for an employee ID, unless it is
written as a phone number, as in +12125550123 or (212) 555-0123.

` + keyHelp,
		Example: "  bulkinvite skip 7001",
		Args:    oneKey,
	}
	p.addSettings(cmd, append(slices.Clone(personSettings), "new-campaign")...)
	cmd.RunE = p.onPerson(p.skip)
	return cmd
}

func (p program) unskipCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "unskip KEY",
		GroupID: groupDoubt,
		Short:   "Take back a skip",
		Long: `unskip takes a skip back: the person is as they were before, so that whoever was in
doubt then is in doubt again, and everybody else may be invited.

` + keyHelp,
		Example: "  bulkinvite unskip 7001",
		Args:    oneKey,
	}
	p.addSettings(cmd, personSettings...)
	cmd.RunE = p.onPerson(p.unskip)
	return cmd
}

// onPerson runs a command about one person on the ledger alone.
func (p program) onPerson(do func(ctx context.Context, a *access, key string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		a, err := p.open(cmd.Context(), s, s.newRun())
		if err != nil {
			return err
		}
		return errors.Join(do(cmd.Context(), a, args[0]), a.close())
	}
}

func (p program) skip(ctx context.Context, a *access, key string) error {
	who, err := a.find(ctx, key)
	switch {
	case err != nil:
		return err
	case who.ID == 0:
		return p.skipStranger(ctx, a, key)
	case who.State == batch.Skipped:
		return p.confirm("%s is skipped already: nothing to record.", who.shown)
	default:
		return p.decide(ctx, a, who, ledger.Ruling{PersonID: who.ID, By: p.operator(), Decision: ledger.DecideSkip})
	}
}

func (p program) unskip(ctx context.Context, a *access, key string) error {
	who, err := a.findKnown(ctx, key)
	if err != nil {
		return err
	}
	return p.decide(ctx, a, who, ledger.Ruling{PersonID: who.ID, By: p.operator(), Decision: ledger.DecideUnskip})
}

// skipStranger skips somebody whom no run has met yet.
func (p program) skipStranger(ctx context.Context, a *access, key string) error {
	alias, err := a.settings.strangerAlias(key)
	if err != nil {
		return err
	}
	if err := a.holdNewCampaign(ctx); err != nil {
		return err
	}
	by := p.operator()
	if err := a.ledger.SkipStranger(ctx, a.settings.Campaign, alias, by, time.Now()); err != nil {
		return err
	}
	who := map[batch.AliasKind]string{
		batch.ByEmployeeID: "with that employee ID",
		batch.ByEmail:      "with that e-mail address",
		batch.ByPhone:      "with that phone number",
	}
	return p.confirm("Whoever comes %s, nobody so far, is not to be invited: runs skip them until 'bulkinvite unskip' says otherwise (campaign %s, recorded for %s).",
		who[alias.Kind], a.settings.Campaign, by)
}

// strangerAlias is what a KEY says of somebody whom the ledger does not know.
func (s Settings) strangerAlias(key string) (batch.Alias, error) {
	aliases, err := s.aliases(key)
	if err != nil {
		return batch.Alias{}, err
	}
	of := map[batch.AliasKind]batch.Alias{}
	for _, a := range aliases {
		of[a.Kind] = a
	}
	email, isEmail := of[batch.ByEmail]
	phone, isPhone := of[batch.ByPhone]
	switch {
	case isEmail:
		return email, nil
	case isPhone && strings.ContainsAny(key, "+()-. "):
		return phone, nil
	case strings.ContainsAny(key, "@+"):
		return batch.Alias{}, usagef("the KEY is neither a valid e-mail address nor a valid phone number; correct it")
	case strings.HasPrefix(key, "#"):
		return batch.Alias{}, usagef("nobody in campaign %s has that handle; 'bulkinvite unknown' lists who is in doubt", s.Campaign)
	case of[batch.ByEmployeeID].Value == "":
		return batch.Alias{}, usagef("the KEY counts as no employee ID, as TBD or 9999 in a roster do; give an e-mail address or a phone number")
	default:
		return of[batch.ByEmployeeID], nil
	}
}
