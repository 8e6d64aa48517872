package csvmap

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A spelling is a header as it is written somewhere, and the field that it is; ""
// for one that must not be taken for any.
type spelling struct {
	field  Field
	header string
}

// spelledHeaders reads a list of headers, a field, a tab and a header a line. known.txt
// are those that have always been understood; tuned.txt those by which the tables
// were made, after some 40 systems that people keep employees in; and heldout.txt
// those that were written down afterwards, and that no table was changed for.
func spelledHeaders(t *testing.T, file string) []spelling {
	t.Helper()
	text, err := os.ReadFile("testdata/headers/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all []spelling
	for line := range strings.Lines(string(text)) {
		field, header, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		all = append(all, spelling{Field(field), header})
	}
	return all
}

func TestKnownHeaders(t *testing.T) {
	for _, s := range spelledHeaders(t, "known.txt") {
		if got := meaningOf(s.header).field; got != s.field {
			t.Errorf("%q is %q, want %q", s.header, got, s.field)
		}
	}
}

// Of each kind of header, 95 of 100 are understood; and of those that are somebody
// else's or no contact at all, 99 are left alone.
func TestHeaderSpellings(t *testing.T) {
	for _, file := range []string{"tuned.txt", "heldout.txt"} {
		all, right := map[Field]int{}, map[Field]int{}
		for _, s := range spelledHeaders(t, file) {
			all[s.field]++
			if got := meaningOf(s.header).field; got == s.field {
				right[s.field]++
			} else {
				t.Logf("%s: %q is %q, want %q", file, s.header, got, s.field)
			}
		}
		for field, n := range all {
			least := 95
			if field == "" {
				least = 99
			}
			t.Logf("%s: %d of %d understood as %q", file, right[field], n, field)
			if 100*right[field] < least*n {
				t.Errorf("%s: only %d of %d are understood as %q", file, right[field], n, field)
			}
		}
	}
}

// What a header says does not depend on the order of its words, on how they are
// put together, or on what stands around them.
func TestHeadersInAnyOrder(t *testing.T) {
	sample := rapid.SampledFrom[[]string]
	kinds := []struct {
		field  Field
		whose  *rapid.Generator[string]
		nouns  *rapid.Generator[string]
		suffix *rapid.Generator[string]
	}{
		{Email, sample([]string{"", "Work", "Business", "Official", "Primary", "Company", "Corporate", "Personal", "Home"}),
			sample([]string{"Email", "E-mail", "EMAIL", "Mail"}), sample([]string{"", "Address", "ID", "Id"})},
		{Phone, sample([]string{"", "Work", "Business", "Personal", "Primary", "Home", "Company"}),
			sample([]string{"Mobile", "Cell Phone", "Cell", "Mobile Phone", "Cellular"}), sample([]string{"", "Number", "No.", "#", "Nr"})},
		{EmployeeID, sample([]string{""}), sample([]string{"Employee", "Emp", "Worker", "Staff", "Associate", "Personnel"}),
			sample([]string{"ID", "Number", "No.", "Code"})},
	}
	rapid.Check(t, func(t *rapid.T) {
		kind := sample([]string{"0", "1", "2"}).Draw(t, "kind")
		k := kinds[kind[0]-'0']
		whose, noun := k.whose.Draw(t, "whose"), k.nouns.Draw(t, "noun")
		words := []string{whose, noun + " " + k.suffix.Draw(t, "suffix")}
		if rapid.Bool().Draw(t, "turned") {
			words[0], words[1] = words[1], words[0]
		}
		header := strings.TrimSpace(strings.Join(words, sample([]string{" ", " - ", ": ", "_", " / "}).Draw(t, "between")))
		switch rapid.IntRange(0, 3).Draw(t, "written") {
		case 1:
			header = strings.ToUpper(header)
		case 2:
			header = strings.ReplaceAll(header, " ", "_")
		case 3:
			header = strings.ReplaceAll(header, " ", "")
		}
		header = sample([]string{"", "*"}).Draw(t, "before") + header +
			sample([]string{"", "*", " 1", " [Required]", " (required)", " (as in payslips)", ":"}).Draw(t, "behind")
		if got := meaningOf(header).field; got != k.field {
			t.Fatalf("%q is %q, want %q", header, got, k.field)
		}
		for _, other := range []string{"Manager", "Supervisor's", "Emergency Contact", "Spouse", "Recovery"} {
			if got := meaningOf(other + " " + header); got.field != "" || !wordsOf(other+" "+header).others() {
				t.Fatalf("%q of %q is %q", header, other, got.field)
			}
		}
	})
}

func TestTablesHaveNoWordTwice(t *testing.T) {
	meant := make(map[string]sense)
	for meaning, list := range words {
		for word := range strings.FieldsSeq(list) {
			key := headerKey(word)
			if other, twice := meant[key]; twice && other != meaning {
				t.Errorf("%q means two things", word)
			}
			if len(key) > longestWord {
				t.Errorf("%q is longer than words are", word)
			}
			meant[key] = meaning
		}
	}
	for _, h := range halves {
		for _, key := range h.whole {
			if got := meaningOf(key).field; got != FullName {
				t.Errorf("%q by itself is %q", key, got)
			}
		}
		for _, key := range h.byHeader {
			if got := meaningOf(key).field; got != h.beside {
				t.Errorf("%q is %q", key, got)
			}
		}
	}
}
