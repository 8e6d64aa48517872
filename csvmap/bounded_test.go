package csvmap

import (
	"archive/zip"
	"errors"
	"io"
	"testing"
)

// The bounds hold where no archive of a test can reach them.
func TestBounds(t *testing.T) {
	read := func(given, packed int64) error {
		b := &bounded{Reader: io.LimitReader(endless{}, 1), packed: func() int64 { return packed }, most: maxUnpacked, given: given}
		_, err := b.Read(make([]byte, 1))
		return err
	}
	for _, tt := range []struct {
		given, packed int64
		bomb          bool
	}{
		{maxUnpacked - 1, maxUnpacked, false}, {maxUnpacked, maxUnpacked, true}, {freeUnpacked - 1, 0, false}, {freeUnpacked, 0, true},
		{1 << 30, 1 << 30 / maxRatio, false}, {1<<30 + 2*maxRatio, 1 << 30 / maxRatio, true},
	} {
		if err := read(tt.given, tt.packed); errors.Is(err, errBomb) != tt.bomb {
			t.Errorf("%+v: %v", tt, err)
		}
	}
	archive := &zip.Reader{File: []*zip.File{
		{FileHeader: zip.FileHeader{UncompressedSize64: 1 << 63, CompressedSize64: 1 << 63}},
		{FileHeader: zip.FileHeader{UncompressedSize64: 1 << 63, CompressedSize64: 1 << 63}},
	}}
	if err := within(archive); !errors.Is(err, errBomb) {
		t.Error(err)
	}
}
