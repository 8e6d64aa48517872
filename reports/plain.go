package reports

import (
	"fmt"
	"io"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Plain writes text to w in which nothing acts on a terminal or hides from a reader:
// control and format characters are written as JSON escapes, such as \u001b, so that
// JSON stays what it was, and bytes that are no UTF-8 as U+FFFD. Line feeds and tabs
// stay. It is the one place through which all goes that a person may read: screens, the
// log, summary.json. A character whose bytes come in two writes is written with the
// second one.
func Plain(w io.Writer) io.Writer {
	if p, ok := w.(*plainWriter); ok {
		return p
	}
	return &plainWriter{w: w}
}

// Unplain is the writer behind Plain, for what draws on a terminal itself.
func Unplain(w io.Writer) io.Writer {
	if p, ok := w.(*plainWriter); ok {
		return p.w
	}
	return w
}

type plainWriter struct {
	w    io.Writer
	mu   sync.Mutex
	rest []byte // the beginning of a character
}

func (p *plainWriter) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	taken := len(text)
	if len(p.rest) > 0 {
		text = append(p.rest, text...)
		p.rest = nil
	}
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		if text[0] < utf8.RuneSelf && !acts(rune(text[0])) {
			out, text = append(out, text[0]), text[1:]
			continue
		}
		if !utf8.FullRune(text) {
			p.rest = append(p.rest, text...)
			break
		}
		r, size := utf8.DecodeRune(text)
		out, text = appendPlain(out, r), text[size:]
	}
	if _, err := p.w.Write(out); err != nil {
		return 0, err
	}
	return taken, nil
}

func appendPlain(out []byte, r rune) []byte {
	switch {
	case !acts(r):
		return utf8.AppendRune(out, r)
	case r > 0xffff:
		high, low := utf16.EncodeRune(r)
		return fmt.Appendf(out, `\u%04x\u%04x`, high, low)
	default:
		return fmt.Appendf(out, `\u%04x`, r)
	}
}

// acts reports whether a character does something else than to stand there.
func acts(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case r < ' ', r >= 0x7f && r < 0xa0, r == '\u2028', r == '\u2029':
		return true
	default:
		return r > 0xa0 && unicode.Is(unicode.Cf, r)
	}
}
