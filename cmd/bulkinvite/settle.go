package main

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"bulkinvite/batch"
	"bulkinvite/batch/ledger"
)

// decision is what an operator says of somebody in doubt.
type decision struct {
	sent         string // ID of the invite that they hold
	resend, skip bool
	offline      bool
}

// personSettings are the settings of the commands that decide about a person.
var personSettings = []string{"campaign", "region", "state", "env", "api-url", "simulate"}

func (p program) settleCommand() *cobra.Command {
	var d decision
	cmd := &cobra.Command{
		Use:     "settle KEY --sent ID | --resend | --skip",
		GroupID: groupDoubt,
		Short:   "Say what became of somebody in doubt",
		Long: `settle records what a person found out about somebody in doubt, for example in the
Argyle Console: they hold an invite, they hold none, or they are not to be invited.
Nothing is sent. With --sent the API is asked for that invite, which must show the
contact that was written to.

` + keyHelp,
		Example: `  bulkinvite settle 7001 --sent 0192f0c1-7d1e
  bulkinvite settle avery@example.com --resend`,
		Args: oneKey,
	}
	p.addSettings(cmd, append(personSettings, "timeout")...)
	f := cmd.Flags()
	add(f, &d.sent, parseInviteID, "sent", "they hold the invite with this `ID`")
	add(f, &d.resend, parseToggle, "resend", "they hold no invite: the next run may send one")
	add(f, &d.skip, parseToggle, "skip", "leave it open, and do not invite them")
	add(f, &d.offline, parseToggle, "offline", "believe --sent without asking the API")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		if err := d.check(); err != nil {
			return err
		}
		return p.settle(cmd.Context(), args[0], s, d)
	}
	return cmd
}

func (d decision) check() error {
	given := 0
	for _, is := range []bool{d.sent != "", d.resend, d.skip} {
		if is {
			given++
		}
	}
	switch {
	case given != 1:
		return usagef("settle needs exactly one of --sent ID, --resend and --skip; see 'bulkinvite settle --help'")
	case d.offline && d.sent == "":
		return usagef("offline goes with --sent only: nothing else asks the API (from --offline)")
	default:
		return nil
	}
}

func (d decision) asksAPI() bool { return d.sent != "" && !d.offline }

func (p program) settle(ctx context.Context, key string, s Settings, d decision) (err error) {
	open := p.open
	if d.asksAPI() {
		open = p.openWithAPI
	}
	a, err := open(ctx, s, s.newRun())
	if err != nil {
		if d.asksAPI() && is[*UsageError](err) {
			err = usagef("%s; or give --offline to believe the ID without asking the API", err)
		}
		return err
	}
	defer func() { err = errors.Join(err, a.bindAccepted(ctx), a.close()) }()
	who, err := a.findKnown(ctx, key)
	if err != nil {
		return err
	}
	ruling := ledger.Ruling{PersonID: who.ID, By: p.operator(), Decision: ledger.DecideSkip}
	switch {
	case d.resend:
		ruling.Decision = ledger.DecideResend
	case d.sent != "":
		ruling.Decision, ruling.Invite = ledger.DecideSent, batch.InviteRef{ID: d.sent}
	}
	if d.asksAPI() {
		if !who.State.InDoubt() { // then there is nothing to ask for
			return &ledger.WrongStateError{Decision: ruling.Decision, State: who.State}
		}
		if ruling.Invite, err = a.lookUp(ctx, d.sent, who); err != nil {
			return err
		}
	}
	return p.decide(ctx, a, who, ruling)
}

// parseInviteID takes any ID that the API may give, and no link.
func parseInviteID(text string) (string, error) {
	odd := func(r rune) bool { return !unicode.IsPrint(r) || unicode.IsSpace(r) || strings.ContainsRune("/?#@", r) }
	if text == "" || len(text) > 200 || strings.ContainsFunc(text, odd) {
		return "", errors.New("must be the ID of an invite, as the Argyle Console shows it, and not its link")
	}
	return text, nil
}
