package csvmap

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
)

// source is the roster's bytes, hashed as they are read.
type source struct {
	io.Reader
	io.Closer
	sum hash.Hash
}

// openSource opens path, or takes stdin where path is "-".
func openSource(path string, stdin io.Reader) (*source, error) {
	if path == "-" {
		return &source{Reader: stdin, Closer: io.NopCloser(nil), sum: sha256.New()}, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, &RosterError{Path: path, Message: whyNotOpen(err), Err: err}
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		_ = file.Close()
		return nil, &RosterError{Path: path, Message: "is a folder, not a file: name the roster file in it"}
	}
	return &source{Reader: file, Closer: file, sum: sha256.New()}, nil
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.sum.Write(p[:n])
	return n, err
}

func (s *source) hex() string { return hex.EncodeToString(s.sum.Sum(nil)) }

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

// bareCause is what the operating system said, without the path.
func bareCause(err error) string {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err.Error()
	}
	return err.Error()
}

const bom = "\xef\xbb\xbf" // of UTF-8

// magics are how files begin that are no CSV text in UTF-8.
var magics = []struct{ start, looksLike string }{
	{"PK\x03\x04", "an Excel workbook (.xlsx) or a zip archive"},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"},
	{"%PDF", "a PDF document"},
	{"\x1f\x8b", "a gzip archive"},
	{"\xff\xfe", "text in UTF-16"},
	{"\xfe\xff", "text in UTF-16"},
}

// notText says what a file looks like whose first bytes are not text in UTF-8;
// "" when they may be.
func notText(head []byte) string {
	for _, magic := range magics {
		if bytes.HasPrefix(head, []byte(magic.start)) {
			return magic.looksLike
		}
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return "a binary file, or text in UTF-16 (it holds NUL bytes)"
	}
	return ""
}
