package csvmap

import (
	"archive/zip"
	"compress/gzip"
	"errors"
	"io"
)

// How far an archive may unpack. Ten million rows are about 1 GiB of text. The
// names and addresses of people pack to a fifth at best, and those of a test to
// a twentieth: what goes beyond one in two hundred was made to fill a disk. The
// first bytes are free, for a small file may well be nearly empty cells.
const (
	maxUnpacked  = 4 << 30
	freeUnpacked = 64 << 20
	maxRatio     = 200
)

var errBomb = errors.New("it unpacks to more than any roster has, as archives do that are made to fill a disk: give the roster itself, unpacked")

// bounded reads what an archive unpacks to, and refuses a bomb.
type bounded struct {
	io.Reader
	packed func() int64 // bytes that were unpacked so far
	most   int64        // bytes to give at the most
	given  int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.given += int64(n)
	if explodes(b.given, b.packed(), b.most) {
		return 0, errBomb
	}
	return n, err
}

func explodes(given, packed, most int64) bool {
	return given > most || given > freeUnpacked && given/maxRatio > packed
}

// within checks the sizes that a workbook's parts claim. The zip reader ends
// with an error where a part is larger than it claims.
func within(archive *zip.Reader) error {
	var given, packed uint64
	for _, f := range archive.File {
		given, packed = given+min(f.UncompressedSize64, maxUnpacked), packed+min(f.CompressedSize64, maxUnpacked)
		if explodes(int64(given), int64(packed), maxUnpacked) {
			return errBomb
		}
	}
	return nil
}

// gunzip reads the text in a gzip stream.
func gunzip(raw io.Reader) (io.Reader, error) {
	in := &counted{Reader: raw}
	out, err := gzip.NewReader(in)
	if errors.Is(err, io.EOF) {
		return nil, io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, err
	}
	return &bounded{Reader: out, packed: func() int64 { return in.n }, most: maxUnpacked}, nil
}

// counted counts what is read.
type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}
