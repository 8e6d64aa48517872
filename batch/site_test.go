package batch_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/csvmap"
)

// bubble runs a test in fake time that does not begin at a full second.
func bubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		<-time.After(123 * time.Millisecond)
		test(t)
	})
}

// sendTo sends to these people, one after the other, and settles nobody in doubt.
func (s *site) sendTo(faults []argylesim.Fault, who ...int) {
	s.t.Helper()
	s.api.trouble(faults, nil)
	p := s.start(0)
	defer p.end()
	p.engine.Courier.Concurrency = 1
	if err := p.plan(s.t.Context(), rosterOf(staff(who...), true)); err != nil {
		s.t.Fatal(err)
	}
	if stop, err := p.checkAccount(s.t.Context()); stop != nil || err != nil {
		s.t.Fatal(stop, err)
	}
	if _, err := p.engine.Courier.Deliver(s.t.Context(), p.planned); err != nil {
		s.t.Fatal(err)
	}
}

// night is a whole run.
func (s *site) night(roster string) *account {
	s.t.Helper()
	p := s.start(0)
	defer p.end()
	a, err := p.run(s.t.Context(), roster)
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

func staff(who ...int) []line {
	var rows []line
	for _, n := range who {
		rows = append(rows, line{n, plain})
	}
	return rows
}

// scan reads the list once, in a process of its own.
func (s *site) scan() (batch.Scan, error) {
	s.t.Helper()
	p := s.start(0)
	defer p.end()
	return p.engine.Reconciler.Scan(s.t.Context(), &batch.Snapshot{})
}

// settles wants a scan to find so many, prove so many absent and leave so many.
func (s *site) settles(found, absent, left int) batch.Scan {
	s.t.Helper()
	scan, err := s.scan()
	if err != nil {
		s.t.Fatal(err)
	}
	if scan.Found != found || scan.Absent != absent || scan.Left != left {
		s.t.Errorf("found %d, absent %d, left %d of %d listed; want %d, %d, %d",
			scan.Found, scan.Absent, scan.Left, scan.Listed, found, absent, left)
	}
	return scan
}

// person is what the ledger knows of somebody.
func (s *site) person(who int) batch.Person {
	s.t.Helper()
	p := s.start(0)
	defer p.end()
	mail := batch.Alias{Kind: batch.ByEmail, Value: mailOf(who)}
	found, err := p.ledger.ByAlias(s.t.Context(), s.campaign, []batch.Alias{mail})
	if err != nil {
		s.t.Fatal(err)
	}
	return found[mail]
}

// byHand invites somebody whom the program does not know of.
func (a *api) byHand(t testing.TB, r csvmap.Recipient) batch.InviteRef {
	t.Helper()
	c := a.client(t, time.Minute)
	defer c.Close()
	invite, _, err := c.Send(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return invite
}

// touch sends an invite anew, by hand, or with "/revoke" behind its ID revokes it.
func (a *api) touch(t testing.TB, id string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/v2/invites/"+id, nil)
	r.SetBasicAuth("key", "secret")
	w := httptest.NewRecorder()
	if a.ServeHTTP(w, r); w.Code != http.StatusOK {
		t.Fatal(w.Code)
	}
}
