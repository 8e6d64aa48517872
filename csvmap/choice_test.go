package csvmap_test

import (
	"slices"
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

// Of several columns for one field the one that comes first in the table is
// taken, wherever it stands, and that is said.
func TestChoices(t *testing.T) {
	tests := []struct {
		header string
		want   []csvmap.Field
		notes  string
	}{
		{"Name,Home Email,Work Email", []csvmap.Field{csvmap.FullName, "", csvmap.Email}, `"Work Email" is taken as email, and "Home Email" is left alone`},
		{"Name,Personal Email,Work Phone", []csvmap.Field{csvmap.FullName, csvmap.Email, ""}, ""},
		{
			"Name,Home Phone,Work Mobile,Cell,Work Phone", []csvmap.Field{csvmap.FullName, "", "", csvmap.Phone, ""},
			`"Cell" is taken as phone_number, and "Home Phone", "Work Mobile" are left alone`,
		},
		{"Name,Telefon privat,Diensthandy", []csvmap.Field{csvmap.FullName, "", csvmap.Phone}, `"Diensthandy" is taken as phone_number, and "Telefon privat" is left alone`},
		{
			"Preferred First Name,First Name,Last Name,E-mail personnel", []csvmap.Field{"", csvmap.FirstName, csvmap.LastName, csvmap.Email},
			`"First Name" is taken as first_name, and "Preferred First Name" is left alone`,
		},
		{"File #,Associate ID,Name,Email", []csvmap.Field{"", csvmap.EmployeeID, csvmap.FullName, csvmap.Email}, `"Associate ID" is taken as employee_id, and "File #" is left alone`},
	}
	for _, tt := range tests {
		roster := open(t, tt.header+"\n")
		var got []csvmap.Field
		for _, column := range roster.Columns() {
			got = append(got, column.Field)
		}
		notes := notesOf(roster)
		if notes := strings.Join(notes, "; "); !slices.Equal(got, tt.want) || notes != tt.notes {
			t.Errorf("%s: %q, %s", tt.header, got, notes)
		}
	}
}

func TestTwoColumnsOfOneChoice(t *testing.T) {
	for header, want := range map[string]string{
		"Name,Home Email,Personal Email":          `the columns "Home Email" and "Personal Email" both mean email`,
		"Employee #,Home Email,Email,E-mail,Name": `the columns "Email" and "E-mail" both mean email`,
	} {
		err := openAndCheck(header + "\n")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", header, err)
		}
	}
}

// A second header, in words for people, is nobody's row; a person is never
// taken for one.
func TestLabels(t *testing.T) {
	for text, want := range map[string]csvmap.Code{
		"FIRSTNAME,LASTNAME,EMAIL\nFirst Name,Last Name,Email\n":    csvmap.LabelLine,
		"FIRSTNAME,LASTNAME,EMAIL\nVorname,Nachname,E-Mail\n":       csvmap.LabelLine,
		"first_name,last_name,email\nFirst,Last,a@example.com\n":    "",
		"first_name,last_name,phone\nFirst,Last,2125550123\n":       "",
		"first_name,last_name,email\nAvery,Name,\n":                 "",
		"full_name,email,phone\nAvery Name,Email,Phone\n":           "",
		"full_name,email,phone\n,Email,Phone\n":                     csvmap.LabelLine,
		"full_name,email,phone,x\nName,Email,Phone,a@example.com\n": "",
	} {
		rows, err := readAll(t, text+"Avery,Longfield,avery@example.com\n", csvmap.OpenOptions{})
		if err != nil || len(rows) != 2 {
			t.Fatal(text, rows, err)
		}
		var got csvmap.Code
		if rows[0].Skip != nil {
			got = rows[0].Skip.Code
		}
		if got != want || rows[1].Skip != nil {
			t.Errorf("%q: %q", text, got)
		}
	}
}
