package csvmap

import (
	"fmt"
	"slices"
	"strings"
)

// OpenOptions say what the roster is like, where it should not be found out. The
// zero value finds out everything.
type OpenOptions struct {
	Encoding     string // one of Encodings, in any spelling; "" = detect
	Delimiter    string // comma, semicolon, tab, pipe, or the character; "" = detect
	HeaderRow    int    // line of the header, 1-based; 0 = detect
	Format       string // csv, xlsx, csv.gz or zip; "" = detect
	Sheet        string // a workbook's sheet by name or 1-based number; "" = the first visible one with a usable header
	AllowPartial bool   // go on where a *[PartialError] would end the roster
}

// Detected is what a roster was taken for.
type Detected struct {
	Format    string // csv, xlsx, csv.gz or zip
	Encoding  string // one of Encodings; "" for a workbook
	Delimiter string // comma, semicolon, tab, pipe, or the character; "" for a workbook
	HeaderRow int    // line of the header
	Sheet     string // name of the sheet; "" for text
	Notes     []string
}

// The formats.
const (
	formatCSV  = "csv"
	formatXLSX = "xlsx"
	formatGzip = "csv.gz"
	formatZip  = "zip"
)

// lastHeaderRow is the last line that can be said to be the header.
const lastHeaderRow = 1000

// settings are OpenOptions that were understood.
type settings struct {
	OpenOptions
	encoding  string // as in Encodings; "" = detect
	usual     string // the encoding of the same list the last time; "" for none
	delimiter byte   // 0 = detect
}

// Check says what is wrong with the options, as a *[RulesError].
func (o OpenOptions) Check() error {
	_, err := o.settings()
	return err
}

func (o OpenOptions) settings() (settings, error) {
	s := settings{OpenOptions: o}
	if o.Encoding != "" {
		s.encoding = encodingName(o.Encoding)
		if s.encoding == "" {
			return s, &RulesError{fmt.Sprintf("%q is no encoding that is read: give one of %s", o.Encoding, strings.Join(Encodings(), ", "))}
		}
	}
	if o.Delimiter != "" {
		var ok bool
		if s.delimiter, ok = parseDelimiter(o.Delimiter); !ok {
			return s, &RulesError{fmt.Sprintf("%q is no delimiter: give comma, semicolon, tab, pipe, or one ASCII sign", o.Delimiter)}
		}
	}
	formats := []string{"", formatCSV, formatXLSX, formatGzip, formatZip}
	if !slices.Contains(formats, o.Format) {
		return s, &RulesError{fmt.Sprintf("%q is no format that is read: give one of %s", o.Format, strings.Join(formats[1:], ", "))}
	}
	if o.HeaderRow < 0 || o.HeaderRow > lastHeaderRow {
		return s, &RulesError{fmt.Sprintf("the header row is a line from 1 to %d", lastHeaderRow)}
	}
	return s, nil
}

var delimiterNames = map[byte]string{',': "comma", ';': "semicolon", '\t': "tab", '|': "pipe"}

func delimiterName(delimiter byte) string {
	if name, ok := delimiterNames[delimiter]; ok {
		return name
	}
	return string(rune(delimiter))
}

func parseDelimiter(text string) (delimiter byte, ok bool) {
	for delimiter, name := range delimiterNames {
		if strings.EqualFold(text, name) {
			return delimiter, true
		}
	}
	if text == `\t` {
		return '\t', true
	}
	return text[0], len(text) == 1 && canDelimit(text[0])
}

// canDelimit reports whether b may set cells apart: it is an ASCII sign, or a
// tab, that stands in no number and around no cell.
func canDelimit(b byte) bool {
	return b == '\t' || b > ' ' && b <= '~' && !strings.ContainsRune(`"'+-.`, rune(b)) &&
		(b < '0' || b > '9') && (b|0x20 < 'a' || b|0x20 > 'z')
}
