package ledger

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
)

var decisions = []Decision{DecideSent, DecideResend, DecideSkip, DecideUnskip}

// ruled is a decision about somebody, made an hour after the attempt.
func ruled(person int64, d Decision) Ruling {
	r := Ruling{PersonID: person, Decision: d, By: "alice", At: day.Add(time.Hour)}
	if d == DecideSent {
		r.Invite = invite(1000 + int(person))
	}
	return r
}

// decided is what the ledger has written down of decisions.
func decided(t testing.TB, l *Ledger) []string {
	t.Helper()
	all, err := l.texts(t.Context(), `SELECT person_id || ' ' || decision || ' ' || coalesce(invite_id, '-') || ' ' || by FROM decisions ORDER BY id`)
	must(t, err)
	return all
}

func count(t testing.TB, l *Ledger, table string) int {
	t.Helper()
	var n int
	_, err := l.row(t.Context(), `SELECT count(*) FROM `+table, nil, &n)
	must(t, err)
	return n
}

func TestDecideTransitions(t *testing.T) {
	moves := map[batch.State]map[Decision]batch.State{
		batch.Unknown:  {DecideSent: batch.Sent, DecideResend: batch.Failed, DecideSkip: batch.Skipped},
		batch.Failed:   {DecideSkip: batch.Skipped},
		batch.Rejected: {DecideSkip: batch.Skipped},
		batch.Skipped:  {DecideUnskip: batch.Failed}, // they had failed before
		batch.Sent:     {},
		batch.Sending:  {},
	}
	l, n := begun(t), 0
	for from, allowed := range moves {
		for _, d := range decisions {
			n++
			t.Run(string(from)+" "+string(d), func(t *testing.T) {
				a := placed(t, l, n, from)
				before, settlements, decisions := person(t, l, n), count(t, l, "settlements"), count(t, l, "decisions")
				now, err := l.Decide(t.Context(), ruled(a.PersonID, d))
				want, ok := allowed[d]
				if !ok {
					if e := wantType[*WrongStateError](t, err); e.State != from || e.Decision != d || now != "" {
						t.Errorf("%+v, now %q", e, now)
					}
					if diff := cmp.Diff(before, person(t, l, n)); diff != "" || count(t, l, "decisions") > decisions || count(t, l, "settlements") > settlements {
						t.Errorf("a refused decision left something: %s", diff)
					}
					return
				}
				must(t, err)
				if p := person(t, l, n); now != want || p.State != want || p.Attempts != before.Attempts {
					t.Errorf("now %s, the ledger says %s, want %s", now, p.State, want)
				}
				if made := count(t, l, "decisions") - decisions; made != 1 {
					t.Errorf("%d decisions were written down", made)
				}
			})
		}
	}
}

// Every refusal says in plain words why, and what to do where something can be done.
func TestWrongStateInWords(t *testing.T) {
	for _, test := range []struct {
		decision Decision
		state    batch.State
		want     string
	}{
		{DecideResend, batch.Sent, "invited already"},
		{DecideUnskip, batch.Sent, "invited already"},
		{DecideSkip, batch.Sending, "wait"},
		{DecideSkip, batch.Skipped, "skipped already"},
		{DecideResend, batch.Skipped, "unskip"},
		{DecideUnskip, batch.Failed, "not skipped"},
		{DecideUnskip, batch.Unknown, "not skipped"},
		{DecideSent, batch.Failed, "not in doubt"},
	} {
		if text := (&WrongStateError{test.decision, test.state}).Error(); !strings.Contains(text, test.want) {
			t.Errorf("%s when %s: %q", test.decision, test.state, text)
		}
	}
}

// What an operator says is the end of the attempt, by their name and in no run.
func TestDecideSent(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Unknown)
	r := ruled(a.PersonID, DecideSent)
	_, err := l.Decide(t.Context(), r)
	must(t, err)
	p := person(t, l, 1)
	last := batch.Settlement{AttemptID: a.ID, State: batch.Sent, By: "alice", Invite: r.Invite, Ended: r.At}
	if d := cmp.Diff(last, p.Last); d != "" {
		t.Error(d)
	}
	if p.Invite != r.Invite || p.RunID != run.ID {
		t.Errorf("invite %+v, run of the claim %s", p.Invite, p.RunID)
	}
	if d := cmp.Diff([]string{"1 sent invite-1001 alice"}, decided(t, l)); d != "" {
		t.Error(d)
	}
	doubts, err := l.Doubts(t.Context(), "")
	if err != nil || len(doubts) > 0 {
		t.Errorf("still in doubt: %v, %v", doubts, err)
	}
}

// An ID without anything that the API could add: the person is invited, and the
// ID is nothing that a list has to show.
func TestDecideSentByIDAlone(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Unknown)
	r := ruled(a.PersonID, DecideSent)
	r.Invite = batch.InviteRef{ID: "typed"}
	_, err := l.Decide(t.Context(), r)
	must(t, err)
	if p := person(t, l, 1); p.State != batch.Sent || p.Invite != r.Invite {
		t.Errorf("%s with %+v", p.State, p.Invite)
	}
	witnesses, err := l.Witnesses(t.Context(), day.Add(24*time.Hour), 20)
	if err != nil || len(witnesses) > 0 {
		t.Errorf("witnesses %v, %v", witnesses, err)
	}
}

func TestDecideSentWithAnInviteOfSomebodyElse(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	two := placed(t, l, 2, batch.Unknown)
	r := ruled(two.PersonID, DecideSent)
	r.Invite = invite(1)
	_, err := l.Decide(t.Context(), r)
	want(t, err, batch.ErrInviteKnown)
	if p := person(t, l, 2); p.State != batch.Unknown || len(decided(t, l)) > 0 {
		t.Errorf("%s after a refusal, decisions %v", p.State, decided(t, l))
	}
}

// After "send again" the person is claimed like anybody who failed, once.
func TestDecideResend(t *testing.T) {
	l := begun(t)
	first := placed(t, l, 1, batch.Unknown)
	_, err := l.Decide(t.Context(), ruled(first.PersonID, DecideResend))
	must(t, err)
	c := claim(1)
	c.PersonID = first.PersonID
	again, err := l.Claim(t.Context(), c)
	must(t, err)
	if again.Number != 2 {
		t.Errorf("attempt number %d", again.Number)
	}
	_, err = l.Claim(t.Context(), c)
	want(t, err, batch.ErrNotClaimable)
}

// Whoever was in doubt when they were skipped is in doubt again, with all the
// evidence, as often as it happens.
func TestUnskipReturnsToDoubt(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Unknown)
	before, err := l.Doubts(t.Context(), "")
	must(t, err)
	for range 2 {
		for _, d := range []Decision{DecideSkip, DecideUnskip} {
			_, err := l.Decide(t.Context(), ruled(a.PersonID, d))
			must(t, err)
		}
		after, err := l.Doubts(t.Context(), "")
		must(t, err)
		if d := cmp.Diff(before, after); d != "" || len(after) != 1 || after[0].Last.HTTP == 0 {
			t.Error(d, after)
		}
	}
	c := claim(1)
	c.PersonID = a.PersonID
	_, err = l.Claim(t.Context(), c)
	want(t, err, batch.ErrNotClaimable)
	must(t, l.Resolve(t.Context(), batch.Settlement{AttemptID: a.ID, RunID: run.ID, State: batch.Sent, By: batch.ByReconcile, Invite: invite(1)}))
	if n := count(t, l, "decisions"); n != 4 {
		t.Errorf("%d decisions are written down", n)
	}
}

// A rejection stays one: the same data is not sent again for a skip in between.
func TestUnskipReturnsToRejected(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Rejected)
	before := person(t, l, 1)
	for _, d := range []Decision{DecideSkip, DecideUnskip} {
		_, err := l.Decide(t.Context(), ruled(a.PersonID, d))
		must(t, err)
	}
	if d := cmp.Diff(before, person(t, l, 1)); d != "" {
		t.Error(d)
	}
	c := claim(1)
	c.PersonID = a.PersonID
	_, err := l.Claim(t.Context(), c)
	want(t, err, batch.ErrNotClaimable)
	c.Body = digest(5)
	_, err = l.Claim(t.Context(), c)
	must(t, err)
}

// Somebody whose doubt was settled as failed, and who was skipped after that, is
// not in doubt again.
func TestUnskipAfterResend(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Unknown)
	for _, step := range []struct {
		decision Decision
		want     batch.State
	}{{DecideSkip, batch.Skipped}, {DecideUnskip, batch.Unknown}, {DecideResend, batch.Failed}, {DecideSkip, batch.Skipped}, {DecideUnskip, batch.Failed}} {
		now, err := l.Decide(t.Context(), ruled(a.PersonID, step.decision))
		must(t, err)
		if now != step.want {
			t.Fatalf("%s after %s, want %s", now, step.decision, step.want)
		}
	}
}

func TestBadRulings(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Unknown)
	for name, edit := range map[string]func(*Ruling){
		"no such person":            func(r *Ruling) { r.PersonID = 99 },
		"no such decision":          func(r *Ruling) { r.Decision = "perhaps" },
		"a decision of the program": func(r *Ruling) { r.Decision = decideAdopt },
		"by nobody":                 func(r *Ruling) { r.By = "" },
		"sent, without an invite":   func(r *Ruling) { r.Decision = DecideSent },
		"skip, with an invite":      func(r *Ruling) { r.Invite = invite(1) },
	} {
		r := ruled(a.PersonID, DecideSkip)
		edit(&r)
		if _, err := l.Decide(t.Context(), r); err == nil {
			t.Errorf("%s: decided", name)
		}
	}
	if p := person(t, l, 1); p.State != batch.Unknown || len(decided(t, l)) > 0 {
		t.Errorf("%s, decisions %v", p.State, decided(t, l))
	}
	placed(t, l, 2, batch.Sent) // and the ledger still claims
}

// The program itself cannot change what was decided or attempted.
func TestHistoryIsAppendOnly(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Unknown)
	_, err := l.Decide(t.Context(), ruled(a.PersonID, DecideSkip))
	must(t, err)
	for _, table := range []string{"decisions", "settlements", "attempts"} {
		for _, change := range []string{"UPDATE " + table + " SET id = id + 100", "DELETE FROM " + table} {
			err := l.write(t.Context(), func(w *writer) error { w.exec(change); return nil })
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", change, err)
			}
		}
	}
	if n := count(t, l, "decisions"); n != 1 {
		t.Errorf("%d decisions", n)
	}
}

// Reconciliation and an operator at the same moment: one of them settles it.
func TestTwoSettleOneDoubt(t *testing.T) {
	l := begun(t)
	for n := range 20 {
		a := placed(t, l, n, batch.Unknown)
		var byList, byHand error
		var both sync.WaitGroup
		both.Go(func() {
			byList = l.Resolve(t.Context(), batch.Settlement{AttemptID: a.ID, RunID: run.ID, State: batch.Sent, By: batch.ByReconcile, Invite: invite(n)})
		})
		both.Go(func() { _, byHand = l.Decide(t.Context(), ruled(a.PersonID, DecideResend)) })
		both.Wait()
		p := person(t, l, n)
		if byList == nil {
			if e := wantType[*WrongStateError](t, byHand); e.State != batch.Sent || p.State != batch.Sent || p.Invite != invite(n) {
				t.Errorf("%s with %+v", p.State, p.Invite)
			}
			continue
		}
		want(t, byList, batch.ErrNotUnknown)
		must(t, byHand)
		if p.State != batch.Failed {
			t.Errorf("%s", p.State)
		}
	}
}

func TestSkipStranger(t *testing.T) {
	l := begun(t)
	must(t, l.SkipStranger(t.Context(), "default", email(1), "alice", day))
	p := person(t, l, 1)
	if d := cmp.Diff(batch.Person{ID: p.ID, State: batch.Skipped, Email: email(1).Value}, p); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"1 skip - alice"}, decided(t, l)); d != "" {
		t.Error(d)
	}
	for _, known := range []int64{0, p.ID} {
		c := claim(1)
		c.PersonID = known
		_, err := l.Claim(t.Context(), c)
		want(t, err, batch.ErrNotClaimable)
	}
	want(t, l.SkipStranger(t.Context(), "default", email(1), "bob", day), batch.ErrNotClaimable)
	must(t, l.SkipStranger(t.Context(), "spring", email(1), "bob", day)) // another campaign, another person

	now, err := l.Decide(t.Context(), ruled(p.ID, DecideUnskip))
	must(t, err)
	if now != batch.Failed {
		t.Errorf("unskipped to %s", now)
	}
	c := claim(1)
	c.PersonID = p.ID
	a, err := l.Claim(t.Context(), c)
	must(t, err)
	if a.Number != 1 {
		t.Errorf("attempt number %d", a.Number)
	}
	if p := person(t, l, 1); p.EmployeeID != "e1" || p.Phone == "" || p.Name == "" {
		t.Errorf("the claim has not filled in the stranger: %+v", p)
	}
}

func TestSkipStrangerByWhat(t *testing.T) {
	l := begun(t)
	for _, a := range []batch.Alias{{}, {Kind: batch.ByEmail}, {Kind: "shoe", Value: "43"}} {
		if l.SkipStranger(t.Context(), "default", a, "alice", day) == nil {
			t.Errorf("skipped somebody by %+v", a)
		}
	}
	if l.SkipStranger(t.Context(), "default", email(1), "", day) == nil {
		t.Error("skipped by nobody")
	}
	for _, a := range []batch.Alias{{Kind: batch.ByEmployeeID, Value: "e7"}, {Kind: batch.ByPhone, Value: "+12125550107"}} {
		must(t, l.SkipStranger(t.Context(), "default", a, "alice", day))
		found, err := l.ByAlias(t.Context(), "default", []batch.Alias{a})
		must(t, err)
		if p := found[a]; p.State != batch.Skipped || p.EmployeeID+p.Phone != a.Value {
			t.Errorf("%+v: %+v", a, p)
		}
	}
}

func TestDecideReadOnly(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Unknown)
	reader, err := Open(t.Context(), Options{Dir: filepath.Dir(l.Path()), ReadOnly: true})
	must(t, err)
	defer reader.Close()
	_, err = reader.Decide(t.Context(), ruled(a.PersonID, DecideSkip))
	want(t, err, ErrReadOnly)
	want(t, reader.SkipStranger(t.Context(), "default", email(7), "alice", day), ErrReadOnly)
	_, err = reader.Adopt(t.Context(), "default", nil, "alice", day)
	want(t, err, ErrReadOnly)
}
