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
// and rosters in any order, find the same people, whose IDs are known or not: whoever
// was sent an invite.
func TestFoundInAnyOrder(t *testing.T) {
	l := begun(t)
	const known = 3 * manyKeys
	for n := range known {
		state := batch.Sent
		if n%29 == 7 {
			state = batch.Failed
		}
		placed(t, l, n, state)
	}
	sent := func(n int) bool { return n < known && n%29 != 7 }
	rapid.Check(t, func(t *rapid.T) {
		everybody := make([]int, known+2*manyKeys) // the last have joined
		for n := range everybody {
			everybody[n] = n
		}
		if rapid.Bool().Draw(t, "shuffled") {
			everybody = rapid.Permutation(everybody).Draw(t, "order")
		}
		left := rapid.IntRange(2, 20).Draw(t, "every nth has left")
		roster := slices.DeleteFunc(everybody, func(n int) bool { return n%left == 0 })
		nameless := rapid.IntRange(1, 20).Draw(t, "every nth has no ID")
		id := func(n int) string {
			if n%nameless == 0 {
				return ""
			}
			return employeeIDOf(n).Value
		}
		for chunk := range slices.Chunk(roster, rapid.SampledFrom([]int{1, 50, manyKeys, 4 * manyKeys}).Draw(t, "chunk")) {
			wantFound(t, l, chunk, sent, id)
		}
	})
}

// Of rows whose IDs nobody owns nobody is looked for; the others lose nothing by it.
func TestFreeIDsSpareTheSearch(t *testing.T) {
	l := begun(t)
	rows := make([]csvmap.Digest, 2*manyKeys)
	for n := range rows {
		rows[n] = digest(n)
		if n%8 == 0 {
			placed(t, l, n, batch.Sent)
		}
	}
	// Numbers 8 and 16 are said to have IDs that nobody owns, and 24 to have none.
	id := map[int]string{8: "e8x", 16: "e16x", 24: ""}
	found, err := l.ByFingerprint(t.Context(), "default", rows, func(i int) string {
		if id, ok := id[i]; ok {
			return id
		}
		return employeeIDOf(i).Value
	})
	must(t, err)
	for n, row := range rows {
		_, ok := found[row]
		if want := n%8 == 0 && n != 8 && n != 16; ok != want {
			t.Errorf("person %d: found %v", n, ok)
		}
	}
}

// The status is that of the answer with the invite, not of one before it.
func TestStatusOfAnInvite(t *testing.T) {
	l := begun(t)
	placed(t, l, 1, batch.Sent)
	listed := settled(placed(t, l, 2, batch.Unknown), batch.Sent, 2)
	listed.By, listed.HTTP = batch.ByReconcile, 0
	must(t, l.Resolve(t.Context(), listed))
	found, err := l.ByFingerprint(t.Context(), "default", []csvmap.Digest{digest(1), digest(2)}, nil)
	must(t, err)
	for n, want := range map[int]int{1: 200, 2: 0} {
		if got, ok := found[digest(n)]; !ok || got.HTTP != want {
			t.Errorf("person %d: found %v, status %d, want %d", n, ok, got.HTTP, want)
		}
	}
}

func wantFound(t *rapid.T, l *Ledger, people []int, sent func(int) bool, id func(int) string) {
	rows := make([]csvmap.Digest, len(people))
	for i, n := range people {
		rows[i] = digest(n)
	}
	found, err := l.ByFingerprint(context.Background(), "default", rows, func(i int) string { return id(people[i]) })
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
