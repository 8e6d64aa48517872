package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"bulkinvite/csvmap"
)

// problemPrinter is a form of the list of problems. What end writes is lost where
// an earlier write failed; out's Flush says so.
type problemPrinter interface {
	problem(csvmap.Problem) error
	restart() // what was printed so far does not count
	end(found tally, broken error)
}

// problemText prints the way compilers do, then the counts.
type problemText struct {
	out    *bufio.Writer
	roster string
}

func (t *problemText) problem(p csvmap.Problem) error {
	where, what := t.roster+":"+p.Where()+": ", p.Message
	if p.Field != "" {
		what = string(p.Field) + ": " + what
	}
	if p.Warning {
		what = "warning: " + what
	}
	_, err := fmt.Fprintln(t.out, where+what)
	return err
}

func (t *problemText) restart() {}

func (t *problemText) end(found tally, broken error) {
	rows := plural(found.rows, "row")
	problems := "no problems"
	if found.problems > 0 {
		problems = fmt.Sprintf("%s in %s", plural(found.problems, "problem"), plural(found.bad, "row"))
	}
	if found.warnings > 0 {
		problems += ", " + plural(found.warnings, "warning")
	}
	switch {
	case len(found.kinds) > 0:
		fmt.Fprintf(t.out, "\n%s, %s:\n", rows, problems)
		for _, k := range found.order() {
			line := fmt.Sprintf("%9s  %-16s %s", humanize.Comma(int64(found.kinds[k])), k.code, k.field)
			if k.warning {
				line += " (warning)"
			}
			fmt.Fprintln(t.out, strings.TrimRight(line, " "))
		}
	case broken == nil:
		fmt.Fprintf(t.out, "%s, %s\n", rows, problems)
	}
	if broken == nil {
		found.remarks(t.out)
	}
}

// remarks prints what there is to say of the roster as a whole.
func (t tally) remarks(out *bufio.Writer) {
	for _, note := range t.notes {
		fmt.Fprintf(out, "note: %s\n", onScreen(note))
	}
	for _, doubt := range t.doubts {
		fmt.Fprintf(out, "a run is held for this: %s\n", onScreen(doubt))
	}
}

// order is the kinds of problems, the most frequent first.
func (t tally) order() []kind {
	return slices.SortedFunc(maps.Keys(t.kinds), func(a, b kind) int {
		return cmp.Or(
			-cmp.Compare(t.kinds[a], t.kinds[b]),
			cmp.Compare(a.code, b.code),
			cmp.Compare(a.field, b.field),
			cmp.Compare(fmt.Sprint(a.warning), fmt.Sprint(b.warning)),
		)
	})
}

// plural is n with its word: "1 row", "1,234 rows".
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return humanize.Comma(int64(n)) + " " + word + "s"
}

// problemJSON prints one object, problem by problem:
//
//	{"roster": text, "problems": [{"line": number, "column": number, "field": text,
//	 "code": text, "message": text, "warning": bool}…], "rows": number, "bad_rows": number,
//	 "counts": [{"code": text, "field": text, "warning": bool, "count": number}…],
//	 "notes": [text…], "doubts": [text…]}
//
// column is 0 and field "" for the whole row. "error" stands in the place of notes
// and doubts where the roster could not be read to its end.
type problemJSON struct {
	out    *bufio.Writer
	roster string
	begun  bool
}

type jsonProblem struct {
	Line    int          `json:"line"`
	Column  int          `json:"column"`
	Field   csvmap.Field `json:"field"`
	Code    csvmap.Code  `json:"code"`
	Message string       `json:"message"`
	Warning bool         `json:"warning,omitempty"`
}

type jsonCount struct {
	Code    csvmap.Code  `json:"code"`
	Field   csvmap.Field `json:"field"`
	Warning bool         `json:"warning,omitempty"`
	Count   int          `json:"count"`
}

func (j *problemJSON) problem(p csvmap.Problem) error {
	separator := ",\n"
	if !j.begun {
		separator = j.begin()
	}
	_, err := fmt.Fprintf(j.out, "%s  %s", separator, asJSON(jsonProblem{p.Line, p.Column, p.Field, p.Code, p.Message, p.Warning}))
	return err
}

func (j *problemJSON) begin() string {
	j.begun = true
	return fmt.Sprintf("{\"roster\": %s, \"problems\": [\n", asJSON(j.roster))
}

func (j *problemJSON) restart() { j.begun = false }

func (j *problemJSON) end(found tally, broken error) {
	if !j.begun {
		fmt.Fprint(j.out, j.begin())
	}
	counts := []jsonCount{}
	for _, k := range found.order() {
		counts = append(counts, jsonCount{k.code, k.field, k.warning, found.kinds[k]})
	}
	fmt.Fprintf(j.out, "\n], \"rows\": %d, \"bad_rows\": %d, \"counts\": %s", found.rows, found.bad, asJSON(counts))
	if broken != nil {
		fmt.Fprintf(j.out, ", \"error\": %s", asJSON(broken.Error()))
	} else {
		fmt.Fprintf(j.out, ", \"notes\": %s, \"doubts\": %s", asJSON(found.notes), asJSON(found.doubts))
	}
	fmt.Fprintln(j.out, "}")
}

// asJSON writes values that always have a JSON form.
func asJSON(v any) []byte {
	text, _ := json.Marshal(v)
	return text
}
