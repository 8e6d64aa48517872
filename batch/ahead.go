package batch

import "iter"

// ahead runs a sequence of chunks in a goroutine of its own, so that the next chunk
// is made while the last one is used: seq takes two of them in turn. When the
// consumer stops, seq has ended before ahead returns.
func ahead[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	type step struct {
		chunk T
		err   error
	}
	return func(yield func(T, error) bool) {
		steps, stop := make(chan step), make(chan struct{})
		go func() {
			defer close(steps)
			for chunk, err := range seq {
				select {
				case steps <- step{chunk, err}:
				case <-stop:
					return
				}
			}
		}()
		defer func() {
			close(stop)
			for range steps { // until the goroutine has ended
			}
		}()
		for s := range steps {
			if !yield(s.chunk, s.err) {
				return
			}
		}
	}
}
