package csvmap

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// One address in the spellings of people and programs.
func TestShownEmails(t *testing.T) {
	const ada, bo = "ada@example.com", "bo@example.com"
	one := Shown{Sure: []string{ada}}
	for text, want := range map[string]Shown{
		"":                                       {},
		" \u200b\ufeff":                          {},
		ada:                                      one,
		"ADA@Example.com":                        one,
		" ada@example.com\n":                     one,
		"ada@example.com\t":                      one,
		"ada@example.com\u00a0":                  one,
		"ada @ example.com":                      one,
		"ada@\u00a0example.com":                  one,
		"\ufeffada@example.com":                  one,
		"a\u200bda@example.com":                  one,
		"ada\uff20example.com":                   one,
		"mailto:ada@example.com":                 one,
		"MAILTO: ada@example.com":                one,
		"mailto:ada@example.com?subject=Payroll": one,
		"Ada Sample <ada@example.com>":           one,
		`"Sample, Ada" <mailto:ada@example.com>`: one,
		"ada@example.com (work)":                 one,
		"<ada@example.com>":                      one,
		"'ada@example.com'":                      one,
		"ada@example.com.":                       one,
		"ada@example.com;":                       one,
		"ada@b\u00fccher.example":                {Sure: []string{"ada@xn--bcher-kva.example"}},
		"ada@example.com; bo@example.com":        {Sure: []string{ada, bo}},
		"ada@example.com,bo@example.com":         {Sure: []string{ada, bo}},
		"ad\u00e1@example.com":                   {Sure: []string{"ad\u00e1@example.com"}},
		"a***@example.com":                       {Hidden: true},
		"a\u2022\u2022\u2022@example.com":        {Hidden: true},
		"a\u2026@example.com":                    {Hidden: true},
		"a...@example.com":                       {Hidden: true},
		"ada@e***.com":                           {Hidden: true},
		"a***@example.com, bo@example.com":       {Sure: []string{bo}, Hidden: true},
		"ada sample@example.com":                 {Sure: []string{"sample@example.com"}, Hidden: true},
		"ada@bo@example.com":                     {Hidden: true},
		"@example.com":                           {Hidden: true},
		"hidden":                                 {Hidden: true},
	} {
		if got := ShownEmails(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestShownPhones(t *testing.T) {
	const e164, home = "+12125550123", "2125550123"
	sure := Shown{Sure: []string{e164}}
	local := Shown{Sure: []string{e164}, Loose: []string{home}}
	for text, want := range map[string]Shown{
		"":                                   {},
		e164:                                 sure,
		" +12125550123":                      sure,
		"+1 212 555 0123 ":                   sure,
		"+1\u00a0212\u00a0555\u00a00123":     sure,
		"+1-212-555-0123":                    sure,
		"+1\u2011212\u2013555\u22120123":     sure,
		"+1.212.555.0123":                    sure,
		"\uff0b1 212 555 0123":               sure,
		"(+1) 212 555 0123":                  sure,
		"tel:+12125550123":                   sure,
		"tel:+1-212-555-0123;ext=5":          sure,
		"Mobile: +1 212 555 0123":            sure,
		"+1 (212) 555-0123 ext 5":            sure,
		"+1 212 555 0123, ext. 5":            sure,
		"+1 212 555 0123 x5":                 sure,
		"+1 212 555 0123 #5":                 sure,
		"(212) 555-0123":                     local,
		home:                                 local,
		"212\u00a0555\u00a00123":             local,
		"1 212 555 0123":                     {Sure: []string{e164}, Loose: []string{"12125550123"}},
		"12125550123":                        {Sure: []string{e164}, Loose: []string{"12125550123"}},
		"001 212 555 0123":                   {Sure: []string{e164}, Loose: []string{"12125550123"}},
		"+44 (0)20 7946 0018":                {Sure: []string{"+442079460018"}},
		"07946 001800":                       {Loose: []string{"7946001800"}}, // none of the region
		"+1 212 555 0123; +12125550124":      {Sure: []string{e164, "+12125550124"}},
		"+1 212 555 0123 (home)":             {Hidden: true},
		"555-0123":                           {Hidden: true},
		"+1212***0123":                       {Hidden: true},
		"+1 212 \u2026 0123":                 {Hidden: true},
		"\u2022\u2022\u2022\u2022\u20220123": {Hidden: true},
		"+1 212 555 01XX":                    {Hidden: true},
		"+1212555x0123":                      {Hidden: true},
		"+12120123":                          {Sure: []string{"+12120123"}}, // as it stands
		"+1 212 0123":                        {Hidden: true},
		"+":                                  {Hidden: true},
		"none":                               {Hidden: true},
	} {
		if got := ShownPhones(text, "US"); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	if got, want := ShownPhones("(212) 555-0123", ""), (Shown{Loose: []string{home}}); !reflect.DeepEqual(got, want) {
		t.Errorf("without a region: %+v, want %+v", got, want)
	}
}

// Whatever the country, a number that is shown without it may be that of its owner.
func TestShownWithoutCountry(t *testing.T) {
	for _, test := range []struct{ e164, shown string }{
		{"+12125550123", "(212) 555-0123"},
		{"+442079460018", "020 7946 0018"},
		{"+4915112345678", "0151 12345678"},
		{"+4915112345678", "49 151 12345678"},
		{"+390612345678", "06 1234 5678"},
	} {
		for _, region := range []string{"", "US", "FR"} {
			s := ShownPhones(test.shown, region)
			loose := LooseDigits(test.e164)
			if !slices.ContainsFunc(s.Loose, func(d string) bool { return slices.Contains(loose, d) }) {
				t.Errorf("%s in %q: %+v, not among %v", test.shown, region, s, loose)
			}
		}
	}
}

// What a roster may hold is read as there, and no decoration hides it.
func TestShownAsRostersAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		local := rapid.StringMatching(`[a-z][a-z0-9_+-]{0,8}`).Draw(t, "local")
		address := local + "@example.com"
		blank := rapid.SampledFrom([]string{"", " ", "\u00a0", "\u200b", "\ufeff", "\t", "\n"})
		text := blank.Draw(t, "a") + strings.Replace(address, "@", blank.Draw(t, "b")+"@"+blank.Draw(t, "c"), 1) + blank.Draw(t, "d")
		if got := ShownEmails(text); !slices.Equal(got.Sure, []string{address}) || got.Hidden {
			t.Errorf("%q: %+v", text, got)
		}
		number := rapid.StringMatching(`\+1212555[0-9]{4}`).Draw(t, "number")
		between := rapid.SampledFrom([]string{"", " ", "-", ".", "\u00a0", "\u2009", "\u200b", "\u2013"}).Draw(t, "between")
		text = blank.Draw(t, "e") + strings.Join([]string{number[:2], number[2:5], number[5:8], number[8:]}, between) + blank.Draw(t, "f")
		if got := ShownPhones(text, ""); !slices.Equal(got.Sure, []string{number}) || got.Hidden {
			t.Errorf("%q: %+v", text, got)
		}
	})
}

func FuzzShown(f *testing.F) {
	for _, text := range []string{"Ada <ada@example.com>", "tel:+12125550123;ext=5", "(212) 555-0123 x5", "a***@example.com", "tel:"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range []Shown{ShownEmails(text), ShownPhones(text, "US"), ShownPhones(text, "")} {
			if strings.TrimSpace(unadorned(text)) != "" && s.Blank() {
				t.Errorf("%q is there, and taken for missing", text)
			}
		}
	})
}
