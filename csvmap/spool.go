package csvmap

import (
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
)

// spool keeps what came in a stream, so that it can be read again, and at any
// place: in memory while it is small, else in a file without a name, which is
// gone when the program ends, however it ends. It reads its stream no further
// than it is asked for.
type spool struct {
	src    io.Reader // may be nil
	most   int       // bytes to keep in memory
	memory []byte
	file   *os.File // nil while memory does
	size   int64
	end    error // how src ended; nil while it has not
}

// spoolMemory is how much a spool keeps in memory, in bytes.
const spoolMemory = 4 << 20

func newSpool(src io.Reader) *spool { return &spool{src: src, most: spoolMemory} }

func spoolError(err error) error {
	return errors.New("it cannot be kept in the folder for temporary files: " + bareCause(err))
}

// Write appends p.
func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && len(s.memory)+len(p) > s.most {
		if err := s.moveToFile(); err != nil {
			return 0, spoolError(err)
		}
	}
	if s.file == nil {
		s.memory = append(s.memory, p...)
	} else if _, err := s.file.WriteAt(p, s.size); err != nil {
		return 0, spoolError(err)
	}
	s.size += int64(len(p))
	return len(p), nil
}

func (s *spool) moveToFile() error {
	file, err := os.CreateTemp("", ".bulkinvite-*")
	if err != nil {
		return err
	}
	if err := os.Remove(file.Name()); err != nil {
		_ = file.Close()
		return err
	}
	s.file = file
	_, err = file.WriteAt(s.memory, 0)
	s.memory = nil
	return err
}

// ReadAt reads len(p) bytes at offset, waiting for the stream where it must. Its
// error is the stream's own where that ended before.
func (s *spool) ReadAt(p []byte, offset int64) (int, error) {
	if offset < 0 || offset > math.MaxInt64-int64(len(p)) { // a damaged archive says so
		return 0, fs.ErrInvalid
	}
	s.pull(offset + int64(len(p)))
	left := max(0, s.size-offset)
	want := p[:min(int64(len(p)), left)]
	if s.file == nil {
		copy(want, s.memory[min(offset, s.size):])
	} else if n, err := s.file.ReadAt(want, offset); n < len(want) {
		return n, err
	}
	if len(want) < len(p) {
		return len(want), s.end
	}
	return len(want), nil
}

// pull takes in the stream until size bytes are here, or it ends.
func (s *spool) pull(size int64) {
	if s.src == nil && s.end == nil {
		s.end = io.EOF
	}
	var chunk [32 << 10]byte
	for s.end == nil && s.size < size {
		n, err := s.src.Read(chunk[:])
		if _, failed := s.Write(chunk[:n]); failed != nil {
			err = failed
		}
		s.end = err
	}
}

// Close gives the room back.
func (s *spool) Close() error {
	s.memory = nil
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}
