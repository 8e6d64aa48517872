package argyle

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is kept of a value of the API, in bytes. What it sends stands in the ledger and
// in the results for years.
const (
	maxExact  = 512
	maxPhrase = 1024
)

// exact is a value that is of use only whole, such as an ID or a link: "" when it is
// longer than maxExact, or neither a text nor a number.
type exact string

// UnmarshalJSON takes any value: an unexpected one makes no invite unreadable.
func (e *exact) UnmarshalJSON(raw []byte) error {
	text := plain(raw)
	if len(text) > maxExact || bytes.IndexByte([]byte("{[tf"), raw[0]) >= 0 {
		text = ""
	}
	*e = exact(text)
	return nil
}

// phrase is a value that is compared, or read by people: at most maxPhrase. What is no
// text is kept as it is written, so that nobody takes it for a missing value.
type phrase string

// UnmarshalJSON takes any value: an unexpected one makes no invite unreadable.
func (p *phrase) UnmarshalJSON(raw []byte) error {
	*p = phrase(clip(plain(raw), maxPhrase))
	return nil
}

// plain is a JSON value as a text, "" for null, without control and format characters:
// a line break or a mark that turns the direction of writing round would change what a
// person reads.
func plain(raw []byte) string {
	var text string
	switch {
	case raw[0] == '"':
		text = unquote(raw)
	case string(raw) != "null":
		text = string(raw)
	}
	if strings.ContainsFunc(text, invisible) {
		text = strings.Map(seen, text)
	}
	return strings.TrimSpace(text)
}

// unquote reads a JSON text, which encoding/json has found to be one.
func unquote(raw []byte) string {
	inner := raw[1 : len(raw)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner)
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return ""
	}
	return text
}

// invisible reports whether r is a control or a format character: C0, C1, marks of the
// direction of writing, zero-width ones, separators of lines and paragraphs.
func invisible(r rune) bool {
	return r < ' ' || r >= 0x7f && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp))
}

// seen leaves a space where a line or a column ends.
func seen(r rune) rune {
	switch {
	case !invisible(r):
		return r
	case unicode.IsSpace(r):
		return ' '
	default:
		return -1
	}
}

// clip keeps at most so many bytes, and no half of a character.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
