package csvmap

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// openZip reads an archive's list of members, which stands at its end: it is
// what is missing when the archive was cut off.
func openZip(s *source) (*zip.Reader, error) {
	size, err := s.length()
	if err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(s, size)
	switch {
	case errors.Is(err, zip.ErrFormat):
		return nil, io.ErrUnexpectedEOF
	case errors.Is(err, zip.ErrInsecurePath): // names are never used as paths
		return archive, nil
	}
	return archive, err
}

// document says what a zip archive is that is one document for its program: an
// .xlsx workbook, or something that is not read. It is "" for a plain archive.
func document(archive *zip.Reader) (is, advice string) {
	const asXLSX = "save it as .xlsx, or as CSV UTF-8"
	names := func(part string) bool { return findPart(archive, part) != nil }
	switch {
	case names("xl/workbook.bin"):
		return "a binary Excel workbook (.xlsb)", asXLSX
	case names("xl/workbook.xml"), names("[Content_Types].xml") && bookPart(archive) != "":
		return formatXLSX, ""
	case names("[Content_Types].xml"):
		return "an Office document without a list", asXLSX
	case names("mimetype") && names("content.xml"):
		return "an OpenDocument file", asXLSX
	case names("Index/Document.iwa"), names("Index.zip"):
		return "an Apple Numbers document", "export it as CSV or .xlsx"
	}
	return "", ""
}

// findPart finds a member by its name, as Office does: in any case, with either
// slash. It returns nil where there is none.
func findPart(archive *zip.Reader, name string) *zip.File {
	i := slices.IndexFunc(archive.File, func(f *zip.File) bool {
		return strings.EqualFold(strings.ReplaceAll(strings.TrimPrefix(f.Name, "/"), `\`, "/"), name)
	})
	if i < 0 {
		return nil
	}
	return archive.File[i]
}

// onlyMember returns the one roster in an archive. What a Mac or a desktop puts
// beside it does not count.
func onlyMember(archive *zip.Reader) (*zip.File, error) {
	var rosters []*zip.File
	for _, f := range archive.File {
		name := path.Base(strings.ReplaceAll(f.Name, `\`, "/"))
		hidden := strings.HasPrefix(name, ".") || strings.HasPrefix(f.Name, "__MACOSX/") ||
			strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
		if !hidden && !f.FileInfo().IsDir() {
			rosters = append(rosters, f)
		}
	}
	const oneRoster = ": give an archive with one roster in it, or the roster itself"
	switch {
	case len(rosters) == 0:
		return nil, refusal("is an archive without a file in it" + oneRoster)
	case len(rosters) > 1:
		return nil, refusal(fmt.Sprintf("is an archive of %d files"+oneRoster, len(rosters)))
	case rosters[0].Flags&1 != 0:
		return nil, refusal("is an archive with a password: unpack it and give the roster in it")
	}
	return rosters[0], nil
}

// readMember reads what an archive's member unpacks to, within bounds.
func readMember(member *zip.File) (io.Reader, error) {
	content, err := openPart(member)
	if err != nil {
		return nil, err
	}
	packed := int64(min(member.CompressedSize64, maxUnpacked))
	return &bounded{Reader: content, packed: func() int64 { return packed }, most: maxUnpacked}, nil
}

// openPart opens a member of an archive. Where it is not to be found in its
// place, the archive is damaged.
func openPart(member *zip.File) (io.ReadCloser, error) {
	content, err := member.Open()
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return nil, refusal("is packed in a way that is not read: unpack it and give the roster in it")
	case err != nil:
		return nil, fmt.Errorf("%w: %w", zip.ErrFormat, err)
	}
	return content, nil
}
