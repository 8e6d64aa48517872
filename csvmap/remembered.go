package csvmap

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// RememberedHeader is a roster's header and what its columns were taken for, in
// their order, with its encoding: what is kept from one night to the next. It has a
// JSON form.
type RememberedHeader struct {
	Encoding string             `json:"encoding,omitempty"` // one of Encodings; "" where nothing shows it for certain
	Columns  []RememberedColumn `json:"columns"`
}

// UnmarshalJSON also takes the columns alone, as they were kept before the encoding
// was.
func (h *RememberedHeader) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("[")) {
		return json.Unmarshal(text, &h.Columns)
	}
	type plain RememberedHeader // without this method
	return json.Unmarshal(text, (*plain)(h))
}

// RememberedColumn is one column of a RememberedHeader.
type RememberedColumn struct {
	Header string `json:"header"` // trimmed; one that looks like somebody's data is withheld
	Field  Field  `json:"field,omitempty"`
	Doubt  string `json:"doubt,omitempty"` // why a person had to look at it; "" for no doubt
}

// HeaderChange is how a header differs from the one of an earlier night, a
// sentence's part for each difference.
type HeaderChange struct {
	Mapped  []string // a field comes from another column, from none, or from a new one
	Ignored []string // other columns came or went, or the order is another one
	Doubts  []string // columns that a person has to look at, and nobody has
}

// Remember returns what is to be kept of the roster's header.
func (r *Roster) Remember() RememberedHeader {
	header := RememberedHeader{Columns: make([]RememberedColumn, len(r.columns))}
	if r.unsure() == nil && !r.decoder.assumed && (r.found == nil || !r.found.idle) {
		header.Encoding = r.detected.Encoding
	}
	fields := r.kitchen.uses(r.columns)
	for i, c := range r.columns {
		header.Columns[i] = RememberedColumn{Header: strings.TrimSpace(c.Header), Field: fields[i]}
		if looksLikeData(c.Header) {
			header.Columns[i].Header = withheld
		}
	}
	for _, d := range r.doubts {
		header.Columns[d.Column-1].Doubt = d.Message
	}
	return header
}

// Compare tells how tonight's header differs from h; where nothing is remembered,
// only what is in doubt. Headers that differ in case, accents, spaces and punctuation
// only are the same.
func (h RememberedHeader) Compare(tonight RememberedHeader) HeaderChange {
	change := HeaderChange{Doubts: h.newDoubts(tonight)}
	if len(h.Columns) == 0 {
		return change
	}
	for _, field := range fieldsOf(h, tonight) {
		before, now := h.columns(field), tonight.columns(field)
		switch {
		case slices.EqualFunc(before, now, sameHeader):
		case len(before) == 0:
			change.Mapped = append(change.Mapped, fmt.Sprintf("%s is taken as %s, which no column was before", quoteHeaders(now), field))
		case len(now) == 0:
			change.Mapped = append(change.Mapped, fmt.Sprintf("%s was %s, and no column is that now", quoteHeaders(before), field))
		default:
			change.Mapped = append(change.Mapped, fmt.Sprintf("%s was %s, and now %s is", quoteHeaders(before), field, quoteHeaders(now)))
		}
	}
	if added := tonight.without(h); len(added) > 0 {
		change.Ignored = append(change.Ignored, "new in the header, and left alone: "+quoteHeaders(added))
	}
	if gone := h.without(tonight); len(gone) > 0 {
		change.Ignored = append(change.Ignored, "gone from the header, and not missed: "+quoteHeaders(gone))
	}
	if h.reordered(tonight) {
		change.Ignored = append(change.Ignored, "the columns stand in another order than the last time")
	}
	return change
}

// newDoubts lists the doubts about tonight's columns that nobody has settled yet by
// going by the header h.
func (h RememberedHeader) newDoubts(tonight RememberedHeader) []string {
	var doubts []string
	for _, column := range tonight.Columns {
		settled := slices.ContainsFunc(h.Columns, func(c RememberedColumn) bool { return c.Doubt != "" && sameHeader(c.Header, column.Header) })
		if column.Doubt != "" && !settled {
			doubts = append(doubts, column.Doubt)
		}
	}
	return doubts
}

// fieldsOf lists the fields that a column of either header was taken for.
func fieldsOf(headers ...RememberedHeader) []Field {
	var fields []Field
	for _, header := range headers {
		for _, column := range header.Columns {
			if column.Field != "" && !slices.Contains(fields, column.Field) {
				fields = append(fields, column.Field)
			}
		}
	}
	return fields
}

// columns lists the headers that were taken for a field, "" for none.
func (h RememberedHeader) columns(field Field) []string {
	var headers []string
	for _, column := range h.Columns {
		if column.Field == field && column.Header != "" {
			headers = append(headers, column.Header)
		}
	}
	return headers
}

// without lists the ignored columns that the other header does not have at all.
func (h RememberedHeader) without(other RememberedHeader) []string {
	there := make(map[string]bool, len(other.Columns))
	for _, column := range other.Columns {
		there[nightlyKey(column.Header)] = true
	}
	return slices.DeleteFunc(h.columns(""), func(header string) bool { return there[nightlyKey(header)] })
}

// reordered reports whether the columns that both have stand in another order.
func (h RememberedHeader) reordered(other RememberedHeader) bool {
	place := make(map[string]int, len(other.Columns))
	for i, column := range other.Columns {
		place[nightlyKey(column.Header)] = i
	}
	last := -1
	for _, column := range h.Columns {
		at, both := place[nightlyKey(column.Header)]
		if both && at < last {
			return true
		}
		if both {
			last = at
		}
	}
	return false
}

func sameHeader(a, b string) bool { return nightlyKey(a) == nightlyKey(b) }

// nightlyKey makes headers comparable, also those without any letter or digit.
func nightlyKey(header string) string {
	if key := headerKey(header); key != "" {
		return key
	}
	return header
}

// quoteHeaders shows so many headers as a message can hold.
func quoteHeaders(headers []string) string {
	shown := make([]string, 0, mostNames)
	for _, header := range headers[:min(len(headers), mostNames)] {
		shown = append(shown, quoteHeader(header))
	}
	return strings.Join(shown, ", ") + andMore(len(headers)-len(shown))
}
