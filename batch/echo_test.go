package batch

import (
	"testing"

	"bulkinvite/csvmap"
)

func TestEchoOf(t *testing.T) {
	mail, phone := csvmap.Recipient{Email: "a@example.com"}, csvmap.Recipient{Phone: "+442079460123"}
	both := csvmap.Recipient{Email: mail.Email, Phone: phone.Phone}
	for _, c := range []struct {
		sent         csvmap.Recipient
		email, phone string
		want         Echo
	}{
		{mail, "A@Example.com", "", EchoSame},
		{mail, "b@example.com", "", EchoOther},
		{csvmap.Recipient{Email: "a@xn--bcher-kva.example"}, "A@B\u00fccher.example", "", EchoSame},
		{mail, "", "+442079460123", EchoNone},
		{mail, "a@example.com", "+12125550199", EchoSame}, // we sent no number
		{phone, "", "+44 20 7946 0123", EchoSame},
		{phone, "", "020 7946 0123", EchoSame},
		{phone, "", "60123", EchoOther},
		{phone, "", "00000000", EchoOther},
		{both, "a@example.com", "+442079460123", EchoSame},
		{both, "a@example.com", "", EchoSame},
		{both, "a@example.com", "+442079460124", EchoMixed},
		{both, "b@example.com", "+442079460123", EchoMixed},
		{both, "b@example.com", "+442079460124", EchoOther},
		{both, "", "", EchoNone},
	} {
		if got := EchoOf(c.sent, c.email, c.phone); got != c.want {
			t.Errorf("%q, %q for %+v: %d, want %d", c.email, c.phone, c.sent, got, c.want)
		}
	}
}
