package ledger

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

func TestClaimKeepsThePerson(t *testing.T) {
	l := begun(t)
	a, err := l.Claim(t.Context(), claim(1))
	must(t, err)
	wantPerson := batch.Person{
		ID: a.PersonID, State: batch.Sending, EmployeeID: "e1", Email: "person1@example.com",
		Phone: "+12125550123", WrittenID: "00E1", Name: "ada example1", Given: "ada", Body: digest(1001),
		RunID: run.ID, Line: 3,
	}
	if d := cmp.Diff(wantPerson, person(t, l, 1)); d != "" {
		t.Error(d)
	}
	s := settled(a, batch.Sent, 1)
	must(t, l.Settle(t.Context(), s))
	wantPerson.State, wantPerson.Invite, wantPerson.Attempts, wantPerson.Last = batch.Sent, s.Invite, 1, s
	if d := cmp.Diff(wantPerson, person(t, l, 1)); d != "" {
		t.Error(d)
	}
}

func TestClaimTransitions(t *testing.T) {
	again := func(c batch.Claim) batch.Claim { return c }
	otherBody := func(c batch.Claim) batch.Claim { c.Body = digest(5); return c }
	retry := func(c batch.Claim) batch.Claim { c.RetryRejected = true; return c }
	for _, test := range []struct {
		name  string
		from  batch.State
		claim func(batch.Claim) batch.Claim
		ok    bool
	}{
		{"sending", batch.Sending, again, false},
		{"sending, other body", batch.Sending, otherBody, false},
		{"sent", batch.Sent, again, false},
		{"sent, other body", batch.Sent, otherBody, false},
		{"sent, retry", batch.Sent, retry, false},
		{"rejected", batch.Rejected, again, false},
		{"rejected, other body", batch.Rejected, otherBody, true},
		{"rejected, retry", batch.Rejected, retry, true},
		{"failed", batch.Failed, again, true},
		{"unknown", batch.Unknown, again, false},
		{"unknown, retry", batch.Unknown, retry, false},
		{"skipped", batch.Skipped, again, false},
		{"skipped, other body", batch.Skipped, otherBody, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := begun(t)
			first := placed(t, l, 1, test.from)
			before := person(t, l, 1)
			c := test.claim(claim(1))
			c.PersonID = first.PersonID
			a, err := l.Claim(t.Context(), c)
			if !test.ok {
				want(t, err, batch.ErrNotClaimable)
				if d := cmp.Diff(before, person(t, l, 1)); d != "" {
					t.Error(d)
				}
				return
			}
			must(t, err)
			if d := cmp.Diff(batch.Attempt{ID: first.ID + 1, PersonID: first.PersonID, Number: 2}, a); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestClaimAliases(t *testing.T) {
	l := begun(t)
	one := placed(t, l, 1, batch.Failed)
	two := placed(t, l, 2, batch.Failed)
	for _, test := range []struct {
		name    string
		person  int64
		aliases []batch.Alias
		err     error
	}{
		{"new, with an alias of somebody", 0, []batch.Alias{email(8), email(1)}, batch.ErrNotClaimable},
		{"one, with an alias of two", one.PersonID, []batch.Alias{email(1), email(2)}, batch.ErrNotClaimable},
		{"nobody by that number", 99, []batch.Alias{email(8)}, batch.ErrNotClaimable},
		{"one, with a new alias", one.PersonID, []batch.Alias{email(1), email(3)}, nil},
		{"two, with the alias just learned", two.PersonID, []batch.Alias{email(3)}, batch.ErrNotClaimable},
		{"new, the alias twice", 0, []batch.Alias{email(4), email(4)}, nil},
	} {
		c := claim(9)
		c.PersonID, c.Aliases = test.person, test.aliases
		_, err := l.Claim(t.Context(), c)
		if !errors.Is(err, test.err) {
			t.Errorf("%s: %v, want %v", test.name, err, test.err)
		}
	}
	if n, err := l.People(t.Context(), "default"); err != nil || n != 3 {
		t.Errorf("%d people (%v), want 3", n, err)
	}
}

func TestClaimsOfOtherCampaignsAreApart(t *testing.T) {
	l := begun(t)
	first := placed(t, l, 1, batch.Failed)
	c := claim(1)
	c.Campaign = "spring"
	a, err := l.Claim(t.Context(), c)
	must(t, err)
	if a.PersonID == first.PersonID {
		t.Error("two campaigns share a person")
	}
	c.PersonID, c.Aliases = first.PersonID, []batch.Alias{email(5)}
	_, err = l.Claim(t.Context(), c)
	want(t, err, batch.ErrNotClaimable)
}

func TestClaimRefusesNonsense(t *testing.T) {
	l := begun(t)
	for name, c := range map[string]batch.Claim{
		"no alias":     {Campaign: "default", RunID: run.ID},
		"empty alias":  {Campaign: "default", RunID: run.ID, Aliases: []batch.Alias{{Kind: batch.ByEmail}}},
		"unknown kind": {Campaign: "default", RunID: run.ID, Aliases: []batch.Alias{{Kind: "shoe", Value: "43"}}},
		"unknown run":  {Campaign: "default", RunID: "no", Aliases: []batch.Alias{email(1)}},
	} {
		if _, err := l.Claim(t.Context(), c); err == nil {
			t.Errorf("%s: claimed", name)
		}
	}
	placed(t, l, 1, batch.Sending) // and the ledger still works
}

func TestSettleTransitions(t *testing.T) {
	states := []batch.State{batch.Sending, batch.Sent, batch.Rejected, batch.Failed, batch.Unknown, batch.Skipped}
	l := begun(t)
	n := 0 // a person for each case
	for _, from := range states {
		for _, to := range states {
			t.Run(string(from+" to "+to), func(t *testing.T) {
				n++
				a := placed(t, l, n, from)
				before := person(t, l, n)
				err := l.Settle(t.Context(), settled(a, to, 100+n))
				switch {
				case to == batch.Sending || to == batch.Skipped:
					if err == nil {
						t.Error("settled")
					}
				case from == batch.Sending:
					must(t, err)
					if p := person(t, l, n); p.State != to || p.Attempts != 1 {
						t.Errorf("%s after %d POSTs", p.State, p.Attempts)
					}
					return
				default:
					want(t, err, batch.ErrNotSending)
				}
				if d := cmp.Diff(before, person(t, l, n)); d != "" {
					t.Error(d)
				}
			})
		}
	}
}

func TestSettleGuards(t *testing.T) {
	l := begun(t)
	old := placed(t, l, 1, batch.Failed)
	c := claim(1)
	c.PersonID = old.PersonID
	open, err := l.Claim(t.Context(), c)
	must(t, err)
	placed(t, l, 2, batch.Sent)

	want(t, l.Settle(t.Context(), settled(old, batch.Sent, 1)), batch.ErrNotSending)
	want(t, l.Release(t.Context(), old, day), batch.ErrNotSending)
	want(t, l.Settle(t.Context(), settled(batch.Attempt{ID: 99}, batch.Sent, 1)), batch.ErrNotSending)
	want(t, l.Settle(t.Context(), settled(open, batch.Sent, 2)), batch.ErrInviteKnown)
	nameless := settled(open, batch.Sent, 1)
	nameless.Invite = batch.InviteRef{}
	if l.Settle(t.Context(), nameless) == nil {
		t.Error("sent without an invite")
	}
	if p := person(t, l, 1); p.State != batch.Sending {
		t.Errorf("state %s, want sending", p.State)
	}
	must(t, l.Settle(t.Context(), settled(open, batch.Sent, 1)))
}

func TestReleaseIsNoPost(t *testing.T) {
	l := begun(t)
	a := placed(t, l, 1, batch.Sending)
	must(t, l.Release(t.Context(), a, day))
	p := person(t, l, 1)
	last := batch.Settlement{AttemptID: a.ID, RunID: run.ID, State: batch.Failed, By: "release", Ended: day}
	if d := cmp.Diff(last, p.Last); d != "" || p.State != batch.Failed || p.Attempts != 0 {
		t.Error(p.State, p.Attempts, d)
	}
	c := claim(1)
	c.PersonID = a.PersonID
	again, err := l.Claim(t.Context(), c)
	must(t, err)
	if again.Number != 1 {
		t.Errorf("attempt number %d, want 1", again.Number)
	}
}

func TestOnePersonHasOneWinner(t *testing.T) {
	l := begun(t)
	var wg sync.WaitGroup
	won := make(chan batch.Attempt, 32)
	for n := range 32 {
		wg.Go(func() {
			c := claim(n)
			c.Aliases = append(c.Aliases, batch.Alias{Kind: batch.ByPhone, Value: "+12125550123"})
			switch a, err := l.Claim(context.Background(), c); {
			case err == nil:
				won <- a
			case !errors.Is(err, batch.ErrNotClaimable):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Errorf("%d claims won, want 1", len(won))
	}
	if n, err := l.People(t.Context(), "default"); err != nil || n != 1 {
		t.Errorf("%d people (%v), want 1", n, err)
	}
}

func TestWorkersSideBySide(t *testing.T) {
	l := begun(t)
	var wg sync.WaitGroup
	for worker := range 32 {
		wg.Go(func() {
			for i := range 8 {
				n := worker*8 + i
				a, err := l.Claim(context.Background(), claim(n))
				if err == nil {
					err = l.Settle(context.Background(), settled(a, batch.Sent, n))
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	rows := make([]csvmap.Digest, 256)
	for n := range rows {
		rows[n] = digest(n)
	}
	found, err := l.ByFingerprint(t.Context(), "default", rows, nil)
	must(t, err)
	for n, row := range rows {
		if found[row].Invite != invite(n) {
			t.Errorf("person %d has another invite", n)
		}
	}
}

func TestWaitingJobsShareATransaction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &writer{jobs: make(chan *job), closing: make(chan struct{})}
		for range maxGroup + 10 {
			go func() {
				if err := w.do(t.Context(), &job{}); err != nil {
					t.Error(err)
				}
			}()
		}
		synctest.Wait()
		for _, size := range []int{maxGroup, 10} {
			group := w.gather(<-w.jobs)
			if len(group) != size {
				t.Errorf("%d jobs in a group, want %d", len(group), size)
			}
			for _, j := range group {
				close(j.done)
			}
		}
	})
}

func TestCancelledBeforeItIsTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &writer{jobs: make(chan *job), closing: make(chan struct{})}
		ctx, cancel := context.WithCancel(t.Context())
		answer := make(chan error, 1)
		go func() { answer <- w.do(ctx, &job{}) }()
		synctest.Wait()
		cancel()
		want(t, <-answer, context.Canceled)
		select {
		case <-w.jobs:
			t.Error("a cancelled job is still waiting")
		default:
		}
	})
}

func TestCancelledAfterItWasTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &writer{jobs: make(chan *job), closing: make(chan struct{})}
		ctx, cancel := context.WithCancel(t.Context())
		answer := make(chan error, 1)
		go func() { answer <- w.do(ctx, &job{}) }()
		taken := <-w.jobs
		cancel()
		synctest.Wait()
		if len(answer) != 0 {
			t.Error("answered before the transaction ended")
		}
		close(taken.done)
		must(t, <-answer)
	})
}

func TestRefusalsSpoilNobodyElse(t *testing.T) {
	l := begun(t)
	sent := placed(t, l, 1, batch.Sent)
	work := func(c batch.Claim) *job {
		return &job{claim: true, done: make(chan struct{}), work: func(w *writer) error {
			_, err := w.claim(c)
			return err
		}}
	}
	taken := claim(1)
	taken.PersonID = sent.PersonID
	group := []*job{work(claim(2)), work(taken), work(claim(3))}
	must(t, l.write(t.Context(), func(w *writer) error {
		for _, j := range group { // as the writer does within one transaction
			j.err = j.work(w)
		}
		return nil
	}))
	must(t, group[0].err)
	want(t, group[1].err, batch.ErrNotClaimable)
	must(t, group[2].err)
	if person(t, l, 2).State != batch.Sending || person(t, l, 3).State != batch.Sending {
		t.Error("a refusal spoiled its neighbours")
	}
}
