package batch

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"time"

	"bulkinvite/csvmap"
)

// Noticer remembers what needed attention, so that a report can tell what is
// new from what was known before.
type Noticer interface {
	// Notice says for each key whether an earlier run had it, and remembers it.
	Notice(ctx context.Context, campaign, runID string, keys []csvmap.Digest, at time.Time) (known []bool, err error)
}

// MarkNew passes results on with New set where somebody must act and no earlier
// run of the campaign had the same trouble with the same row.
func MarkNew(ctx context.Context, results iter.Seq2[Result, error], ledger Noticer, run RunInfo) iter.Seq2[Result, error] {
	return func(yield func(Result, error) bool) {
		chunk := make([]Result, 0, chunkRows)
		flush := func() bool {
			err := markChunk(ctx, chunk, ledger, run)
			for _, r := range chunk {
				if !yield(r, nil) {
					return false
				}
			}
			chunk = chunk[:0]
			if err != nil {
				yield(Result{}, err)
			}
			return err == nil
		}
		for r, err := range results {
			if err != nil {
				if flush() {
					yield(Result{}, err)
				}
				return
			}
			if chunk = append(chunk, r); len(chunk) == chunkRows && !flush() {
				return
			}
		}
		flush()
	}
}

func markChunk(ctx context.Context, chunk []Result, ledger Noticer, run RunInfo) error {
	var keys []csvmap.Digest
	var of []int
	for i := range chunk {
		if key, ok := chunk[i].notice(); ok {
			keys, of = append(keys, key), append(of, i)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	known, err := ledger.Notice(ctx, run.Campaign, run.ID, keys, run.Started)
	if err != nil {
		return err
	}
	for i, k := range known {
		chunk[of[i]].New = !k
	}
	return nil
}

// notice identifies a row's trouble from one night to the next: by the person
// or, where nobody can be told, by the cells; and by what is wrong.
func (r *Result) notice() (csvmap.Digest, bool) {
	if !r.NeedsSomebody() {
		return csvmap.Digest{}, false
	}
	h := sha256.New()
	if aliases := AliasesOf(r.Recipient); len(aliases) > 0 {
		_, _ = fmt.Fprintf(h, "%s\x00%s\x00", aliases[0].Kind, aliases[0].Value)
	} else {
		_, _ = fmt.Fprintf(h, "row\x00%s\x00", r.Raw)
	}
	_, _ = fmt.Fprintf(h, "%s\x00", r.Outcome)
	if r.Outcome == OutcomeUnknown { // the words change from night to night, the doubt does not
		return csvmap.Digest(h.Sum(nil)[:16]), true
	}
	for _, f := range r.Findings {
		_, _ = fmt.Fprintf(h, "%s\x00%s\x00", f.Code, f.Field)
	}
	return csvmap.Digest(h.Sum(nil)[:16]), true
}
