package batch

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFoldName(t *testing.T) {
	for in, want := range map[string]string{
		"Avery Sample": "avery sample", "Sample, Ávery": "avery sample", "O’Sample-Example": "example o sample", "": "", "李 明": "明 李",
		"Søren Łuk": "luk soren", "Straße": "strasse",
	} {
		if got := FoldName(in); got != want {
			t.Errorf("FoldName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNamesFit(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"Ann Lee", "Lee, Ann", true},
		{"Ann Lee", "ANN MARIE LEE", true},
		{"Ann Lee", "Ann Lee-Miller", true},
		{"José Núñez", "Jose Nunez", true},
		{"Jürgen Groß", "Juergen Gross", true},
		{"John Smith", "J. Smith", true},
		{"John Q. Smith", "John Quincy Smith", true},
		{"Robert Smith", "Bob Smith", true},
		{"Rob Smith", "Bob Smith", true},
		{"Anne-Marie Lee", "Annemarie Lee", true},
		{"María de la Cruz", "Maria Delacruz", true},
		{"Conor O'Brien", "OBrien Conor", true},
		{"Maria", "Maria Garcia", true},
		{"李 明", "李明", true},
		{"John Smith", "John Smith Jr.", true},

		{"Ann Lee", "Tom Lee", false},
		{"Ann Lee", "Ann Miller", false},
		{"Maria Garcia", "Maria Lopez", false},
		{"John Smith", "Jane Smith", false},
		{"John Smith Sr.", "John Smith Jr.", false},
		{"J. S.", "John Smith", false},
		{"Bob", "Robert", false},
		{"Bob S.", "Robert Smith", false},
		{"Rob Smyth", "Robert Smith", false},
		{"Ana Ana", "Ana Lee", false},
		{"李 明", "李 红", false},
	} {
		if got := namesFit(FoldName(test.a), FoldName(test.b)); got != test.want {
			t.Errorf("%q and %q: %v, want %v", test.a, test.b, got, test.want)
		}
	}
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"Rob Smyth", "Robert Smith", true}, {"Ann Lee", "Ann Lee", true}, {"Eli Example", "Flo Example", false}, {"Ann Lee", "Ana Lee", false},
	} {
		if got := namesAlike(FoldName(test.a), FoldName(test.b)); got != test.want {
			t.Errorf("alike %q and %q: %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

// The fuller one of two names that fit counts.
func TestNamesOfOnePerson(t *testing.T) {
	maria := namesOf("maria", "garcia maria", "")
	if maria.fit("lopez maria") || !maria.fit("garcia maria") || !maria.fit("maria") {
		t.Error("a poor name makes two people one")
	}
	married := namesOf("ann lee", "ann miller")
	if !married.fit("ann lee") || !married.fit("ann miller") || married.fit("ann brown") {
		t.Error("both names of a person count, and no third one")
	}
	if !namesOf().fit("ann lee") || !married.fit("") {
		t.Error("nothing speaks against a name that is not known")
	}
	if maria.news("maria") || maria.news("garcia maria") || !maria.news("garcia lopez maria") || maria.news("") {
		t.Error("news is a name that says more")
	}
}

// Names fit whatever the order and the case of the words, also with some left out of
// one of them, and never where each has a word of its own that is nowhere in the other.
func TestNamesFitProperties(t *testing.T) {
	word := rapid.SampledFrom([]string{"anna", "bo", "chen", "dora", "elmore", "fritz", "gomez", "hart", "ivory", "jalil"})
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(word, 2, 6, rapid.ID).Draw(t, "words")
		name := FoldName(strings.Join(words, " "))
		mixed := rapid.Permutation(words).Draw(t, "order")
		other := FoldName(strings.ToUpper(strings.Join(mixed[:rapid.IntRange(1, len(mixed)).Draw(t, "kept")], "-")))
		if !namesFit(name, other) || !namesFit(other, name) {
			t.Fatalf("%q and %q do not fit", name, other)
		}
		cut := rapid.IntRange(1, len(words)-1).Draw(t, "cut")
		one, two := slices.Clone(words[:cut]), words[cut:]
		both := rapid.SampledFrom([]string{"lee", "smith"}).Draw(t, "both")
		a, b := FoldName(strings.Join(append(one, both), " ")), FoldName(strings.Join(append(slices.Clone(two), both), " "))
		if namesFit(a, b) || namesFit(b, a) {
			t.Fatalf("%q and %q fit", a, b)
		}
	})
}

// Any two names are compared in a blink, and in whatever order with the same result.
func TestNamesFitIsFair(t *testing.T) {
	name := rapid.Custom(func(t *rapid.T) string {
		return FoldName(strings.Join(rapid.SliceOfN(rapid.StringMatching(`[ab]{1,3}`), 0, 12).Draw(t, "words"), " "))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := name.Draw(t, "a"), name.Draw(t, "b")
		if namesFit(a, b) != namesFit(b, a) {
			t.Fatalf("%q and %q: it depends on the order", a, b)
		}
		if !namesFit(a, a) {
			t.Fatalf("%q does not fit itself", a)
		}
	})
}
