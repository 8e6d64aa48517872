package csvmap

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// EncodingError says that a roster that began as UTF-8 goes on as something else.
// [Roster.Retry] reads it anew. It is a *[RosterError] underneath.
type EncodingError struct {
	Path string
	Line int // the first with other bytes
}

func (e *EncodingError) Error() string { return e.Unwrap().Error() }

// Unwrap gives the error another form.
func (e *EncodingError) Unwrap() error {
	return &RosterError{Path: e.Path, Line: e.Line, Message: "is not UTF-8 from here on: save it as CSV UTF-8, or give --encoding"}
}

// notUTF8 ends a stream that was taken for UTF-8.
type notUTF8 struct{ line int }

func (e *notUTF8) Error() string { return fmt.Sprintf("line %d is not UTF-8", e.line) }

// validPart returns the start of text that is UTF-8.
func validPart(text []byte) []byte {
	at := 0
	for at < len(text) {
		r, n := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return text[:at]
}

// endsInCharacter reports whether text is UTF-8 but for its end, which may be the
// start of a character.
func endsInCharacter(text []byte) bool {
	rest := text[len(validPart(text)):]
	return len(rest) > 0 && !utf8.FullRune(rest)
}

// settle finds out the encoding of text that begins with head. assumed is set
// where that is UTF-8 only as far as was seen.
func (r *Roster) settle(head []byte) (found encoding, mark int, assumed bool, err error) {
	wide, hasMark := looksUTF16(head)
	chosen := r.settings.encoding
	switch {
	case bytes.HasPrefix(head, []byte(bom)):
		return newEncoding(utf8Name), len(bom), false, r.overruled(utf8Name)
	case hasMark:
		return newEncoding(wide), len("\xff\xfe"), false, r.overruled(wide)
	case chosen != "":
		return newEncoding(chosen), 0, false, nil
	case wide != "":
		return newEncoding(wide), 0, false, nil
	case r.found == nil && (utf8.Valid(head) || endsInCharacter(head)):
		return newEncoding(utf8Name), 0, true, nil
	}
	if r.found == nil {
		g, err := r.guess()
		if err != nil {
			return encoding{}, 0, false, err
		}
		r.found = &g
	}
	r.noteFound()
	return newEncoding(r.found.name), 0, false, nil
}

// noteFound says what the encoding was found to be.
func (r *Roster) noteFound() {
	const overrides = "--encoding overrides that"
	switch g := r.found; {
	case !g.confident && g.alien != "":
		r.note("its letters look like %s, which is not read: rows that have some where they count are held; save it as CSV UTF-8", g.alien)
	case !g.confident && len(g.candidates) == 0:
		r.note("its encoding cannot be told: rows with letters beyond ASCII where they count are held; save it as CSV UTF-8, or give --encoding")
	case !g.confident:
		r.note("its encoding cannot be told for sure: rows with letters beyond ASCII where they count are held; save it as CSV UTF-8, or give --encoding (%s)",
			strings.Join(g.candidates, " or "))
	case r.late > 0:
		r.note("the encoding is %s, as line %d shows first; %s", g.name, r.late, overrides)
	default:
		r.note("the encoding was taken to be %s, going by the letters beyond ASCII; %s", g.name, overrides)
	}
}

// overruled refuses an encoding that was chosen where the file's mark says
// another.
func (r *Roster) overruled(name string) error {
	if chosen := r.settings.encoding; chosen != "" && chosen != name {
		return refusal(fmt.Sprintf("begins with the mark of %s, whatever --encoding says (%s): leave --encoding out", name, chosen))
	}
	return nil
}

// guess reads the roster once more, for what is not ASCII in it.
func (r *Roster) guess() (guess, error) {
	e, err := r.gather()
	if err != nil {
		return guess{}, err
	}
	if name := encodingName(r.writtenAs()); name != "" && !e.isUTF8() {
		return guess{name: name, confident: true}, nil
	}
	return e.guess(r.settings.usual), nil
}

// writtenAs is the encoding in which a rerun file says that it was written.
func (r *Roster) writtenAs() string {
	if r.decoder != nil {
		return r.decoder.layout.as()
	}
	_, rest, _ := bytes.Cut(r.head, []byte(asPrefix))
	end := bytes.IndexFunc(rest, func(c rune) bool {
		return c != '-' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z')
	})
	return string(rest[:max(end, 0)])
}

// Retry opens the roster anew where err is an *[EncodingError] that ended the
// roster's rows, or what they were read for. The roster itself can only be closed
// then. Any other err comes back as it is, nil too.
func (r *Roster) Retry(err error) (*Roster, error) {
	wrong, ok := errors.AsType[*EncodingError](err)
	if !ok {
		return nil, err
	}
	g, err := r.guess()
	if err != nil {
		return nil, r.openError(err)
	}
	return r.anew(&g, wrong.Line)
}

// RecallEncoding tells which encoding the list had when it was read the last time, one of
// Encodings. Where its letters leave a doubt tonight, that one counts: then the
// roster is opened anew, and r itself can only be closed. Else it returns r.
// Call it before Rows.
func (r *Roster) RecallEncoding(usual string) (*Roster, error) {
	r.settings.usual = usual
	if r.found == nil || r.found.confident {
		return r, nil
	}
	g, err := r.guess()
	if err != nil {
		return nil, r.openError(err)
	}
	if !g.confident {
		return r, nil
	}
	return r.anew(&g, 0)
}

// anew opens the roster in the encoding that was found, late in line late.
func (r *Roster) anew(found *guess, late int) (*Roster, error) {
	again := &Roster{path: r.path, source: r.source, settings: r.settings, mapping: r.mapping, found: found, late: late}
	r.source = nil
	again.source.rewind()
	if err := again.open(); err != nil {
		_ = again.Close()
		return nil, err
	}
	return again, nil
}
