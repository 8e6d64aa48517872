package csvmap_test

import (
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

func TestSharedContacts(t *testing.T) {
	shared, err := csvmap.ParseSharedContacts([]string{" Desk@Example.com ", "030 23125 123"}, "DE")
	if err != nil {
		t.Fatal(err)
	}
	if !shared.Email("desk@example.com") || !shared.Phone("+493023125123") || shared.Email("") || shared.Phone("") {
		t.Error(shared)
	}
	roster := open(t, "Employee ID,Name,Email,Phone\n")
	for _, channel := range []csvmap.Channel{csvmap.ByBoth, csvmap.BySMS} {
		checker, err := roster.Checker(csvmap.Rules{Region: "DE", Shared: shared, Channel: channel})
		if err != nil {
			t.Fatal(err)
		}
		for cells, problem := range map[string]bool{
			",Avery Longfield,desk@example.com,030 23125123":   true,
			"7,Avery Longfield,desk@example.com,030 23125123":  false,
			",Avery Longfield,avery@example.com,030 23125123":  false,
			",Avery Longfield,desk@example.com,030 23125 124":  false,
			",Avery Longfield,avery@example.com,030 23125 124": false,
		} {
			_, problems := checker.Check(csvmap.Row{Line: 2, Cells: strings.Split(cells, ",")})
			got := len(problems) == 1 && problems[0].Code == csvmap.SharedContact
			if got != problem || len(problems) > 0 != problem {
				t.Errorf("%s, %s: %v", channel, cells, problems)
			}
		}
	}
}

// What is shared is no part of what a row asks for: a row that was sent is known
// whatever is declared later.
func TestSharedContactsAndDigests(t *testing.T) {
	shared, err := csvmap.ParseSharedContacts([]string{"desk@example.com"}, "")
	if err != nil {
		t.Fatal(err)
	}
	row := csvmap.Row{Line: 2, Cells: []string{"7", "Avery Longfield", "desk@example.com"}}
	roster := open(t, "Employee ID,Name,Email\n")
	var prints, bodies [2]csvmap.Digest
	for i, rules := range []csvmap.Rules{{}, {Shared: shared}} {
		checker, err := roster.Checker(rules)
		if err != nil {
			t.Fatal(err)
		}
		r, _ := checker.Check(row)
		prints[i], bodies[i] = checker.Fingerprint(row), r.Body()
	}
	if prints[0] != prints[1] || bodies[0] != bodies[1] {
		t.Error(prints, bodies)
	}
}
