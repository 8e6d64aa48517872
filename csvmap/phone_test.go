package csvmap

import (
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"
)

func TestPhone(t *testing.T) {
	tests := []struct{ text, region, want, complaint string }{
		{"2125550123", "US", "+12125550123", ""},
		{"(212) 555-0123", "US", "+12125550123", ""},
		{"1-212-555-0123", "US", "+12125550123", ""},
		{"+1 212.555.0123", "DE", "+12125550123", ""},
		{"+1 (246) 228-0123", "US", "+12462280123", ""},
		{"+44 20 7946 0123", "US", "+442079460123", ""},
		{"020 7946 0123", "GB", "+442079460123", ""},
		{"0044 20 7946 0123", "DE", "+442079460123", ""},
		{"+49 (0)30 23125 012", "DE", "+493023125012", ""},
		{"030/23125012", "DE", "+493023125012", ""},
		{"612 34 56 78", "ES", "+34612345678", ""},
		{"98765 43210", "IN", "+919876543210", ""},
		{"２１２５５５０１２３", "US", "+12125550123", ""},

		{"", "US", "", "blank"},
		{"555-0123", "US", "", "country code"},
		{"12", "US", "", "country code"},
		{"-", "US", "", "country code"},
		{"##########", "US", "", "country code"},
		{"000-000-0000", "US", "", "country code"},
		{"(361) 055-1234", "US", "", "country code"}, // +36 10551234 would be valid
		{"+2125550123", "US", "", "its country code"},
		{"1-800-FLOWERS", "US", "", "letters"},
		{"n/a", "US", "", "letters"},

		{"212-555-0123 x12", "US", "", "extension"},
		{"212-555-0123x12", "US", "", "extension"},
		{"212-555-0123 ext. 12", "US", "", "extension"},
		{"212-555-0123 Ext 12", "US", "", "extension"},
		{"212-555-0123 extension: 12", "US", "", "extension"},
		{"212-555-0123 #12", "US", "", "extension"},
		{"212-555-0123;ext=12", "US", "", "extension"},
		{"212-555-0123,12", "US", "", "extension"},
		{"030 23125012 Durchwahl 12", "DE", "", "extension"},

		{"212 555 0101 / 212 555 0102", "US", "", "two numbers"},
		{"212-555-0101; 212-555-0102", "US", "", "two numbers"},
		{"2125550101,2125550102", "US", "", "two numbers"},
		{"212-555-0101 or 212-555-0102", "US", "", "two numbers"},
		{"+1 212 555 0101 +1 212 555 0102", "US", "", "two numbers"},
		{"212-555-0101 212-555-0102", "US", "", "more digits"},

		{"2.12556E+09", "US", "", "scientific notation"},
		{"2,12556E+09", "US", "", "scientific notation"},
		{"4.915112e+12", "US", "", "scientific notation"},
		{"2.12555012E+09", "US", "", "scientific notation"},
		{"2E+09", "US", "", "scientific notation"},
		{"2.1255501234E+09", "US", "", "scientific notation"},
		{"2.125550123E-09", "US", "", "scientific notation"},
		{"2.12555E+05", "US", "", "damaged by a spreadsheet and is not valid in US"},
		{"555012.0", "US", "", "damaged by a spreadsheet and is not valid in US"},
	}
	for _, tt := range tests {
		got := newPhones(tt.region).read(tt.text, tt.region)
		if got.e164 != tt.want || got.repair != "" || !strings.Contains(got.complaint, tt.complaint) || (got.complaint == "") != (tt.complaint == "") {
			t.Errorf("%q in %s: %+v", tt.text, tt.region, got)
		}
	}
}

func TestPhoneRepairs(t *testing.T) {
	tests := []struct{ text, region, want, repair string }{
		{"'2125550123", "US", "+12125550123", "apostrophe"},
		{"' +1 212 555 0123", "US", "+12125550123", "apostrophe"},
		{"’02079460123", "GB", "+442079460123", "apostrophe"},
		{"2125550123.0", "US", "+12125550123", ".0"},
		{"12125550123.00", "US", "+12125550123", ".0"},
		{"2125550123,0", "US", "+12125550123", ".0"},
		{"2.125550123E+09", "US", "+12125550123", "scientific"},
		{"2,125550123E+09", "US", "+12125550123", "scientific"},
		{"2.125550123e9", "US", "+12125550123", "scientific"},
		{"2.12555012300E+09", "US", "+12125550123", "scientific"},
		{"1.2125550123E+10", "US", "+12125550123", "scientific"},

		// The leading 0: where everybody writes it, and where it is part of the number.
		{"2079460123", "GB", "+442079460123", "leading 0"},
		{"3023125012", "DE", "+493023125012", "leading 0"},
		{"1701234567", "DE", "+491701234567", "leading 0"},
		{"612345678", "FR", "+33612345678", "leading 0"},
		{"2079460123.0", "GB", "+442079460123", "leading 0"},
		{"612345678", "IT", "+390612345678", "leading 0"},

		// The +.
		{"442079460123", "US", "+442079460123", "+"},
		{"44 20 7946 0123", "US", "+442079460123", "+"},
		{"4.42079460123E+11", "US", "+442079460123", "scientific"},
		{"442079460123", "GB", "+442079460123", "+"},
		{"33612345678", "GB", "+33612345678", "+"},
		{"0033 6 12 34 56 78", "US", "+33612345678", "read as +"},
	}
	for _, tt := range tests {
		got := newPhones(tt.region).read(tt.text, tt.region)
		if got.e164 != tt.want || got.complaint != "" || !strings.Contains(got.repair, tt.repair) {
			t.Errorf("%q in %s: %+v", tt.text, tt.region, got)
		}
	}
}

// A number that could be either of two is nobody's.
func TestPhoneWithTwoReadings(t *testing.T) {
	tests := []struct{ text, region, run string }{
		{"16012345678", "DE", "DE"},    // 0160 ... in Germany, +1 601 ... in Mississippi
		{"(212) 555-0123", "DE", "US"}, // 0212 ... in Germany, or the run's own (212)
		{"2125550123", "DE", "US"},
		{"491701234567", "DE", "DE"}, // 0491 ... in Leer, or 0170 ... behind +49
	}
	for _, tt := range tests {
		got := newPhones(tt.run).read(tt.text, tt.region)
		if got.e164 != "" || !strings.Contains(got.complaint, "two numbers") {
			t.Errorf("%q in %s: %+v", tt.text, tt.region, got)
		}
	}
}

// What a spreadsheet does to a number is undone, is told, or makes it a problem:
// it never becomes another number without a word.
func TestDamageIsNeverAnotherNumber(t *testing.T) {
	regions := []string{"US", "GB", "DE", "FR", "IT", "ES", "IN", "AU", "JP", "MX", "BR", "PL", "CI"}
	damages := []func(string) string{
		func(s string) string { return "'" + s },
		func(s string) string { return s + ".0" },
		func(s string) string { return strings.TrimLeft(strings.TrimPrefix(s, "+"), "0") },
		func(s string) string { return strings.TrimLeft(strings.TrimPrefix(s, "+"), "0") + ".0" },
		func(s string) string {
			s = strings.TrimLeft(strings.TrimPrefix(s, "+"), "0")
			return s[:1] + "." + s[1:] + "E+" + string(rune('0'+(len(s)-1)/10)) + string(rune('0'+(len(s)-1)%10))
		},
	}
	rapid.Check(t, func(t *rapid.T) {
		region := rapid.SampledFrom(regions).Draw(t, "region")
		run := rapid.SampledFrom([]string{region, "US"}).Draw(t, "run")
		example := phonenumbers.GetExampleNumberForType(region, rapid.SampledFrom([]phonenumbers.PhoneNumberType{
			phonenumbers.MOBILE, phonenumbers.FIXED_LINE,
		}).Draw(t, "kind"))
		want := phonenumbers.Format(example, phonenumbers.E164)
		written := want
		if rapid.Bool().Draw(t, "national") {
			written = phonenumbers.NormalizeDigitsOnly(phonenumbers.Format(example, phonenumbers.NATIONAL))
		}
		damaged := rapid.SampledFrom(damages).Draw(t, "damage")(written)
		got := newPhones(run).read(damaged, region)
		if got.complaint == "" && got.e164 != want {
			t.Fatalf("%q became %q in %s: %+v", written, damaged, region, got)
		}
		if got.complaint == "" && got.repair == "" && damaged != written && strings.ContainsAny(damaged, "'.E") {
			t.Fatalf("%q was taken for %q without a word", damaged, written)
		}
	})
}

func TestEveryRegionReadsItsOwnNumbers(t *testing.T) {
	for region := range phonenumbers.GetSupportedRegions() {
		example := phonenumbers.GetExampleNumberForType(region, phonenumbers.MOBILE)
		if example == nil {
			example = phonenumbers.GetExampleNumber(region)
		}
		p := newPhones(region)
		for _, format := range []phonenumbers.PhoneNumberFormat{phonenumbers.NATIONAL, phonenumbers.INTERNATIONAL} {
			text := phonenumbers.Format(example, format)
			want := phoneReading{e164: phonenumbers.Format(example, phonenumbers.E164)}
			if valid(text, region) != want.e164 {
				continue // Argentina: the library cannot read what it writes
			}
			if got := p.read(text, region); got != want {
				t.Errorf("%s: %+v, want %+v", region, got, want)
			}
		}
		usualLength(region)
	}
}

func FuzzPhone(f *testing.F) {
	for _, text := range []string{"2.125550123E+09", "'0044 20 7946 0123", "612345678.0", "+1 (246) 228-0123 x1", "１,E"} {
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, german bool) {
		region := "US"
		if german {
			region = "DE"
		}
		got := newPhones("US").read(text, region)
		if (got.e164 == "") != (got.complaint != "") || got.complaint != "" && got.repair != "" {
			t.Fatalf("%+v", got)
		}
		if got.e164 != "" && valid(got.e164, "US") != got.e164 {
			t.Fatalf("%+v is not stable", got)
		}
	})
}
