package csvmap_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bulkinvite/csvmap"
)

func TestPlaceholdersOfContacts(t *testing.T) {
	nothing := strings.Split(`#N/A|N/A|n/a|NA|none|None|-|--|—|.|?|0|0.0|00|NULL|null|nil|NaN|TBD|unknown|not available|no phone|keine|k.A.|aucun|s/o|ninguno|sin teléfono|`+
		`0000000000|000-000-0000|(999) 999-9999|x|XXX|#NV|(none)|[blank]|no email`, "|")
	for _, text := range nothing {
		roster := open(t, "Name,Email,Phone\nAda,ada@example.com,"+text+"\nAda,"+text+",(212) 555-0123\nAda,"+text+","+text+"\n")
		c := checker(t, roster, csvmap.Rules{})
		all := rows(t, roster)
		for i, row := range all {
			r, found := c.CheckAll(row)
			switch {
			case i < 2 && (len(found.Problems) > 0 || len(found.Warnings) != 1 || found.Warnings[0].Code != csvmap.NoValue || (r.Email == "") == (r.Phone == "")):
				t.Errorf("%q: %+v", text, found)
			case i == 2 && (len(found.Problems) != 1 || found.Problems[0].Code != csvmap.MissingContact):
				t.Errorf("%q: %+v", text, found)
			}
		}
	}
}

// What may be somebody's contact is never read as blank.
func TestContactsAreNoPlaceholders(t *testing.T) {
	for _, text := range []string{"none", "na@example.com", "null@example.com", "12", "5550123", "212555012", "ada", "#REF!", "0@example.com"} {
		roster := open(t, "Name,Email,Phone\nAda,"+text+",\n")
		_, found := checker(t, roster, csvmap.Rules{}).CheckAll(rows(t, roster)[0])
		if blank := len(found.Warnings) > 0; blank != (text == "none") {
			t.Errorf("%q: %+v", text, found)
		}
	}
}

// A British or Indian mobile number beside a country, a calling code, or something
// that nobody knows, is read as what it is or is a problem, and never as a number of
// the United States.
func TestForeignNumbersAreNeverAmerican(t *testing.T) {
	countries := map[string][]string{
		"+44": {"UK", "GB", "United Kingdom", "England", "44", "+44", "0044", "GB - United Kingdom", "United Kingdom (+44)", "(+44)", "Londonia", "EMEA", "44.0"},
		"+91": {"India", "IN", "IND", "91", "+91", "0091", "India (IN)", "+91 India", "Bharat", "Offshore"},
	}
	headers := []string{"Country", "Country Code", "Dial Code", "Phone Country", "ISD Code", "Country Calling Code", "Mobile Country Code", "Work Country", "Country of Residence"}
	rapid.Check(t, func(rt *rapid.T) {
		code := rapid.SampledFrom([]string{"+44", "+91"}).Draw(rt, "code")
		country := rapid.SampledFrom(countries[code]).Draw(rt, "country")
		national := "7" + rapid.StringMatching(`[1-9][0-9]{8}`).Draw(rt, "rest")
		if code == "+91" {
			national = rapid.StringMatching(`[6-9][0-9]{9}`).Draw(rt, "national")
		}
		header := rapid.SampledFrom(headers).Draw(rt, "header")
		roster := open(t, fmt.Sprintf("Name,Email,Mobile,%s\nAda,ada@example.com,%s %s,%s\n", header, national[:4], national[4:], country))
		r, found := checker(t, roster, csvmap.Rules{}).CheckAll(rows(t, roster)[0])
		if strings.HasPrefix(r.Phone, "+1") || len(found.Problems) == 0 && r.Phone != code+national && r.Phone != "" {
			rt.Fatalf("%s beside %s under %s is %q, %+v", national, country, header, r.Phone, found)
		}
	})
}

func TestDialedNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"44|7712 345678": "+447712345678", "+44|07712 345678": "+447712345678", "0044|7712345678": "+447712345678", "44|447712345678": "+447712345678",
		"91|98765 43210": "+919876543210", "1|(212) 555-0123": "+12125550123", "1|1 212 555 0123": "+12125550123", "+1|212.555.0123": "+12125550123",
		"353|85 012 3456": "+353850123456", "49|0151 23456789": "+4915123456789", "49|15123456789": "+4915123456789", "1|+44 7712 345678": "+447712345678",
		"44.0|7712345678": "+447712345678", "44|12": "", "999|7712345678": "", "GB|07712 345678": "+447712345678",
	} {
		code, number, _ := strings.Cut(text, "|")
		roster := open(t, "First Name,Last Name,Dial Code,Mobile\nAna,Lee,"+code+","+number+"\n")
		r, found := checker(t, roster, csvmap.Rules{}).CheckAll(rows(t, roster)[0])
		if r.Phone != want || (want == "") != (len(found.Problems) > 0) {
			t.Errorf("%s: %q, %+v", text, r.Phone, found)
		}
	}
}

func TestTwoCountries(t *testing.T) {
	for row, want := range map[string]string{
		"(212) 555-0123,US,US": "+12125550123", "(212) 555-0123,US,": "+12125550123", "(212) 555-0123,,": "+12125550123", "(212) 555-0123,US,Canada": "+12125550123",
		"07712 345678,UK,GB": "+447712345678", "7712 345678,US,UK": "", "7712 345678,,Londonia": "", "+44 7712 345678,US,Londonia": "+447712345678",
	} {
		roster := open(t, "Name,Mobile,Country,Work Country\nAda,"+row+"\n")
		r, found := checker(t, roster, csvmap.Rules{}).CheckAll(rows(t, roster)[0])
		if r.Phone != want || (want == "") != (len(found.Problems) > 0) {
			t.Errorf("%s: %q, %+v", row, r.Phone, found)
		}
	}
}
