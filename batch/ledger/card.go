package ledger

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"bulkinvite/batch"
)

// cardParts are those of people.card, see the schema.
const cardParts = 10

// readCard takes a card apart, in one allocation less for each of its texts. run is
// the number of the run that made the state, 0 for none.
func readCard(card string) (p batch.Invited, run int64, err error) {
	var part [cardParts]string
	for i := range part {
		var more bool
		if part[i], card, more = strings.Cut(card, "\x1f"); more != (i < cardParts-1) {
			return p, 0, damage("a person's card is damaged")
		}
	}
	posts, postsErr := strconv.Atoi(part[0])
	http, httpErr := strconv.Atoi(part[1])
	run, runErr := strconv.ParseInt(part[2], 10, 64)
	at, atErr := strconv.ParseInt(part[3], 10, 64)
	p = batch.Invited{
		Attempts: posts, HTTP: http, Email: part[4], Phone: part[5],
		Invite: batch.InviteRef{ID: part[6], URL: part[7], UserID: part[8], Status: part[9]},
	}
	if at != 0 {
		p.Invite.InvitedAt = time.UnixMicro(at).UTC()
	}
	return p, run, errors.Join(postsErr, httpErr, runErr, atErr)
}
