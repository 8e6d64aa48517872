package csvmap

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// workbook is an .xlsx file: a zip archive of parts in XML. Its sheets are read
// as a stream. excelize, which reads workbooks too, takes 13 times as long for one
// with texts as Excel writes them (4,000 rows a second against the 50,000 that
// are asked for, counted on one core), holds the archive in memory, leaves
// temporary files behind when it is killed, and does not tell a stream's reader
// what is a date. The tests compare with it.
type workbook struct {
	archive *zip.Reader
	sheets  []sheetEntry
	strings *zip.File // may be nil
	styles  styles
	from04  bool // dates count from 1904
}

// sheetEntry is a sheet that holds cells, in the order of the tabs.
type sheetEntry struct {
	name   string
	hidden bool
	part   *zip.File
}

// smallPart is how long a part may be that is read as a whole, in bytes: the list
// of the sheets, their places, the formats.
const smallPart = 16 << 20

type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// relationships reads what a part refers to; none where nothing is listed.
func relationships(archive *zip.Reader, of string) []relationship {
	folder, name := path.Split(of)
	var list struct {
		All []relationship `xml:"Relationship"`
	}
	if readPart(findPart(archive, folder+"_rels/"+name+".rels"), &list) != nil {
		return nil
	}
	for i, r := range list.All {
		if strings.HasPrefix(r.Target, "/") {
			list.All[i].Target = strings.TrimPrefix(path.Clean(r.Target), "/")
		} else {
			list.All[i].Target = path.Join(folder, r.Target)
		}
	}
	return list.All
}

// readPart decodes a small part.
func readPart(part *zip.File, into any) error {
	if part == nil {
		return errXML
	}
	content, err := openPart(part)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	if err := xml.NewDecoder(io.LimitReader(content, smallPart)).Decode(into); err != nil {
		return errXML
	}
	return nil
}

// bookPart finds the part that lists the sheets; "" for none.
func bookPart(archive *zip.Reader) string {
	for _, r := range relationships(archive, "") {
		if strings.HasSuffix(r.Type, "/officeDocument") && strings.Contains(r.Target, "workbook") {
			return r.Target
		}
	}
	if findPart(archive, "xl/workbook.xml") != nil {
		return "xl/workbook.xml"
	}
	return ""
}

func openWorkbook(archive *zip.Reader) (*workbook, error) {
	at := bookPart(archive)
	var list struct {
		Properties struct {
			From04 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := readPart(findPart(archive, at), &list); err != nil {
		return nil, err
	}
	b := &workbook{archive: archive, from04: list.Properties.From04 == "1" || list.Properties.From04 == "true"}
	sheetAt := map[string]string{}
	for _, r := range relationships(archive, at) {
		switch r.Type[strings.LastIndexByte(r.Type, '/')+1:] {
		case "worksheet":
			sheetAt[r.ID] = r.Target
		case "sharedStrings":
			b.strings = findPart(archive, r.Target)
		case "styles":
			if err := b.styles.read(findPart(archive, r.Target)); err != nil {
				return nil, err
			}
		}
	}
	for _, s := range list.Sheets {
		for _, a := range s.Attrs {
			if part := findPart(archive, sheetAt[a.Value]); a.Name.Local == "id" && sheetAt[a.Value] != "" && part != nil {
				b.sheets = append(b.sheets, sheetEntry{s.Name, s.State != "" && s.State != "visible", part})
			}
		}
	}
	if len(b.sheets) == 0 {
		return nil, errors.New("the workbook has no sheet with cells")
	}
	return b, nil
}

// named finds a sheet by its name or else its number.
func (b *workbook) named(name string) (*sheetEntry, error) {
	for i := range b.sheets {
		if strings.EqualFold(b.sheets[i].name, name) {
			return &b.sheets[i], nil
		}
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(b.sheets) {
		return &b.sheets[n-1], nil
	}
	var names []string
	for _, s := range b.sheets {
		names = append(names, fmt.Sprintf("%q", s.name))
	}
	return nil, refusal(fmt.Sprintf("has no sheet %q: it has %s", name, strings.Join(names, ", ")))
}

// texts reads the texts that cells refer to.
func (b *workbook) texts() (*stringTable, error) {
	if b.strings == nil {
		return readStrings(nil)
	}
	part, err := openPart(b.strings)
	if err != nil {
		return nil, err
	}
	defer func() { _ = part.Close() }()
	return readStrings(part)
}
