package batch

import (
	"errors"
	"testing"
	"testing/synctest"
)

// Every chunk comes, in order, however far the sequence is ahead; its error too;
// and a consumer that stops leaves nobody behind.
func TestAhead(t *testing.T) {
	broken := errors.New("broken")
	seq := func(yield func([]int, error) bool) {
		a, b := make([]int, 1), make([]int, 1)
		for n := range 10 {
			a[0] = n
			if !yield(a, nil) {
				return
			}
			a, b = b, a
		}
		yield(nil, broken)
	}
	synctest.Test(t, func(t *testing.T) {
		for stop := range 12 {
			got := 0
			for chunk, err := range ahead(seq) {
				if got == stop {
					break
				}
				synctest.Wait() // the sequence goes as far as it can
				if got == 10 && !errors.Is(err, broken) || got < 10 && (err != nil || chunk[0] != got) {
					t.Fatalf("chunk %d of %d: %v %v", got, stop, chunk, err)
				}
				got++
			}
			if want := min(stop, 11); got != want {
				t.Errorf("%d chunks came, want %d", got, want)
			}
		}
	})
}
