package csvmap

import (
	"archive/zip"
	"math"
	"strings"
)

// numberFormat is what matters of how a number is shown.
type numberFormat struct {
	date   bool // it has a day, a month or a year
	clock  bool // it has an hour or a second
	digits int  // it has leading zeros up to so many digits; 0 for none
}

// layout is the form in which a date or a time is written.
func (f numberFormat) layout(serial float64) string {
	clock := "15:04"
	if math.Mod(math.Round(serial*86_400), 60) != 0 {
		clock = "15:04:05"
	}
	switch {
	case f.date && f.clock:
		return dayLayout + " " + clock
	case f.date:
		return dayLayout
	}
	return clock
}

const dayLayout = "2006-01-02"

// styles are the number formats of a workbook's cells, by the number that a cell
// refers to.
type styles []numberFormat

func (s styles) of(style int) numberFormat {
	if style < 0 || style >= len(s) {
		return numberFormat{}
	}
	return s[style]
}

// read reads the part that lists the formats; part may be nil.
func (s *styles) read(part *zip.File) error {
	if part == nil {
		return nil
	}
	var list struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := readPart(part, &list); err != nil {
		return err
	}
	own := make(map[int]numberFormat)
	for _, f := range list.Formats {
		own[f.ID] = parseNumberFormat(f.Code)
	}
	for _, c := range list.Cells {
		f, ok := own[c.Format]
		if !ok {
			f = builtInFormat(c.Format)
		}
		*s = append(*s, f)
	}
	return nil
}

// builtInFormat is a format that has a number in every workbook. Those from 27 on
// are the dates of East Asia.
func builtInFormat(id int) numberFormat {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return numberFormat{date: true}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return numberFormat{clock: true}
	case id == 22:
		return numberFormat{date: true, clock: true}
	}
	return numberFormat{}
}

// parseNumberFormat reads a format's code, such as yyyy\-mm\-dd or 00000. Only
// its part for positive numbers counts.
func parseNumberFormat(code string) numberFormat {
	letters := formatLetters(code)
	if strings.Contains(letters, "general") {
		return numberFormat{}
	}
	if letters != "" && strings.Trim(letters, "0") == "" {
		return numberFormat{digits: len(letters)}
	}
	f := numberFormat{date: strings.ContainsAny(letters, "yd"), clock: strings.ContainsAny(letters, "hs")}
	if !f.clock && strings.Contains(letters, "m") {
		f.date = true
	}
	return f
}

// formatLetters is what of a code is neither quoted, nor escaped, nor a colour, a
// condition or a language in brackets. Hours that go beyond a day, as in [h],
// stay.
func formatLetters(code string) string {
	var kept strings.Builder
	for i := 0; i < len(code); i++ {
		switch b := code[i] | 0x20; {
		case code[i] == ';':
			return kept.String()
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case code[i] == '"' || code[i] == '[':
			end := strings.IndexByte(code[i+1:], map[byte]byte{'"': '"', '[': ']'}[code[i]])
			if end < 0 {
				return kept.String()
			}
			if inside := strings.ToLower(code[i+1 : i+1+end]); code[i] == '[' && strings.Trim(inside, "hms") == "" {
				kept.WriteString(inside)
			}
			i += end + 1
		case b >= 'a' && b <= 'z':
			kept.WriteByte(b)
		case code[i] == '0' || code[i] == '#' || code[i] == '.' || code[i] == '%':
			kept.WriteByte(code[i])
		}
	}
	return kept.String()
}
