package csvmap_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bulkinvite/csvmap"
)

func TestHeaderAliases(t *testing.T) {
	tests := map[csvmap.Field][]string{
		csvmap.EmployeeID: {"employee_id", "Employee #", "EMPLOYEE ID", "Emp. ID", "Associate ID", "Worker ID", "Personnel Number", "Staff ID"},
		csvmap.FirstName:  {"First Name", "first_name", "Given Name", "Forename", "First"},
		csvmap.LastName:   {"Last Name", "Surname", "Family-Name", "Last"},
		csvmap.FullName:   {"Full Name", "Name", "Employee Name", " display name "},
		csvmap.Email:      {"Email", "E-mail", "E-Mail Address", "Work Email", "Mail"},
		csvmap.Phone:      {"phone_number", "Mobile Phone", "Cell", "Cell Phone", "Phone", "Phone #", "Telephone", "Mobile"},
		csvmap.ExternalID: {"External ID", "external_id"},
		csvmap.FlowID:     {"Flow ID"},
		csvmap.FlowItems:  {"flow_items"},
		"":                {"ID", "Department", "Start Date", ""},

		"dds_config.ach_deposit_account.bank_name": {"DDS_Config.ACH_Deposit_Account.Bank_Name", " dds_config.ach_deposit_account.bank_name "},
		"override_invite_template.email.reply_to":  {"override_invite_template.email.reply_to"},
	}
	for want, headers := range tests {
		for _, header := range headers {
			columns := open(t, header+",Other\n").Columns()
			if columns[0].Field != want || columns[0].Header != header {
				t.Errorf("%q: %+v, want %q", header, columns[0], want)
			}
		}
	}
}

func TestCheckerRefusesHeader(t *testing.T) {
	name, err := csvmap.ParseDefaults(map[string]any{"full_name": "Colleague"})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		header string
		rules  csvmap.Rules
		want   string
	}{
		{"Name,Email", csvmap.Rules{}, ""},
		{"First,Last,Cell", csvmap.Rules{}, ""},
		{"First,Email,Dept", csvmap.Rules{}, `lacks first_name and last_name (or full_name) (found "First", "Email", "Dept")`},
		{"Name,Dept", csvmap.Rules{}, "lacks email or phone_number"},
		{"Dept", csvmap.Rules{}, "lacks first_name and last_name (or full_name), and email or phone_number"},
		{"Name,Cell", csvmap.Rules{Channel: csvmap.ByEmail}, "lacks email ("},
		{"Name,Email", csvmap.Rules{Channel: csvmap.BySMS}, "lacks phone_number ("},
		{"Email", csvmap.Rules{Defaults: name}, ""},
		{"Ada Longfield,ada@example.com", csvmap.Rules{}, "looks like a person"},
	}
	for _, tt := range tests {
		_, err := open(t, tt.header+"\n").Checker(tt.rules)
		switch _, ok := errors.AsType[*csvmap.RosterError](err); {
		case tt.want == "" && err != nil, tt.want != "" && (!ok || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%s: %v, want %q", tt.header, err, tt.want)
		case err != nil && strings.Contains(err.Error(), "Ada"):
			t.Errorf("%v shows a person", err)
		}
	}
}

func TestCheckerRefusesRules(t *testing.T) {
	badPhone, _ := csvmap.ParseDefaults(map[string]any{"phone_number": "12"})
	badID, _ := csvmap.ParseDefaults(map[string]any{"external_id": strings.Repeat("x", 101)})
	for _, rules := range []csvmap.Rules{{Region: "XX"}, {Channel: "fax"}, {Defaults: badPhone}, {Defaults: badID}} {
		_, err := open(t, "Name,Email\n").Checker(rules)
		if _, ok := errors.AsType[*csvmap.RulesError](err); !ok {
			t.Errorf("%+v: %v", rules, err)
		}
	}
	if _, err := open(t, "Name,Email\n").Checker(csvmap.Rules{Region: "gb"}); err != nil {
		t.Error(err)
	}
}

const people = "Employee #,First,Last,Full Name,Email,Phone,external_id,flow_items,Notes"

// found is what a test looks at in a Problem.
type found struct {
	Column int
	Code   csvmap.Code
}

func TestCheck(t *testing.T) {
	ok := func(r csvmap.Recipient) csvmap.Recipient { return r }
	ada := csvmap.Recipient{FirstName: "Ada", LastName: "Longfield", Email: "ada@example.com"}
	tests := []struct {
		name, row string
		channel   csvmap.Channel
		want      csvmap.Recipient // when there are no problems
		problems  []found
	}{
		{"plain", "010,Ada,Longfield,,ada@example.com,,,,", "", ok(csvmap.Recipient{
			EmployeeID: "010", FirstName: "Ada", LastName: "Longfield", Email: "ada@example.com",
		}), nil},
		{"trimmed and lowered", ", Ada\u00a0,\tLongfield ,, ADA@Example.COM ,,,,", "", ada, nil},
		{"first and last beat full", ",Ada,Longfield,Somebody,ada@example.com,,,,", "", ada, nil},
		{"full where one is blank", ",Ada,,Ada Longfield,,(212) 555-0123,,,", "", csvmap.Recipient{FullName: "Ada Longfield", Phone: "+12125550123"}, nil},
		{"list", ",Ada,Longfield,,ada@example.com,,team-7,item_1; item_2||item_3,", "", csvmap.Recipient{
			FirstName: "Ada", LastName: "Longfield", Email: "ada@example.com",
			ExternalID: "team-7", FlowItems: []string{"item_1", "item_2", "item_3"},
		}, nil},
		{"email drops a bad phone", ",Ada,Longfield,,ada@example.com,none,,,", csvmap.ByEmail, ada, nil},
		{"sms drops a bad address", ",Ada,Longfield,,none,2125550123,,,", csvmap.BySMS, csvmap.Recipient{FirstName: "Ada", LastName: "Longfield", Phone: "+12125550123"}, nil},
		{"blank row", ",,,,,,,,", "", csvmap.Recipient{}, []found{{0, csvmap.MissingName}, {0, csvmap.MissingContact}}},
		{"no last name", ",Ada,,,ada@example.com,,,,", "", csvmap.Recipient{FullName: "Ada", Email: "ada@example.com"}, nil},
		{"no first name", ",,Longfield,,ada@example.com,,,,", "", csvmap.Recipient{FullName: "Longfield", Email: "ada@example.com"}, nil},
		{"one good and one bad contact", ",Ada,Longfield,,ada@example.com,12,,,", "", csvmap.Recipient{}, []found{{6, csvmap.InvalidPhone}}},
		{"contact of the other channel", ",Ada,Longfield,,,2125550123,,,", csvmap.ByEmail, csvmap.Recipient{}, []found{{0, csvmap.MissingContact}}},
		{
			"everything wrong", strings.Repeat("7", 201) + ",,,,ada,12," + strings.Repeat("x", 101) + ",,\x01", "", csvmap.Recipient{},
			[]found{{0, csvmap.MissingName}, {5, csvmap.InvalidEmail}, {6, csvmap.InvalidPhone}, {1, csvmap.TooLong}, {7, csvmap.TooLong}},
		},
		{"characters count, not bytes", ",Ada,Longfield,,ada@example.com,," + strings.Repeat("é", 100) + ",,", "", csvmap.Recipient{
			FirstName: "Ada", LastName: "Longfield", Email: "ada@example.com", ExternalID: strings.Repeat("é", 100),
		}, nil},
		{"not UTF-8", ",Ren\xe9,Longfield,,r@example.com,,,,", "", csvmap.Recipient{}, []found{{2, csvmap.BadValue}}},
		{"one problem for a cell", ",Ada,Longfield,,ren\xe9@example.com,,,,", "", csvmap.Recipient{}, []found{{5, csvmap.BadValue}}},
		{"line break in a name", ",\"A\nda\",Longfield,,ada@example.com,,,,", "", csvmap.Recipient{}, []found{{2, csvmap.BadValue}}},
		{"line break in notes", ",Ada,Longfield,,ada@example.com,,,,\"a\n\tb\"", "", ada, nil},
		{"malformed", "a\"b", "", csvmap.Recipient{}, []found{{0, csvmap.BadQuote}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster := open(t, people+"\n"+tt.row+"\n,Ada,Longfield,,ada@example.com,,,,\n")
			got, problems := checker(t, roster, csvmap.Rules{Channel: tt.channel}).Check(rows(t, roster)[0])
			var at []found
			for _, p := range problems {
				at = append(at, found{p.Column, p.Code})
				if p.Line != 2 || p.Message == "" || p.Column > 0 && p.Header != roster.Header()[p.Column-1] {
					t.Errorf("%+v", p)
				}
			}
			if diff := cmp.Diff(tt.problems, at); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" && problems == nil {
				t.Error(diff)
			}
		})
	}
}

func TestCells(t *testing.T) {
	roster := open(t, people+"\n 7 , Ada ,,Ren\xe9,ADA@EXAMPLE.COM,12,,a;b,\n\"\n")
	c := checker(t, roster, csvmap.Rules{Channel: csvmap.ByEmail})
	all := rows(t, roster)
	want := csvmap.Recipient{
		EmployeeID: "7", FirstName: "Ada", FullName: "Ren\uFFFD", Email: "ADA@EXAMPLE.COM", Phone: "12", FlowItems: []string{"a", "b"},
	}
	if diff := cmp.Diff(want, c.Cells(all[0])); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(csvmap.Recipient{}, c.Cells(all[1])); diff != "" {
		t.Error(diff)
	}
}

// What is wrong with a cell is said as it is.
func TestUncleanCells(t *testing.T) {
	for cell, want := range map[string]string{
		"Ren\xe9":   "is not UTF-8: save the file as CSV UTF-8",
		"\"A\nda\"": "holds a line break: write it on one line",
		"A\x01da":   "holds control characters: type it anew",
	} {
		roster := open(t, "First Name,Last Name,Email\n"+cell+",Longfield,ada@example.com\n")
		_, problems := checker(t, roster, csvmap.Rules{}).Check(rows(t, roster)[0])
		if len(problems) != 1 || problems[0].Message != "the first name "+want {
			t.Errorf("%q: %+v, want %q", cell, problems, want)
		}
	}
}

// A line in which no name is known may be a person, and a name may be a whole file.
func TestHeaderOfNobodyIsNotShown(t *testing.T) {
	for text, hidden := range map[string]string{
		"1001,Avery,Longfield,,,Finance\n":                          "Longfield",
		"Name,Email " + strings.Repeat("and more ", 30) + "Avery\n": "Avery",
	} {
		if err := openAndCheck(text); err == nil || strings.Contains(err.Error(), hidden) {
			t.Errorf("%v", err)
		}
	}
}

// The ID by itself is that of the whole check, whatever the cells hold.
func TestEmployeeID(t *testing.T) {
	const roster = "Employee ID,Name,Email,Site\n7,Ada,ada@example.com,HQ\n"
	plain := open(t, roster)
	made := mapped(t, roster, "templates: {employee_id: '{Site?}-{Employee ID?}'}\nvalues: {Site: {map: {HQ: '1'}}}")
	checkers := []*csvmap.Checker{checker(t, plain, csvmap.Rules{}), checker(t, made, csvmap.Rules{})}
	row := rows(t, plain)[0]
	cell := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"HQ", "ren\xe9"}),
		rapid.StringOf(rapid.SampledFrom([]rune("0E7é \t\n\u00a0\u200b\ufeff\x01"))))
	rapid.Check(t, func(rt *rapid.T) {
		row.Cells = rapid.SliceOfN(cell, 4, 4).Draw(rt, "cells")
		for _, c := range checkers {
			r, _ := c.CheckAll(row)
			if id, company := c.EmployeeID(row); id != r.EmployeeID || company != r.Company {
				rt.Fatalf("%q, %q by itself, %q, %q of the check", id, company, r.EmployeeID, r.Company)
			}
		}
	})
	malformed := rows(t, open(t, "Name,Email\n\"\n"))[0]
	for _, c := range checkers {
		if id, company := c.EmployeeID(malformed); id != "" || company != "" {
			t.Errorf("%q, %q of a malformed row", id, company)
		}
	}
}

func TestCheckerIsSafeForConcurrentUse(t *testing.T) {
	defaults, err := csvmap.ParseDefaults(map[string]any{"dds_config": map[string]any{"a": map[string]any{"b": "c"}}})
	if err != nil {
		t.Fatal(err)
	}
	roster := open(t, "Name,Email,Phone,dds_config.a.b\n"+strings.Repeat("A,a@example.com,2125550123,d\n", 20))
	c, all := checker(t, roster, csvmap.Rules{Defaults: defaults}), rows(t, roster)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, row := range all {
				c.Check(row)
				c.Fingerprint(row)
				c.Cells(row)
			}
		})
	}
	wg.Wait()
}
