package csvmap

import (
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// needsZero reports whether everybody in region writes a 0 before number, so
// that it must have been lost where there is none.
func needsZero(number *phonenumbers.PhoneNumber, region string) bool {
	if phonenumbers.GetNddPrefixForRegion(region, true) != "0" || zeroIsOptional()[number.GetCountryCode()] {
		return false
	}
	written := phonenumbers.NormalizeDigitsOnly(phonenumbers.Format(number, phonenumbers.NATIONAL))
	return strings.HasPrefix(written, "0")
}

// zeroIsOptional holds the country codes where people also write numbers without
// the 0, as in India.
var zeroIsOptional = sync.OnceValue(func() map[int32]bool {
	optional := make(map[int32]bool)
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		panic("csvmap: phonenumbers lost its metadata: " + err.Error())
	}
	for _, region := range all.GetMetadata() {
		for _, format := range region.GetNumberFormat() {
			if format.GetNationalPrefixOptionalWhenFormatting() {
				optional[region.GetCountryCode()] = true
			}
		}
	}
	return optional
})
