package batch_test

import (
	"fmt"
	"slices"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// duplicateOf is the line of which a result says that it is the same person.
func duplicateOf(r batch.Result) (line int, is bool) {
	if r.Outcome != batch.OutcomeDuplicate {
		return 0, false
	}
	n, err := fmt.Sscanf(r.Findings[0].Message, "the same person as line %d", &line)
	return line, err == nil && n == 1
}

// answer says of each row in conflict who it is, as HR knows. Where it cannot be told
// from the invites, HR says nothing.
func (p *story) answer(run *process, n night, a *account) {
	var replies []batch.Reply
	for i, r := range a.results {
		if r.Outcome != batch.OutcomeConflict || r.Findings[0].Code == batch.CodeInvitedOutside {
			continue
		}
		answer := p.truth(run, n.Rows[i].identity(), r)
		if answer == batch.AnswerOther {
			p.told[r.Recipient.Email], p.told[r.Recipient.Phone] = true, true
		}
		if answer != batch.AnswerNone {
			replies = append(replies, batch.Reply{Row: batch.QuestionKey(r.Recipient), Answer: answer})
		}
	}
	if err := run.ledger.Reply(p.ctx, "default", replies, "alice", time.Now()); err != nil {
		p.breaks("answering: %v", err)
	}
}

func (p *story) truth(run *process, who string, r batch.Result) batch.Answer {
	owned, err := run.ledger.ByAlias(p.ctx, "default", batch.AliasesOf(r.Recipient))
	if err != nil || len(owned) == 0 {
		return batch.AnswerNone
	}
	all := p.api.Invites()
	answer := batch.AnswerOther
	for _, person := range owned {
		at := slices.IndexFunc(all, func(v argylesim.Invite) bool { return v.ID == person.Invite.ID })
		switch {
		case at < 0 || all[at].ExternalID == "":
			return batch.AnswerNone
		case all[at].ExternalID == who:
			answer = batch.AnswerSame
		}
	}
	return answer
}
