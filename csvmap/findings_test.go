package csvmap_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

const staff = "Employee #,First,Last,Full Name,Email,Phone,external_id,Country"

func TestCheckAll(t *testing.T) {
	ada := csvmap.Recipient{FirstName: "Ada", LastName: "Longfield", Email: "ada@example.com"}
	phone := func(number string) csvmap.Recipient {
		return csvmap.Recipient{FullName: "Ada", Phone: number}
	}
	tests := []struct {
		name, row string
		want      csvmap.Recipient // when there are no problems
		warnings  []found
		problems  []found
	}{
		{"nothing odd", ",Ada,Longfield,,ada@example.com,,,", ada, nil, nil},
		{"one word", ",,,Ada,ada@example.com,,,", csvmap.Recipient{FullName: "Ada", Email: "ada@example.com"}, nil, nil},
		{"any script", ",Zoë,O’Brien-Løngfield Jr.,,ada@example.com,,,", csvmap.Recipient{
			FirstName: "Zoë", LastName: "O’Brien-Løngfield Jr.", Email: "ada@example.com",
		}, nil, nil},
		{"joiner", ",,,علی\u200cرضا,ada@example.com,,,", csvmap.Recipient{FullName: "علی\u200cرضا", Email: "ada@example.com"}, nil, nil},
		{"lost character", ",Ren\uFFFD,Longfield,,ada@example.com,,,", csvmap.Recipient{}, nil, []found{{2, csvmap.BadValue}}},
		{
			"hidden characters", "E\u00a07\u200b,\ufeffAda,Long\u00adfield\u00a0,,a\u200bda@example.com\u00a0,\u202a(212) 555\u00a00123\u202c,t\u200d1,",
			csvmap.Recipient{
				EmployeeID: "E 7", FirstName: "Ada", LastName: "Longfield", Email: "ada@example.com", Phone: "+12125550123", ExternalID: "t1",
			},
			[]found{
				{1, csvmap.HiddenCharacter},
				{2, csvmap.HiddenCharacter},
				{3, csvmap.HiddenCharacter},
				{5, csvmap.HiddenCharacter},
				{6, csvmap.HiddenCharacter},
				{7, csvmap.HiddenCharacter},
			}, nil,
		},
		{"nothing but hidden", ",\u200b,\u00a0,,ada@example.com,,,", csvmap.Recipient{},
			[]found{{2, csvmap.HiddenCharacter}, {3, csvmap.HiddenCharacter}}, []found{{0, csvmap.MissingName}}},
		{"space in an address", ",,,Ada,a\u00a0da@example.com,,,", csvmap.Recipient{}, []found{{5, csvmap.HiddenCharacter}}, []found{{5, csvmap.InvalidEmail}}},
		{"slip in a domain", ",,,Ada,ada@gmial.com,,,", csvmap.Recipient{}, nil, []found{{5, csvmap.LikelyTypo}}},
		{"repaired", ",,,Ada,,2.125550123E+09,,", phone("+12125550123"), []found{{6, csvmap.RepairedPhone}}, nil},
		{"not repaired", ",,,Ada,,2.12556E+09,,", csvmap.Recipient{}, nil, []found{{6, csvmap.InvalidPhone}}},
		{"hidden and repaired", ",,,Ada,,\u200b'2125550123,,", phone("+12125550123"), []found{{6, csvmap.HiddenCharacter}, {6, csvmap.RepairedPhone}}, nil},

		{"country", ",,,Ada,,020 7946 0123,,UK", phone("+442079460123"), nil, nil},
		{"country by name", ",,,Ada,,030 23125012,,Deutschland", phone("+493023125012"), nil, nil},
		{"blank country", ",,,Ada,,212 555 0123,, ", phone("+12125550123"), nil, nil},
		{"number of another country", ",,,Ada,,(212) 555-0123,,UK", csvmap.Recipient{}, nil, []found{{6, csvmap.InvalidPhone}}},
		{"unknown country", ",,,Ada,,212 555 0123,,Atlantis", csvmap.Recipient{}, nil, []found{{8, csvmap.UnknownCountry}}},
		{"no country", ",,,Ada,,212 555 0123,,n/a", phone("+12125550123"), nil, nil},
		{"no value in a contact", ",,,Ada,ada@example.com,N/A,,", csvmap.Recipient{FullName: "Ada", Email: "ada@example.com"}, []found{{6, csvmap.NoValue}}, nil},
		{"no value in both", ",,,Ada,none,0,,", csvmap.Recipient{}, []found{{5, csvmap.NoValue}, {6, csvmap.NoValue}}, []found{{0, csvmap.MissingContact}}},
		{"toll-free", ",,,Ada,,(800) 555-0123,,", csvmap.Recipient{}, nil, []found{{6, csvmap.NoSMS}}},
		{"toll-free beside an address", ",,,Ada,ada@example.com,(800) 555-0123,,", csvmap.Recipient{FullName: "Ada", Email: "ada@example.com"}, []found{{6, csvmap.NoSMS}}, nil},
		{"premium", ",,,Ada,,+44 909 879 0123,,", csvmap.Recipient{}, nil, []found{{6, csvmap.NoSMS}}},
		{"entities", ",Zo&euml;,O&#39;Neil,,ada@example.com,,,", csvmap.Recipient{FirstName: "Zoë", LastName: "O'Neil", Email: "ada@example.com"},
			[]found{{2, csvmap.Entity}, {3, csvmap.Entity}}, nil},
		{"no name", ",#REF!,2026-03-01,,ada@example.com,,,", csvmap.Recipient{}, nil, []found{{2, csvmap.BadName}, {3, csvmap.BadName}}},
		{"no name at all", ",,,#N/A,ada@example.com,,,", csvmap.Recipient{}, nil, []found{{4, csvmap.BadName}}},
		{"a dash for the last name", ",Suharto,-,,ada@example.com,,,", csvmap.Recipient{FullName: "Suharto", Email: "ada@example.com"}, []found{{3, csvmap.NoValue}}, nil},
		{"unknown country, whole number", ",,,Ada,,+12125550123,,Atlantis", phone("+12125550123"), nil, nil},
		{"unknown country, no number", ",Ada,Longfield,,ada@example.com,,,Atlantis", ada, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster := open(t, staff+"\n"+tt.row+"\n")
			row := rows(t, roster)[0]
			got, all := checker(t, roster, csvmap.Rules{}).CheckAll(row)
			if diff := cmp.Diff(tt.warnings, places(t, all.Warnings, true)); diff != "" {
				t.Error("warnings", diff)
			}
			if diff := cmp.Diff(tt.problems, places(t, all.Problems, false)); diff != "" {
				t.Error("problems", diff)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" && all.Problems == nil {
				t.Error(diff)
			}
			again, problems := checker(t, roster, csvmap.Rules{}).Check(row)
			if diff := cmp.Diff(all.Problems, problems) + cmp.Diff(got, again); diff != "" {
				t.Error(diff)
			}

			_, strict := checker(t, roster, csvmap.Rules{Strict: true}).CheckAll(row)
			held := slices.ContainsFunc(all.Warnings, func(w csvmap.Problem) bool { return !w.Note })
			lenient := slices.ContainsFunc(strict.Warnings, func(w csvmap.Problem) bool { return !w.Note })
			if wants := held || len(tt.problems) > 0; lenient || len(strict.Problems) > 0 != wants {
				t.Errorf("%+v", strict)
			}
			places(t, strict.Problems, false)
		})
	}
}

// places shortens problems, and checks what all of them have.
func places(t *testing.T, problems []csvmap.Problem, warnings bool) []found {
	t.Helper()
	var at []found
	for _, p := range problems {
		at = append(at, found{p.Column, p.Code})
		if p.Line != 2 || p.Message == "" || p.Warning != warnings || p.Column > 0 != (p.Header != "" && p.Field != "") {
			t.Errorf("%+v", p)
		}
	}
	return at
}

func TestCheckLeavesTheRowAlone(t *testing.T) {
	roster := open(t, "Name,Email\n\u200bAda,ada@example.com\u00a0\n")
	c, row := checker(t, roster, csvmap.Rules{}), rows(t, roster)[0]
	before := c.Fingerprint(row)
	c.Check(row)
	if row.Cells[0] != "\u200bAda" || c.Fingerprint(row) != before {
		t.Errorf("%q", row.Cells)
	}
}

func TestCountryOfADefault(t *testing.T) {
	defaults, err := csvmap.ParseDefaults(map[string]any{"phone_number": "(212) 555-0123"})
	if err != nil {
		t.Fatal(err)
	}
	roster := open(t, "Name,Email,Country\nAda,,DE\n")
	got, problems := checker(t, roster, csvmap.Rules{Defaults: defaults}).Check(rows(t, roster)[0])
	if got.Phone != "+12125550123" || problems != nil {
		t.Error(got.Phone, problems)
	}
}

func TestDefaultPhoneInFull(t *testing.T) {
	defaults, err := csvmap.ParseDefaults(map[string]any{"phone_number": "2125550123.0"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = open(t, "Name,Email\n").Checker(csvmap.Rules{Defaults: defaults})
	if err == nil || !strings.Contains(err.Error(), "the default for phone_number is not written in full") {
		t.Error(err)
	}
}

func TestMessagesKeepCellsToThemselves(t *testing.T) {
	roster := open(t, staff+"\n\u200b7x7,Ada\u00a0,Longfield,,ada@longfield.con,'2125550123.0 x5,\u200b9z9,Atlantis\n")
	_, all := checker(t, roster, csvmap.Rules{}).CheckAll(rows(t, roster)[0])
	if len(all.Warnings) != 3 || len(all.Problems) != 2 {
		t.Errorf("%+v", all)
	}
	for _, p := range append(all.Warnings, all.Problems...) {
		for _, cell := range []string{"7x7", "Ada", "ongfield", "2125550123", "9z9", "Atlantis"} {
			if strings.Contains(p.Message, cell) {
				t.Errorf("%q repeats %q", p.Message, cell)
			}
		}
	}
}
