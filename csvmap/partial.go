package csvmap

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// PartialError says that a roster is not all there: it is still being written,
// or was cut off. What was read of it may be right, but people are missing.
//
// A roster counts as partial when
//   - the file's size or time changes while it is read,
//   - an archive ends before it should, or a UTF-16 file in half a character,
//   - the last line has no end, though others have one, and is no whole row: it
//     has fewer cells than the header, or ends inside a quoted cell or a
//     character,
//   - the last line has no end, though others have one, and the file's size is a
//     multiple of 4096 bytes: programs write in such blocks.
//
// A last line without an end is otherwise taken as it is: whoever makes a roster
// by hand often leaves it so.
type PartialError struct {
	Path    string
	Line    int // 0 when no line is to blame
	Message string
}

func (e *PartialError) Error() string {
	where := e.Path
	if e.Line > 0 {
		where = fmt.Sprintf("%s:%d", e.Path, e.Line)
	}
	return where + ": " + e.Message
}

const (
	stillWritten = "was changed while it was read: wait until its export is done, or go on with --allow-partial"
	cutOff       = "is cut off: wait until its export is done or export it again, or go on with --allow-partial"
)

// block is what programs write at a time, or a multiple of it, in bytes.
const block = 4096

// brokenOff is how an archive or UTF-16 says that it was cut.
func brokenOff(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum)
}

// lenient ends where its reader breaks off, if that is allowed, as if nothing
// more had been meant to come.
type lenient struct {
	io.Reader
	allow bool
	cut   bool // the reader broke off
}

func (l *lenient) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) && l.allow {
		l.cut, err = true, io.EOF
	}
	return n, err
}

// partial says why the roster that was read to its end is not all there; nil
// when it is. last is its last row.
func (r *Roster) partial(last Row) error {
	switch {
	case r.settings.AllowPartial:
		return nil
	case r.source.changed():
		return &PartialError{Path: r.path, Message: stillWritten}
	case !r.decoder.open || last.Skip != nil:
		return nil
	case isTorn(last) || r.detected.Format == formatCSV && r.source.spansBlocks():
		return &PartialError{Path: r.path, Line: last.Line, Message: cutOff}
	}
	return nil
}

// isTorn reports whether a row is what a cut leaves of one.
func isTorn(row Row) bool {
	if row.Malformed == nil {
		return false
	}
	switch row.Malformed.Code {
	case ShortRow, UnclosedQuote, CutRow:
		return true
	}
	return false
}

func (s *source) spansBlocks() bool {
	size, err := s.length()
	return err == nil && size > 0 && size%block == 0
}
