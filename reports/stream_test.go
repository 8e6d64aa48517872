package reports

import (
	"iter"
	"runtime"
	"testing"

	"bulkinvite/batch"
)

// usualNight is n rows of people who were invited earlier.
func usualNight(n int) iter.Seq2[batch.Result, error] {
	r := row(2, batch.OutcomeAlreadyInvited)
	r.Invite, r.RunID, r.Attempts, r.HTTP, r.Raw = invite(1), earlierID, 1, 200, ""
	return func(yield func(batch.Result, error) bool) {
		for i := range n {
			r.Line = i + 2
			if !yield(r, nil) {
				return
			}
		}
	}
}

// The memory that Write holds does not grow with the rows.
func TestWriteStreams(t *testing.T) {
	const rows = 100_000
	var start, end uint64
	failing := func(yield func(batch.Result, error) bool) {
		for i := range rows {
			if !yield(row(i+2, batch.Outcomes[i%len(batch.Outcomes)], finding("timeout", "", "no answer", batch.IT)), nil) {
				return
			}
			switch i {
			case rows / 100:
				start = liveBytes()
			case rows - 1:
				end = liveBytes()
			}
		}
	}
	if _, err := open(t).Write(account(rows), failing, form()); err != nil {
		t.Fatal(err)
	}
	if end > start+256<<10 {
		t.Errorf("%d bytes are held after 1%% of the rows, %d after all", start, end)
	}
}

func liveBytes() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A usual row costs no memory.
func TestAUsualRowIsCheap(t *testing.T) {
	set := &fileSet{dir: t.TempDir()}
	defer set.discard()
	p, err := startPass(set, account(1), form())
	if err != nil {
		t.Fatal(err)
	}
	for r := range usualNight(1) {
		allocs := testing.AllocsPerRun(1000, func() {
			if err := p.take(&r); err != nil {
				t.Error(err)
			}
		})
		if allocs > 0 {
			t.Errorf("%v allocations a row, want none", allocs)
		}
	}
}

// BenchmarkWrite writes a whole usual night of a million rows, each time into
// a folder of its own.
func BenchmarkWrite(b *testing.B) {
	const rows = 1_000_000
	b.ReportAllocs()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		if _, err := open(b).Write(account(rows), usualNight(rows), form()); err != nil {
			b.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	total := float64(b.N) * rows
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/total, "ns/row")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/total, "allocs/row")
}
