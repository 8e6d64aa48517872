package csvmap

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// unpacked is what a roster file holds: text that can be read from its start as
// often as it takes, or a workbook.
type unpacked struct {
	format string                             // of the file
	text   func(io.Reader) (io.Reader, error) // the text in the file's bytes; nil for a workbook
	book   *zip.Reader                        // nil for text
	closer io.Closer                          // nil, or what to close in the end
	notes  []string
}

// refusal is why a file is no roster, in words that follow its name.
type refusal string

func (r refusal) Error() string { return string(r) }

func refuse(is, advice string) error { return refusal("is " + is + ": " + advice) }

// leaveFormatOut names no flag: a run and validate call theirs differently.
const leaveFormatOut = "leave the format out, and it is found out"

// headSize is how much of a file or of its text is looked at to tell what it is.
const headSize = 64 << 10

// unpack finds out what the source is, by its content, and opens it.
func unpack(s *source, format string) (unpacked, error) {
	head := make([]byte, 512)
	n, err := s.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return unpacked{}, err
	}
	k, is, advice := recognise(head[:n])
	switch {
	case format == formatCSV, format == "" && k == kindText:
		return unpacked{format: formatCSV, text: func(raw io.Reader) (io.Reader, error) { return raw, nil }}, nil
	case k == kindZip && format != formatGzip:
		return unzip(s, format)
	case k == kindGzip && (format == "" || format == formatGzip):
		return unpacked{format: formatGzip, text: gunzip}, nil
	case strings.Contains(is, ".xls") && isLocked(s.reader()):
		return unpacked{}, refuse("an Excel workbook with a password", "save it without one")
	case k == kindOther:
		return unpacked{}, refuse(is, advice)
	}
	return unpacked{}, refuse("not in the format that was given ("+format+")", leaveFormatOut)
}

// unzip opens a workbook, or an archive that holds one roster.
func unzip(s *source, format string) (unpacked, error) {
	archive, err := openZip(s)
	if err != nil {
		return unpacked{}, err
	}
	if format != formatZip {
		switch is, advice := document(archive); {
		case is == formatXLSX:
			return unpacked{format: formatXLSX, book: archive}, within(archive)
		case is != "":
			return unpacked{}, refuse(is, advice)
		case format == formatXLSX:
			return unpacked{}, refuse("no Excel workbook, although that format was given", leaveFormatOut)
		}
	}
	member, err := onlyMember(archive)
	if err != nil {
		return unpacked{}, err
	}
	return openMember(member)
}

// openMember opens the roster in an archive.
func openMember(member *zip.File) (unpacked, error) {
	text := func(io.Reader) (io.Reader, error) { return readMember(member) }
	content, err := text(nil)
	if err != nil {
		return unpacked{}, err
	}
	head := make([]byte, 4)
	if _, err := io.ReadFull(content, head); err != nil || !bytes.Equal(head, []byte("PK\x03\x04")) {
		return unpacked{format: formatZip, text: text}, nil // what is wrong with it comes up when it is read
	}
	kept := newSpool(io.MultiReader(bytes.NewReader(head), content))
	inner := &source{ReaderAt: kept, Closer: kept, spool: kept}
	archive, err := openZip(inner)
	if err == nil {
		if is, _ := document(archive); is != formatXLSX {
			err = refusal("holds an archive within the archive: unpack it and give the roster in it")
		} else {
			err = within(archive)
		}
	}
	if err != nil {
		_ = kept.Close()
		return unpacked{}, err
	}
	return unpacked{format: formatZip, book: archive, closer: kept, notes: []string{
		fmt.Sprintf("the archive holds the Excel workbook %q", path.Base(member.Name)),
	}}, nil
}
