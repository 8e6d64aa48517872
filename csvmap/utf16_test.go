package csvmap

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"pgregory.net/rapid"
)

// Any bytes in UTF-16, whole characters or not, come back as they were.
func TestUTF16ComesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		units := rapid.SliceOf(rapid.OneOf(rapid.Uint16(), rapid.Uint16Range(0xd800, 0xdfff))).Draw(rt, "units")
		for _, order := range []byteOrder{binary.LittleEndian, binary.BigEndian} {
			var text []byte
			for _, unit := range units {
				text = order.AppendUint16(text, unit)
			}
			turned, err := io.ReadAll(newUTF16Reader(threes{bytes.NewReader(text)}, order))
			if err != nil {
				rt.Fatal(err)
			}
			if got := appendUTF16(nil, string(turned), order); !bytes.Equal(got, text) {
				rt.Fatalf("% x became % x", text, got)
			}
			if _, err := io.ReadAll(newUTF16Reader(bytes.NewReader(append(text, 'x')), order)); !errors.Is(err, io.ErrUnexpectedEOF) {
				rt.Fatal(err)
			}
		}
	})
}

// threes reads three bytes at a time.
type threes struct{ io.Reader }

func (r threes) Read(p []byte) (int, error) { return r.Reader.Read(p[:min(3, len(p))]) }
