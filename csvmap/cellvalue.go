package csvmap

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// cellKind is how a cell's value is to be understood.
type cellKind string

const (
	sharedText cellKind = "s" // the number of a text
	boolean    cellKind = "b"
	isoDate    cellKind = "d"
	number     cellKind = "n" // also "", which is usual
	// The result of a formula that is a text, an empty one too.
	formulaText cellKind = "str"
)

// appendValue appends what a person sees in a cell: texts as they are, dates as
// 2026-01-31, numbers with all their digits and without an exponent.
func (s *sheet) appendValue(to []byte, kind cellKind, style int, value []byte) ([]byte, error) {
	switch {
	case len(value) == 0:
		return to, nil
	case kind == sharedText:
		n, err := strconv.Atoi(string(value))
		if err != nil {
			return nil, errXML
		}
		return s.texts.appendTo(to, n)
	case kind == boolean:
		return append(to, map[bool]string{true: "TRUE", false: "FALSE"}[value[0] == '1']...), nil
	case kind == isoDate:
		day, _, _ := strings.Cut(strings.TrimSuffix(string(value), "T00:00:00"), ".")
		return append(to, strings.Replace(strings.TrimSuffix(day, "Z"), "T", " ", 1)...), nil
	case kind == number || kind == "":
		return appendNumber(to, value, s.styles.of(style), s.from04), nil
	}
	return append(to, unescapeControls(value)...), nil // a text in place, the text of a formula, an error
}

// appendNumber appends a number in its format.
func appendNumber(to, value []byte, f numberFormat, from04 bool) []byte {
	if f == (numberFormat{}) && len(value) <= 15 && isDigits(string(value)) {
		return append(to, value...) // nearly all are
	}
	v, err := strconv.ParseFloat(string(value), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return append(to, value...)
	}
	if f.date || f.clock {
		if t, ok := serialTime(v, from04); ok {
			return t.AppendFormat(to, f.layout(v))
		}
	}
	text := plainNumber(v)
	if f.digits > len(text) && isDigits(text) {
		text = strings.Repeat("0", f.digits-len(text)) + text
	}
	return append(to, text...)
}

// plainNumber writes a number as a person does: with the 15 digits that a
// spreadsheet has, and no exponent.
func plainNumber(v float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		rounded = v
	}
	if text := strconv.FormatFloat(rounded, 'f', -1, 64); text != "-0" {
		return text
	}
	return "0"
}

// serialTime is the day and time that a number of days means. Excel takes 1900
// for a leap year, so its count is one too high from March of that year on, and
// right only since.
func serialTime(days float64, from04 bool) (time.Time, bool) {
	const lastDay = 2_958_465 // 9999-12-31
	if days < 0 || days > lastDay+1 {
		return time.Time{}, false
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from04:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days < 60:
		start = start.AddDate(0, 0, 1)
	}
	whole := math.Floor(days)
	seconds := time.Duration(math.Round((days-whole)*86_400)) * time.Second
	return start.AddDate(0, 0, int(whole)).Add(seconds), true
}
