package reports

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"bulkinvite/batch"
)

func TestAGroupCountsRowsNotFindings(t *testing.T) {
	tally := newTally()
	twice := finding(batch.CodeRejected, "email", "one", batch.HR)
	r := row(7, batch.OutcomeRejected, twice, finding(batch.CodeRejected, "email", "two", batch.HR))
	tally.add(&r)
	groups := tally.sorted("")
	if len(groups) != 1 || groups[0].Rows != 1 || groups[0].New != 1 || groups[0].FirstLine != 7 {
		t.Errorf("groups are %+v", groups)
	}
}

func TestManyGroupsEndInOther(t *testing.T) {
	tally := newTally()
	for i := range 500 {
		r := row(i+2, batch.OutcomeRejected, finding(batch.CodeRejected, fmt.Sprint("field_", i), "no", batch.IT))
		tally.add(&r)
	}
	groups := tally.sorted("")
	if len(groups) != maxGroups {
		t.Fatalf("%d groups, want %d", len(groups), maxGroups)
	}
	rows := 0
	for _, g := range groups {
		rows += g.Rows
	}
	if first := groups[0]; rows != 500 || first.Code != otherGroup || first.Rows != 451 || first.Owner != batch.IT {
		t.Errorf("%d rows in the groups; the first is %+v", rows, first)
	}
}

// However the rows fall, the buckets are the rows, and the problems are split
// into new and known without a rest.
func TestTheCountsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tally := newTally()
		rows := rapid.IntRange(0, 200).Draw(t, "rows")
		for i := range rows {
			r := row(i, rapid.SampledFrom(batch.Outcomes).Draw(t, "outcome"))
			if rapid.Bool().Draw(t, "revoked") {
				r.Invite.Status = batch.StatusRevoked
			}
			r.New = rapid.Bool().Draw(t, "new")
			tally.add(&r)
		}
		acc := account(rows)
		s := summarize(acc, tally)
		if !s.balanced() || len(s.Buckets) != len(batch.Outcomes) {
			t.Errorf("%d rows, buckets %v", rows, s.Buckets)
		}
		if s.NewProblems+s.KnownProblems != s.problems() {
			t.Errorf("%d new and %d known of %d problems", s.NewProblems, s.KnownProblems, s.problems())
		}
	})
}
