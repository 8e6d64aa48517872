package ledger

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

func claimed(t *testing.T, l *Ledger, c batch.Claim) batch.Attempt {
	t.Helper()
	a, err := l.Claim(t.Context(), c)
	must(t, err)
	return a
}

// The employee ID goes to whom HR says with the claim, and from nobody in doubt; the
// aliases go on adding up.
func TestTakeID(t *testing.T) {
	l := begun(t)
	first := claim(1)
	a := claimed(t, l, first)
	hire := claim(2)
	hire.Aliases[1], hire.IDFrom = first.Aliases[1], a.PersonID
	_, err := l.Claim(t.Context(), hire)
	want(t, err, batch.ErrNotClaimable) // the first one is being sent to
	must(t, l.Settle(t.Context(), settled(a, batch.Unknown, 1)))
	_, err = l.Claim(t.Context(), hire)
	want(t, err, batch.ErrNotClaimable) // in doubt
	_, err = l.Decide(t.Context(), Ruling{PersonID: a.PersonID, Decision: DecideSent, Invite: invite(1), By: "alice", At: day})
	must(t, err)
	mixed := hire
	mixed.Aliases = append([]batch.Alias{}, hire.Aliases...)
	mixed.Aliases[0] = first.Aliases[0]
	_, err = l.Claim(t.Context(), mixed)
	want(t, err, batch.ErrNotClaimable) // the contact is not for the taking

	b := claimed(t, l, hire)
	owned, err := l.ByAlias(t.Context(), "default", append(first.Aliases, hire.Aliases...))
	must(t, err)
	if owned[first.Aliases[1]].ID != b.PersonID || owned[first.Aliases[0]].ID != a.PersonID || owned[first.Aliases[0]].EmployeeID != "" {
		t.Errorf("%+v", owned)
	}
	must(t, l.CheckWhole(t.Context()))
	found, err := l.ByFingerprint(t.Context(), "default", []csvmap.Digest{first.Row}, nil)
	if err != nil || len(found) > 0 {
		t.Errorf("known by the cells with an ID of somebody else: %+v, %v", found, err)
	}
}

// Questions are kept until they are answered, by whom and when; a later answer counts.
func TestAnswers(t *testing.T) {
	l := begun(t)
	a := claimed(t, l, claim(1))
	row, key := digest(77), batch.Alias{Kind: batch.ByEmail, Value: "who@example.com"}
	ask := []batch.Question{{Row: row, Aliases: []batch.Alias{key}, People: []int64{a.PersonID}, Line: 5}}
	for range 2 {
		must(t, l.Ask(t.Context(), "default", run.ID, ask, day))
	}
	for _, answer := range []batch.Answer{batch.AnswerOther, batch.AnswerOther, batch.AnswerSame} {
		must(t, l.Reply(t.Context(), "default", []batch.Reply{{Row: row, Answer: answer}, {Row: digest(78), Answer: answer}}, "alice", day))
		must(t, l.Ask(t.Context(), "default", run.ID, ask, day))
	}
	asked, err := l.Asked(t.Context(), "default")
	must(t, err)
	if d := cmp.Diff(batch.Asked{row: {a.PersonID: batch.AnswerSame}}, asked); d != "" {
		t.Error(d)
	}
	kept, err := l.Questions(t.Context(), "default", []batch.Alias{key})
	must(t, err)
	if d := cmp.Diff([]OpenQuestion{{Row: row, Run: run.ID, Line: 5, Answer: batch.AnswerSame, By: "alice", At: day}}, kept); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"1 other - alice", "1 same - alice"}, decided(t, l)); d != "" {
		t.Error(d)
	}
	if mark, err := l.Mark(t.Context()); err != nil || mark.Decisions != 2 {
		t.Errorf("%+v, %v", mark, err)
	}
	// What nobody answers is forgotten, an answer is not.
	other := []batch.Question{{Row: digest(79), Aliases: []batch.Alias{key}, People: []int64{a.PersonID}}}
	must(t, l.Ask(t.Context(), "default", run.ID, other, day))
	must(t, l.Ask(t.Context(), "default", run.ID, nil, day.Add(keepQuestions+time.Hour)))
	if asked, err = l.Asked(t.Context(), "default"); err != nil || len(asked) != 1 || len(asked[row]) != 1 {
		t.Errorf("%+v, %v", asked, err)
	}
}
