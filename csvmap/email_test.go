package csvmap

import (
	"net/mail"
	"strings"
	"testing"

	"golang.org/x/net/idna"
	"pgregory.net/rapid"
)

func TestNormalizeEmail(t *testing.T) {
	local64 := strings.Repeat("l", 64)
	tests := map[string]string{
		"ada@example.com":                      "ada@example.com",
		"Ada.O'Long-Field+hr@Mail.EXAMPLE.com": "ada.o'long-field+hr@mail.example.com",
		"ada@bücher.example":                   "ada@xn--bcher-kva.example",
		"ada@例え.example":                       "ada@xn--r8jz45g.example",
		"ada@xn--bcher-kva.example":            "ada@xn--bcher-kva.example",
		local64 + "@example.com":               local64 + "@example.com",
		"ada@3com.example.com":                 "ada@3com.example.com",

		"":                                        "",
		"ada":                                     "",
		"ada@":                                    "",
		"@example.com":                            "",
		"ada@localhost":                           "",
		"ada@example":                             "",
		"ada@example.com.":                        "",
		"ada@.example.com":                        "",
		"ada@example..com":                        "",
		"ada@-example.com":                        "",
		"ada@example-.com":                        "",
		"ada@exam_ple.com":                        "",
		"ada@127.0.0.1":                           "",
		"ada@[127.0.0.1]":                         "",
		"ada@xn--zzzzzzzz.example":                "",
		".ada@example.com":                        "",
		"ada.@example.com":                        "",
		"a..da@example.com":                       "",
		"a da@example.com":                        "",
		"ada@example.com, b@example.com":          "",
		"ada@example.com;b@example.com":           "",
		"ada@b@example.com":                       "",
		"Ada <ada@example.com>":                   "",
		"ada@example.com (work)":                  "",
		`"a da"@example.com`:                      "",
		"a\u200bda@example.com":                   "",
		"ada@exam\u00adple.com":                   "",
		"adá@example.com":                         "",
		"mailto:ada@example.com":                  "",
		"l" + local64 + "@example.com":            "",
		"ada@" + strings.Repeat("l", 64) + ".com": "",
		local64 + "@" + strings.Repeat(strings.Repeat("d", 62)+".", 3) + "com": "",
	}
	for text, want := range tests {
		got, complaint := normalizeEmail(text)
		if got != want && complaint == "" || (complaint == "") != (want != "") {
			t.Errorf("%q: %q, %q, want %q", text, got, complaint, want)
		}
		if text != "" && text != "ada" && strings.Contains(complaint, text) {
			t.Errorf("the complaint repeats the address: %q", complaint)
		}
	}
}

// Our own rules are stricter than the libraries', never laxer.
func TestEmailRulesWithinTheLibraries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zA-Z0-9.!+'_-]{1,12}@([a-zA-Z0-9ü-]{0,8}\.){1,3}[a-zA-Z0-9-]{0,6}`).Draw(t, "address")
		address, complaint := normalizeEmail(text)
		if complaint != "" {
			return
		}
		if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address || parsed.Name != "" {
			t.Fatalf("net/mail on %q: %v", address, err)
		}
		_, domain, _ := strings.Cut(address, "@")
		if ascii, err := idna.Lookup.ToASCII(domain); err != nil || ascii != domain {
			t.Fatalf("idna on %q: %q, %v", domain, ascii, err)
		}
		if again, complaint := normalizeEmail(address); again != address || complaint != "" {
			t.Fatalf("not stable: %q, %q, %s", address, again, complaint)
		}
	})
}
