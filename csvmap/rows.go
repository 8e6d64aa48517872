package csvmap

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/gocarina/gocsv"
)

// Rows streams the rows, malformed and skipped ones too, in file order; each is
// safe to keep. When the range is left or ctx is cancelled, reading ends; a read
// of standard input that blocks is waited for. The error, always the last pair,
// is a *[PartialError], a *[RosterError], which an *[EncodingError] is one of, or
// the cause of ctx's end.
func (r *Roster) Rows(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		r.decoder.ctx = ctx
		records, ended := make(chan record, 256), make(chan error, 1)
		go func() { ended <- gocsv.UnmarshalDecoderToChan(r.decoder, records) }()
		defer func() {
			stop()
			for range records { // gocsv may be waiting to send
			}
		}()
		var last Row
		rows := 0
		give := func(row Row) bool {
			last.Skip = row.Skip
			if row.Skip == nil {
				rows++
				row.Skip = r.leavesOut(row)
			}
			return yield(row, nil)
		}
		sort := r.sorter()
		for rec := range records {
			last = rec.row(len(r.columns))
			if !give(sort(last)) {
				return
			}
		}
		err := <-ended
		if err := r.endError(ctx, err, rows, last); err != nil {
			yield(Row{}, err)
		}
	}
}

// leavesOut says that the mapping's filter leaves a row out; nil when it does not.
// It cannot judge a malformed row, or one that may read otherwise.
func (r *Roster) leavesOut(row Row) *Skipped {
	if r.kitchen.counts == nil || row.Malformed != nil || r.kitchen.counts(row.Cells) || r.filterUnsure(row) {
		return nil
	}
	return skipped(Filtered)
}

// filterUnsure reports whether the filter looks at a cell of which nobody knows how
// it reads.
func (r *Roster) filterUnsure(row Row) bool {
	return r.unsure() != nil && slices.ContainsFunc(r.kitchen.filters, func(at int) bool { return !isASCII([]byte(row.Cells[at])) })
}

// sorter returns what makes a row of a record that is one after all, and says of
// the others which are nobody's.
func (r *Roster) sorter() func(Row) Row {
	h := r.healer()
	s := newSieve(r.columns, h.uses)
	rerun := r.decoder.layout.rerun() // its rows were rows before
	return func(row Row) Row {
		if row.Malformed != nil {
			row = h.heal(row)
		}
		switch {
		case row.Skip != nil || rerun:
		case row.Malformed == nil:
			row.Skip = skipped(s.judge(row.Cells, false))
		case row.Malformed.Code == ShortRow:
			cells := h.cells(row.Raw)
			if row.Skip = skipped(s.judge(cells, len(cells) == 1)); row.Skip != nil {
				row.Malformed, row.Cells = nil, fit(cells, len(r.columns))
			}
		}
		return row
	}
}

// endError says why the rows ended: nil for the regular end of a whole roster.
func (r *Roster) endError(ctx context.Context, err error, rows int, last Row) error {
	if err != nil && errors.Is(err, ctx.Err()) {
		return context.Cause(ctx)
	}
	line := r.decoder.at()
	if err == nil {
		err, line = r.source.finish(), 0
	}
	mistaken, isMistaken := errors.AsType[*notUTF8](err)
	switch {
	case err != nil && !r.settings.AllowPartial && r.source.changed():
		return &PartialError{Path: r.path, Message: stillWritten}
	case isMistaken:
		return &EncodingError{Path: r.path, Line: mistaken.line}
	case brokenOff(err) && !r.settings.AllowPartial:
		return &PartialError{Path: r.path, Line: line, Message: cutOff}
	case err != nil:
		return r.broken(line, "cannot be read any further: "+bareCause(err), err)
	}
	if err := r.partial(last); err != nil {
		return err
	}
	if rows == 0 {
		return r.broken(r.line, "has a header but no rows: is the export complete?", nil)
	}
	return nil
}
