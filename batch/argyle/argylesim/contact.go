package argylesim

import (
	"hash/fnv"
	"strings"
)

// validEmail checks the syntax roughly: one @, a dot in the domain, no blanks.
func validEmail(s string) bool {
	local, domain, found := strings.Cut(s, "@")
	return found && local != "" && len(local) <= 64 && len(s) <= 254 &&
		!strings.ContainsAny(s, " \t\r\n<>,;()[]\"\\") &&
		!strings.Contains(domain, "@") && !strings.Contains(s, "..") &&
		strings.Contains(domain, ".") && strings.Trim(domain, ".-") == domain &&
		strings.Trim(local, ".") == local
}

// validPhone takes 7 to 15 digits with the usual signs between them.
func validPhone(s string) bool {
	rest := strings.Trim(strings.TrimPrefix(s, "+"), "0123456789 ().-")
	n := len(digits(s))
	return rest == "" && n >= 7 && n <= 15
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// contactKey stands for a contact in the counters, in 8 bytes; 0 for none.
func contactKey(contact string) uint64 {
	if contact == "" {
		return 0
	}
	if !strings.Contains(contact, "@") {
		contact = digits(contact)
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.ToLower(contact)))
	return h.Sum64()
}
