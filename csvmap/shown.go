package csvmap

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Shown is what a contact of another program says, which writes contacts as it likes:
// for people to read, typed by hand, or masked. An invite is never missed for its
// spelling where it can be read here.
type Shown struct {
	// Sure are the addresses in it, or the numbers in E.164, as they are compared.
	Sure []string
	// Loose are the digits of numbers that lack their country code, without leading
	// zeros: they may be those of anybody whose number has one of LooseDigits.
	Loose []string
	// Hidden: something stands there that cannot be read.
	Hidden bool
}

// Blank reports whether nothing stands there.
func (s Shown) Blank() bool { return !s.Readable() && !s.Hidden }

// Readable reports whether a contact can be read in it.
func (s Shown) Readable() bool { return len(s.Sure)+len(s.Loose) > 0 }

// Single reports whether nothing but one contact stands there.
func (s Shown) Single() bool { return len(s.Sure) <= 1 && len(s.Loose) <= 1 && !s.Hidden }

// Has reports whether a contact in its normal form stands there, or a number that may
// be it.
func (s Shown) Has(contact string) bool {
	return contact != "" && (slices.Contains(s.Sure, contact) ||
		slices.ContainsFunc(s.Loose, func(digits string) bool { return strings.HasSuffix(contact, digits) }))
}

// maskSigns stand in contacts for what is not to be seen.
const maskSigns = "*\u2022\u2026\u00b7\u25cf\u2217\u2219\u22c5\u25e6\u2588\ufffd"

// isMasked reports whether a part of a contact is not shown.
func isMasked(text string) bool {
	return strings.ContainsAny(text, maskSigns) || strings.Contains(text, "..")
}

// unadorned brings a text into plain characters: without invisible ones, with plain
// spaces and dashes, wide letters and digits as narrow ones. Signs that mask stay.
func unadorned(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		return text
	}
	masks := func(r rune) rune {
		if strings.ContainsRune(maskSigns, r) {
			return '*'
		}
		return r
	}
	text, _ = tidy(strings.Map(masks, text), false)
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Variation_Selector, r):
			return -1
		case unicode.Is(unicode.Pd, r), r == '\u2212':
			return '-'
		default:
			return r
		}
	}, norm.NFKC.String(text))
}

// ShownEmails reads an e-mail address, or several, as another program shows them: with
// a name, in brackets, as a link.
func ShownEmails(text string) Shown {
	if address, complaint := normalizeEmail(text); complaint == "" && !isMasked(text) {
		return Shown{Sure: []string{address}}
	}
	text = closeAt(unlabelled(unadorned(text)))
	named := strings.ContainsAny(text, "<(") // other words are a name, or a remark
	var s Shown
	for word := range strings.FieldsFuncSeq(text, partsAddresses) {
		switch address, ok := shownAddress(word); {
		case ok:
			s.Sure = append(s.Sure, address)
		case !named || strings.Contains(word, "@"):
			s.Hidden = true
		}
	}
	s.Hidden = s.Hidden || len(s.Sure) == 0 && strings.TrimSpace(text) != ""
	return s
}

func partsAddresses(r rune) bool { return strings.ContainsRune(" ,;|<>()[]\"", r) }

// closeAt takes out the spaces around an @.
func closeAt(text string) string {
	parts := strings.Split(text, "@")
	for i, part := range parts {
		if i > 0 {
			part = strings.TrimLeft(part, " ")
		}
		if i < len(parts)-1 {
			part = strings.TrimRight(part, " ")
		}
		parts[i] = part
	}
	return strings.Join(parts, "@")
}

// unlabelled takes off a word such as mailto: or tel: in front.
func unlabelled(text string) string {
	label, rest, ok := strings.Cut(text, ":")
	if !ok || strings.TrimSpace(rest) == "" || strings.ContainsFunc(strings.TrimSpace(label), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		return text
	}
	return rest
}

// shownAddress reads one address. One that no roster can have is read as it stands.
func shownAddress(word string) (address string, ok bool) {
	local, domain, _ := strings.Cut(unlabelled(strings.Trim(word, "'`")), "@")
	domain, _, _ = strings.Cut(domain, "?") // of a link, with a subject
	domain = strings.TrimRight(domain, ".:'`")
	if local == "" || domain == "" || strings.Contains(domain, "@") || isMasked(local) || isMasked(domain) {
		return "", false
	}
	return FoldEmail(local + "@" + domain), true
}
