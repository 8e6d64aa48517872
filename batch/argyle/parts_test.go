package argyle

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"bulkinvite/csvmap"

	"pgregory.net/rapid"
)

func TestSecretIsNeverPrinted(t *testing.T) {
	secret := NewSecret("s3cret")
	type holder struct {
		Shown  Secret
		hidden Secret
		Ptr    *Secret
	}
	h := holder{secret, secret, &secret}
	asJSON, err := json.Marshal(map[string]any{"h": h, "s": secret})
	if err != nil {
		t.Fatal(err)
	}
	text, _ := secret.MarshalText()
	printed := []string{string(asJSON), string(text), secret.String(), secret.GoString()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		printed = append(printed, fmt.Sprintf(verb, secret), fmt.Sprintf(verb, h), fmt.Sprintf(verb, &h), fmt.Sprintf(verb, []Secret{secret}))
	}
	for _, p := range printed {
		if strings.Contains(p, "s3cret") || strings.Contains(p, fmt.Sprintf("%x", "s3cret")) {
			t.Errorf("shown in %s", p)
		}
	}
	if secret.Reveal() != "s3cret" || (Secret{}).Reveal() != "" || fmt.Sprint(secret) != "[redacted]" {
		t.Error("Reveal does not give the text, or printing not [redacted]")
	}
}

func TestEnvironmentName(t *testing.T) {
	for url, want := range map[string]string{
		SandboxURL: "sandbox", ProductionURL: "production",
		"https://API.argyle.com:443/v2/": "production",
		"https://api.argyle.com.:443/v2": "production",
		"https://api.argyle.com:8443/v2": "api.argyle.com-8443",
		"http://api.argyle.com/v2":       "api.argyle.com-80",
		"http://127.0.0.1:8080/v2":       "127.0.0.1-8080",
		"http://[::1]:8080/v2":           "__1-8080",
		"https://Proxy.example.com/a/v2": "proxy.example.com-443",
		"":                               "",
		"/v2":                            "",
	} {
		if got := EnvironmentName(url); got != want {
			t.Errorf("%s: %q, want %q", url, got, want)
		}
	}
}

func TestNewRefusesABadConfig(t *testing.T) {
	good := Config{BaseURL: SandboxURL, KeyID: "key", Secret: NewSecret("s3cret")}
	for name, test := range map[string]struct {
		edit  func(*Config)
		field string
	}{
		"no URL":          {func(c *Config) { c.BaseURL = "" }, "BaseURL"},
		"no URL at all":   {func(c *Config) { c.BaseURL = "http://[" }, "BaseURL"},
		"no scheme":       {func(c *Config) { c.BaseURL = "api.argyle.com/v2" }, "BaseURL"},
		"no host":         {func(c *Config) { c.BaseURL = "https:///v2" }, "BaseURL"},
		"clear text":      {func(c *Config) { c.BaseURL = "http://api.argyle.com/v2" }, "BaseURL"},
		"looks loopback":  {func(c *Config) { c.BaseURL = "http://127.0.0.1.example.com/v2" }, "BaseURL"},
		"credentials":     {func(c *Config) { c.BaseURL = "https://key:s3cret@api.argyle.com/v2" }, "BaseURL"},
		"query":           {func(c *Config) { c.BaseURL = SandboxURL + "?key=s3cret" }, "BaseURL"},
		"fragment":        {func(c *Config) { c.BaseURL = SandboxURL + "#s3cret" }, "BaseURL"},
		"no key":          {func(c *Config) { c.KeyID = "" }, "KeyID"},
		"colon":           {func(c *Config) { c.KeyID = "a:s3cret" }, "KeyID"},
		"no secret":       {func(c *Config) { c.Secret = Secret{} }, "Secret"},
		"line break":      {func(c *Config) { c.Secret = NewSecret("s3cret\n") }, "Secret"},
		"negative":        {func(c *Config) { c.Timeout = -1 }, "Timeout"},
		"negative number": {func(c *Config) { c.MaxConns = -1 }, "MaxConns"},
	} {
		c := good
		test.edit(&c)
		_, err := New(c)
		if bad, ok := errors.AsType[*ConfigError](err); !ok || bad.Field != test.field || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, url := range []string{"http://localhost:1/v2", "http://127.0.0.1/v2", "http://[::1]:1/v2/", ProductionURL} {
		good.BaseURL = url
		if c, err := New(good); err != nil || strings.HasSuffix(c.base, "/") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 2, 3, 0, 0, 0, time.UTC)
	const server, later = "Mon, 02 Nov 2026 05:00:00 GMT", "Mon, 02 Nov 2026 05:00:30 GMT"
	for _, test := range []struct {
		date, retry string
		want        time.Duration
	}{
		{"", "", 0},
		{"", "0", 0},
		{"", " 12 ", 12 * time.Second},
		{"", "-5", 0},
		{"", "1.5", 0},
		{"", "soon", 0},
		{"", "601", 10 * time.Minute},
		{"", "99999999999999999999", 10 * time.Minute},
		{server, later, 30 * time.Second}, // our clock is two hours behind
		{later, server, 0},
		{"", later, 10 * time.Minute},
		{"", "Mon, 02 Nov 2026 03:00:05 GMT", 5 * time.Second},
	} {
		a := answer{header: http.Header{"Date": {test.date}, "Retry-After": {test.retry}}}
		if got := a.retryAfter(now); got != test.want {
			t.Errorf("%q at %q: %s, want %s", test.retry, test.date, got, test.want)
		}
	}
}

func TestMaskHidesValuesAndKeepsWords(t *testing.T) {
	m := newMask(csvmap.Recipient{
		FirstName: "Al", LastName: "Østergård Lee", Email: "al@example.com", Phone: "+12125550123", ExternalID: "Team/9", FlowID: "8DRRA4XC",
		DDSConfig: map[string]any{"ach": map[string]any{"account_number": 12345, "bank_name": "First Bank"}},
	})
	for text, want := range map[string]string{
		"Al is also valid: AL.":                        "… is also valid: ….",
		"østergård is ØSTERGÅRD LEE":                   "… is …",
		"bank first bank has account 12345":            "bank … has account …",
		"call (212) 555-0123, or 212.555.0124":         "call (…, or …",
		"see https://x.example.com/?t=1 or b@c.de now": "see … or … now",
		"no team/9 here, 8DRRA4XC is unknown":          "no … here, 8DRRA4XC is unknown",
		"two\x00lines\r\n\u202eback\xff":               "two lines back…",
		strings.Repeat("word ", 100):                   strings.Repeat("word ", 39) + "word…",
		strings.Repeat("x", 5000):                      "",
	} {
		if got := m.clean(text); got != want {
			t.Errorf("%q\nbecame %q\n  want %q", text, got, want)
		}
	}
}

func TestMaskedTextNeverHoldsAValue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := csvmap.Recipient{
			FirstName: rapid.StringMatching(`\pL{2,8}( \pL{2,8})?`).Draw(rt, "first"),
			Email:     rapid.StringMatching(`[a-z]{1,5}@[a-z]{1,5}\.org`).Draw(rt, "email"),
			Phone:     rapid.StringMatching(`\+1212555\d{4}`).Draw(rt, "phone"),
		}
		glue := rapid.StringMatching(`[ ,.:"'(]{1,2}`)
		text := ""
		for _, value := range rapid.SliceOfN(rapid.SampledFrom([]string{r.FirstName, r.Email, r.Phone, "bad", "value"}), 1, 60).Draw(rt, "values") {
			text += value + glue.Draw(rt, "glue")
		}
		got := newMask(r).clean(text)
		for _, value := range []string{r.Email, r.Phone} {
			if strings.Contains(got, value) {
				rt.Errorf("%q shows %q", got, value)
			}
		}
		if strings.Contains(" "+got+" ", " "+r.FirstName+" ") || len([]rune(got)) > maxText {
			rt.Errorf("%q shows the name, or is too long", got)
		}
	})
}
