package argylesim

import (
	"slices"
	"strings"
)

// Spelling is how reads (the list of invites, and one invite) show a contact or a
// name. The answers to POSTs show what was sent.
type Spelling string

// The spellings.
const (
	AsSent   Spelling = ""
	Upper    Spelling = "upper"     // ADALINE@EXAMPLE.COM, ADALINE BO
	National Spelling = "national"  // (212) 555-0123
	Masked   Spelling = "masked"    // a***@example.com, +1•••••0123, A*** B***
	LastFour Spelling = "last-four" // 0123
	Null     Spelling = "null"
)

// The spellings that there are of each.
var (
	EmailSpellings = []Spelling{Upper, Masked, Null}
	PhoneSpellings = []Spelling{National, Masked, LastFour, Null}
	NameSpellings  = []Spelling{Upper, Masked, Null}
)

// spell writes contacts and names as the options say.
func (o *Options) spell(b *inviteBody) {
	b.Email = o.Emails.write(b.Email, EmailSpellings)
	b.Phone = o.Phones.write(b.Phone, PhoneSpellings)
	for _, name := range []**string{&b.FullName, &b.FirstName, &b.LastName} {
		*name = o.Names.write(*name, NameSpellings)
	}
}

// write leaves text as it is where s is not one of its spellings.
func (s Spelling) write(text *string, spellings []Spelling) *string {
	if s == AsSent || text == nil || !slices.Contains(spellings, s) {
		return text
	}
	switch s {
	case Upper:
		return orNull(strings.ToUpper(*text))
	case National:
		return orNull(national(*text))
	case Masked:
		return orNull(masked(*text))
	case LastFour:
		return orNull(lastFour(*text))
	default:
		return nil
	}
}

// national leaves out the country code: all of +1, two digits of any other.
func national(phone string) string {
	n, international := digits(phone), strings.HasPrefix(phone, "+")
	switch {
	case len(n) == 11 && n[0] == '1':
		return "(" + n[1:4] + ") " + n[4:7] + "-" + n[7:]
	case international:
		return "0" + n[2:]
	default:
		return phone
	}
}

// masked takes an e-mail address, a phone number or a name.
func masked(text string) string {
	if local, domain, found := strings.Cut(text, "@"); found {
		return initial(local) + "@" + domain
	}
	if validPhone(text) {
		return "+" + digits(text)[:1] + "•••••" + lastFour(text)
	}
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = initial(word)
	}
	return strings.Join(words, " ")
}

func initial(word string) string { return string([]rune(word)[:1]) + "***" }

func lastFour(phone string) string {
	n := digits(phone)
	return n[max(0, len(n)-4):]
}
