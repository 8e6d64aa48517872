package ledger

import (
	"context"

	"bulkinvite/batch"
)

// Names of campaigns are compared without case, and the ledger's own spelling counts.

// Campaigns lists the campaigns that have anybody, the one with the most people first.
func (l *Ledger) Campaigns(ctx context.Context) ([]batch.Campaign, error) {
	rows, err := l.read.QueryContext(ctx, sqlCampaigns)
	if err != nil {
		return nil, storage(l.path, err)
	}
	defer rows.Close()
	var all []batch.Campaign
	for rows.Next() {
		var c batch.Campaign
		if err := rows.Scan(&c.Name, &c.People); err != nil {
			return nil, storage(l.path, err)
		}
		all = append(all, c)
	}
	return all, storage(l.path, rows.Err())
}

// Spelling is the name of a campaign as the ledger spells it, as it is given where the
// ledger does not know it.
func (l *Ledger) Spelling(ctx context.Context, campaign string) (string, error) {
	_, err := l.row(ctx, sqlSpelling, []any{campaign}, &campaign)
	return campaign, err
}
