package csvmap_test

import (
	"testing"

	"bulkinvite/csvmap"
)

// What stands for an employee ID and is none counts as none, and is told.
func TestNoID(t *testing.T) {
	for id, want := range map[string]string{
		"7": "7", "E-007": "E-007", "42": "42", "99": "99", "999": "999", "10": "10", "TEMP12": "TEMP12", "NEW-2": "NEW-2", "7E12": "7E12",
		"123456789012345": "123456789012345", "12345678901234567": "12345678901234567", "Temple": "Temple", "1.5": "1.5", "NA7": "NA7",

		"": "", "TBD": "", "tbd.": "", "N/A": "", "#N/A": "", "n.a.": "", "NEW": "", "New Hire": "", "CONTRACTOR": "", "k. A.": "",
		"0": "", "000": "", "0.0": "", "9999": "", "99999": "", "9999.0": "", "-": "", "???": "", "1.23457E+11": "", "1,23457E+11": "", "1E+11": "",
		"1234567890123460": "", "12345678901234500": "", "'0": "",
	} {
		roster := open(t, "Employee ID,Name,Email\n\""+id+"\",Ada Sample,ada@example.com\n")
		c := checker(t, roster, csvmap.Rules{})
		r, found := c.CheckAll(rows(t, roster)[0])
		if r.EmployeeID != want || found.NoID != (id != "" && want == "") || len(found.Problems) > 0 {
			t.Errorf("%q is %q, none: %v, %v", id, r.EmployeeID, found.NoID, found.Problems)
		}
	}
}

// The company beside an employee ID is a part of it; its code goes before its name.
func TestCompany(t *testing.T) {
	for _, test := range []struct{ header, mapping, want string }{
		{"Company Name,Company Code,Employee ID,Name,Email", "", "2"},
		{"Client,-,Employee ID,Name,Email", "", "1"},
		{"Mandant,-,Personalnummer,Name,E-Mail", "", "1"},
		{"Company,-,Badge Colour,Name,Email", "", ""},                                         // no ID beside it
		{"Company,Site,Employee ID,Name,Email", "columns: {Site: company}", "2"},              // HR says which
		{"Company,Site,Employee ID,Name,Email", "columns: {Company: ignore}", ""},             //
		{"Company,Site,Badge,Name,Email", "templates: {employee_id: '{Company}{Badge}'}", ""}, // made of it
		{"-,Site,Employee ID,Name,Email", "constants: {company: '3'}", "3"},
	} {
		roster := open(t, test.header+"\n1,2,7,Ada Sample,ada@example.com\n")
		if test.mapping != "" {
			roster = mapped(t, test.header+"\n1,2,7,Ada Sample,ada@example.com\n", test.mapping)
		}
		c := checker(t, roster, csvmap.Rules{})
		row := rows(t, roster)[0]
		r, found := c.CheckAll(row)
		if r.Company != test.want || len(found.Problems) > 0 {
			t.Errorf("%s, %q: company %q, want %q; %v", test.header, test.mapping, r.Company, test.want, found.Problems)
		}
		if _, company := c.EmployeeID(row); company != r.Company {
			t.Errorf("%s: company %q by itself", test.header, company)
		}
	}
}

// An answer counts in a row of the file's own run.
func TestAnswerOfARerunFile(t *testing.T) {
	const header = "Name,Email,bulkinvite_run,bulkinvite_outcome,bulkinvite_code,bulkinvite_message,bulkinvite_answer,bulkinvite_raw\n"
	for line, want := range map[string]string{
		"A,a@example.com,r1,conflict,c,m, Same ,":            "Same",
		"A,a@example.com,r1,conflict,c,m,'other,":            "other",
		"A,a@example.com,r1,conflict,c,m,,":                  "",
		"A,a@example.com,,conflict,c,m,other,":               "",
		"A,a@example.com":                                    "",
		",,r1,invalid,bad_quote,m,other,\"A,a@example.com\"": "",
	} {
		all := rows(t, open(t, header+"Z,z@example.com,r1,failed,c,m,,\n"+line+"\n"))
		if got := all[1]; got.Answer != want || len(got.Cells) != 2 {
			t.Errorf("%q: %q, %q", line, got.Answer, got.Cells)
		}
	}
	plain := rows(t, open(t, "Name,Email,bulkinvite_answer\nA,a@example.com,other\n"))
	if plain[0].Answer != "" {
		t.Errorf("%q in a file of nobody's run", plain[0].Answer)
	}
}

// A roster that is opened anew is read as before.
func TestAgain(t *testing.T) {
	roster := open(t, "Employee ID,Name,Email\n7,Ada Sample,ada@example.com\n")
	before, sum := rows(t, roster), roster.SHA256()
	again, err := roster.Again()
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Map(nil); err != nil {
		t.Fatal(err)
	}
	if after := rows(t, again); len(after) != 1 || after[0].Raw != before[0].Raw || again.SHA256() != sum {
		t.Errorf("%+v", after)
	}
}
