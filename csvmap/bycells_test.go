package csvmap_test

import (
	"fmt"
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

// mappedTo is what the columns that are used were taken for.
func mappedTo(roster *csvmap.Roster) string {
	var fields []string
	for _, c := range roster.Columns() {
		if c.Field != "" {
			fields = append(fields, string(c.Field)+"="+c.Header)
		}
	}
	return strings.Join(fields, " ")
}

// staffed is a roster of so many people, each with the cells that row gives.
func staffed(header string, people int, row string) string {
	text := header + "\n"
	for i := range people {
		boss := i / 5
		text += strings.NewReplacer("{first}", fmt.Sprintf("Ada%c", 'a'+i%26), "{last}", fmt.Sprintf("Ray%c", 'a'+i/26), "{n}", fmt.Sprint(i),
			"{mail}", fmt.Sprintf("person%d@example.com", i), "{phone}", fmt.Sprintf("(212) 555-%04d", 100+i), "{digits}", fmt.Sprintf("21255501%02d", i),
			"{boss}", fmt.Sprintf("Max Boss%c", 'a'+boss), "{bossmail}", fmt.Sprintf("max.boss%c@example.com", 'a'+boss), "{bossphone}", fmt.Sprintf("(212) 555-%04d", 9000+boss),
			"{own}", fmt.Sprintf("ada%c.ray%c@example.com", 'a'+i%26, 'a'+i/26)).Replace(row) + "\n"
	}
	return text
}

func TestByCells(t *testing.T) {
	tests := []struct{ name, roster, want, note, doubt string }{
		{"the only addresses", staffed("Name,Reach", 9, "{first},{mail}"), "full_name=Name email=Reach", `"Reach" is taken as email, for its cells are e-mail addresses`, ""},
		{"the only numbers", staffed("Name,Email,Reach", 9, "{first},{mail},{phone}"), "full_name=Name email=Email phone_number=Reach", `"Reach" is taken as phone_number`, ""},
		{"some are blank or wrong", staffed("Name,Reach", 9, "{first},{mail}") + "Bo,n/a\nCy,\nDi,ask\n", "full_name=Name email=Reach", `"Reach" is taken as email`, ""},
		{"bare digits may be anything", staffed("Name,Email,Reach", 9, "{first},{mail},{digits}"), "full_name=Name email=Email", `not used, though most of their cells are phone numbers: "Reach"`, ""},
		{"two of a kind", staffed("Name,Reach,Login", 9, "{first},{mail},{own}"), "full_name=Name", `not used, though most of their cells are e-mail addresses: "Reach", "Login"`, ""},
		{"an address in a note", staffed("Name,Phone,Notes", 9, "{first},{phone},") + "Bo,(212) 555-0199,bo@example.com\n", "full_name=Name phone_number=Phone", "", ""},
		{"dates", staffed("Name,Email,Since,SSN,Host", 9, "{first},{mail},2026-01-05,123-45-6789,192.168.100.20{n}"), "full_name=Name email=Email", "", ""},
		{"somebody else's", staffed("Name,Phone,Manager Email,Emergency Phone", 9, "{first},{phone},{mail},(212) 555-99{n}1"), "full_name=Name phone_number=Phone", `phone numbers: "Emergency Phone"`, ""},
		{"what many share", staffed("Name,Phone,Approved By", 9, "{first},{phone},{bossmail}"), "full_name=Name phone_number=Phone", `e-mail addresses: "Approved By"`, ""},

		{"a weaker one would win", staffed("Name,Contact,Personal Email", 9, "{first},{own},{mail}"), "full_name=Name email=Personal Email", `"Contact"`, `"Contact" holds e-mail addresses, and may be better than "Personal Email"`},
		{"a landline would win", staffed("Name,Reach,Home Phone", 9, "{first},(212) 555-99{n}1,{phone}"), "full_name=Name phone_number=Home Phone", `"Reach"`, `"Reach" holds phone numbers, and may be better than "Home Phone"`},
		{"a good one wins", staffed("Name,Contact,Work Email", 9, "{first},{own},{mail}"), "full_name=Name email=Work Email", `e-mail addresses: "Contact"`, ""},

		{"behind a manager, and theirs", staffed("First,Last,Phone,Manager,Email", 9, "{first},{last},{phone},{boss},{bossmail}"), "first_name=First last_name=Last phone_number=Phone", `"Email"`, ""},
		{"behind a manager, and the person's", staffed("First,Last,Manager,Email", 9, "{first},{last},{boss},{own}"), "first_name=First last_name=Last email=Email", "", ""},
		{"behind a manager, and each another", staffed("Name,Manager,Email,Phone", 9, "{first},{boss},{mail},{phone}"), "full_name=Name email=Email phone_number=Phone", "", ""},
		{"a number behind a manager, and theirs", staffed("Name,Email,Manager,Phone", 9, "{first},{mail},{boss},{bossphone}"), "full_name=Name email=Email", `"Phone"`, ""},
		{"behind an emergency contact", staffed("Name,Email,Emergency Contact,Phone", 9, "{first},{mail},Kim {n},{phone}"), "full_name=Name email=Email phone_number=Phone", "", `"Phone" stands right behind "Emergency Contact", and may be theirs`},
		{"one row", "Name,Manager,Email\nAna Lee,Max Boss,max.boss@example.com\n", "full_name=Name", `"Email"`, ""},

		{"a blank twin", staffed("Name,Email,E-mail", 9, "{first},,{mail}"), "full_name=Name email=E-mail", `"E-mail" is taken as email, and "Email" is left alone`, ""},
		{"the same twice", staffed("Name,Email,E-mail", 9, "{first},{mail},{mail}"), "full_name=Name email=Email", `"Email" is taken as email, and "E-mail" is left alone`, ""},
		{"a desk phone alone", staffed("Name,Work Phone", 9, "{first},{phone}"), "full_name=Name phone_number=Work Phone", "", ""},
		{"a desk phone", staffed("Name,Email,Work Phone", 9, "{first},{mail},{phone}"), "full_name=Name email=Email", `phone numbers: "Work Phone"`, ""},

		{"two columns of one name, of which one is blank", staffed("Name,Email,Email", 9, "{first},,{mail}"), "full_name=Name email=Email", `"Email" is taken as email, and "Email" is left alone`, ""},
		{"two desks of one name", staffed("Name,Mobile,Work Phone,Work Phone", 9, "{first},{phone},{phone},1"), "full_name=Name phone_number=Mobile", `"Work Phone"`, ""},

		{"the last name", staffed("Name,First Name,Email", 9, "{last},{first},{mail}"), "last_name=Name first_name=First Name email=Email", `"Name" is taken as last_name`, ""},
		{"the whole name", staffed("Name,First Name,Email", 9, "\"{last}, {first}\",{first},{mail}"), "full_name=Name first_name=First Name email=Email", "", ""},
		{"the first name", staffed("Name,Surname,Email", 9, "{first},{last},{mail}"), "first_name=Name last_name=Surname email=Email", `"Name" is taken as first_name`, ""},
		{"a whole name beside a Vorname", staffed("Name;Vorname;E-Mail", 9, "{first} {last};{first};{mail}"), "full_name=Name first_name=Vorname email=E-Mail", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster := open(t, tt.roster)
			if got := mappedTo(roster); got != tt.want {
				t.Errorf("got %s\nwant %s", got, tt.want)
			}
			notes := notesOf(roster)
			if got := strings.Join(notes, "\n"); !strings.Contains(got, tt.note) || tt.note == "" && got != "" {
				t.Errorf("notes %s", got)
			}
			var doubts []string
			for _, d := range roster.Doubts() {
				doubts = append(doubts, d.Message)
			}
			if got := strings.Join(doubts, "\n"); !strings.Contains(got, tt.doubt) || tt.doubt == "" && got != "" {
				t.Errorf("doubts %s", got)
			}
		})
	}
}

// What a mapping says is no doubt any more.
func TestMappingEndsDoubts(t *testing.T) {
	text := staffed("Name,Contact,Personal Email", 9, "{first},{own},{mail}")
	for _, said := range []string{"columns: {Contact: email}", "columns: {Contact: ignore}", "columns: {Personal Email: email}"} {
		if roster := mapped(t, text, said); len(roster.Doubts()) > 0 {
			t.Errorf("%s: %+v", said, roster.Doubts())
		}
	}
}

func TestNoteOfNoID(t *testing.T) {
	for header, want := range map[string]string{
		"Name,Email": "once more", "Name,Email,ID": `if it is "ID", say so`, "Employee #,Name,Email": "", "Emp Code,Name,Email": "", "User ID,Name,Email": "",
	} {
		notes := open(t, header+"\n").Detected().Notes
		if want == "" && len(notes) > 0 || want != "" && (len(notes) == 0 || !strings.Contains(notes[0], want)) {
			t.Errorf("%s: %q", header, notes)
		}
	}
}
