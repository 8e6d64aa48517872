package csvmap

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// records gives a roster's records one by one: from text, or from a sheet. The
// error is io.EOF after the last one, or why there is no next one; then it
// stays so.
type records interface {
	next() (frame, error)
	at() int // the line that is read next
}

// heading is what stands at the top of a roster.
type heading struct {
	above []frame // lines over the header
	top   frame   // the header
	below []frame // rows that were read to find it
}

// titleWindow is how many records are looked at to find the header.
const titleWindow = 32

var errNoHeader = errors.New("no header")

// findHeading finds the header. It is the record on line, or, where that is 0,
// the first one, unless a later one is clearly the header of a report: it has two
// columns that are known, and every record above it fewer cells that are filled,
// and none that is known.
func findHeading(from records, parse func(frame) []string, line int) (heading, error) {
	var read []frame
	var widest, at int
	for at = 0; at < titleWindow || line > 0; at++ {
		next, err := from.next()
		if err != nil && (len(read) == 0 || line > 0 || !errors.Is(err, io.EOF)) {
			return heading{}, headingError(err, line)
		}
		if err != nil {
			break
		}
		next.text, next.end = bytes.Clone(next.text), bytes.Clone(next.end)
		read = append(read, next)
		cells := parse(next)
		filled, known := countFilled(cells), countKnown(cells)
		switch {
		case line > 0 && next.line > line:
			return heading{}, headingError(io.EOF, line)
		case line > 0 && next.line == line, line == 0 && at == 0 && known > 0, line == 0 && known > 1 && filled > widest:
			return heading{above: read[:at], top: next}, nil
		}
		widest = max(widest, filled)
	}
	return heading{top: read[0], below: read[1:]}, nil
}

func headingError(err error, line int) error {
	if errors.Is(err, io.EOF) && line > 0 {
		return refusal(fmt.Sprintf("has no record that starts on line %d, where --header-row says the header is", line))
	}
	if errors.Is(err, io.EOF) {
		return errNoHeader
	}
	return err
}

func countFilled(cells []string) int {
	filled := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			filled++
		}
	}
	return filled
}

// countKnown counts the cells that are the header of a field, or of a column of
// a rerun file.
func countKnown(cells []string) int {
	known := 0
	for _, cell := range cells {
		field, err := fieldOf(cell)
		if field != "" || err != nil || strings.HasPrefix(strings.ToLower(strings.TrimSpace(cell)), markPrefix) {
			known++
		}
	}
	return known
}

// usable reports whether a header has a column for a name and one for a contact.
func usable(header []string) bool {
	var name, contact bool
	for _, cell := range header {
		switch field, _ := fieldOf(cell); field {
		case FullName, FirstName, LastName:
			name = true
		case Email, Phone:
			contact = true
		}
	}
	return name && contact
}
