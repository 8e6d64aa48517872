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
	Named    Spelling = "named"     // Somebody <ada@example.com>
	Link     Spelling = "link"      // mailto:ada@example.com, tel:+12125550123;ext=5
	Careless Spelling = "careless"  // ada @ example.com., 001 212 555 0123, both with odd spaces
	Masked   Spelling = "masked"    // a***@example.com, +1•••••0123, A*** B***
	LastFour Spelling = "last-four" // 0123
	Null     Spelling = "null"
)

// The spellings that there are of each.
var (
	EmailSpellings = []Spelling{Upper, Named, Link, Careless, Masked, Null}
	PhoneSpellings = []Spelling{National, Link, Careless, Masked, LastFour, Null}
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
	case Named:
		return orNull("Somebody <" + *text + ">")
	case Link:
		return orNull(link(*text))
	case Careless:
		return orNull(careless(*text))
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

func link(contact string) string {
	if strings.Contains(contact, "@") {
		return "mailto:" + contact
	}
	return "tel:" + contact + ";ext=5"
}

// careless writes a contact as somebody types or pastes it.
func careless(contact string) string {
	if local, domain, found := strings.Cut(contact, "@"); found {
		return "\ufeff" + local + " @\u00a0" + domain + ".\t"
	}
	if n := digits(contact); strings.HasPrefix(contact, "+") {
		return "00" + n[:1] + "\u00a0" + n[1:4] + "\u200b " + n[4:] + "\n"
	}
	return contact + "\u00a0"
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
