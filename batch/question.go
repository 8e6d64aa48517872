package batch

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"bulkinvite/csvmap"
)

// Asked are the questions of a campaign, by the row: whom it may be, and what was
// answered about that person.
type Asked map[csvmap.Digest]map[int64]Answer

// Question is a row that is held until HR says who it is.
type Question struct {
	Row     csvmap.Digest // see QuestionKey
	Aliases []Alias       // by which an operator can name it
	People  []int64       // whom it may be
	Line    int
}

// Interviewer keeps questions, and the answers.
type Interviewer interface {
	// Ask keeps questions that are not kept yet.
	Ask(ctx context.Context, campaign, runID string, questions []Question, at time.Time) error
	// Reply keeps answers to questions that were asked, and who gave them.
	Reply(ctx context.Context, campaign string, replies []Reply, by string, at time.Time) error
}

// QuestionKey identifies a row by its name and what it is known by: an answer counts
// for this very row, and for no other that comes with the same ID or contact.
func QuestionKey(r csvmap.Recipient) csvmap.Digest {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s\x00", FoldName(r.Name()))
	for _, a := range AliasesOf(r) {
		_, _ = fmt.Fprintf(h, "%s\x00%s\x00", a.Kind, a.Value)
	}
	return csvmap.Digest(h.Sum(nil)[:16])
}

// other is somebody whom a row may be: a person, or until they are sent to a row.
type other struct {
	Person int64  `json:",omitempty"`
	Row    rowRef `json:",omitempty"`
}

// Replies are the answers in the roster that hold, for the ledger to remember.
func (p *Plan) Replies() []Reply { return p.replies }

// Ask hands over the questions that the plan leaves, for an answer in a later run. It is
// for after the sending: whom a row may be must be known by then.
func (p *Plan) Ask(ctx context.Context, find Finder, ledger Interviewer, runID string, at time.Time) error {
	for chunk, err := range p.chunks(freshBlocks) {
		if err != nil {
			return err
		}
		questions, err := p.questions(ctx, find, chunk)
		if err != nil {
			return err
		}
		if len(questions) == 0 {
			continue
		}
		if err := ledger.Ask(ctx, p.campaign, runID, questions, at); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plan) questions(ctx context.Context, find Finder, chunk []parcel) ([]Question, error) {
	var questions []Question
	for i := range chunk {
		e := &chunk[i].entry
		if e.Outcome != OutcomeConflict || len(e.Others) == 0 {
			continue
		}
		q := Question{Row: QuestionKey(e.Recipient), Aliases: AliasesOf(e.Recipient), Line: e.Line}
		for _, o := range e.Others {
			person, err := p.personOf(ctx, find, o)
			if err != nil {
				return nil, err
			}
			if person != 0 {
				q.People = append(q.People, person)
			}
		}
		if len(q.People) > 0 {
			questions = append(questions, q)
		}
	}
	return questions, nil
}

// personOf is who somebody has become; 0 where they were not sent to.
func (p *Plan) personOf(ctx context.Context, find Finder, o other) (int64, error) {
	if o.Person != 0 {
		return o.Person, nil
	}
	first, err := p.spool.at(o.Row)
	if err != nil {
		return 0, err
	}
	aliases := AliasesOf(first.Recipient)
	owned, err := find.ByAlias(ctx, p.campaign, aliases)
	return owned[aliases[0]].ID, err
}
