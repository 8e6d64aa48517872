package ledger

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bulkinvite/batch"
)

// Whoever owns an alias is found, whoever else is asked for and whoever lies
// between: gaps in which few stand are looked at as a whole.
func TestByAliasOfMany(t *testing.T) {
	l := begun(t)
	people := map[batch.Alias]int64{} // three of a hundred numbers, and 500 to 599
	for n := range 1000 {
		if n%100 < 3 || n/100 == 5 {
			people[email(n)] = placed(t, l, n, batch.Sending).PersonID
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.IntRange(0, 900).Draw(t, "first")
		least := rapid.SampledFrom([]int{1, manyKeys, maxKeys + manyKeys}).Draw(t, "least")
		numbers := rapid.SliceOfN(rapid.IntRange(first, first+300), least, 3*maxKeys).Draw(t, "numbers")
		aliases, want := make([]batch.Alias, len(numbers)), map[batch.Alias]int64{}
		for i, n := range numbers {
			aliases[i] = email(n)
			if id, ok := people[email(n)]; ok {
				want[email(n)] = id
			}
		}
		found, err := l.ByAlias(t.Context(), "default", aliases)
		if err != nil {
			t.Fatal(err)
		}
		have := map[batch.Alias]int64{}
		for a, p := range found {
			have[a] = p.ID
		}
		if d := cmp.Diff(want, have); d != "" {
			t.Fatal(d)
		}
	})
}
