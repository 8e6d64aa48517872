package csvmap

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// EncodingError says that a roster that began as UTF-8 goes on as something else.
// [Roster.Retry] reads it anew where it is known as what. It is a *[RosterError]
// underneath.
type EncodingError struct {
	Path       string
	Line       int    // the first with other bytes
	Suggested  string // the likeliest of Encodings; "" when none is likely
	Confident  bool   // Suggested is right beyond reasonable doubt
	Candidates []string
	alien      string
}

func (e *EncodingError) Error() string { return e.Unwrap().Error() }

// Unwrap gives the error another form.
func (e *EncodingError) Unwrap() error {
	message := "is not UTF-8 from here on"
	if e.Line == 0 {
		message = "is not UTF-8"
	}
	switch {
	case e.Suggested == utf8Name:
		message = "is UTF-8 but for a few rows: give --encoding " + utf8Name + " to have them as problems"
	case e.Confident:
		message += ", but " + e.Suggested + ": give --encoding " + e.Suggested
	case e.alien != "":
		message += fmt.Sprintf(", and looks like %s, which is not read: save it as CSV UTF-8", e.alien)
	case len(e.Candidates) == 0:
		message += ", and its encoding cannot be told: save it as CSV UTF-8, or give --encoding"
	default:
		message += fmt.Sprintf(", and its encoding cannot be told for sure: save it as CSV UTF-8, or give --encoding (%s)",
			strings.Join(e.Candidates, ", "))
	}
	return &RosterError{Path: e.Path, Line: e.Line, Message: message}
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
	case utf8.Valid(head) || endsInCharacter(head):
		return newEncoding(utf8Name), 0, true, nil
	}
	g, err := r.guess()
	if err == nil && !g.confident {
		err = g.failure(r.path, 0)
	}
	if err == nil {
		r.note("the encoding was taken to be %s, going by the letters beyond ASCII; --encoding overrides that", g.name)
	}
	return newEncoding(g.name), 0, false, err
}

// overruled refuses an encoding that was chosen where the file's mark says
// another.
func (r *Roster) overruled(name string) error {
	if chosen := r.settings.encoding; chosen != "" && chosen != name {
		return refusal(fmt.Sprintf("begins with the mark of %s, whatever --encoding says (%s): leave --encoding out", name, chosen))
	}
	return nil
}

// guess reads the roster once more, for the lines that are not ASCII.
func (r *Roster) guess() (guess, error) {
	text, err := r.unpacked.text(r.source.reader())
	if err != nil {
		return guess{}, err
	}
	sample, err := sampleLines(text)
	if err != nil {
		return guess{}, err
	}
	if name := encodingName(r.writtenAs()); name != "" && !mostlyUTF8(sample) {
		return guess{name: name, confident: true}, nil
	}
	return guessEncoding(sample), nil
}

// failure says that the encoding is not known, or was not from a line on.
func (g guess) failure(path string, line int) *EncodingError {
	return &EncodingError{
		Path: path, Line: line, Suggested: g.name, Confident: g.confident, Candidates: g.candidates, alien: g.alien,
	}
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

// Retry opens the roster anew in the encoding that err suggests, where err is a
// confident *[EncodingError] that ended the roster's rows, or what they were read
// for. The roster itself can only be closed then. Any other err comes back as it
// is, nil too.
func (r *Roster) Retry(err error) (*Roster, error) {
	wrong, ok := errors.AsType[*EncodingError](err)
	if !ok || !wrong.Confident {
		return nil, err
	}
	again := &Roster{path: r.path, source: r.source, settings: r.settings, mapping: r.mapping}
	again.settings.encoding = wrong.Suggested
	again.note("the encoding is %s, as line %d shows first; --encoding overrides that", wrong.Suggested, wrong.Line)
	r.source = nil
	again.source.rewind()
	if err := again.open(); err != nil {
		_ = again.Close()
		return nil, err
	}
	return again, nil
}
