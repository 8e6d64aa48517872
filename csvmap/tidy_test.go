package csvmap

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTidy(t *testing.T) {
	same := []string{
		"Ada", "Zoë O’Brien-Løngfield Jr.", "D'Arcy", "Nguyễn Thị Minh", "李雷", "山田　太郎", "スター　太郎", "Ѓорѓи", "محمد", "علی\u200cرضا",
		"ക്രിസ്\u200dറ്റി", "Αλέξης", "שרה", "김민수", "ᚠ", "Ada   Longfield", "J\u0301ose", "",
	}
	for _, name := range same {
		if got, changed := tidy(name, true); got != name || changed {
			t.Errorf("%q became %q, %v", name, got, changed)
		}
	}
	tests := []struct {
		text, want string
		changed    bool
	}{
		{" Ada\t\r\n", "Ada", false},
		{"\ufeffAda", "Ada", true},
		{"A\u200bda\u200b", "Ada", true},
		{"Long\u00adfield", "Longfield", true},
		{"\u202a+12125550123\u202c", "+12125550123", true},
		{"\u200e\u2066Ada\u2069", "Ada", true},
		{"Ada\u00a0Longfield\u00a0", "Ada Longfield", true},
		{"Ada\u2009\u202fLongfield\u3000", "Ada  Longfield", true},
		{"Ada\u2028Longfield", "Ada Longfield", true},
		{"A\u200cda", "Ada", true},       // no script that joins
		{"\u200dعلی\u200c", "علی", true}, // joins nothing
		{"\u3164", "", true},
		{"\u2060\ufeff", "", true},
		{"A\x00da", "A\x00da", false}, // a problem, not ours
	}
	for _, tt := range tests {
		if got, changed := tidy(tt.text, true); got != tt.want || changed != tt.changed {
			t.Errorf("%q: %q, %v", tt.text, got, changed)
		}
	}
	if got, changed := tidy("علی\u200cرضا@example.com", false); got != "علیرضا@example.com" || !changed {
		t.Errorf("%q", got)
	}
}

func TestTidyIsDoneAtOnce(t *testing.T) {
	hidden := []rune("\u200b\u200c\u200d\ufeff\u00ad\u00a0\u3000\u202eaé李ع \t")
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(hidden), rapid.Rune())).Draw(t, "text"))
		isName := rapid.Bool().Draw(t, "name")
		once, _ := tidy(text, isName)
		if twice, changed := tidy(once, isName); twice != once || changed || !utf8.ValidString(once) {
			t.Fatalf("%q became %q, then %q", text, once, twice)
		}
	})
}
