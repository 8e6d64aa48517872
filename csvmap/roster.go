package csvmap

import (
	"errors"
	"fmt"
	"io"
	"slices"
)

// Roster is an open roster file. Its rows can be ranged over once.
type Roster struct {
	path     string // for messages
	source   *source
	settings settings
	unpacked unpacked
	head     []byte // the first bytes of the text, while it is opened
	found    *guess // the encoding, where it had to be guessed
	late     int    // the line that showed it, where that was beyond head; 0 else
	decoder  *decoder
	sheet    *sheet   // nil for text
	mapping  *Mapping // nil for none
	unmapped error    // why the columns could not be mapped
	columns  []Column
	first    []string // notes that go before all others
	chosen   []string // notes on what the columns were taken for
	doubts   []Doubt
	sample   sample
	before   *List // of the run that a rerun file comes from; nil for none
	kitchen  kitchen
	format   Format
	line     int // of the header
	detected Detected
}

// Open opens the roster at path, "-" for stdin, and finds out what it is like.
// See [OpenWith].
func Open(path string, stdin io.Reader) (*Roster, error) {
	return OpenWith(path, stdin, OpenOptions{})
}

// OpenWith opens the roster at path, "-" for stdin, and reads as far as its
// header, or further where it takes that to tell its encoding. What the header's
// columns are is for [Roster.Map] and [Roster.Checker]. The error is a
// *[RosterError], a *[PartialError], or a *[RulesError] when the options are
// wrong.
func OpenWith(path string, stdin io.Reader, o OpenOptions) (*Roster, error) {
	settings, err := o.settings()
	if err != nil {
		return nil, err
	}
	src, err := openSource(path, stdin)
	if err != nil {
		return nil, err
	}
	if path == "-" {
		path = "standard input"
	}
	r := &Roster{path: path, source: src, settings: settings}
	if err := r.open(); err != nil {
		_ = r.Close()
		return nil, err
	}
	return r, nil
}

func (r *Roster) open() (err error) {
	if r.unpacked, err = unpack(r.source, r.settings.Format); err != nil {
		return r.openError(err)
	}
	r.detected.Format = r.unpacked.format
	r.detected.Notes = append(r.detected.Notes, r.unpacked.notes...)
	if r.unpacked.book != nil {
		err = r.openBook()
	} else {
		err = r.openText()
	}
	r.head = nil
	return r.openError(err)
}

// openError gives what went wrong while the roster was opened its public form.
func (r *Roster) openError(err error) error {
	why, refused := errors.AsType[refusal](err)
	switch {
	case err == nil, isTyped(err):
		return err
	case refused:
		return r.broken(0, string(why), nil)
	case errors.Is(err, errNoHeader):
		return r.broken(0, "is empty: it has neither a header nor rows", nil)
	case brokenOff(err) && r.settings.AllowPartial:
		return r.broken(0, "is cut off, and what is left cannot be read: export it again", err)
	case brokenOff(err):
		return &PartialError{Path: r.path, Message: cutOff}
	}
	return r.broken(0, "cannot be read: "+bareCause(err), err)
}

// isTyped reports whether err has a public form.
func isTyped(err error) bool {
	_, isBroken := errors.AsType[*RosterError](err) // an EncodingError too
	_, isPartial := errors.AsType[*PartialError](err)
	return isBroken || isPartial
}

// Close closes the file.
func (r *Roster) Close() error {
	var failed error
	if r.sheet != nil {
		failed = r.sheet.Close()
	}
	if r.unpacked.closer != nil {
		failed = errors.Join(failed, r.unpacked.closer.Close())
	}
	if r.source != nil {
		failed = errors.Join(failed, r.source.Close())
	}
	return failed
}

// Header returns the roster's own header cells as they stand, without the
// columns of a rerun file.
func (r *Roster) Header() []string { return slices.Clone(r.decoder.header) }

// Map takes what a mapping says of the columns, nil for nothing, in the place of
// what was mapped before: call it before Checker and Rows. The error is a
// *[MappingError] where the mapping does not fit the header, and else a
// *[RosterError] that says what HR has to change in the header. A roster of which
// nothing else can be made is open all the same.
func (r *Roster) Map(m *Mapping) error {
	found, err := mapHeader(r.decoder.header, m, &r.sample, r.before.columns())
	columns := found.columns
	r.mapping, r.columns, r.kitchen = m, columns, kitchen{}
	r.decoder.columns, r.doubts = columns, found.doubts
	r.first, r.chosen = found.notes()
	if err == nil {
		r.kitchen, err = m.bind(r.decoder.header, columns)
	}
	if _, typed := errors.AsType[*MappingError](err); err != nil && !typed {
		err = r.broken(r.line, err.Error(), err)
	}
	r.unmapped = err
	return err
}

// Columns returns what each of the roster's own columns was taken for. None was
// where the header could not be mapped, as [Roster.Checker] will say.
func (r *Roster) Columns() []Column { return slices.Clone(r.columns) }

// Doubts returns the columns of which a person has to say whether they are to be
// used, before anything is sent: by a mapping, or by accepting them as they are.
func (r *Roster) Doubts() []Doubt { return slices.Clone(r.doubts) }

// RunID returns the run that a rerun file belongs to: bulkinvite_run of the
// first row that has it. It is "" for any other roster.
func (r *Roster) RunID() string { return r.decoder.run }

// Format returns the roster's form, for writing rows back in it.
func (r *Roster) Format() Format { return r.format }

// Detected returns what the roster was taken for. Its notes are complete after
// Rows came to its end.
func (r *Roster) Detected() Detected {
	found := r.detected
	found.HeaderRow = r.line
	found.Notes = slices.Concat(r.first, found.Notes, r.chosen)
	if r.sheet == nil && r.settings.Sheet != "" {
		found.Notes = append(found.Notes, "it is no workbook, so that there is no sheet to choose")
	}
	if r.sheet != nil {
		found.Notes = append(found.Notes, r.sheet.notes(int(r.decoder.beyond.Load()))...)
	}
	return found
}

func (r *Roster) note(format string, args ...any) {
	r.detected.Notes = append(r.detected.Notes, fmt.Sprintf(format, args...))
}

// SHA256 returns the hash of the file's bytes, hex. It is valid after Rows came
// to its end.
func (r *Roster) SHA256() string { return r.source.hex() }

func (r *Roster) broken(line int, message string, cause error) error {
	return &RosterError{Path: r.path, Line: line, Message: message, Err: cause}
}
