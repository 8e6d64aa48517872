package batch_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// A list that breaks off proves nothing, whatever was seen of it.
func TestListBreaksOff(t *testing.T) {
	for _, test := range []struct {
		fault listFault
		gets  int // of the page that fails; net/http itself repeats a GET on a connection that was kept
	}{{listError, 12}, {listLost, 13}, {listCut, 12}, {listGarbage, 12}, {listThrottle, 12}, {listRefused, 1}} {
		t.Run(string(test.fault), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				a := newAPI(t, apiSetup{Page: 2})
				s := newSite(t, a, usual())
				s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Lost, argylesim.Reset, argylesim.None}, 1, 2, 3, 4)
				<-time.After(time.Hour)
				faults := append([]listFault{listWell}, slices.Repeat([]listFault{test.fault}, test.gets)...)
				a.trouble(nil, faults)
				scan, err := s.scan()
				if broken, ok := errors.AsType[*batch.ListError](err); !ok || scan.Left != 2 || scan.Found+scan.Absent != 0 {
					t.Fatalf("%+v, %v (%v)", scan, err, broken)
				}
				if left := len(a.lists); left > 0 {
					t.Errorf("the page was given up %d tries early", left)
				}
				s.settles(1, 1, 0)
			})
		})
	}
}

// Who says how long the API may be down is not kept waiting for the list either, and
// is told why nothing goes on.
func TestListIsGivenUp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Lost}, 1, 2)
		a.trouble(nil, slices.Repeat([]listFault{listError}, 99))
		p := s.start(0)
		defer p.end()
		r, told := p.engine.Reconciler, ""
		r.GiveUpAfter, r.Tell = 10*time.Second, func(message string) { told = message }
		began := time.Now()
		_, err := r.Scan(t.Context(), &batch.Snapshot{})
		if _, ok := errors.AsType[*batch.ListError](err); !ok || time.Since(began) > r.GiveUpAfter {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		if !contains(told, "the list of invites cannot be read") || !contains(told, "asking again in ") {
			t.Errorf("told %q", told)
		}
	})
}

// A page that works at the last try is as good as any.
func TestListIsTriedAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{Page: 1})
		s := newSite(t, a, usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Lost}, 1, 2)
		a.trouble(nil, []listFault{listThrottle, listWell, listError, listCut, listLost, listGarbage})
		s.settles(1, 0, 0)
	})
}

// An API behind a proxy may not know its own address: of its links to the following
// pages only the query counts, so the reading goes on where it began.
func TestListLeadsElsewhere(t *testing.T) {
	for _, next := range []string{"https://127.0.0.1:1/v2", "http://127.0.0.2:1/v2", "http://key:secret@127.0.0.1:1/../../admin", "gopher://[::1]"} {
		t.Run(next, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				a := newAPI(t, apiSetup{Page: 1, Next: next})
				s := newSite(t, a, usual())
				s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Lost, argylesim.None}, 1, 2, 3)
				s.settles(1, 0, 0)
				if a.astray > 0 {
					t.Errorf("%d requests, with credentials, went to another host or path", a.astray)
				}
			})
		})
	}
}

// Nobody is in doubt: nothing is asked.
func TestNoDoubtNoScan(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{})
		s := newSite(t, a, usual())
		s.check = false
		s.sendTo(nil, 1, 2, 3)
		s.settles(0, 0, 0)
		for _, r := range a.Requests() {
			if r.Method == http.MethodGet {
				t.Error("the list was read")
			}
		}
	})
}

// A scan that is stopped settles nobody and says so by the context's error.
func TestScanIsStopped(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a := newAPI(t, apiSetup{Latency: time.Second, Page: 1})
		s := newSite(t, a, usual())
		s.sendTo([]argylesim.Fault{argylesim.None, argylesim.Lost}, 1, 2)
		p := s.start(0)
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		scan, err := p.engine.Reconciler.Scan(ctx, &batch.Snapshot{})
		p.end()
		if err == nil || scan.Left != 1 {
			t.Errorf("%+v, %v", scan, err)
		}
		s.settles(1, 0, 0)
	})
}
