package csvmap_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bulkinvite/csvmap"
)

// drafted makes a draft of a roster and maps it by that. It returns the draft,
// and the roster's rows.
func drafted(t testing.TB, roster *csvmap.Roster) (csvmap.Draft, []csvmap.Row) {
	t.Helper()
	all := rows(t, roster)
	draft, err := roster.Draft(all)
	if err != nil {
		t.Fatal(err)
	}
	if err := roster.Map(mapping(t, draft.Text)); err != nil {
		t.Fatalf("%v\n%s", err, draft.Text)
	}
	return draft, all
}

func TestDraftProposes(t *testing.T) {
	tests := []struct{ name, roster, proposal, want string }{
		{"nothing", "Name,Email\nAda Longfield,ada@example.com\n", "", "full_name: Name, email: Email"},
		{"nothing where one name has no comma", "Name,Email\n\"Longfield, Ada\",a@example.com\nAda,b@example.com\n", "", "full_name: Name, email: Email"},
		{"a split", "Name,Email\n\"Longfield, Ada\",ada@example.com\n,\n",
			`the column "Name" is split at its comma into last_name and first_name; a name without one would be a problem`, "email: Email, first_name: Name, last_name: Name"},
		{"a name that no header tells of", "Person,City,Email\n\"Longfield, Ada\",Paris,ada@example.com\n",
			`the column "Person" is split at its comma`, "email: Email, first_name: Person, last_name: Person"},
		{"not one of two", "Person,City,Email\n\"Longfield, Ada\",\"Paris, France\",ada@example.com\n", "", "email: Email"},
		{"nothing where the cells have told", "Name,Reach,Notes\nAda,ada@example.com,x\nBo,bo@example.org,\n", "", "full_name: Name, email: Reach"},
		{"the first of two", "Name,Email,E-Mail\nAda,ada@example.com,bo@example.com\n",
			`the columns "Email" and "E-Mail" both mean email: the first is taken`, "full_name: Name, email: Email"},
		{"what can be sent nowhere", "Name,Email,override_invite_template.x\nAda,ada@example.com,x\n",
			`the column "override_invite_template.x" is left out: override_invite_template.x is no field`, "full_name: Name, email: Email"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster := open(t, tt.roster)
			draft, _ := drafted(t, roster)
			if got := strings.Join(draft.Proposals, "\n"); !strings.Contains(got, tt.proposal) || tt.proposal == "" && got != "" {
				t.Errorf("proposes %s", got)
			}
			var got []string
			for _, c := range roster.Columns() {
				if c.Field != "" {
					got = append(got, string(c.Field)+": "+c.Header)
				}
			}
			for _, m := range roster.Made() {
				got = append(got, string(m.Field)+": "+roster.Header()[m.Columns[0]-1])
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, ", ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDraftRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"Ada Longfield,ada@example.com\nBo,bo@example.com\n": "looks like a person, not like a header",
		"Name,Email,email\nAda,,\n":                          `has the column "email" twice`,
	} {
		_, err := open(t, text).Draft(nil)
		if _, ok := errors.AsType[*csvmap.RosterError](err); !ok || !strings.Contains(err.Error(), want) {
			t.Error(err)
		}
	}
}

// What a draft has no proposal for, it leaves as it is: the recipients, what is
// wrong, and the fingerprints by which people are known.
func TestDraftKeepsTheMapping(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("ab{}\"'\\:#- ,é\u2028|\t")))
	word := rapid.Map(text, func(s string) string { return "w" + s })
	braced := strings.NewReplacer("{", "{{", "}", "}}")
	quotes := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	rapid.Check(t, func(rt *rapid.T) {
		odd := word.Draw(rt, "header")
		roster := csvLine("Name", "Mail", odd, "Status") +
			csvLine("Ada Longfield", "ada@example.com", word.Draw(rt, "cell"), "Active") +
			csvLine("Bo", "bo@example.com", "x", "Left")
		sections := []string{
			"columns: {Mail: email, Status: ignore}",
			"constants: {flow_id: " + yamlText(word.Draw(rt, "constant")) + "}",
			"templates: {external_id: " + yamlText("{Status}"+braced.Replace(word.Draw(rt, "template"))) + "}",
			"values: {" + yamlText(odd) + ": {map: {" + yamlText(word.Draw(rt, "from")) + ": " + yamlText(text.Draw(rt, "to")) + "}, others: problem}}",
			"filter: " + yamlText(`Status == Active || Name != "`+quotes.Replace(word.Draw(rt, "value"))+`"`),
			"split: {column: Name, as: first last}",
		}
		mapping := strings.Join(sections[:rapid.IntRange(1, len(sections)).Draw(rt, "sections")], "\n")
		draft, _ := drafted(t, mapped(t, roster, mapping))
		if draft.Proposals != nil {
			rt.Fatal(draft.Proposals)
		}
		if diff := cmp.Diff(readBy(t, roster, mapping), readBy(t, roster, draft.Text)); diff != "" {
			rt.Fatalf("%s\n%s\n%s", diff, mapping, draft.Text)
		}
	})
}

// readBy is all that a roster's rows come to by a mapping.
func readBy(t *testing.T, roster, text string) []any {
	t.Helper()
	r := mapped(t, roster, text)
	c := checker(t, r, csvmap.Rules{})
	var all []any
	for _, row := range rows(t, r) {
		recipient, found := c.CheckAll(row)
		all = append(all, row, recipient, found, c.Fingerprint(row))
	}
	return all
}

func csvLine(cells ...string) string {
	for i, c := range cells {
		cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
	}
	return strings.Join(cells, ",") + "\n"
}

func yamlText(text string) string {
	quoted, _ := json.Marshal(text)
	return string(quoted)
}
