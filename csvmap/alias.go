package csvmap

import (
	"strings"
	"unicode"
)

// aliases are the headers that stand for a field, besides its own name. They
// are compared as headerKey leaves them, so "E-Mail" and "e mail" are one entry.
// A vague header ("ID", "Contact") is left out, for no mapping is better than a
// wrong one; so is one that often stands beside another of its field ("Personal
// Email", "Home Phone", "Preferred First Name"), for two columns are an error.
var aliases = map[Field][]string{
	EmployeeID: {
		"Employee ID", "Employee #", "Employee Number", "Employee No", "Employee Code", "Emp ID", "Emp #", "Emp No",
		"Associate ID", "Associate #", "Worker ID", "Worker Number", "Personnel Number", "Personnel No", "Personnel ID",
		"Staff ID", "Staff Number",
	},
	FirstName: {
		"First Name", "First", "Given Name", "Forename", "Legal First Name",
		"Employee First Name", "Worker First Name", "FName",
	},
	LastName: {
		"Last Name", "Last", "Surname", "Family Name", "Legal Last Name", "Employee Last Name", "Worker Last Name", "LName",
	},
	FullName: {
		"Full Name", "Name", "Employee Name", "Display Name", "Legal Name", "Worker Name", "Associate Name", "Complete Name",
	},
	Email: {
		"Email", "E-mail", "Email Address", "E-mail Address", "Mail", "Work Email", "Work E-mail Address", "Work Mail",
		"Business Email", "Company Email", "Corporate Email", "Employee Email", "Primary Email", "Email ID",
	},
	Phone: {
		"Phone Number", "Phone", "Phone #", "Phone No", "Telephone", "Telephone Number", "Tel", "Mobile", "Mobile Phone",
		"Mobile Number", "Mobile Phone Number", "Mobile #", "Cell", "Cell Phone", "Cell Number", "Cell Phone Number",
		"Cellphone", "Cellular", "Primary Phone", "SMS Number",
	},
	ExternalID: {"External ID", "External Identifier"},
	FlowID:     {"Flow ID"},
	FlowItems:  {"Flow Items", "Item IDs"},
}

// fieldByKey is aliases turned round.
var fieldByKey = func() map[string]Field {
	fields := make(map[string]Field)
	for field, headers := range aliases {
		fields[headerKey(string(field))] = field
		for _, header := range headers {
			fields[headerKey(header)] = field
		}
	}
	return fields
}()

// headerKey folds what headers for one thing differ in: case, spaces and
// punctuation. "#" reads "number".
func headerKey(header string) string {
	var key strings.Builder
	for _, r := range header {
		switch {
		case r == '#':
			key.WriteString("number")
		case unicode.IsLetter(r), unicode.IsDigit(r):
			key.WriteRune(unicode.ToLower(r))
		}
	}
	return key.String()
}
