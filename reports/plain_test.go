package reports

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"Zoë\t1\n":           "Zoë\t1\n",
		"\x1b[2J":            `\u001b[2J`,
		"a\rb\x00\x7f":       `a\u000db\u0000\u007f`,
		"\u009b31m":          `\u009b31m`,
		"\u202egnp.exe":      `\u202egnp.exe`,
		"\ufeff\u2028\u00ad": `\ufeff\u2028\u00ad`,
		"\U000e0041":         `\udb40\udc41`,
		"\x9b31m \xc3":       "\ufffd31m ",
		"日本語 – “quoted” · €": "日本語 – “quoted” · €",
	} {
		var out bytes.Buffer
		if n, err := Plain(&out).Write([]byte(text)); err != nil || n != len(text) {
			t.Errorf("%q: %d, %v", text, n, err)
		}
		if out.String() != want {
			t.Errorf("%q: %q, want %q", text, out.String(), want)
		}
	}
}

// However the text comes in pieces, it is the same, without anything that acts; and JSON
// says what it said.
func TestPlainInPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.String().Draw(t, "value")
		var text bytes.Buffer
		e := json.NewEncoder(&text)
		e.SetEscapeHTML(false)
		if err := e.Encode(value); err != nil {
			t.Fatal(err)
		}
		whole := text.Bytes()
		var out bytes.Buffer
		w := Plain(&out)
		for rest := whole; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			if _, err := w.Write(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		for _, r := range out.String() {
			if acts(r) {
				t.Fatalf("%q has %U", out.String(), r)
			}
		}
		var back string
		if err := json.Unmarshal(out.Bytes(), &back); err != nil || utf8.ValidString(value) && back != value {
			t.Fatalf("%q came back as %q: %v", value, back, err)
		}
	})
}
