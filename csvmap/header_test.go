package csvmap_test

import (
	"fmt"
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

func TestHeadersOfOtherLanguages(t *testing.T) {
	const id, first, last, full = csvmap.EmployeeID, csvmap.FirstName, csvmap.LastName, csvmap.FullName
	const email, phone, country = csvmap.Email, csvmap.Phone, csvmap.Country
	tests := []struct {
		header string
		want   []csvmap.Field
	}{
		{"Personalnummer;Vorname;Nachname;E-Mail-Adresse;Handy;Land", []csvmap.Field{id, first, last, email, phone, country}},
		{"Mitarbeiter-ID;Vorname;Familienname;E-Mail (geschäftlich);Mobiltelefon", []csvmap.Field{id, first, last, email, phone}},
		{"Personal-Nr.;Name;Vorname;E-Mail;Telefon", []csvmap.Field{id, last, first, email, phone}},
		{"Name;E-Mail;Telefonnummer", []csvmap.Field{full, email, phone}},
		{"Vollständiger Name;Mailadresse;Mobilfunknummer;Abteilung", []csvmap.Field{full, email, phone, ""}},

		{"Matricule;Prénom;Nom;Adresse e-mail;Téléphone portable;Pays", []csvmap.Field{id, first, last, email, phone, country}},
		{"N° employé;PRENOM;NOM;Courriel;Tél.", []csvmap.Field{id, first, last, email, phone}},
		{"Nom de famille;Prénom(s);Adresse courriel;Numéro de téléphone", []csvmap.Field{last, first, email, phone}},
		{"Nom;Courriel", []csvmap.Field{full, email}},
		{"Nom;Nom de famille;Prénom;Courriel", []csvmap.Field{full, last, first, email}},
		{"Nom complet;E-mail;Portable", []csvmap.Field{full, email, phone}},

		{"Número de empleado;Nombre;Apellido(s);Correo electrónico;Teléfono móvil;País", []csvmap.Field{id, first, last, email, phone, country}},
		{"Nº empleado;Nombre(s);Primer apellido;Segundo apellido;Correo;Celular", []csvmap.Field{id, first, last, "", email, phone}},
		{"Apellidos;Nombre;Dirección de correo electrónico;Teléfono", []csvmap.Field{last, first, email, phone}},
		{"Nombre;Correo electrónico", []csvmap.Field{full, email}},
		{"Nombre completo;Correo electrónico;Móvil", []csvmap.Field{full, email, phone}},

		{"Name;First Name;Email", []csvmap.Field{full, first, email}},
		{"Name;Email;Country Code;Work Country", []csvmap.Field{full, email, "", ""}},
		{"\u200bName;E\u2011mail;Work\u00a0Country", []csvmap.Field{full, email, country}},
	}
	for _, tt := range tests {
		columns := open(t, tt.header+"\n").Columns()
		for i, want := range tt.want {
			if columns[i].Field != want {
				t.Errorf("%s: %q is %q, want %q", tt.header, columns[i].Header, columns[i].Field, want)
			}
		}
	}
}

func TestDecomposedHeader(t *testing.T) {
	columns := open(t, "Pre\u0301nom,Nom,Te\u0301le\u0301phone\n").Columns()
	if columns[0].Field != csvmap.FirstName || columns[1].Field != csvmap.LastName || columns[2].Field != csvmap.Phone {
		t.Error(columns)
	}
}

func TestTwoColumnsOfOtherLanguages(t *testing.T) {
	err := openAndCheck("Vorname;Nachname;Mobiltelefon;Handy\n")
	if err == nil || !strings.Contains(err.Error(), `"Mobiltelefon" and "Handy" both mean phone_number`) {
		t.Error(err)
	}
}

func TestHeaderOfManyColumns(t *testing.T) {
	header := "a,b,c,"
	for i := range 1200 {
		header += fmt.Sprintf("dds_config.a%d.b,", i)
	}
	roster := open(t, header+"Name\n")
	_, err := roster.Checker(csvmap.Rules{})
	if err == nil || !strings.Contains(err.Error(), `"dds_config.a16.b" and 1,184 more`) {
		t.Error(err)
	}
	err = openAndCheck(header + "dds_config.a7\n")
	if err == nil || !strings.Contains(err.Error(), `"dds_config.a7.b" is part of the column "dds_config.a7"`) {
		t.Error(err)
	}
}
