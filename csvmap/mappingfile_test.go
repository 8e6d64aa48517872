package csvmap

import (
	"strings"
	"testing"
)

func TestLongestMapping(t *testing.T) {
	_, err := ParseMapping("m.yaml", strings.Repeat("# note\n", maxMappingLines)+"filter: A == b")
	if err != nil {
		t.Fatal(err)
	}
	_, err = ParseMapping("m.yaml", strings.Repeat("# note\n", maxMappingLines+1))
	if err == nil || !strings.Contains(err.Error(), "m.yaml:20001: has more than 20000 lines") {
		t.Fatal(err)
	}
}

// FuzzMapping reads any text as a mapping file. What is taken, is written in such a
// way that it is taken for the same.
func FuzzMapping(f *testing.F) {
	for _, seed := range []string{
		"columns: {Name: full_name, Notes: ignore, x: }\nfilter: A == b",
		"constants:\n  country: DE\ntemplates:\n  full_name: '{Last}, {First?}'",
		"split: {column: Name, as: 'last, first'}\nvalues: {A: {map: {a: b}, others: problem}}",
		"columns: [\n", "- a", "a: &b {c: *b}", "columns: !!map {? a : b}", "filter: |\n  A == b\n", "\ufeff# c",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMapping("m.yaml", text)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Fatalf("%q", err)
			}
			return
		}
		written := m.yaml()
		again, err := ParseMapping("m.yaml", written)
		if err != nil {
			t.Fatalf("%v\n%s", err, written)
		}
		if again.yaml() != written {
			t.Fatalf("%s\nbecame\n%s", written, again.yaml())
		}
	})
}
