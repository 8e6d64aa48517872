package batch

import (
	"context"
	"slices"
)

// Learn tells the ledger what rows that were not sent teach about people it
// knows: a new e-mail address, an employee ID, other cells. Without it, the
// other row of somebody who stands twice in the roster would be a stranger once
// it stands there alone.
func (p *Plan) Learn(ctx context.Context, ledger Learner) error {
	lessons := make([]Lesson, 0, chunkRows)
	for row, err := range p.spool.all(freshBlocks) {
		if err != nil {
			return err
		}
		lesson, ok := row.entry.lesson()
		if !ok {
			continue
		}
		if lesson.PersonID == 0 { // new when the plan was made
			primary, err := p.spool.at(row.entry.Primary)
			if err != nil {
				return err
			}
			lesson.Who = AliasesOf(primary.Recipient)
		}
		if lessons = append(lessons, lesson); len(lessons) < chunkRows {
			continue
		}
		if err := ledger.Learn(ctx, p.campaign, lessons); err != nil {
			return err
		}
		lessons = lessons[:0]
	}
	if len(lessons) == 0 {
		return nil
	}
	return ledger.Learn(ctx, p.campaign, lessons)
}

// lesson is what e teaches. A duplicate teaches its aliases but not its cells:
// those of the first row are the person's. Nor does it say who that is, for it may
// have a contact of somebody else, and be the only one of the two who is known.
func (e *entry) lesson() (Lesson, bool) {
	if !e.Fresh {
		return Lesson{}, false
	}
	lesson := Lesson{PersonID: e.PersonID, Aliases: AliasesOf(e.Recipient)}
	if e.Rival { // not for the taking, even where its owner was not sent to
		lesson.Aliases = slices.DeleteFunc(lesson.Aliases, func(a Alias) bool { return a.Kind == ByPhone })
	}
	if e.Renamed {
		lesson.Name = FoldName(e.Recipient.Name())
	}
	switch e.Outcome {
	case OutcomeDuplicate:
		return lesson, true
	case OutcomeAlreadyInvited, OutcomeUnknown, OutcomeSkipped:
		lesson.Row = e.Row
		return lesson, true
	default:
		return Lesson{}, false
	}
}
