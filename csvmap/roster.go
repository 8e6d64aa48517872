package csvmap

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/gocarina/gocsv"
)

// Roster is an open roster file. Its rows can be ranged over once.
type Roster struct {
	path     string // for messages
	source   *source
	settings settings
	unpacked unpacked
	head     []byte // the first bytes of the text, while it is opened
	decoder  *decoder
	sheet    *sheet // nil for text
	columns  []Column
	format   Format
	line     int // of the header
	detected Detected
}

// Open opens the roster at path, "-" for stdin, and finds out what it is like.
// See [OpenWith].
func Open(path string, stdin io.Reader) (*Roster, error) {
	return OpenWith(path, stdin, OpenOptions{})
}

// OpenWith opens the roster at path, "-" for stdin, and reads as far as its
// header, or further where it takes that to tell its encoding. The error is a
// *[RosterError], a *[PartialError], or a *[RulesError] when the options are
// wrong.
func OpenWith(path string, stdin io.Reader, o OpenOptions) (*Roster, error) {
	settings, err := o.settings()
	if err != nil {
		return nil, err
	}
	src, err := openSource(path, stdin)
	if err != nil {
		return nil, err
	}
	if path == "-" {
		path = "standard input"
	}
	r := &Roster{path: path, source: src, settings: settings}
	if err := r.open(); err != nil {
		_ = r.Close()
		return nil, err
	}
	return r, nil
}

func (r *Roster) open() (err error) {
	if r.unpacked, err = unpack(r.source, r.settings.Format); err != nil {
		return r.openError(err)
	}
	r.detected.Format = r.unpacked.format
	r.detected.Notes = append(r.detected.Notes, r.unpacked.notes...)
	if r.unpacked.book != nil {
		err = r.openBook()
	} else {
		err = r.openText()
	}
	r.head = nil
	return r.openError(err)
}

// openError gives what went wrong while the roster was opened its public form.
func (r *Roster) openError(err error) error {
	why, refused := errors.AsType[refusal](err)
	switch {
	case err == nil, isTyped(err):
		return err
	case refused:
		return r.broken(0, string(why), nil)
	case errors.Is(err, errNoHeader):
		return r.broken(0, "is empty: it has neither a header nor rows", nil)
	case brokenOff(err) && r.settings.AllowPartial:
		return r.broken(0, "is cut off, and what is left cannot be read: export it again", err)
	case brokenOff(err):
		return &PartialError{Path: r.path, Message: cutOff}
	}
	return r.broken(0, "cannot be read: "+bareCause(err), err)
}

// isTyped reports whether err has a public form.
func isTyped(err error) bool {
	_, isBroken := errors.AsType[*RosterError](err) // an EncodingError too
	_, isPartial := errors.AsType[*PartialError](err)
	return isBroken || isPartial
}

// Close closes the file.
func (r *Roster) Close() error {
	var failed error
	if r.sheet != nil {
		failed = r.sheet.Close()
	}
	if r.unpacked.closer != nil {
		failed = errors.Join(failed, r.unpacked.closer.Close())
	}
	if r.source != nil {
		failed = errors.Join(failed, r.source.Close())
	}
	return failed
}

// Header returns the roster's own header cells as they stand, without the
// columns of a rerun file.
func (r *Roster) Header() []string { return slices.Clone(r.decoder.header) }

// Columns returns what each of the roster's own columns was taken for.
func (r *Roster) Columns() []Column { return slices.Clone(r.columns) }

// RunID returns the run that a rerun file belongs to: bulkinvite_run of the
// first row that has it. It is "" for any other roster.
func (r *Roster) RunID() string { return r.decoder.run }

// Format returns the roster's form, for writing rows back in it.
func (r *Roster) Format() Format { return r.format }

// Detected returns what the roster was taken for. Its notes are complete after
// Rows came to its end.
func (r *Roster) Detected() Detected {
	found := r.detected
	found.HeaderRow = r.line
	found.Notes = slices.Clone(found.Notes)
	if r.sheet != nil {
		found.Notes = append(found.Notes, r.sheet.notes(r.decoder.beyond)...)
	}
	return found
}

func (r *Roster) note(format string, args ...any) {
	r.detected.Notes = append(r.detected.Notes, fmt.Sprintf(format, args...))
}

// SHA256 returns the hash of the file's bytes, hex. It is valid after Rows came
// to its end.
func (r *Roster) SHA256() string { return r.source.hex() }

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
			}
			return yield(row, nil)
		}
		end := &tail{columns: r.columns, cells: r.raggedCells()}
		push := end.push
		if r.decoder.layout.rerun() { // its rows were rows before
			push = func(row Row, yield func(Row) bool) bool { return yield(row) }
		}
		for rec := range records {
			if !push(rec.row(len(r.columns)), give) {
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

func (r *Roster) broken(line int, message string, cause error) error {
	return &RosterError{Path: r.path, Line: line, Message: message, Err: cause}
}
