package batch

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"os"
)

// spool is the plan on disk: one entry for each row of the roster, in order. It
// holds people's data, so the file has no name: it is gone when the run ends,
// however it ends.
type spool struct {
	file  *os.File
	out   *bufio.Writer
	size  int64
	rows  int
	marks []int64 // offset of every markEvery-th entry
	buf   []byte
}

// markEvery is how many entries share a mark: a jump to any entry reads half as
// many on the average, and the marks cost 8/markEvery bytes a row.
const markEvery = 64

// newSpool makes an empty spool in dir, which must be writable.
func newSpool(dir string) (*spool, error) {
	file, err := os.CreateTemp(dir, ".plan-*")
	if err != nil {
		return nil, &SpoolError{err}
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, &SpoolError{err}
	}
	return &spool{file: file, out: bufio.NewWriterSize(file, 256<<10)}, nil
}

// SpoolError says that the plan could not be kept on disk. Nothing was sent.
type SpoolError struct{ Err error }

func (e *SpoolError) Error() string {
	return fmt.Sprintf("cannot keep the plan on disk: %v (free some space, or choose another --out)", e.Err)
}

func (e *SpoolError) Unwrap() error { return e.Err }

func (s *spool) close() error { return s.file.Close() }

// add appends e and returns its number.
func (s *spool) add(e *entry) (rowRef, error) {
	var err error
	if s.buf, err = e.appendTo(s.buf[:0]); err != nil {
		return noRow, &SpoolError{err}
	}
	if s.rows%markEvery == 0 {
		s.marks = append(s.marks, s.size)
	}
	var head [binary.MaxVarintLen64]byte
	n := binary.PutUvarint(head[:], uint64(len(s.buf)))
	if _, err := s.out.Write(head[:n]); err != nil {
		return noRow, &SpoolError{err}
	}
	if _, err := s.out.Write(s.buf); err != nil {
		return noRow, &SpoolError{err}
	}
	s.size += int64(n + len(s.buf))
	s.rows++
	return rowRef(s.rows - 1), nil
}

// flush writes what is still in memory.
func (s *spool) flush() error {
	if err := s.out.Flush(); err != nil {
		return &SpoolError{err}
	}
	return nil
}

// at reads the entry with that number.
func (s *spool) at(row rowRef) (entry, error) {
	if err := s.flush(); err != nil {
		return entry{}, err
	}
	r := s.reader(s.marks[row/markEvery], 16<<10)
	for skip := row % markEvery; skip > 0; skip-- {
		if _, err := r.next(); err != nil {
			return entry{}, err
		}
	}
	return r.entry()
}

// all reads every entry in order.
func (s *spool) all() iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		if err := s.flush(); err != nil {
			yield(entry{}, err)
			return
		}
		r := s.reader(0, 256<<10)
		for range s.rows {
			e, err := r.entry()
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func (s *spool) reader(offset int64, buffer int) *spoolReader {
	section := io.NewSectionReader(s.file, offset, s.size-offset)
	return &spoolReader{in: bufio.NewReaderSize(section, buffer)}
}

type spoolReader struct {
	in  *bufio.Reader
	buf []byte
}

// next returns the bytes of one entry, valid until the following call.
func (r *spoolReader) next() ([]byte, error) {
	size, err := binary.ReadUvarint(r.in)
	if err != nil {
		return nil, &SpoolError{err}
	}
	if uint64(cap(r.buf)) < size {
		r.buf = make([]byte, size)
	}
	r.buf = r.buf[:size]
	if _, err := io.ReadFull(r.in, r.buf); err != nil {
		return nil, &SpoolError{err}
	}
	return r.buf, nil
}

func (r *spoolReader) entry() (e entry, err error) {
	text, err := r.next()
	if err != nil {
		return entry{}, err
	}
	err = e.parse(text)
	return e, err
}
