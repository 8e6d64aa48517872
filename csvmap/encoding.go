package csvmap

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"
)

// The encodings, as they are named to people.
const (
	utf8Name    = "UTF-8"
	utf16LEName = "UTF-16LE"
	utf16BEName = "UTF-16BE"
	win1252     = "Windows-1252"
	latin1      = "ISO-8859-1"
	latin9      = "ISO-8859-15"
	macRoman    = "MacRoman"
	win1250     = "Windows-1250"
	win1251     = "Windows-1251"
	win1254     = "Windows-1254" // but for six letters Windows-1252, for which it would be taken
	shiftJIS    = "Shift-JIS"
)

// Encodings returns the names of the encodings that are read and written.
func Encodings() []string {
	return []string{utf8Name, utf16LEName, utf16BEName, win1252, latin1, latin9, macRoman, win1250, win1251, win1254, shiftJIS}
}

// spellings are other names of encodings, without their punctuation.
var spellings = map[string]string{
	"utf16": utf16LEName, "cp1252": win1252, "ansi": win1252, "latin1": latin1, "latin9": latin9, "macintosh": macRoman,
	"mac": macRoman, "cp1250": win1250, "cp1251": win1251, "cp1254": win1254, "sjis": shiftJIS, "cp932": shiftJIS, "windows31j": shiftJIS,
}

// encodingName finds the encoding that is meant by name; "" for none.
func encodingName(name string) string {
	bare := func(text string) string {
		return strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(text))
	}
	if i := slices.IndexFunc(Encodings(), func(known string) bool { return bare(known) == bare(name) }); i >= 0 {
		return Encodings()[i]
	}
	return spellings[bare(name)]
}

// encoding is how characters stand in bytes.
//
// In all encodings but UTF-16 the line ends, quotes and delimiters are the bytes
// that they are in ASCII, and those bytes are nothing else. So records are cut
// from the bytes as they stand and kept so, which makes writing them back exact;
// only the cells are decoded. Nothing but | is found in Shift-JIS within another
// character: there it does not set cells apart. UTF-16 is turned into UTF-8 on
// the way in, and back on the way out.
type encoding struct {
	name  string
	high  *[128]string     // what the bytes from 0x80 on mean; nil where they mean nothing by themselves
	chars *charmap.Charmap // beside high
	wide  byteOrder        // of UTF-16; nil else
}

// undefined stands for a byte that the encoding has no meaning for. It is no
// UTF-8 either, so the cell that it stands in is a problem.
const undefined = "\xff"

// newEncoding returns an encoding by its name, "" for UTF-8. They are made once.
func newEncoding(name string) encoding {
	if made, ok := encodings.Load(name); ok {
		return made.(encoding)
	}
	e := makeEncoding(name)
	encodings.Store(name, e)
	return e
}

var encodings sync.Map // of encoding by its name

func makeEncoding(name string) encoding {
	e := encoding{name: name}
	switch name {
	case utf16LEName:
		e.wide = binary.LittleEndian
	case utf16BEName:
		e.wide = binary.BigEndian
	case win1252, latin1: // all that Windows-1252 has more than ISO-8859-1 are characters in place of controls
		e.chars = charmap.Windows1252
	case latin9:
		e.chars = charmap.ISO8859_15
	case macRoman:
		e.chars = charmap.Macintosh
	case win1250:
		e.chars = charmap.Windows1250
	case win1251:
		e.chars = charmap.Windows1251
	case win1254:
		e.chars = charmap.Windows1254
	}
	if e.chars != nil {
		e.high = new([128]string)
		for i := range e.high {
			e.high[i] = undefined
			if r := e.chars.DecodeByte(byte(0x80 + i)); r >= 0xa0 && r != utf8.RuneError {
				e.high[i] = string(r)
			}
		}
	}
	return e
}

// foreign reports whether a record's bytes are in an encoding that is no UTF-8.
func (e *encoding) foreign() bool { return e.high != nil || e.name == shiftJIS }

// mark is the encoding's name as it stands in a rerun file.
func (e *encoding) mark() string { return strings.ToLower(e.name) }

// decode returns a record's text in UTF-8: text itself where that is ASCII, else
// in space.
func (e *encoding) decode(space, text []byte) []byte {
	if !e.foreign() || isASCII(text) {
		return text
	}
	return e.decodeInto(space, text)
}

// decodeInto decodes text, which is in a foreign encoding, in space.
func (e *encoding) decodeInto(space, text []byte) []byte {
	if e.high == nil {
		space, _, _ = transform.Append(japanese.ShiftJIS.NewDecoder(), space[:0], text)
		return bytes.ReplaceAll(space, []byte("\uFFFD"), []byte(undefined))
	}
	space = space[:0]
	for len(text) > 0 {
		n := 0
		for n < len(text) && text[n] < utf8.RuneSelf {
			n++
		}
		space, text = append(space, text[:n]...), text[n:]
		if len(text) > 0 {
			space, text = append(space, e.high[text[0]-utf8.RuneSelf]...), text[1:]
		}
	}
	return space
}

// encode is decode turned round. What the encoding lacks becomes a question mark.
func (e *encoding) encode(text string) string {
	switch {
	case e.wide != nil:
		return string(appendUTF16(nil, text, e.wide))
	case !e.foreign() || isASCII([]byte(text)):
		return text
	}
	var out []byte
	for _, r := range text {
		if e.chars != nil {
			if b, ok := e.chars.EncodeRune(r); ok {
				out = append(out, b)
			} else {
				out = append(out, '?')
			}
		} else if coded, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(string(r))); err == nil {
			out = append(out, coded...)
		} else {
			out = append(out, '?')
		}
	}
	return string(out)
}

// rewrite gives a record's bytes the form that they had in the file.
func (e *encoding) rewrite(raw string) string {
	if e.wide == nil {
		return raw
	}
	return e.encode(raw)
}

// isASCII looks at eight bytes at a time: it sees every row.
func isASCII(text []byte) bool {
	const high = 0x8080808080808080
	for ; len(text) >= 8; text = text[8:] {
		if binary.LittleEndian.Uint64(text)&high != 0 {
			return false
		}
	}
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
