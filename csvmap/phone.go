package csvmap

import (
	"cmp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// phones reads phone numbers. It may be used by any number of goroutines.
type phones struct {
	region string // of the run
	nanp   nanp
}

func newPhones(region string) *phones { return &phones{region: region} }

// phoneReading is what a phone cell was read as. Its texts follow the words "the
// phone number".
type phoneReading struct {
	e164      string
	complaint string // what is wrong with it; "" when nothing is
	repair    string // how it was damaged, where it could be mended; "" when it was whole
	silent    string // why it takes no message; "" when it may
	astray    string // why its country is not known, in words that follow "the country"
}

func (r phoneReading) anyComplaint() string {
	if r.repair != "" {
		return "is not written in full: give it with its country code, as in +1 212 555 0123"
	}
	return r.complaint
}

// read reads a number that is written as in region, or with its country code.
// What a spreadsheet damaged is mended where the result has exactly one reading.
func (p *phones) read(text, region string) phoneReading {
	if text == "" {
		return phoneReading{complaint: "is blank"}
	}
	if e164, ok := p.quickly(text, region); ok {
		return phoneReading{e164: e164}
	}
	text, mended, complaint := undamage(text)
	if complaint == "" {
		complaint = notOneNumber(text)
	}
	if complaint != "" {
		return phoneReading{complaint: complaint}
	}
	e164, lost, complaint := p.parse(text, region)
	if lost != "" {
		mended = append(mended, lost)
	}
	return p.told(e164, mended, complaint)
}

// told puts together how a number was read.
func (p *phones) told(e164 string, mended []string, complaint string) phoneReading {
	switch {
	case complaint != "" && len(mended) > 0:
		return phoneReading{complaint: "was damaged by a spreadsheet and " + complaint}
	case complaint != "":
		return phoneReading{complaint: complaint}
	case len(mended) > 0:
		return phoneReading{e164: e164, silent: silentNumber(e164), repair: "was damaged, by a spreadsheet perhaps, and mended: " + strings.Join(mended, "; ")}
	}
	return phoneReading{e164: e164, silent: silentNumber(e164)}
}

// dialed reads a number beside its calling code: as it stands behind the code, or
// with the code in it already.
func (p *phones) dialed(text, code string) phoneReading {
	text, mended, complaint := undamage(text)
	if complaint == "" {
		complaint = notOneNumber(text)
	}
	if complaint != "" {
		return phoneReading{complaint: complaint}
	}
	digits := phonenumbers.NormalizeDigitsOnly(text)
	e164 := valid("+"+code+digits, "ZZ")
	if strings.HasPrefix(digits, code) {
		whole := valid("+"+digits, "ZZ")
		if e164 != "" && whole != "" && e164 != whole {
			return phoneReading{complaint: twoReadings}
		}
		e164 = cmp.Or(e164, whole)
	}
	if e164 == "" {
		return phoneReading{complaint: notValid("behind +" + code)}
	}
	return p.told(e164, mended, "")
}

func (p *phones) quickly(text, region string) (e164 string, ok bool) {
	return p.nanp.read(text, phonenumbers.IsNANPACountry(region))
}

// parse reads a number that is nothing but one. lost says what had to be put
// back.
func (p *phones) parse(text, region string) (e164, lost, complaint string) {
	if e164, ok := p.quickly(text, region); ok {
		return e164, "", ""
	}
	number, err := phonenumbers.Parse(text, region)
	switch {
	case err == nil && number.GetExtension() != "":
		return "", "", hasExtension
	case err == nil && phonenumbers.IsValidNumber(number):
		return p.vouch(text, region, number)
	case hasPlus(text):
		return "", "", "is not valid: check its digits and its country code"
	}
	return p.putBack(text, region)
}

const (
	hasExtension = "has an extension: a message can only go to a direct number"
	twoReadings  = "has lost its leading 0 or its +, and could be either of two numbers: write it with + and its country code"
	zeroLost     = "the leading 0 was put back"
	plusLost     = "the + before its country code was put back"
)

func notValid(where string) string {
	return "is not valid " + where + ": write it with its country code, as in +1 212 555 0123"
}

// vouch looks at a number that the library takes as it stands: it also takes
// those that have lost their leading 0 or their +.
func (p *phones) vouch(text, region string, number *phonenumbers.PhoneNumber) (e164, lost, complaint string) {
	e164 = phonenumbers.Format(number, phonenumbers.E164)
	if hasPlus(text) || phonenumbers.IsNANPACountry(region) {
		return e164, "", ""
	}
	digits := phonenumbers.NormalizeDigitsOnly(text)
	switch {
	case "+"+digits == e164:
		return e164, plusLost, ""
	case phonenumbers.GetNationalSignificantNumber(number) != digits || !needsZero(number, region):
		return e164, "", ""
	case readsOtherwise(e164, "+"+digits, region) || region != p.region && readsOtherwise(e164, text, p.region):
		return "", "", twoReadings
	}
	return e164, zeroLost, ""
}

// putBack tries what a number that is not valid as it stands may have lost. A
// number as long as those of the region is rather mistyped than foreign.
func (p *phones) putBack(text, region string) (e164, lost, complaint string) {
	digits := phonenumbers.NormalizeDigitsOnly(text)
	if abroad, ok := strings.CutPrefix(digits, "00"); ok {
		e164, lost = valid("+"+abroad, region), "the 00 in front was read as +"
	} else if !strings.HasPrefix(digits, "0") && len(digits) != usualLength(region) {
		e164, lost = valid("+"+digits, region), plusLost
	}
	if !strings.HasPrefix(digits, "0") && !phonenumbers.IsNANPACountry(region) {
		withZero := valid("0"+digits, region)
		switch {
		case withZero != "" && e164 != "":
			return "", "", twoReadings
		case withZero != "":
			e164, lost = withZero, zeroLost
		}
	}
	switch {
	case e164 == "":
		return "", "", notValid("in " + region)
	case readsOtherwise(e164, text, p.region):
		return "", "", twoReadings
	}
	return e164, lost, ""
}

// readsOtherwise reports whether text is a valid number in region, and another
// than e164.
func readsOtherwise(e164, text, region string) bool {
	other := valid(text, region)
	return other != "" && other != e164
}

// valid returns text as E.164, "" when it is no valid number of region's.
func valid(text, region string) string {
	number, err := phonenumbers.Parse(text, region)
	if err != nil || !phonenumbers.IsValidNumber(number) || number.GetExtension() != "" {
		return ""
	}
	return phonenumbers.Format(number, phonenumbers.E164)
}

// usualLength is how many digits a mobile number of region has without a prefix.
func usualLength(region string) int {
	return len(phonenumbers.GetNationalSignificantNumber(phonenumbers.GetExampleNumberForType(region, phonenumbers.MOBILE)))
}

func hasPlus(text string) bool { return strings.ContainsAny(text, "+＋") }
