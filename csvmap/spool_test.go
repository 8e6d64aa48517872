package csvmap

import (
	"bytes"
	"io"
	"testing"

	"pgregory.net/rapid"
)

// What came in a stream can be read again at any place, in memory and beyond.
func TestSpool(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.SampledFrom([]int{0, 1, 100, 999, 1000, 1001, 100_000}).Draw(rt, "size")
		text := bytes.Repeat([]byte("0123456789abcdef-"), size/17+1)[:size]
		kept := newSpool(bytes.NewReader(text))
		kept.most = 1000
		defer func() { _ = kept.Close() }()
		for range 5 {
			offset := rapid.IntRange(0, size+10).Draw(rt, "offset")
			piece := make([]byte, rapid.IntRange(0, 100).Draw(rt, "length"))
			n, err := kept.ReadAt(piece, int64(offset))
			want := text[min(offset, size):min(offset+len(piece), size)]
			if !bytes.Equal(piece[:n], want) || (err == nil) != (n == len(piece)) {
				rt.Fatal(offset, n, err)
			}
		}
		all, err := io.ReadAll(io.NewSectionReader(kept, 0, int64(size)))
		if err != nil || !bytes.Equal(all, text) {
			rt.Fatal(len(all), err)
		}
	})
}
