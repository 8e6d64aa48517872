package ledger

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// Rosters in the order of the ledger, with people who left and people who joined,
// and rosters in any order, find the same people: whoever was sent an invite.
func TestFoundInAnyOrder(t *testing.T) {
	l := begun(t)
	const known = 120
	for n := range known {
		state := batch.Sent
		if n%29 == 7 {
			state = batch.Failed
		}
		placed(t, l, n, state)
	}
	sent := func(n int) bool { return n < known && n%29 != 7 }
	rapid.Check(t, func(t *rapid.T) {
		everybody := make([]int, known+50) // the last 50 have joined
		for n := range everybody {
			everybody[n] = n
		}
		if rapid.Bool().Draw(t, "shuffled") {
			everybody = rapid.Permutation(everybody).Draw(t, "order")
		}
		left := rapid.IntRange(2, 20).Draw(t, "every nth has left")
		roster := slices.DeleteFunc(everybody, func(n int) bool { return n%left == 0 })
		for chunk := range slices.Chunk(roster, rapid.IntRange(1, 50).Draw(t, "chunk")) {
			wantFound(t, l, chunk, sent)
		}
	})
}

// The status is that of the answer with the invite, not of one before it.
func TestStatusOfAnInvite(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	listed := settled(placed(t, l, 2, batch.Unknown), batch.Sent, 2)
	listed.By, listed.HTTP = batch.ByReconcile, 0
	must(t, l.Resolve(t.Context(), listed))
	found, err := l.ByFingerprint(t.Context(), "default", []csvmap.Digest{digest(1), digest(2)})
	must(t, err)
	for n, want := range map[int]int{1: 200, 2: 0} {
		if got, ok := found[digest(n)]; !ok || got.HTTP != want {
			t.Errorf("person %d: found %v, status %d, want %d", n, ok, got.HTTP, want)
		}
	}
}

func wantFound(t *rapid.T, l *Ledger, people []int, sent func(int) bool) {
	rows := make([]csvmap.Digest, len(people))
	for i, n := range people {
		rows[i] = digest(n)
	}
	found, err := l.ByFingerprint(context.Background(), "default", rows)
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, n := range people {
		p, ok := found[digest(n)]
		if ok != sent(n) || ok && (p.Invite != invite(n) || p.RunID != run.ID) {
			t.Fatalf("person %d: found %v, %+v", n, ok, p)
		}
		if ok {
			want++
		}
	}
	if len(found) != want {
		t.Fatalf("%d people were found, want %d", len(found), want)
	}
}
