package ledger

import (
	"runtime"
	"sync"
	"testing"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// What the ledger costs, in allocations: a first night claims and settles each
// person, a usual night looks every row up. The bounds are one and a half times
// what was measured.
func TestAllocationsOfAPerson(t *testing.T) {
	const (
		n           = 600
		mostSending = 250
		mostFinding = 10
	)
	l := begun(t)
	sending := mallocs(func() {
		var all sync.WaitGroup
		for i := range n { // all at once, so that they share their commits
			all.Go(func() {
				a, err := l.Claim(t.Context(), claim(i))
				if err == nil {
					err = l.Settle(t.Context(), settled(a, batch.Sent, i))
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}) / n
	rows := make([]csvmap.Digest, n)
	for i := range rows {
		rows[i] = digest(i)
	}
	finding := testing.AllocsPerRun(3, func() {
		found, err := l.ByFingerprint(t.Context(), "default", rows, nil)
		if err != nil || len(found) != n {
			t.Error(len(found), err)
		}
	}) / n
	if sending > mostSending {
		t.Errorf("%.1f allocations to claim and settle a person, at most %d are allowed", sending, mostSending)
	}
	if finding > mostFinding {
		t.Errorf("%.1f allocations to find a row, at most %d are allowed", finding, mostFinding)
	}
}

// mallocs counts the allocations of do, in all goroutines.
func mallocs(do func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs - before.Mallocs)
}
