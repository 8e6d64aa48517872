package reports

import "testing"

func TestShellWord(t *testing.T) {
	for text, want := range map[string]string{
		"": "''", "00E7": "00E7", "a/b-c.d": "a/b-c.d", "E 7": "'E 7'", "$HOME": "'$HOME'", "it's": `'it'\''s'`, "a;b": "'a;b'", "~": "'~'",
	} {
		if got := ShellWord(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
