package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"bulkinvite/batch"
)

func (p program) adoptCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "adopt",
		GroupID: groupInvite,
		Short:   "Take the account's existing invites into the ledger",
		Long: `adopt reads the list of the account's invites and takes into the ledger whom it does
not know yet: in this campaign they count as invited, with that invite. It is for a
ledger that is new while the account is not, and for one that was lost. It sends
nothing, and can be run again as often as you like.

People whom the ledger knows stay as they are. While anybody is in doubt nothing is
adopted: 'bulkinvite reconcile', or the next run, settles that first.`,
		Example: "  bulkinvite adopt --env production",
		Args:    noArguments,
	}
	p.addSettings(cmd, "campaign", "new-campaign", "rate", "burst", "timeout", "state", "env", "api-url", "simulate", "json", "quiet")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		return p.adopt(cmd.Context(), s)
	}
	return cmd
}

// adoption is what adopt has done; adopt --json prints it.
type adoption struct {
	Schema   int    `json:"schema"`
	Campaign string `json:"campaign"`
	Listed   int    `json:"listed"`   // invites read
	Adopted  int    `json:"adopted"`  // people who count as invited from now on
	Known    int    `json:"known"`    // invites of people whom the ledger knew
	Nobodys  int    `json:"nobodys"`  // invites whose contact does not tell whose they are
	Complete bool   `json:"complete"` // the list was read to its end
}

func (p program) adopt(ctx context.Context, s Settings) error {
	a, err := p.openWithAPI(ctx, s, s.newRun())
	if err != nil {
		return err
	}
	for _, refuse := range []func(context.Context) error{a.refuseOldCopy, a.refuseDoubts, a.holdNewCampaign} {
		if err := refuse(ctx); err != nil {
			return errors.Join(err, a.close())
		}
	}
	done := adoption{Schema: 1, Campaign: a.info.Campaign}
	err = a.adoptAll(ctx, &done, p.operator())
	if err == nil {
		err = a.completeAdoption(context.WithoutCancel(ctx))
	}
	done.Complete = err == nil
	err = errors.Join(err, a.bindAccepted(ctx))
	// What was adopted stays, whatever came next, and is told.
	return errors.Join(brokenAdoption(ctx, err, s.campaignWords()), p.printAdoption(done, s.JSON, s.campaignWords()), a.close())
}

// refuseOldCopy keeps an old copy of a ledger from looking like the latest one:
// somebody whom it knows as failed may have been invited since it was made.
func (a *access) refuseOldCopy(ctx context.Context) error {
	fresh, err := a.ledger.Fresh(ctx)
	if err != nil || fresh {
		return err
	}
	missing, err := a.ledger.Behind(ctx)
	if err != nil || missing == "" {
		return err
	}
	return &HeldError{fmt.Sprintf(
		"%s does not know run %s, which came after it: it is an old copy; put back the latest ledger, or move this one away and adopt into a new one",
		a.ledger.Path(), missing)}
}

// refuseDoubts keeps the invite of somebody in doubt from being taken for somebody
// else's: without it, it would look proved that they hold none.
func (a *access) refuseDoubts(ctx context.Context) error {
	doubts, err := a.ledger.Doubts(ctx, "")
	if err != nil || len(doubts) == 0 {
		return err
	}
	return &HeldError{fmt.Sprintf("%s in doubt, whose invites may be among those of the account: settle that first with 'bulkinvite reconcile%s', then adopt",
		peopleAre(len(doubts)), a.settings.placeWords())}
}

// adoptAll adopts one page after the other.
func (a *access) adoptAll(ctx context.Context, done *adoption, by string) error {
	return a.list().Each(ctx, func(page batch.Page) error {
		adopted, err := a.ledger.Adopt(ctx, done.Campaign, page.Invites, by, time.Now())
		if err != nil {
			return err
		}
		done.add(page.Invites, adopted)
		a.log.Info("adopting", zap.Int("invites", done.Listed), zap.Int("adopted", done.Adopted))
		return nil
	})
}

// add counts a page of the list.
func (d *adoption) add(invites []batch.Listing, adopted int) {
	for _, v := range invites {
		if len(v.Aliases()) == 0 {
			d.Nobodys++
		}
	}
	d.Listed += len(invites)
	d.Adopted += adopted
	d.Known = d.Listed - d.Adopted - d.Nobodys
}

// completeAdoption writes the adoption down as a run of its own, the latest one.
// It comes last: until everybody is adopted, a ledger that is new has to go on
// holding runs.
func (a *access) completeAdoption(ctx context.Context) error {
	if err := a.ledger.BeginRun(ctx, a.info, nil); err != nil {
		return err
	}
	if err := a.ledger.EndRun(ctx, a.info.ID, time.Now(), exitOK); err != nil {
		return err
	}
	return a.ledger.NoteRun(a.info.ID)
}

// brokenAdoption is why an adoption broke off, and what to do about it.
func brokenAdoption(ctx context.Context, err error, place string) error {
	if err == nil || ctx.Err() != nil {
		return interrupted(ctx, err)
	}
	unread, ok := errors.AsType[*batch.ListError](err)
	if !ok {
		return err
	}
	return &StoppedError{fmt.Sprintf("the list of invites could not be read to its end: %s; then type 'bulkinvite adopt%s' again, before anything is sent",
		unread.Err, place)}
}

func (p program) printAdoption(done adoption, inJSON bool, place string) error {
	text := done.text(place)
	if inJSON {
		text = string(asJSON(done))
	}
	if _, err := fmt.Fprintln(p.stdout, text); err != nil {
		return fmt.Errorf("the result cannot be printed: %w", err)
	}
	return nil
}

// text tells it to a person; place are the flags that lead to the campaign.
func (d adoption) text(place string) string {
	text := fmt.Sprintf("%s read, nothing sent: %s adopted into campaign %s, %d passed over since the ledger knows them already.",
		plural(d.Listed, "invite"), peopleOf(d.Adopted), d.Campaign, d.Known)
	if d.Nobodys > 0 {
		text += fmt.Sprintf("\n%s without an e-mail address, or a phone number with its country code: look up in the Argyle Console whose they are, and leave these people out with 'bulkinvite skip%s'.",
			plural(d.Nobodys, "invite"), place)
	}
	if !d.Complete {
		text += "\nThis is not all: the list was not read to its end. What was adopted stays."
	}
	return text
}
