package csvmap_test

import (
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

// A changed mapping leads to another recipient, so it must lead to another
// fingerprint: a row is recognised only when it asks for what was sent.
func TestFingerprintCoversTheMapping(t *testing.T) {
	const roster = "First,Last,Email,Site,Status\nAda,Longfield,ada@example.com,HQ,Active\n"
	sum := func(roster, text string) csvmap.Digest {
		r := mapped(t, roster, text)
		return checker(t, r, csvmap.Rules{}).Fingerprint(rows(t, r)[0])
	}
	plain := open(t, roster)
	base := checker(t, plain, csvmap.Rules{}).Fingerprint(rows(t, plain)[0])
	const template = "templates: {external_id: '{Site}'}"
	for text, other := range map[string]csvmap.Digest{
		"":                       base,
		"filter: Status==ACTIVE": base,
		"columns: {first: first_name, Last: last_name, Email: email, Site: ignore}": base,
		template: sum("Email,SITE,Last,First\nada@example.com,HQ,Longfield,Ada\n", template),
	} {
		if sum(roster, text) != other {
			t.Error("should be the same:", text)
		}
	}
	seen := map[csvmap.Digest]string{base: "nothing"}
	for _, text := range []string{
		"columns: {Site: external_id}",
		"columns: {Site: flow_id}",
		"constants: {external_id: HQ}",
		"constants: {external_id: hq}",
		template,
		"templates: {external_id: '{Status}'}",
		"templates: {external_id: 'x{Site}'}",
		template + "\nvalues: {Site: {map: {HQ: Berlin}}}",
		template + "\nvalues: {Site: {map: {HQ: Paris}}}",
		"columns: {Site: external_id}\nvalues: {Site: {map: {HQ: Berlin}}}",
		"columns: {Site: external_id}\nvalues: {Site: {map: {X: Berlin}}}",
		"split: {column: Site, as: first last}",
		"split: {column: Site, as: last first}",
		"split: {column: Site, as: 'last, first'}",
	} {
		digest := sum(roster, text)
		if other, taken := seen[digest]; taken {
			t.Errorf("%s leads to the same as %s", text, other)
		}
		seen[digest] = text
	}
	if sum(roster, template) == sum(strings.Replace(roster, "HQ", "X", 1), template) {
		t.Error("a cell that a template is made of does not count")
	}
}

func TestMappingShowsWhatItMakes(t *testing.T) {
	r := mapped(t, "Name,Mail,Site\n\"Longfield, Ada\",nobody,HQ\n", `
columns: {Mail: email}
split: {column: Name, as: "last, first"}
values: {Site: {map: {HQ: Berlin}}}
templates: {external_id: "{Site}"}`)
	c := checker(t, r, csvmap.Rules{})
	row := rows(t, r)[0]
	got := c.Cells(row)
	if got.FirstName != "Ada" || got.LastName != "Longfield" || got.Email != "nobody" || got.ExternalID != "Berlin" {
		t.Errorf("%+v", got)
	}
	if row.Raw != `"Longfield, Ada",nobody,HQ` || row.Cells[2] != "HQ" {
		t.Errorf("the row's own cells have changed: %+v", row)
	}
	if c.Column(csvmap.LastName) != 1 || c.Column(csvmap.ExternalID) != 3 || c.Column(csvmap.Phone) != 0 {
		t.Error("wrong columns")
	}
}

// A person below the header whose name is "Total" is one by any column that goes
// into a name or a contact, also by way of the mapping.
func TestMappedColumnsArePersonal(t *testing.T) {
	r := mapped(t, "Name,Wohin\n\"Longfield, Ada\",ada@example.com\nTotal,sam@example.com\nTotal,2\n",
		"columns: {Wohin: email}")
	all := rows(t, r)
	if all[1].Skip != nil || all[2].Skip == nil {
		t.Error(describe(all))
	}
}
