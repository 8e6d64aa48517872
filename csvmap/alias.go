package csvmap

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// aliases are the headers that stand for a field, besides its own name, in
// English, German, French and Spanish. They are compared as headerKey leaves
// them, so "E-Mail" and "e mail" are one entry.
// A vague header ("ID", "Contact") is left out, for no mapping is better than a
// wrong one. Two columns of one field are an error; a header that often stands
// beside another of its field is one of the secondChoices instead.
//
//nolint:misspell // four languages
var aliases = map[Field][]string{
	EmployeeID: {
		"Employee ID", "Employee #", "Employee Number", "Employee No", "Employee Code", "Emp ID", "Emp #", "Emp No",
		"Associate ID", "Associate #", "Worker ID", "Worker Number", "Personnel Number", "Personnel No", "Personnel ID",
		"Staff ID", "Staff Number",

		"Personalnummer", "Personal-Nr.", "Pers.-Nr.", "PersNr", "Personal-ID", "Mitarbeiter-ID", "Mitarbeiternummer",
		"Mitarbeiter-Nr.", "MA-Nr.", "Mitarbeiterkennung", "Angestelltennummer",

		"Matricule", "N° matricule", "Numéro de matricule", "Numéro matricule", "Matricule salarié", "Matricule employé",
		"Numéro d'employé", "Numéro employé", "N° employé", "N° d'employé", "ID employé", "ID de l'employé",
		"Identifiant employé", "Numéro de salarié", "N° salarié", "Identifiant salarié", "Code salarié",

		"Número de empleado", "Número empleado", "N.º de empleado", "N.º empleado", "No. de empleado", "Núm. de empleado",
		"Núm. empleado", "ID de empleado", "ID empleado", "Código de empleado", "Código empleado", "Número de personal",
		"Identificador de empleado", "Legajo", "Número de legajo",
	},
	FirstName: {
		"First Name", "First", "Given Name", "Forename", "Legal First Name",
		"Employee First Name", "Worker First Name", "FName",
		"Vorname", "Vornamen", "Vorname(n)",
		"Prénom", "Prénoms", "Prénom(s)", "Prénom usuel",
		"Nombre de pila", "Primer nombre",
	},
	LastName: {
		"Last Name", "Last", "Surname", "Family Name", "Legal Last Name", "Employee Last Name", "Worker Last Name", "LName",
		"Nachname", "Familienname", "Zuname",
		"Nom de famille", "Nom d'usage", "Nom usuel",
		"Apellido", "Apellidos", "Apellido(s)", "Primer apellido", "Apellido paterno",
	},
	FullName: {
		"Full Name", "Name", "Employee Name", "Display Name", "Legal Name", "Worker Name", "Associate Name", "Complete Name",
		"Vollständiger Name", "Vor- und Nachname", "Vorname Nachname", "Mitarbeitername", "Anzeigename",
		"Nom", "Nom complet", "Nom et prénom", "Nom et prénoms", "Nom prénom", "Prénom et nom", "Prénom nom",
		"Nom de l'employé", "Nom du salarié",
		"Nombre", "Nombres", "Nombre(s)", "Nombre completo", "Nombre y apellido", "Nombre y apellidos",
		"Nombre y apellido(s)", "Nombre del empleado", "Nombre de empleado",
	},
	Email: {
		"Email", "E-mail", "Email Address", "E-mail Address", "Mail", "Work Email", "Work E-mail Address", "Work Mail",
		"Business Email", "Company Email", "Corporate Email", "Employee Email", "Primary Email", "Email ID",

		"E-Mail-Adresse", "Mailadresse", "E-Mail geschäftlich", "E-Mail (geschäftlich)", "Geschäftliche E-Mail",
		"Geschäftliche E-Mail-Adresse", "Dienstliche E-Mail", "Dienstliche E-Mail-Adresse", "E-Mail dienstlich",
		"Firmen-E-Mail",

		"Adresse e-mail", "Adresse mail", "Adresse électronique", "Adresse de messagerie", "Adresse courriel", "Courriel",
		"Mél", "E-mail professionnel", "Adresse e-mail professionnelle", "Courriel professionnel", "Mail professionnel",

		"Correo electrónico", "Correo", "Correo-e", "Dirección de correo electrónico", "Dirección de correo",
		"Dirección de e-mail", "Correo corporativo", "Correo electrónico corporativo", "Correo electrónico de trabajo",
		"Correo de trabajo", "Correo laboral", "E-mail corporativo",
	},
	Phone: {
		"Phone Number", "Phone", "Phone #", "Phone No", "Telephone", "Telephone Number", "Tel", "Mobile", "Mobile Phone",
		"Mobile Number", "Mobile Phone Number", "Mobile #", "Cell", "Cell Phone", "Cell Number", "Cell Phone Number",
		"Cellphone", "Cellular", "Primary Phone", "SMS Number",

		"Telefon", "Telefonnummer", "Telefon-Nr.", "Tel.-Nr.", "Rufnummer", "Handy", "Handynummer", "Handy-Nr.", "Mobil",
		"Mobiltelefon", "Mobiltelefonnummer", "Mobilnummer", "Mobilfunk", "Mobilfunknummer", "Mobilrufnummer", "Mobil-Nr.",

		"Téléphone", "Numéro de téléphone", "N° de téléphone", "N° téléphone", "Tél", "Téléphone portable", "Téléphone mobile",
		"Tél. portable", "Tél. mobile", "Portable", "Numéro de portable", "N° de portable", "Numéro de mobile",
		"Numéro de téléphone portable", "Numéro de téléphone mobile", "Cellulaire", "Téléphone cellulaire",

		"Teléfono", "Número de teléfono", "N.º de teléfono", "No. de teléfono", "Teléfono móvil", "Tel. móvil", "Móvil",
		"Número de móvil", "Número de teléfono móvil", "Número móvil", "Celular", "Teléfono celular", "Número de celular",
		"Número celular",
	},
	ExternalID: {
		"External ID", "External Identifier", "Externe ID", "Externe Kennung", "ID externe", "Identifiant externe",
		"ID externo", "Identificador externo",
	},
	FlowID:    {"Flow ID"},
	FlowItems: {"Flow Items", "Item IDs"},
	Country: {
		"Country", "Country Code", "Country Name", "Country/Region", "ISO Country", "ISO Country Code", "Work Country",
		"Employee Country", "Location Country",
		"Land", "Ländercode", "Länderkürzel", "Länderschlüssel", "Ländername", "Arbeitsland", "Beschäftigungsland",
		"Pays", "Code pays", "Code du pays", "Nom du pays", "Pays de travail", "Pays d'emploi",
		"País", "Código de país", "Código país", "Código del país", "Nombre del país", "País de trabajo",
	},
}

// halves are headers that mean the whole name by themselves, and half of it
// beside a header for the other half.
var halves = []struct {
	whole, beside []string
	half          Field
}{
	{[]string{"name"}, []string{"vorname", "vornamen"}, LastName},
	{[]string{"nom"}, []string{"prenom", "prenoms", "prenomusuel"}, LastName},
	{[]string{"nombre", "nombres"}, []string{"apellido", "apellidos", "primerapellido", "apellidopaterno"}, FirstName},
}

// headerKey folds what headers for one thing differ in: case, accents, spaces
// and punctuation. "#" reads "number".
func headerKey(header string) string {
	var key strings.Builder
	for _, r := range norm.NFKD.String(header) {
		switch {
		case r == '#':
			key.WriteString("number")
		case r == '°': // for º, which NFKD makes an o
			key.WriteByte('o')
		case unicode.IsLetter(r), unicode.IsDigit(r):
			key.WriteRune(unicode.ToLower(r))
		}
	}
	return key.String()
}
