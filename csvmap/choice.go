package csvmap

import (
	"fmt"
	"strings"
)

// secondChoices are headers that stand for a field where no column has one of
// the aliases: the contact that is not the company's, the number that may take
// no SMS, the name that is not the one in the payroll. An earlier line of a
// field beats a later one; two columns of one line are an error, as two aliases
// are. A desk phone is in no line: it takes no SMS, and is often shared.
//
//nolint:misspell // four languages
var secondChoices = map[Field][][]string{
	EmployeeID: {{"File Number", "File No"}},
	FirstName: {{
		"Preferred First Name", "Preferred or Chosen First Name", "Preferred Name - First Name", "Chosen First Name", "Nickname",
		"Rufname", "Bevorzugter Vorname", "Prénom préféré", "Nombre preferido",
	}},
	LastName: {{
		"Preferred Last Name", "Preferred or Chosen Last Name", "Preferred Name - Last Name", "Chosen Last Name",
		"Bevorzugter Nachname", "Nom de famille préféré", "Apellido preferido",
	}},
	Email: {{
		"Personal Email", "Personal E-mail Address", "Private Email", "Home Email", "Home E-mail Address", "Email - Home",
		"Email - Primary Home", "Primary Home Email", "Personal Contact: Personal Email", "Alternate Email",
		"Alternate Email Address", "Secondary Email",
		"Private E-Mail-Adresse", "E-Mail privat", "Persönliche E-Mail", "Persönliche E-Mail-Adresse",
		"E-mail personnel", "Adresse e-mail personnelle", "Courriel personnel", "E-mail privé", "Adresse e-mail privée",
		"Correo personal", "Correo electrónico personal", "E-mail personal", "Correo electrónico particular",
	}},
	Phone: {
		{
			"Personal Mobile", "Personal Mobile Phone", "Personal Cell Phone", "Private Mobile", "Personal Contact: Personal Mobile",
			"Phone - Primary Home Mobile", "Primary Home Mobile Phone", "Personal Phone", "Personal Phone Number",
			"Mobil privat", "Handy privat", "Private Handynummer", "Private Mobilnummer", "Privates Mobiltelefon",
			"Portable personnel", "Téléphone personnel", "Numéro de portable personnel", "Mobile personnel",
			"Móvil personal", "Teléfono personal", "Teléfono móvil personal", "Celular personal",
		},
		{
			"Work Mobile", "Work Mobile Phone", "Work Cell Phone", "Business Mobile", "Work Contact: Work Mobile",
			"Phone - Primary Work Mobile", "Primary Work Mobile Phone",
			"Diensthandy", "Mobil geschäftlich", "Geschäftliche Mobilnummer",
			"Portable professionnel", "Mobile professionnel", "Móvil corporativo", "Teléfono móvil corporativo", "Celular corporativo",
		},
		{
			"Home Phone", "Home Phone Number", "Home Telephone", "Phone - Home", "Phone - Primary Home", "Primary Home Phone",
			"Personal Contact: Home Phone",
			"Telefon privat", "Private Telefonnummer", "Téléphone privé", "Téléphone domicile",
			"Teléfono particular", "Teléfono de casa",
		},
	},
}

// ranked is the field that a header stands for, and how many headers of that
// field go before it.
type ranked struct {
	field Field
	rank  int
}

// fieldByKey is aliases and secondChoices turned round.
var fieldByKey = func() map[string]ranked {
	fields := make(map[string]ranked)
	for field, headers := range aliases {
		fields[headerKey(string(field))] = ranked{field, 0}
		for _, header := range headers {
			fields[headerKey(header)] = ranked{field, 0}
		}
	}
	for field, lines := range secondChoices {
		for i, headers := range lines {
			for _, header := range headers {
				fields[headerKey(header)] = ranked{field, i + 1}
			}
		}
	}
	return fields
}()

// choice is what chooseColumns did.
type choice struct {
	export string             // the known export that the roster is; "" for none
	left   map[Field][]string // headers of the columns that were left alone, by field
}

// chooseColumns maps columns anew where the roster is a known export, and keeps
// of several columns for one field the one that goes before the others. What a
// mapping says of columns is left to it.
func chooseColumns(columns []Column, said map[int]Field) choice {
	e := exportOf(columns)
	return choice{e.name, leaveOthers(columns, e.rank(columns, said))}
}

// notes tells in plain words what was chosen, and is still so.
func (c choice) notes(columns []Column) (notes []string) {
	if c.export != "" {
		return c.exportNotes(columns)
	}
	for _, column := range columns {
		if others := c.left[column.Field]; column.Field != "" && column.Why != ByMapping && len(others) > 0 {
			notes = append(notes, fmt.Sprintf("%s is taken as %s, and %s %s left alone",
				quoteHeader(column.Header), column.Field, quoteHeaders(others), isOrAre(len(others))))
		}
	}
	return notes
}

// exportNotes tells of all columns that a known export is used by.
func (c choice) exportNotes(columns []Column) []string {
	var taken, others []string
	as := " is taken as "
	for _, column := range columns {
		if column.Field != "" {
			taken = append(taken, quoteHeader(column.Header)+as+string(column.Field))
			others = append(others, c.left[column.Field]...)
			as = " as "
		}
	}
	notes := []string{"looks like " + c.export + ": " + strings.Join(taken[:min(len(taken), mostNames)], ", ")}
	if len(others) > 0 {
		notes = append(notes, "left alone beside these: "+quoteHeaders(others))
	}
	return notes
}

// leaveOthers keeps the columns of the lowest rank for each field. It returns the
// headers of the others, by field.
func leaveOthers(columns []Column, ranks []int) map[Field][]string {
	best := make(map[Field]int)
	for i, c := range columns {
		if rank, seen := best[c.Field]; !seen || ranks[i] < rank {
			best[c.Field] = ranks[i]
		}
	}
	left := make(map[Field][]string)
	for i, c := range columns {
		if c.Field != "" && ranks[i] > best[c.Field] {
			columns[i].Field, columns[i].Why = "", LeftAlone
			left[c.Field] = append(left[c.Field], c.Header)
		}
	}
	return left
}

// labels reports whether cells, right below the header, are its labels for
// people: two columns or more are headed once more in other words, and none of
// the contacts is one.
func labels(columns []Column, cells []string) bool {
	if len(cells) != len(columns) {
		return false
	}
	again := 0
	for i, c := range columns {
		field := fieldByKey[headerKey(cells[i])].field
		switch {
		case c.Field != "" && field == c.Field:
			again++
		case c.Field == Email && strings.Contains(cells[i], "@"), c.Field == Phone && countDigits(cells[i]) >= minLocal:
			return false
		}
	}
	return again > 1
}
