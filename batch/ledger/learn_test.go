package ledger

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

func TestLearn(t *testing.T) {
	phone := func(last string) batch.Alias { return batch.Alias{Kind: batch.ByPhone, Value: "+1212555" + last} }
	l := begun(t)
	one := placed(t, l, 1, batch.Sent)
	two := placed(t, l, 2, batch.Failed)
	must(t, l.Learn(t.Context(), "default", []batch.Lesson{
		{PersonID: one.PersonID, Aliases: []batch.Alias{email(1), email(2), phone("0101")}, Row: digest(51)},
		{Who: []batch.Alias{email(2), employeeIDOf(2)}, Aliases: []batch.Alias{phone("0102")}, Row: digest(52)},
		{Who: []batch.Alias{email(2), phone("0109")}, Aliases: []batch.Alias{phone("0107")}},             // not all of them
		{Who: []batch.Alias{email(1), email(2)}, Aliases: []batch.Alias{phone("0103")}},                  // two owners
		{Who: []batch.Alias{email(9)}, Aliases: []batch.Alias{email(1), phone("0104")}, Row: digest(54)}, // nobody
		{Aliases: []batch.Alias{email(1), phone("0106")}},                                                // nobody said who
		{PersonID: 99, Aliases: []batch.Alias{phone("0105")}},                                            // nobody by that number
		{PersonID: two.PersonID, Aliases: []batch.Alias{{Kind: "shoe", Value: "43"}, {Kind: batch.ByPhone}}},
	}))
	found, err := l.ByAlias(t.Context(), "default", []batch.Alias{
		email(1), email(2), email(9), phone("0101"), phone("0102"), phone("0103"), phone("0104"), phone("0105"), phone("0106"), phone("0107"),
	})
	must(t, err)
	owners := map[batch.Alias]int64{}
	for a, p := range found {
		owners[a] = p.ID
	}
	if d := cmp.Diff(map[batch.Alias]int64{
		email(1): one.PersonID, phone("0101"): one.PersonID, email(2): two.PersonID, phone("0102"): two.PersonID,
	}, owners); d != "" {
		t.Error(d)
	}
	rows, err := l.ByFingerprint(t.Context(), "default", []csvmap.Digest{digest(1), digest(51), digest(52), digest(54)}, nil)
	must(t, err)
	if len(rows) != 1 || rows[digest(51)].PersonID != one.PersonID {
		t.Errorf("rows: %v", rows)
	}
}

func TestLearnEmployeeID(t *testing.T) {
	l := begun(t)
	c := claim(1)
	c.Aliases = c.Aliases[:1] // the first roster had no employee IDs
	_, err := l.Claim(t.Context(), c)
	must(t, err)
	for _, id := range []string{"e1", "e2"} {
		must(t, l.Learn(t.Context(), "default", []batch.Lesson{
			{Who: []batch.Alias{email(1)}, Aliases: []batch.Alias{{Kind: batch.ByEmployeeID, Value: id}}},
		}))
	}
	if p := person(t, l, 1); p.EmployeeID != "e1" {
		t.Errorf("employee ID %q, want the first that was learned", p.EmployeeID)
	}
}

func TestFindManyAtOnce(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Sent)
	rows := make([]csvmap.Digest, 3*maxKeys)
	aliases := make([]batch.Alias, 3*maxKeys)
	for n := range rows {
		rows[n], aliases[n] = digest(3*maxKeys-n), email(3*maxKeys-n)
	}
	byRow, err := l.ByFingerprint(t.Context(), "default", rows, nil)
	must(t, err)
	if d := cmp.Diff(map[csvmap.Digest]batch.Invited{digest(1): {
		PersonID: a.PersonID, Email: "person1@example.com", Phone: "+12125550123",
		Invite: invite(1), Attempts: 1, HTTP: 200, RunID: run.ID,
	}}, byRow); d != "" {
		t.Error(d)
	}
	byAlias, err := l.ByAlias(t.Context(), "default", aliases)
	must(t, err)
	if len(byAlias) != 1 || byAlias[email(1)].ID != a.PersonID {
		t.Errorf("by alias: %v", byAlias)
	}
}

// The index holds half of a fingerprint; the other half must count as well.
func TestHalfAFingerprint(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	half := digest(1)
	half[15] ^= 1
	found, err := l.ByFingerprint(t.Context(), "default", []csvmap.Digest{half}, nil)
	must(t, err)
	if len(found) != 0 {
		t.Error("half a fingerprint found somebody")
	}
	found, err = l.ByFingerprint(t.Context(), "spring", []csvmap.Digest{digest(1)}, nil)
	must(t, err)
	if len(found) != 0 {
		t.Error("found somebody of another campaign")
	}
}
