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
	file   *os.File
	out    *bufio.Writer
	size   int64
	rows   int
	blocks []block
	buf    []byte
	head   [binary.MaxVarintLen64]byte // of the entry that is written
}

// block is blockRows entries side by side. The blocks of a usual night hold a few
// rows to be sent between them all: the others are not read to find those.
type block struct {
	offset int64
	open   bool // it has an entry whose outcome the plan left to the send
	fresh  bool // it has an entry that may teach the ledger something
}

// blockRows is how many entries share a block: a jump to any entry reads half as
// many on the average, and the blocks cost 16/blockRows bytes a row.
const blockRows = 64

// The blocks to read.
func everyBlock(block) bool    { return true }
func openBlocks(b block) bool  { return b.open }
func freshBlocks(b block) bool { return b.fresh }

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
	if s.rows%blockRows == 0 {
		s.blocks = append(s.blocks, block{offset: s.size})
	}
	here := &s.blocks[len(s.blocks)-1]
	here.open = here.open || e.open()
	here.fresh = here.fresh || e.Fresh
	n := binary.PutUvarint(s.head[:], uint64(len(s.buf)))
	if _, err := s.out.Write(s.head[:n]); err != nil {
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
	r := s.reader(s.blocks[row/blockRows].offset, 16<<10)
	for skip := row % blockRows; skip > 0; skip-- {
		if _, err := r.next(); err != nil {
			return entry{}, err
		}
	}
	return r.entry()
}

// all reads the entries of the blocks that are wanted, in order.
func (s *spool) all(wanted func(block) bool) iter.Seq2[parcel, error] {
	return func(yield func(parcel, error) bool) {
		if err := s.flush(); err != nil {
			yield(parcel{}, err)
			return
		}
		var r *spoolReader // nil: not at the next entry
		for row := 0; row < s.rows; row++ {
			if here := s.blocks[row/blockRows]; row%blockRows == 0 {
				if !wanted(here) {
					row += blockRows - 1
					r = nil
					continue
				}
				if r == nil {
					r = s.reader(here.offset, 64<<10)
				}
			}
			e, err := r.entry()
			if !yield(parcel{rowRef(row), e}, err) || err != nil {
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
