package ledger

import (
	"context"
	"slices"

	"bulkinvite/batch"
)

// lessonsPerWrite bounds a transaction, so that claims do not wait long for it.
const lessonsPerWrite = 256

// Learn adds aliases that belong to nobody to each lesson's person, and keeps
// the row's fingerprint for a person who is Sent. A lesson without PersonID is
// about the one person who owns all of the aliases in Who, as whoever was claimed for
// that row does; where there is none, nothing is learned.
func (l *Ledger) Learn(ctx context.Context, campaign string, lessons []batch.Lesson) error {
	for chunk := range slices.Chunk(lessons, lessonsPerWrite) {
		err := l.write(ctx, func(w *writer) error {
			id := w.campaign(campaign)
			for _, lesson := range chunk {
				w.learn(id, lesson)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) learn(campaign int64, lesson batch.Lesson) {
	person := w.pupil(campaign, lesson)
	if person == 0 {
		return
	}
	w.addAliases(campaign, lesson.Aliases, w.owners(campaign, lesson.Aliases), person)
	if id := employeeID(lesson.Aliases); id != "" {
		w.exec(sqlLearnEmployeeID, campaign, id, person)
	}
	if lesson.Name != "" {
		w.exec(sqlAlsoNamed, person, lesson.Name)
	}
	if !lesson.Row.IsZero() {
		w.exec(sqlLearnCells, person, lesson.Row[:], cellsKey(lesson.Row))
	}
}

// pupil returns whom a lesson is about, 0 for nobody.
func (w *writer) pupil(campaign int64, lesson batch.Lesson) int64 {
	if lesson.PersonID != 0 {
		var one int
		if w.row(sqlKnowsPerson, []any{lesson.PersonID, campaign}, &one) {
			return lesson.PersonID
		}
		return 0
	}
	owners := w.owners(campaign, lesson.Who)
	if len(owners) == 0 || slices.ContainsFunc(owners, func(owner int64) bool { return owner != owners[0] }) {
		return 0
	}
	return owners[0]
}
