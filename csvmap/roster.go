package csvmap

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/gocarina/gocsv"
)

// Roster is an open roster file. Its rows can be ranged over once.
type Roster struct {
	path    string // for messages
	source  *source
	decoder *decoder
	columns []Column
	format  Format
	line    int // of the header
}

// Open opens the roster at path, "-" for stdin, and reads as far as its header.
// The error is a *[RosterError].
func Open(path string, stdin io.Reader) (*Roster, error) {
	src, err := openSource(path, stdin)
	if err != nil {
		return nil, err
	}
	if path == "-" {
		path = "standard input"
	}
	r := &Roster{path: path, source: src}
	if err := r.open(); err != nil {
		_ = src.Close()
		return nil, err
	}
	return r, nil
}

func (r *Roster) open() error {
	frames := newFramer(r.source)
	hasBOM, err := r.openText(frames)
	if err != nil {
		return err
	}
	top, err := frames.next()
	switch {
	case errors.Is(err, io.EOF):
		return r.broken(0, "is empty: it has neither a header nor rows", nil)
	case err != nil:
		return r.broken(frames.line, "cannot be read: "+bareCause(err), err)
	case top.code != "":
		return r.broken(top.line, "the header cannot be read: "+malformedMessage(top.code, 0, 0), nil)
	}
	return r.openHeader(frames, top, hasBOM)
}

// openText makes sure that the file is text, and finds out how its cells are set
// apart.
func (r *Roster) openText(frames *framer) (hasBOM bool, err error) {
	head, err := frames.head()
	if err != nil {
		return false, r.broken(0, "cannot be read: "+bareCause(err), err)
	}
	if kind := notText(head); kind != "" {
		return false, r.broken(0, fmt.Sprintf("looks like %s: save the roster as CSV in UTF-8", kind), nil)
	}
	hasBOM = len(head) >= len(bom) && string(head[:len(bom)]) == bom
	if hasBOM {
		frames.pos = len(bom)
	}
	frames.grammar = grammar{sniffDelimiter(frames.rest()), MaxCell, MaxRecord}
	return hasBOM, nil
}

func (r *Roster) openHeader(frames *framer, top frame, hasBOM bool) error {
	parser := newParser(frames.delimiter)
	cells, ok := parser.cells(top.text)
	if !ok {
		return r.broken(top.line, "the header cannot be read: "+malformedMessage(BadQuote, 0, 0), nil)
	}
	layout := newLayout(cells)
	if len(layout.own) == 0 {
		return r.broken(top.line, "the header has no columns of the roster's own", nil)
	}
	r.format = newFormat(top, frames.delimiter, hasBOM, layout)
	if layout.rerun() {
		frames.maxCell, frames.maxRecord = rerunMaxCell, rerunMaxRecord
	}
	own := append([]string(nil), layout.mine(cells)...)
	columns, err := mapHeader(own)
	if err != nil {
		return r.broken(top.line, err.Error(), nil)
	}
	r.columns, r.line = columns, top.line
	r.decoder = &decoder{ctx: context.Background(), frames: frames, parser: parser, layout: layout, header: own}
	r.decoder.findRun()
	return nil
}

// Close closes the file.
func (r *Roster) Close() error { return r.source.Close() }

// Header returns the roster's own header cells as they stand, without the
// columns of a rerun file.
func (r *Roster) Header() []string { return append([]string(nil), r.decoder.header...) }

// Columns returns what each of the roster's own columns was taken for.
func (r *Roster) Columns() []Column { return append([]Column(nil), r.columns...) }

// RunID returns the run that a rerun file belongs to: bulkinvite_run of the
// first row that has it. It is "" for any other roster.
func (r *Roster) RunID() string { return r.decoder.run }

// Format returns the roster's form, for writing rows back in it.
func (r *Roster) Format() Format { return r.format }

// SHA256 returns the hash of the file's bytes, hex. It is valid after Rows came
// to its end.
func (r *Roster) SHA256() string { return r.source.hex() }

// Rows streams the rows, malformed ones too, in file order; each is safe to
// keep. When the range is left or ctx is cancelled, reading ends; a read of
// standard input that blocks is waited for. The error, always the last pair, is
// a *[RosterError], or the cause of ctx's end.
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
		rows := 0
		for rec := range records {
			if !yield(rec.row(len(r.columns)), nil) {
				return
			}
			rows++
		}
		if err := r.endError(ctx, <-ended, rows); err != nil {
			yield(Row{}, err)
		}
	}
}

func (r *Roster) endError(ctx context.Context, err error, rows int) error {
	switch {
	case err != nil && errors.Is(err, ctx.Err()):
		return context.Cause(ctx)
	case err != nil:
		return r.broken(r.decoder.frames.line, "cannot be read any further: "+bareCause(err), err)
	case rows == 0:
		return r.broken(r.line, "has a header but no rows: is the export complete?", nil)
	}
	return nil
}

func (r *Roster) broken(line int, message string, cause error) error {
	return &RosterError{Path: r.path, Line: line, Message: message, Err: cause}
}
