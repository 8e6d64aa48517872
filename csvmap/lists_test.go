package csvmap_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"bulkinvite/csvmap"
)

// heldOf counts what becomes of lists, by how many of their people have letters
// beyond ASCII in their names.
type heldOf struct {
	lists, held, misread int
	rows, heldRows       int
}

// listEncodings are those that the lists are written in; Mac Roman with either of
// the line ends that it has had.
var listEncodings = []struct {
	name string
	code encoding.Encoding
	ends []string
}{
	{"Windows-1252", charmap.Windows1252, []string{"\r\n", "\n"}},
	{"ISO-8859-1", charmap.ISO8859_1, []string{"\n", "\r\n"}},
	{"ISO-8859-15", charmap.ISO8859_15, []string{"\n", "\r\n"}},
	{"Windows-1250", charmap.Windows1250, []string{"\r\n"}},
	{"MacRoman", charmap.Macintosh, []string{"\r", "\n", "\r\n"}},
	{"UTF-8", encoding.Nop, []string{"\n", "\r\n"}},
}

// Of random lists with some accented names, hardly any is held, even in part, and
// nobody's name is read wrongly. BULKINVITE_LISTS says how many there are of each
// kind; 2000 are the measure.
func TestListsOfManyLanguages(t *testing.T) {
	lists := 120
	if text, given := os.LookupEnv("BULKINVITE_LISTS"); given {
		var err error
		if lists, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	people := readPeople(t)
	random := rand.New(rand.NewPCG(6, 30))
	t.Log("accented names  lists  held  rows held  misread")
	for _, names := range []int{1, 2, 3, 5, 8, 12} {
		var all heldOf
		for range lists {
			all.take(t, newList(people, random, names))
		}
		t.Logf("%14d %6d %5d %10d %8d", names, all.lists, all.held, all.heldRows, all.misread)
		if all.misread > 0 || all.held*200 > max(all.lists, 200) {
			t.Errorf("%d of %d lists with %d accented names are held in part, and %d rows misread; at most 0.5%% may be, and none",
				all.held, all.lists, names, all.misread)
		}
	}
}

// list is a roster, and what its people are called.
type list struct {
	text  string
	names []string
	about string
}

// newList makes a list of people of one language, with so many accented names.
func newList(people map[string][2][]string, random *rand.Rand, names int) list {
	for {
		languages := make([]string, 0, len(people))
		for language := range people {
			languages = append(languages, language)
		}
		slices.Sort(languages)
		language := languages[random.IntN(len(languages))]
		in := listEncodings[random.IntN(len(listEncodings))]
		l, err := writeList(people[language], random, names, in.code, in.ends[random.IntN(len(in.ends))])
		if err == nil {
			l.about = language + " in " + in.name
			return l
		}
	}
}

var plainNames = strings.Fields("Ana Bo Cy Dana Eli Flo Gio Hana Ira Jules Kit Lane Mika Noa Ola Pax Quinn Remy Sky Teo")

// writeList fails where the encoding lacks a letter.
func writeList(people [2][]string, random *rand.Rand, accented int, code encoding.Encoding, end string) (list, error) {
	var l list
	var text strings.Builder
	delimiter := []string{",", ";", "\t"}[random.IntN(3)]
	write := func(cells ...string) { text.WriteString(strings.Join(cells, delimiter) + end) }
	write("Employee ID", "First Name", "Last Name", "Work Email", "Department")
	plain := random.IntN(60)
	where := random.Perm(plain + accented)
	for i := range plain + accented {
		first, last := plainNames[random.IntN(len(plainNames))], plainNames[random.IntN(len(plainNames))]
		if where[i] < accented {
			if random.IntN(2) == 0 {
				first = people[0][random.IntN(len(people[0]))]
			} else {
				last = people[1][random.IntN(len(people[1]))]
			}
			if random.IntN(12) == 0 {
				first, last = strings.ToUpper(first), strings.ToUpper(last)
			}
		}
		l.names = append(l.names, first+" "+last)
		write(fmt.Sprint("E", i), first, last, fmt.Sprintf("p%d@example.com", i), "Sales")
	}
	coded, err := code.NewEncoder().String(text.String())
	l.text = coded
	return l, err
}

func (h *heldOf) take(t *testing.T, l list) {
	t.Helper()
	h.lists++
	roster := openWith(t, l.text, csvmap.OpenOptions{})
	check := checker(t, roster, csvmap.Rules{})
	held := false
	for i, row := range rows(t, roster) {
		h.rows++
		r, problems := check.Check(row)
		switch {
		case len(problems) > 0:
			h.heldRows++
			held = true
		case r.Name() != l.names[i]:
			h.misread++
			t.Errorf("%s: %q is read as %q", l.about, l.names[i], r.Name())
		}
	}
	if held {
		h.held++
		t.Log(l.about, slices.DeleteFunc(slices.Clone(l.names), func(n string) bool { return !strings.ContainsFunc(n, func(r rune) bool { return r > 127 }) }), roster.Detected().Notes)
	}
}

// readPeople reads the names of the word list that have letters beyond ASCII.
func readPeople(t *testing.T) map[string][2][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/people.txt")
	if err != nil {
		t.Fatal(err)
	}
	people := map[string][2][]string{}
	for line := range strings.Lines(string(text)) {
		language, names, ok := strings.Cut(line, ": ")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		first, last, _ := strings.Cut(names, "|")
		plain := func(name string) bool {
			return strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") == ""
		}
		people[language] = [2][]string{slices.DeleteFunc(strings.Fields(first), plain), slices.DeleteFunc(strings.Fields(last), plain)}
		for _, names := range people[language] {
			for i, name := range names {
				names[i] = strings.ReplaceAll(name, "_", " ")
			}
		}
	}
	if len(people) < 12 {
		t.Fatal(errors.New("the list of names is short"))
	}
	return people
}
