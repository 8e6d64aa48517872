package argyle

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"bulkinvite/csvmap"
)

const (
	masked  = "…"
	maxText = 200 // runes of the API's text
)

// personal is what no message needs to show, whoever it belongs to: URLs, e-mail
// addresses, and numbers as long as a phone or an account number.
var personal = regexp.MustCompile(`(?i)https?://\S+|\S+@\S+|\+?[0-9](?:[ ().-]*[0-9]){5,}`)

// mask takes a recipient's values out of texts of the API.
type mask struct{ values []string } // folded, the longest first, so that no part of one is left over

func newMask(r csvmap.Recipient) mask {
	values := []string{r.EmployeeID, r.Email, r.Phone, r.ExternalID}
	for _, name := range []string{r.FirstName, r.LastName, r.FullName} {
		values = append(append(values, name), strings.Fields(name)...)
	}
	values = leaves(values, r.DDSConfig)
	values = leaves(values, r.Template)
	for i, v := range values {
		values[i] = strings.ToLower(strings.TrimSpace(v))
	}
	slices.SortFunc(values, func(a, b string) int { return len(b) - len(a) })
	return mask{slices.DeleteFunc(slices.Compact(values), func(v string) bool { return v == "" })}
}

// leaves appends every text and number inside value.
func leaves(values []string, value any) []string {
	switch v := value.(type) {
	case nil, bool:
	case map[string]any:
		for _, inner := range v {
			values = leaves(values, inner)
		}
	case []any:
		for _, inner := range v {
			values = leaves(values, inner)
		}
	case []string:
		values = append(values, v...)
	default:
		values = append(values, fmt.Sprint(v))
	}
	return values
}

// clean makes text of the API fit to be shown: one line, bounded, without
// control and invisible characters, and with every personal value masked.
func (m mask) clean(text string) string {
	text = strings.Map(visible, strings.ToValidUTF8(shorten(text), masked))
	for _, value := range m.values {
		text = replaceWord(text, value)
	}
	text = personal.ReplaceAllString(text, masked)
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxText {
		text = string(runes[:maxText-1]) + masked
	}
	return text
}

// shorten bounds the work on text, and ends it between two words, so that no
// half of a value escapes the mask.
func shorten(text string) string {
	const most = 4 << 10 // bytes
	if len(text) <= most {
		return text
	}
	return text[:max(0, strings.LastIndexByte(text[:most], ' '))]
}

func visible(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// replaceWord masks value, which is in lower case, where it stands as a word of
// its own in text, in whatever case.
func replaceWord(text, value string) string {
	runes, word := []rune(text), []rune(value)
	folded := []rune(strings.ToLower(text)) // rune by rune, so places agree
	var out strings.Builder
	for i := 0; i < len(runes); {
		end := i + len(word)
		if end <= len(runes) && slices.Equal(folded[i:end], word) && edge(runes, i-1) && edge(runes, end) {
			out.WriteString(masked)
			i = end
			continue
		}
		out.WriteRune(runes[i])
		i++
	}
	return out.String()
}

// edge reports whether no word goes on at place i.
func edge(runes []rune, i int) bool {
	return i < 0 || i >= len(runes) || !unicode.IsLetter(runes[i]) && !unicode.IsDigit(runes[i])
}
