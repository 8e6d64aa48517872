package csvmap

import (
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

const (
	maxEmail  = 254 // RFC 5321, bytes
	maxLocal  = 64
	maxDomain = 253
	maxLabel  = 63
)

// normalizeEmail returns an address in the form in which it is sent and
// compared: lower case, the domain in ASCII. complaint says what is wrong with
// it, in words that follow its name; "" when nothing is.
//
// net/mail takes too much for this: display names, comments, quoted local parts,
// domains without a dot, invisible characters. What passes here passes there.
func normalizeEmail(text string) (address, complaint string) {
	if complaint := foreignToAddress(text); complaint != "" {
		return "", complaint
	}
	text = strings.ToLower(text)
	local, domain, ok := strings.Cut(text, "@")
	switch {
	case !ok:
		return "", "has no @: complete it"
	case strings.Contains(domain, "@"):
		return "", "has more than one @: leave one address"
	case !isLocalPart(local):
		return "", "is not valid before the @: it takes ASCII letters, digits and a few signs"
	}
	ascii, ok := normalizeDomain(domain)
	switch {
	case !ok:
		return "", "is not valid after the @: it needs a domain such as example.com"
	case len(local)+1+len(ascii) > maxEmail:
		return "", "is longer than an address may be"
	case ascii == domain:
		return text, ""
	}
	return local + "@" + ascii, ""
}

// FoldEmail makes addresses comparable, whoever wrote them: as they are sent, lower
// case with the domain in ASCII. What is no address is in lower case only.
func FoldEmail(text string) string {
	if address, complaint := normalizeEmail(text); complaint == "" {
		return address
	}
	return strings.ToLower(text)
}

// foreignToAddress finds the first character that no address has.
func foreignToAddress(text string) (complaint string) {
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z': // most of them
		case r > ' ' && r < unicode.MaxASCII:
			if strings.IndexByte(`<>()[],;:\"`, byte(r)) >= 0 {
				return "holds more than one plain address: leave only the address, as in name@example.com"
			}
		case unicode.In(r, unicode.Cf, unicode.Cc):
			return "holds an invisible character: type the address anew"
		case unicode.IsSpace(r):
			return "holds a space: an address has none"
		}
	}
	return ""
}

// isLocalPart takes a dot-atom in ASCII. Accents before the @ are legal by now,
// but hardly any mail server takes them.
func isLocalPart(local string) bool {
	if local == "" || len(local) > maxLocal || local[0] == '.' || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return false
	}
	for i := range len(local) {
		if b := local[i]; !isAlphanumeric(b) && strings.IndexByte(".!#$%&'*+-/=?^_`{|}~", b) < 0 {
			return false
		}
	}
	return true
}

func normalizeDomain(domain string) (ascii string, ok bool) {
	if isPlainDomain(domain) && !strings.Contains(domain, "--") {
		return domain, true // what idna.Lookup says too, at many times the cost
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	return ascii, err == nil && isPlainDomain(ascii)
}

// isPlainDomain takes a lower-case host name in ASCII with at least one dot, and
// no number as its last label.
func isPlainDomain(domain string) bool {
	labels, letters := 0, false
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || len(label) > maxLabel || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		letters = false
		for i := range len(label) {
			b := label[i]
			if !isAlphanumeric(b) && b != '-' {
				return false
			}
			letters = letters || b > '9'
		}
		labels++
	}
	return labels > 1 && letters && len(domain) <= maxDomain
}

func isAlphanumeric(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }
