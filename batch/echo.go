package batch

import "bulkinvite/csvmap"

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

// EchoOf compares the contacts that were sent with those that the API shows, in any
// spelling. A contact that only one side has says nothing.
func EchoOf(r csvmap.Recipient, email, phone string) Echo {
	return echoOf(r, csvmap.ShownEmails(email), csvmap.ShownPhones(phone, ""))
}

func echoOf(r csvmap.Recipient, email, phone csvmap.Shown) Echo {
	same, other := 0, 0
	count := func(ours string, shown csvmap.Shown) {
		if ours == "" || shown.Blank() {
			return
		}
		if shown.Has(ours) {
			same++
		}
		if !shown.Has(ours) || !shown.Single() {
			other++
		}
	}
	count(r.Email, email)
	count(r.Phone, phone)
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
