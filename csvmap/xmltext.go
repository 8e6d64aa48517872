package csvmap

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// appendUnescaped resolves the entities that XML has by itself. What is none
// stays as it is.
func appendUnescaped(to, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(to, text...)
		}
		to, text = append(to, text[:i]...), text[i:]
		end := bytes.IndexByte(text[:min(len(text), 12)], ';')
		if end < 0 {
			to, text = append(to, '&'), text[1:]
			continue
		}
		if r, ok := entity(string(text[1:end])); ok {
			to = utf8.AppendRune(to, r)
		} else {
			to = append(to, text[:end+1]...)
		}
		text = text[end+1:]
	}
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	code, err := strconv.ParseUint(digits, base, 21)
	return rune(code), err == nil && utf8.ValidRune(rune(code))
}

// unescapeControls resolves _x000D_ and the like, in place: so a workbook writes
// characters that XML cannot hold.
func unescapeControls(text []byte) []byte {
	const size = len("_x000D_")
	kept := text[:0]
	for i := 0; i < len(text); i++ {
		if text[i] == '_' && i+size <= len(text) && text[i+1] == 'x' && text[i+size-1] == '_' {
			if r, ok := entity("#" + string(text[i+1:i+size-1])); ok && r < 0x80 {
				kept = append(kept, byte(r))
				i += size - 1
				continue
			}
		}
		kept = append(kept, text[i])
	}
	return kept
}
