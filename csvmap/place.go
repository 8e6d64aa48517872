package csvmap

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// place is whose numbering a number without a country code follows.
type place struct {
	region string // ISO 3166; "" where the calling code has to do
	code   string // a calling code, in digits
}

// readPhone reads a phone number beside the row's countries. Beside one that is not
// known, or beside two, it has to say its own country code: as a number of the run's
// region it would be a stranger's. A default number is the run's own.
func (c *Checker) readPhone(cells []string, text string) phoneReading {
	nowhere := !c.country.given() && len(c.countries) == 0
	if nowhere || text == "" || hasPlus(text) || c.phone.cell(cells) == "" {
		return c.phones.read(text, c.rules.Region)
	}
	places, known := c.places(cells)
	if !known {
		return phoneReading{astray: "is not known, and the phone number has no country code: write the number with + and its country code, or the country as two letters, such as US"}
	}
	var first phoneReading
	for i, p := range places {
		var found phoneReading
		if p.code != "" {
			found = c.phones.dialed(text, p.code)
		} else {
			found = c.phones.read(text, p.region)
		}
		if i > 0 && found.e164 != first.e164 {
			return phoneReading{complaint: "stands beside two countries, and could be a number of either: write it with + and its country code"}
		}
		first = found
	}
	return first
}

// places are the countries that the row names, or the run's region where it names
// none. known is false when it names one that nobody knows.
func (c *Checker) places(cells []string) (places []place, known bool) {
	texts := []string{c.country.cell(cells)}
	for _, at := range c.countries {
		texts = append(texts, strings.TrimSpace(cells[at]))
	}
	for _, text := range texts {
		if text == "" || isPlaceholder(text) && !isDigits(text) {
			continue
		}
		p, ok := c.placeOf(text)
		if !ok {
			return nil, false
		}
		if len(places) == 0 || places[0] != p {
			places = append(places, p)
		}
	}
	if len(places) == 0 {
		places = append(places, place{region: c.rules.Region})
	}
	return places, true
}

// placeOf finds the place that a country cell names.
func (c *Checker) placeOf(text string) (place, bool) {
	if region, known := regionOf(text); known && !strings.HasPrefix(text, "+") {
		return place{region: region}, true
	}
	if code := callingCode(text, c.dials); code != "" {
		return place{code: code}, true
	}
	var found place
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("-–—,/():;|", r) }) {
		region, known := regionOf(strings.TrimSpace(part))
		if known && found.region != "" && found.region != region {
			return place{}, false
		}
		if known {
			found.region = region
		}
	}
	return found, found != place{}
}

// callingCode reads a calling code: behind a + or 00, or by itself, where three
// digits have to stand in a column for it, for they may be the number of a country.
func callingCode(text string, dials bool) string {
	digits, bare := text, true
	if at := strings.LastIndexByte(text, '+'); at >= 0 {
		digits, bare = text[at+1:], false
		if end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }); end >= 0 && strings.Trim(digits[end:], " )]") == "" {
			digits = digits[:end]
		}
	}
	digits = cmp.Or(strings.TrimSuffix(digits, ".0"), digits)
	if abroad, ok := strings.CutPrefix(digits, "00"); ok && bare {
		digits, bare = abroad, false
	}
	if !isCallingCode(digits) || bare && len(digits) > 2 && !dials {
		return ""
	}
	return digits
}

// isCallingCode takes what starts the numbers of a region.
func isCallingCode(digits string) bool {
	if digits == "" || len(digits) > 3 || !isDigits(digits) {
		return false
	}
	return digits[0] != '0' && phonenumbers.GetSupportedRegions()[regionOfCallingCode(digits)]
}

// regionOfCallingCode finds the region, or the largest of several, whose numbers
// start with a code of up to three digits.
func regionOfCallingCode(digits string) string {
	number, _ := strconv.Atoi(digits)
	return phonenumbers.GetRegionCodeForCountryCode(number)
}
