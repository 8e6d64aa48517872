package csvmap

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func letters(name string) (cellReader, error) {
	if len(name) != 1 {
		return cellReader{}, &noColumn{name, []string{"A", "B", "C"}}
	}
	return cellReader{index: int(name[0] - 'A')}, nil
}

func filled(t testing.TB, template string, cells ...string) string {
	t.Helper()
	parts, err := bindTemplate(template, letters)
	if err != nil {
		t.Fatal(err)
	}
	return render(parts, cells)
}

func TestTemplate(t *testing.T) {
	for template, want := range map[string]string{
		"{A}, {B}":         "Longfield, Ada",
		"{ A }-{C?}-{B}":   "Longfield--Ada",
		"{A} {C?} {B}":     "Longfield Ada",
		"{C?} {A}":         "Longfield",
		"{A}{C}":           "",
		"x {C?} y":         "",
		"{{{A}}} {{ }}":    "{Longfield} { }",
		"Hi {B},\nwelcome": "Hi Ada,\nwelcome",
		"{A}{A}":           "LongfieldLongfield",
	} {
		if got := filled(t, template, " Longfield ", "Ada", " "); got != want {
			t.Errorf("%q is %q, want %q", template, got, want)
		}
	}
}

// A template says what it is made of, whatever is in the literals.
func TestTemplateKeepsLiterals(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var template, want strings.Builder
		template.WriteString("{A}")
		want.WriteString("a")
		escape := strings.NewReplacer("{", "{{", "}", "}}")
		for range rapid.IntRange(0, 4).Draw(rt, "parts") {
			literal := rapid.StringOf(rapid.SampledFrom([]rune("{}x é\n?"))).Draw(rt, "literal")
			template.WriteString(escape.Replace(literal) + "{B}")
			want.WriteString(literal + "b")
		}
		if got := filled(t, template.String(), "a", "b"); got != want.String() {
			rt.Fatalf("%q is %q", template.String(), got)
		}
	})
}

func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{"{A}, {B?}", "{{}}", "{", "}", "{{A}", "{A}}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parts, complaint := parseTemplate(text)
		if complaint != "" && parts != nil || strings.ContainsAny(complaint, "\r\n") {
			t.Fatalf("%q", complaint)
		}
		render(parts, []string{"a"})
	})
}
