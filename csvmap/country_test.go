package csvmap

import (
	"testing"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"
)

func TestRegionOf(t *testing.T) {
	tests := map[string]string{
		"US": "US", "us": "US", "USA": "US", "U.S.A.": "US", "U.S.": "US", "United States of America": "US", "UNITED STATES": "US",
		"UK": "GB", "GB": "GB", "GBR": "GB", "England": "GB", "Great Britain": "GB", "Deutschland": "DE", "DEU": "DE", "de": "DE",
		"España": "ES", "espana": "ES", "México": "MX", "Puerto Rico": "PR", "Côte d'Ivoire": "CI", "CIV": "CI", "Korea, Republic of": "KR",
		"Österreich": "AT", "Pays-Bas": "NL", "Éire": "IE", "+1": "US", "+44": "GB", "+49": "DE", "+353": "IE",

		"": "", "X": "", "XX": "", "ZZ": "", "Georgia": "", "Atlantis": "", "1": "", "840": "", "+": "", "+0": "", "+800": "", "+44 7": "", "-": "",
	}
	for country, want := range tests {
		if got, known := regionOf(country); known != (want != "") || known && got != want {
			t.Errorf("%q: %q, %v", country, got, known)
		}
	}
}

func TestCountryCodes(t *testing.T) {
	for region := range phonenumbers.GetSupportedRegions() {
		three := language.MustParseRegion(region).ISO3()
		if region == "XK" {
			three = "XKX" // what people write; the library has its own
		}
		for _, code := range []string{region, three} {
			if got, known := regionOf(code); !known || got != region {
				t.Errorf("%s: %q", code, got)
			}
		}
	}
	for name, region := range regionByName() {
		if name == "" || !phonenumbers.GetSupportedRegions()[region] {
			t.Errorf("%q is said to be %q", name, region)
		}
	}
}
