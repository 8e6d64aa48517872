package batch

import (
	"strings"

	"bulkinvite/csvmap"
)

// Echo says how the contacts of an invite, as the API shows them, fit those of a
// recipient.
type Echo int

// The echoes.
const (
	EchoNone  Echo = iota // nothing that could be compared
	EchoSame              // at least one contact is the same, and none is another
	EchoMixed             // one contact is the same, the other is not
	EchoOther             // somebody else
)

// EchoOf compares the contacts that were sent with those that the API shows. A
// contact that only one side has says nothing.
func EchoOf(r csvmap.Recipient, email, phone string) Echo {
	same, other := 0, 0
	count := func(ours, shown string, equal bool) {
		switch {
		case ours == "" || shown == "":
		case equal:
			same++
		default:
			other++
		}
	}
	count(r.Email, email, strings.EqualFold(r.Email, csvmap.FoldEmail(email)))
	count(r.Phone, phone, samePhone(r.Phone, phone))
	switch {
	case same > 0 && other > 0:
		return EchoMixed
	case same > 0:
		return EchoSame
	case other > 0:
		return EchoOther
	default:
		return EchoNone
	}
}

// leastDigits is how many digits at the end of two phone numbers must agree when
// one of them lacks the country code.
const leastDigits = 7

// samePhone compares a number in E.164 with the API's spelling of it, which may
// lack the country code.
func samePhone(ours, shown string) bool {
	ours, shown = digits(ours), digits(shown)
	if ours == shown {
		return ours != ""
	}
	shown = strings.TrimLeft(shown, "0")
	return len(shown) >= leastDigits && strings.HasSuffix(ours, shown)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
