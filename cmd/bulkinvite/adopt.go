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
	var only []string
	cmd := &cobra.Command{
		Use:     "adopt",
		GroupID: groupInvite,
		Short:   "Take the account's existing invites into the ledger",
		Long: `adopt reads the list of the account's invites and takes into the ledger whom it does
not know yet: in this campaign they count as invited, with that invite. It is for a
ledger that is new while the account is not, and for one that was lost. It sends
nothing, and can be run again as often as you like.

With --only it takes in the invites of these people and of nobody else: by an e-mail
address, a phone number in any spelling that a roster may have, or an invite's ID.

Contacts are read in whatever spelling the list shows them, and phone numbers without a
country code as those of the region. Where --only gives the whole number, an invite that
shows it without its country code is taken to be theirs. Nobody adopted, and invites
whose contacts cannot be read, is exit code 3.

People whom the ledger knows stay as they are. A revoked invite counts only for somebody
who holds no other: runs say so, and where one that works is adopted later, it takes its
place. While anybody is in doubt nothing is adopted: 'bulkinvite reconcile', or the next
run, settles that first.`,
		Example: `  bulkinvite adopt --env production
  bulkinvite adopt --env production --only avery@example.com --only 0192f0c1-7d1e`,
		Args: noArguments,
	}
	p.addSettings(cmd, "campaign", "new-campaign", "region", "rate", "burst", "timeout", "state", "env", "api-url", "simulate", "json", "quiet")
	cmd.Flags().StringArrayVar(&only, "only", nil, "adopt the invites of this person alone, by `KEY`; may be given several times")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		people, err := s.choose(only)
		if err != nil {
			return err
		}
		return p.adopt(cmd.Context(), s, people)
	}
	return cmd
}

func (p program) adopt(ctx context.Context, s Settings, people chosen) error {
	a, err := p.openWithAPI(ctx, s, s.newRun())
	if err != nil {
		return err
	}
	for _, refuse := range []func(context.Context) error{a.refuseOldCopy, a.refuseDoubts, a.holdNewCampaign} {
		if err := refuse(ctx); err != nil {
			return errors.Join(err, a.close())
		}
	}
	done := adoption{Schema: 1, Campaign: a.info.Campaign, region: s.Region, all: people == nil}
	err = a.adoptAll(ctx, &done, people, p.operator())
	if err == nil {
		err = a.completeAdoption(context.WithoutCancel(ctx), people)
	}
	if done.Complete = err == nil; done.Complete {
		done.missed(people)
	}
	err = errors.Join(err, a.bindAccepted(ctx))
	// What was adopted stays, whatever came next, and is told.
	again := "'bulkinvite adopt" + s.adoptWords() + "' again, before anything is sent"
	if people != nil {
		again = "the same command again"
	}
	err = errors.Join(brokenAdoption(ctx, err, again), p.printAdoption(done, s.JSON, s.campaignWords()))
	if err == nil && done.attention() {
		err = Status(exitAttention)
	}
	return closed(err, a.close())
}

// refuseOldCopy keeps an old copy of a ledger from looking like the latest one:
// somebody whom it knows as failed may have been invited since it was made.
func (a *access) refuseOldCopy(ctx context.Context) error {
	fresh, err := a.ledger.Fresh(ctx)
	if err != nil || fresh {
		return err
	}
	missing := a.ledger.Continuity().Behind
	if missing == "" {
		return nil
	}
	return &HeldError{fmt.Sprintf(
		"%s %s: it is an old copy, or has lost what was written last; put back the latest ledger, or move this one away and adopt into a new one",
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

// adoptAll adopts one page after the other, and says from time to time how far it is.
func (a *access) adoptAll(ctx context.Context, done *adoption, people chosen, by string) error {
	told := time.Now()
	err := a.list().Each(ctx, func(page batch.Page) error {
		theirs := people.of(page.Invites)
		adopted, err := a.ledger.Adopt(ctx, done.Campaign, theirs, by, time.Now())
		if err != nil {
			return err
		}
		done.add(page.Invites, theirs, adopted)
		if time.Since(told) >= progressEvery {
			told = time.Now()
			a.log.Info("adopting", zap.Int("invites", done.Listed), zap.Int("adopted", done.Adopted))
		}
		return nil
	})
	var counted error
	done.RevokedOnly, counted = a.ledger.RevokedOnly(context.WithoutCancel(ctx), done.Campaign)
	return errors.Join(err, counted)
}

// completeAdoption writes the adoption down as a run of its own, the latest one.
// It comes last: until everybody is adopted, a ledger that is new has to go on
// holding runs. So it has where only some people were.
func (a *access) completeAdoption(ctx context.Context, people chosen) error {
	if err := a.ledger.BeginRun(ctx, a.info, nil); err != nil {
		return err
	}
	if err := a.ledger.EndRun(ctx, a.info.ID, time.Now(), exitOK); err != nil {
		return err
	}
	if people != nil {
		return nil
	}
	return a.ledger.GoOn(ctx)
}

// brokenAdoption is why an adoption broke off, and what to type then.
func brokenAdoption(ctx context.Context, err error, again string) error {
	if err == nil || ctx.Err() != nil {
		return interrupted(ctx, err)
	}
	unread, ok := errors.AsType[*batch.ListError](err)
	if !ok {
		return err
	}
	return &StoppedError{fmt.Sprintf("the list of invites could not be read to its end: %s; then type %s", unread.Err, again)}
}
