package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/dustin/go-humanize/english"

	"bulkinvite/batch"
)

// A person is invited once in each campaign, so that a mistyped name invites everybody
// anew. A campaign that the ledger does not know, while it knows others, is a new one
// only when a person says so: --new-campaign.

// campaignBook knows the campaigns that have anybody.
type campaignBook interface {
	Campaigns(ctx context.Context) ([]batch.Campaign, error)
}

// otherCampaigns are those that the ledger knows while it does not know this one; none
// where it does, and where it knows nobody at all.
func otherCampaigns(ctx context.Context, l campaignBook, campaign string) ([]batch.Campaign, error) {
	all, err := l.Campaigns(ctx)
	if slices.ContainsFunc(all, func(c batch.Campaign) bool { return strings.EqualFold(c.Name, campaign) }) {
		return nil, err
	}
	return all, err
}

// guardCampaign holds a run whose campaign is new while others are not. A run that is
// stopped while it counts is not held.
func (j *job) guardCampaign(ctx context.Context, plan *batch.Plan) (*batch.Stop, error) {
	stop, err := j.in.holdCampaign(ctx, j.ledger, plan)
	if stopped := batch.StopOf(ctx); stopped != nil {
		return stopped, nil
	}
	return stop, err
}

// holdCampaign says whom the run would invite once more; nil where there is nothing to ask.
func (in *input) holdCampaign(ctx context.Context, l interface {
	campaignBook
	batch.Finder
}, plan *batch.Plan) (*batch.Stop, error) {
	campaign := in.settings.Campaign
	if in.settings.NewCampaign || plan.Send == 0 {
		return nil, nil
	}
	others, err := otherCampaigns(ctx, l, campaign)
	if err != nil || len(others) == 0 {
		return nil, err
	}
	var invited []batch.Campaign // of these people, not of all
	for _, other := range others {
		n, err := plan.InvitedIn(ctx, l, other.Name)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			invited = append(invited, batch.Campaign{Name: other.Name, People: n})
		}
	}
	slices.SortStableFunc(invited, func(a, b batch.Campaign) int { return cmp.Compare(b.People, a.People) })
	words, way := "nobody is invited already in another one", "if it is right"
	if len(invited) > 0 {
		words, way = invitedWords(invited), "to invite them once more in this one"
	}
	return &batch.Stop{Reason: batch.StopHeld, Message: fmt.Sprintf(
		"campaign %s is new to this ledger, and of %s to be invited %s; correct the name, or run with --new-campaign %s",
		campaign, peopleOf(plan.Send), words, way)}, nil
}

// mostNamed is how many campaigns are named in a sentence.
const mostNamed = 5

// invitedWords says how many are invited in which campaign: "2 are invited already in
// campaign default and 1 in campaign spring".
func invitedWords(invited []batch.Campaign) string {
	var words []string
	for i, c := range invited {
		if i == mostNamed {
			words = append(words, "others in others still")
			break
		}
		verb := ""
		if i == 0 {
			verb = " " + english.PluralWord(c.People, "is", "are") + " invited already"
		}
		words = append(words, fmt.Sprintf("%d%s in campaign %s", c.People, verb, c.Name))
	}
	return english.WordSeries(words, "and")
}

// knownWords names campaigns: "campaign default", "campaigns default and spring".
func knownWords(all []batch.Campaign) string {
	var names []string
	for i, c := range all {
		if i == mostNamed {
			names = append(names, "others")
			break
		}
		names = append(names, c.Name)
	}
	return english.PluralWord(len(names), "campaign ", "campaigns ") + english.WordSeries(names, "and")
}

// holdNewCampaign keeps a command that records people from beginning a campaign by a
// slip: the next run would know it then.
func (a *access) holdNewCampaign(ctx context.Context) error {
	if a.settings.NewCampaign {
		return nil
	}
	others, err := otherCampaigns(ctx, a.ledger, a.settings.Campaign)
	if err != nil || len(others) == 0 {
		return err
	}
	return &HeldError{fmt.Sprintf("campaign %s is new to this ledger, which knows %s: nothing was recorded; correct the name, or give --new-campaign if it is right",
		a.settings.Campaign, knownWords(others))}
}

// wantCampaign refuses a campaign that is new while others are not: whoever asks about
// it would hear that nobody is in it.
func (s Settings) wantCampaign(ctx context.Context, l campaignBook) error {
	others, err := otherCampaigns(ctx, l, s.Campaign)
	if err != nil || len(others) == 0 {
		return err
	}
	return usagef("nobody in campaign %s is known to the ledger, which knows %s; correct the name%s",
		s.Campaign, knownWords(others), s.given["campaign"])
}
