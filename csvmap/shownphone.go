package csvmap

import (
	"strings"
	"sync"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// leastLoose is how many digits a number without its country code must have: less than
// that lack more than the country code.
const leastLoose = 8

// readers are the *phones of each region.
var readers sync.Map

func phonesOf(region string) *phones {
	if p, ok := readers.Load(region); ok {
		return p.(*phones)
	}
	p, _ := readers.LoadOrStore(region, newPhones(region))
	return p.(*phones)
}

// ShownPhones reads a phone number, or several, as another program shows them. A number
// without its country code is read as one of region's where it is one, which is then
// among Sure and Loose; "" for no region.
func ShownPhones(text, region string) Shown {
	p := phonesOf(region)
	if e164, ok := p.nanp.read(text, false); ok {
		return Shown{Sure: []string{e164}}
	}
	var s Shown
	for part := range strings.FieldsFuncSeq(unadorned(text), partsNumbers) {
		part = strings.TrimSpace(unlabelled(part))
		if !strings.ContainsFunc(part, unicode.IsDigit) && !isMasked(part) || isParameter(part) {
			continue
		}
		sure, loose := p.shown(part)
		if sure != "" {
			s.Sure = append(s.Sure, sure)
		}
		if loose != "" {
			s.Loose = append(s.Loose, loose)
		}
		s.Hidden = s.Hidden || sure == "" && loose == ""
	}
	s.Hidden = s.Hidden || !s.Readable() && strings.TrimSpace(unadorned(text)) != ""
	return s
}

func partsNumbers(r rune) bool { return strings.ContainsRune(",;|&", r) }

// isParameter takes what follows a number behind a semicolon or a comma: its extension,
// or its context in a link.
func isParameter(part string) bool {
	name, _, given := strings.Cut(part, "=")
	if given {
		return true
	}
	name = strings.TrimRightFunc(name, func(r rune) bool { return !unicode.IsLetter(r) })
	return extensionLabels[strings.ToLower(name)]
}

// shown reads one number; both are "" where it cannot be read.
func (p *phones) shown(text string) (sure, loose string) {
	number, extended := cutExtension(text)
	if at := strings.IndexByte(number, '+'); at >= 0 { // (+1) 212 555 0123
		number = "+" + strings.ReplaceAll(number[:at], "(", "") + number[at+1:]
	}
	digits := phonenumbers.NormalizeDigitsOnly(number)
	if len(digits) < minLocal || len(digits) > maxDigits || isMasked(number) || strings.ContainsFunc(number, foreignToNumber) {
		return "", ""
	}
	if hasPlus(number) {
		sure = shownAbroad(number)
		if sure == "" && isDigits(text[1:]) {
			sure = text // the library may be older than the number
		}
		return sure, ""
	}
	loose = looseDigits(digits)
	switch {
	case p.region != "":
		sure = p.read(number, p.region).e164
	case strings.HasPrefix(digits, "00"):
		sure = shownAbroad("+" + strings.TrimLeft(digits, "0"))
	}
	if sure == "" && (len(loose) < leastLoose || extended) {
		return "", ""
	}
	return sure, loose
}

func foreignToNumber(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune("+ ().-/~", r) }

// cutExtension takes off an extension: the message went to the number before it.
func cutExtension(text string) (number string, extended bool) {
	if before, _, ok := strings.Cut(text, "#"); ok {
		return before, true
	}
	if !endsInExtension(text) {
		return text, false
	}
	before := strings.TrimRight(strings.TrimRightFunc(text, unicode.IsDigit), " .:=#-")
	return strings.TrimRightFunc(before, unicode.IsLetter), true
}

// shownAbroad reads a number with its country code; "" for what none has.
func shownAbroad(text string) string {
	number, err := phonenumbers.Parse(text, "")
	if err != nil || !phonenumbers.IsValidNumber(number) && phonenumbers.IsPossibleNumberWithReason(number) != phonenumbers.IS_POSSIBLE {
		return ""
	}
	return phonenumbers.Format(number, phonenumbers.E164)
}

// looseDigits takes off what is dialed before a number at home or abroad.
func looseDigits(digits string) string {
	if abroad, ok := strings.CutPrefix(digits, "011"); ok && len(abroad) > leastLoose {
		digits = abroad
	}
	return strings.TrimLeft(digits, "0")
}

// LooseDigits are the digits by which a number in E.164 is shown where its country is
// not: with its country code but without the +, and without both, without leading zeros.
func LooseDigits(e164 string) []string {
	whole := strings.TrimPrefix(e164, "+")
	if strings.HasPrefix(whole, "1") {
		return []string{whole, whole[1:]}
	}
	number, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return []string{whole}
	}
	return []string{whole, strings.TrimLeft(phonenumbers.GetNationalSignificantNumber(number), "0")}
}
