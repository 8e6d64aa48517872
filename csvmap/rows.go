package csvmap

import (
	"context"
	"errors"
	"iter"

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
			last = row
			if row.Skip == nil {
				rows++
				row.Skip = r.leavesOut(row)
			}
			return yield(row, nil)
		}
		end := &tail{fields: r.kitchen.uses(r.columns), cells: r.raggedCells(), off: r.decoder.layout.rerun()}
		for rec := range records {
			if !end.push(rec.row(len(r.columns)), give) {
				return
			}
		}
		err := <-ended
		if !end.end(err == nil, give) {
			return
		}
		if err := r.endError(ctx, err, rows, last); err != nil {
			yield(Row{}, err)
		}
	}
}

// leavesOut says that the mapping's filter leaves a row out; nil when it does not.
// It cannot judge a malformed row.
func (r *Roster) leavesOut(row Row) *Skipped {
	if r.kitchen.counts == nil || row.Malformed != nil || r.kitchen.counts(row.Cells) {
		return nil
	}
	return skipped(Filtered)
}

// raggedCells returns what parses the text of a row that has too few cells. It
// is called while the decoder is at work elsewhere.
func (r *Roster) raggedCells() func(raw string) []string {
	parser := newParser(r.decoder.delimiter)
	return func(raw string) []string {
		cells, _ := parser.cells(r.decoder.encoding.decode(nil, []byte(raw)))
		return cells
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
		g, err := r.guess()
		if err != nil {
			return r.openError(err)
		}
		return g.failure(r.path, mistaken.line)
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
