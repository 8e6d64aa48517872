package ledger

import (
	"context"
	"database/sql"
	"time"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// keepQuestions is how long a question is kept that no run asks any more.
const keepQuestions = 90 * 24 * time.Hour

// Asked returns the questions of a campaign, and what was answered.
func (l *Ledger) Asked(ctx context.Context, campaign string) (batch.Asked, error) {
	asked := batch.Asked{}
	err := l.each(ctx, sqlAsked, []any{campaign}, func(rows *sql.Rows) error {
		var row sql.RawBytes
		var person int64
		var answer batch.Answer
		if err := rows.Scan(&row, &person, &answer); err != nil {
			return err
		}
		key := csvmap.Digest(row)
		if asked[key] == nil {
			asked[key] = map[int64]batch.Answer{}
		}
		asked[key][person] = answer
		return nil
	})
	return asked, err
}

// Ask keeps questions. One that is kept already is only kept for longer.
func (l *Ledger) Ask(ctx context.Context, campaign, runID string, questions []batch.Question, at time.Time) error {
	return l.write(ctx, func(w *writer) error {
		id := w.campaign(campaign)
		run, _ := w.runNumber(runID)
		for _, q := range questions {
			for _, person := range q.People {
				w.exec(sqlAsk, id, q.Row[:], person, run, q.Line, micros(at))
			}
			for _, a := range q.Aliases {
				w.exec(sqlAddQuestionKey, id, contactKey(a), q.Row[:])
			}
		}
		if w.exec(sqlForgetQuestions, micros(at.Add(-keepQuestions))) > 0 {
			w.exec(sqlForgetKeys)
		}
		return nil
	})
}

// Reply keeps answers to questions that were asked; a later one takes the place of an
// earlier one. Each that is news is a decision about the people whom the row may be.
func (l *Ledger) Reply(ctx context.Context, campaign string, replies []batch.Reply, by string, at time.Time) error {
	if len(replies) == 0 {
		return nil
	}
	return l.write(ctx, func(w *writer) error {
		id := w.campaign(campaign)
		for _, r := range replies {
			added, last, err := w.change(sqlAnswered, []any{id, r.Row[:], string(r.Answer), by, micros(at)})
			if w.fail(err); added > 0 {
				w.now.Decisions = last
			}
			w.exec(sqlReply, id, r.Row[:], string(r.Answer), by, micros(at))
		}
		return nil
	})
}

// OpenQuestion is a row that was held since it may be somebody who is known.
type OpenQuestion struct {
	Row    csvmap.Digest
	Run    string // that asked last, and the line of its roster
	Line   int
	Answer batch.Answer // AnswerNone: none yet
	By     string       // who gave it
	At     time.Time
}

// Questions finds the rows that an operator may mean by one of these aliases.
func (l *Ledger) Questions(ctx context.Context, campaign string, aliases []batch.Alias) ([]OpenQuestion, error) {
	var found []OpenQuestion
	err := l.snapshot(ctx, campaign, func(tx *sql.Tx, id int64) error {
		rows, err := tx.QueryContext(ctx, sqlQuestionsBy, id, contactKeys(aliases))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var q OpenQuestion
			var row sql.RawBytes
			var at sql.NullInt64
			if err := rows.Scan(&row, &q.Line, &q.Run, &q.Answer, &q.By, &at); err != nil {
				return err
			}
			q.Row, q.At = csvmap.Digest(row), fromMicros(at)
			found = append(found, q)
		}
		return rows.Err()
	})
	return found, err
}
