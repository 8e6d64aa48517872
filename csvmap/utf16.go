package csvmap

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// utf16Reader turns UTF-16 into UTF-8. Half a surrogate pair becomes the three
// bytes that UTF-8 would have for it, which are no valid UTF-8, so that nothing
// is lost on the way back. A stream that ends in half a character ends with
// io.ErrUnexpectedEOF.
type utf16Reader struct {
	src   io.Reader
	order byteOrder
	in    [16 << 10]byte
	left  int // bytes at the start of in that are not turned yet
	space []byte
	out   []byte // of space: turned and not yet read
	err   error
}

func newUTF16Reader(src io.Reader, order byteOrder) *utf16Reader {
	return &utf16Reader{src: src, order: order}
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		u.fill()
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

func (u *utf16Reader) fill() {
	n, err := u.src.Read(u.in[u.left:])
	n += u.left
	u.err = err
	u.space = u.space[:0]
	at := 0
	for ; n-at >= 2; at += 2 {
		unit := rune(u.order.Uint16(u.in[at:]))
		if utf16.IsSurrogate(unit) {
			if n-at < 4 && err == nil {
				break // its other half is still to come
			}
			if n-at >= 4 {
				if whole := utf16.DecodeRune(unit, rune(u.order.Uint16(u.in[at+2:]))); whole != utf8.RuneError {
					u.space = utf8.AppendRune(u.space, whole)
					at += 2
					continue
				}
			}
			u.space = append(u.space, 0xe0|byte(unit>>12), 0x80|byte(unit>>6)&0x3f, 0x80|byte(unit)&0x3f)
			continue
		}
		u.space = utf8.AppendRune(u.space, unit)
	}
	u.out = u.space
	u.left = copy(u.in[:], u.in[at:n])
	if err == io.EOF && u.left > 0 {
		u.err = io.ErrUnexpectedEOF
	}
}

// appendUTF16 is the reader turned round.
func appendUTF16(out []byte, text string, order byteOrder) []byte {
	unit := func(r rune) { out = order.AppendUint16(out, uint16(r)) }
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && n == 1 && len(text) >= 3 && text[0] == 0xed && text[1] >= 0xa0:
			unit(0xd000 | rune(text[1]&0x3f)<<6 | rune(text[2]&0x3f))
			n = 3
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			unit(high)
			unit(low)
		default:
			unit(r)
		}
		text = text[n:]
	}
	return out
}

// looksUTF16 tells text in UTF-16 from its first bytes, by its mark, or by the
// NUL in every other byte that ASCII has there: delimiters, line ends, digits and
// addresses, in whatever script the names are.
func looksUTF16(head []byte) (name string, hasMark bool) {
	switch {
	case len(head) < 2:
		return "", false
	case head[0] == 0xff && head[1] == 0xfe:
		return utf16LEName, true
	case head[0] == 0xfe && head[1] == 0xff:
		return utf16BEName, true
	}
	for name, order := range map[string]byteOrder{utf16LEName: binary.LittleEndian, utf16BEName: binary.BigEndian} {
		ascii, odd := 0, 0
		for at := 0; at+1 < len(head); at += 2 {
			switch unit := order.Uint16(head[at:]); {
			case unit == '\t' || isBreak(byte(unit)) && unit < 0x80 || unit >= ' ' && unit < 0x7f:
				ascii++
			case unit < 0xa0:
				odd++
			}
		}
		if ascii > len(head)/2/4 && odd <= len(head)/2/100 {
			return name, false
		}
	}
	return "", false
}
