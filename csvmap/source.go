package csvmap

import (
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
)

// source is the roster's bytes as they stand on disk or come in, to be read from
// the start as often as it takes, and at any place.
type source struct {
	io.ReaderAt
	io.Closer
	file   *os.File // nil for a stream
	spool  *spool   // of a stream; nil for a file
	opened fs.FileInfo
	sum    hash.Hash
	hashed io.Reader
}

// openSource opens path, or takes stdin where path is "-".
func openSource(path string, stdin io.Reader) (*source, error) {
	if path == "-" {
		return streamSource(stdin, io.NopCloser(nil)), nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, &RosterError{Path: path, Message: whyNotOpen(err), Err: err}
	}
	info, err := file.Stat()
	switch {
	case err != nil:
		_ = file.Close()
		return nil, &RosterError{Path: path, Message: whyNotOpen(err), Err: err}
	case info.IsDir():
		_ = file.Close()
		return nil, &RosterError{Path: path, Message: "is a folder, not a file: name the roster file in it"}
	case !info.Mode().IsRegular(): // a pipe, say
		return streamSource(file, file), nil
	}
	s := &source{ReaderAt: file, Closer: file, file: file, opened: info}
	s.rewind()
	return s, nil
}

func streamSource(stream io.Reader, end io.Closer) *source {
	kept := newSpool(stream)
	s := &source{ReaderAt: kept, Closer: closers{kept, end}, spool: kept}
	s.rewind()
	return s
}

type closers []io.Closer

func (all closers) Close() error {
	var failed error
	for _, c := range all {
		failed = errors.Join(failed, c.Close())
	}
	return failed
}

// reader reads the source from its start.
func (s *source) reader() io.Reader { return io.NewSectionReader(s, 0, math.MaxInt64) }

// rewind makes hashed ready to be read from the start.
func (s *source) rewind() {
	s.sum = sha256.New()
	s.hashed = io.TeeReader(s.reader(), s.sum)
}

// finish hashes what of the source was not read, or not in order.
func (s *source) finish() error {
	_, err := io.Copy(io.Discard, s.hashed)
	return err
}

// length is how many bytes the source has. A stream is taken in for that.
func (s *source) length() (int64, error) {
	if s.spool == nil {
		return s.opened.Size(), nil
	}
	s.spool.pull(math.MaxInt64)
	if !errors.Is(s.spool.end, io.EOF) {
		return 0, s.spool.end
	}
	return s.spool.size, nil
}

// changed reports whether the file is another than when it was opened. One that
// was replaced by a new file is not: the old one is what is read.
func (s *source) changed() bool {
	if s.file == nil {
		return false
	}
	now, err := s.file.Stat()
	return err != nil || now.Size() != s.opened.Size() || !now.ModTime().Equal(s.opened.ModTime())
}

func (s *source) hex() string { return hex.EncodeToString(s.sum.Sum(nil)) }

// damages are how archives say that they are not as they were written.
var damages = []error{zip.ErrFormat, zip.ErrChecksum, gzip.ErrHeader, gzip.ErrChecksum}

func whyNotOpen(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file: check the path"
	case errors.Is(err, fs.ErrPermission):
		return "may not be read by this user: change its permissions"
	default:
		return "cannot be opened: " + bareCause(err)
	}
}

// bareCause is what went wrong, as the operating system says it, without the path.
func bareCause(err error) string {
	if _, corrupt := errors.AsType[flate.CorruptInputError](err); corrupt || slices.ContainsFunc(damages, func(damage error) bool {
		return errors.Is(err, damage)
	}) {
		return "the archive is damaged: export it again"
	}
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err.Error()
	}
	return err.Error()
}
