package csvmap

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// frame is the text of one record, with its coordinates.
type frame struct {
	line   int    // 1-based
	offset int64  // of text in the decoded file, bytes
	text   []byte // without the line end; valid until the next frame
	end    []byte // the line end; empty at the end of the file
	code   Code   // why text is no record; "" for a good one
}

// framer cuts a byte stream into records. It owns what csv.Reader cannot do: go
// on after a bad record, tell true lines and offsets, and stay within bounds.
//
// Where a record is bad, its first physical line alone is taken as malformed,
// and reading goes on at the next line: a stray quote costs one line. Going back
// costs little, for a line that stands inside the quotes of the failed record
// starts outside of them on the second reading, and the number of quotes in it
// is the same: it ends outside, so it is a record of its own.
type framer struct {
	grammar
	src    io.Reader
	buf    []byte // buf[pos:] is read and not yet framed
	pos    int
	err    error // of src; kept
	ended  bool  // err is src's regular end: nothing follows what is in buf
	line   int   // of buf[pos]
	offset int64 // of buf[pos]
}

const firstBuffer = 64 << 10

func newFramer(src io.Reader) *framer {
	return &framer{src: src, buf: make([]byte, 0, firstBuffer), line: 1}
}

// head returns the first bytes of the text without taking them.
func (f *framer) head() ([]byte, error) {
	if err := f.fill(); err != nil {
		return nil, err
	}
	if f.err != nil && !f.ended {
		return nil, f.err
	}
	return f.buf, nil
}

// next returns the next record, good or malformed. Blank lines are passed over,
// and marks of byte order that stand within the text, where it was put together
// of several. The error is io.EOF after the last record, or the source's own.
func (f *framer) next() (frame, error) {
	if err := f.skipBlank(); err != nil {
		return frame{}, err
	}
	if end := plainEnd(f.rest()); end > 0 {
		return f.take(end, 0, ""), nil
	}
	for {
		end, code, done := f.scan(f.rest(), f.ended)
		if done && code != "" {
			return f.malformed(code)
		}
		if done && f.breakKnown(end) {
			return f.take(end, countBreaks(f.rest()[:end]), ""), nil
		}
		if err := f.fill(); err != nil {
			return frame{}, err
		}
	}
}

// plainEnd finds the end of a short record without quotes. Nearly all records
// are, and this is many times faster than scanning byte by byte. It returns -1
// for any other.
func plainEnd(text []byte) int {
	near := text[:min(len(text), 1<<10)] // where LF is never used, do not look far for it
	end := bytes.IndexByte(near, '\n')
	if end > 0 && near[end-1] == '\r' {
		end--
	}
	if end < 1 || bytes.IndexByte(near[:end], '"') >= 0 || bytes.IndexByte(near[:end], '\r') >= 0 {
		return -1
	}
	return end
}

// malformed takes the physical line that stands next.
func (f *framer) malformed(code Code) (frame, error) {
	for {
		end := bytes.IndexAny(f.rest(), "\r\n")
		if end < 0 {
			end = len(f.rest())
		}
		switch {
		case end > f.maxRecord:
			return f.tooLong()
		case (end < len(f.rest()) || f.ended) && f.breakKnown(end):
			return f.take(end, 0, code), nil
		}
		if err := f.fill(); err != nil {
			return frame{}, err
		}
	}
}

// tooLong takes the physical line that stands next, keeps its first MaxCell
// bytes, and reads over the others.
func (f *framer) tooLong() (frame, error) {
	keep := MaxCell
	for !utf8.RuneStart(f.rest()[keep]) && keep > MaxCell-utf8.UTFMax {
		keep--
	}
	long := frame{line: f.line, offset: f.offset, text: bytes.Clone(f.rest()[:keep]), code: RowTooLong}
	for {
		end := bytes.IndexAny(f.rest(), "\r\n")
		if end < 0 {
			end = len(f.rest())
		}
		f.advance(end, 0)
		if f.breakKnown(0) {
			long.end = f.take(0, 0, "").end
			return long, nil
		}
		if err := f.fill(); err != nil {
			return frame{}, err
		}
	}
}

// take consumes the next end bytes, and the line end behind them, as a record.
func (f *framer) take(end, breaks int, code Code) frame {
	n, _ := lineBreak(f.rest()[end:], true)
	taken := frame{
		line: f.line, offset: f.offset, code: code,
		text: f.rest()[:end], end: f.rest()[end : end+n],
	}
	f.advance(end+n, breaks+1)
	return taken
}

func (f *framer) skipBlank() error {
	for {
		n, known := lineBreak(f.rest(), f.ended)
		switch {
		case known && n > 0:
			f.advance(n, 1)
		case known && f.startsWith(bom):
			f.advance(len(bom), 0)
		case known && len(f.rest()) > 0:
			return nil
		default:
			if err := f.fill(); err != nil {
				return err
			}
		}
	}
}

// startsWith reports whether mark stands next.
func (f *framer) startsWith(mark string) bool {
	for f.pos < len(f.buf) && f.buf[f.pos] == mark[0] {
		if len(f.rest()) >= len(mark) || f.fill() != nil {
			return bytes.HasPrefix(f.rest(), []byte(mark))
		}
	}
	return false
}

// at is the line that is read next.
func (f *framer) at() int { return f.line }

func (f *framer) rest() []byte { return f.buf[f.pos:] }

func (f *framer) breakKnown(end int) bool {
	_, known := lineBreak(f.rest()[end:], f.ended)
	return known
}

func (f *framer) advance(n, lines int) {
	f.pos += n
	f.offset += int64(n)
	f.line += lines
}

// fill reads more, doubling the buffer when it is full, so that looking again
// from the start stays linear. An error of the source is returned by the call
// after the one that met it, when what came before it is used up. Only io.EOF
// is a regular end: io.ErrUnexpectedEOF is how an archive says that it was cut.
func (f *framer) fill() error {
	if f.err != nil {
		return f.err
	}
	if kept := len(f.rest()); kept == cap(f.buf) {
		f.buf = append(make([]byte, 0, 2*kept), f.rest()...)
	} else {
		f.buf = append(f.buf[:0], f.rest()...)
	}
	f.pos = 0
	for f.err == nil && len(f.buf) < cap(f.buf) {
		n, err := f.src.Read(f.buf[len(f.buf):cap(f.buf)])
		f.buf = f.buf[:len(f.buf)+n]
		f.err, f.ended = err, err == io.EOF
	}
	return nil
}
