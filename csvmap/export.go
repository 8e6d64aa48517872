package csvmap

import (
	"slices"
	"strings"
)

// export is what an HR system, or another program, exports.
type export struct {
	name  string     // "" for none that is known
	signs [][]string // it is one when all headers of one line are there, as they are written
	// prefer lists headers for a field in this export, the best first. They go
	// before those that every roster may have.
	prefer map[Field][]string
}

// exports are the exports that are recognised. Their columns can be chosen
// freely in most systems; the signs are those that no other system writes so.
//
//nolint:misspell // four languages
var exports = []export{
	{
		name: "an export of Workday",
		signs: [][]string{
			{"Email - Primary Work"}, {"Email - Work"}, {"Legal Name - First Name"}, {"Phone - Primary Home"},
		},
		prefer: map[Field][]string{
			EmployeeID: {"Employee ID", "Worker ID"},
			FirstName:  {"Legal Name - First Name", "Legal First Name", "First Name"},
			LastName:   {"Legal Name - Last Name", "Legal Last Name", "Last Name"},
			Email:      {"Email - Primary Work", "Email - Work"},
		},
	},
	{
		name: "an export of ADP Workforce Now",
		signs: [][]string{
			{"Work Contact: Work Email"}, {"Personal Contact: Personal Email"}, {"Personal Contact: Personal Mobile"},
			{"Associate ID", "File Number"}, {"Associate ID", "Position ID"},
		},
		prefer: map[Field][]string{
			EmployeeID: {"Associate ID", "File Number"}, // a file number is one in its company code only
			FirstName:  {"Legal First Name", "First Name", "Payroll First Name"},
			LastName:   {"Legal Last Name", "Last Name", "Payroll Last Name"},
			Email:      {"Work Contact: Work Email"},
		},
	},
	{
		name:   "an export of SAP SuccessFactors",
		signs:  [][]string{{"STATUS", "USERID", "FIRSTNAME"}, {"USERID", "USERNAME", "FIRSTNAME"}},
		prefer: map[Field][]string{EmployeeID: {"USERID", "EMPID"}, Phone: {"CELL_PHONE", "CELLPHONE", "HOME_PHONE"}},
	},
	{
		name:  "an export of UKG Pro",
		signs: [][]string{{"Employee Number", "Alternate Email"}, {"Employee Number", "Alternate Email Address"}, {"Employee Number", "Org Level 1"}},
		prefer: map[Field][]string{
			Email: {"Email Address", "Primary Email", "Work Email", "Alternate Email", "Alternate Email Address"},
			Phone: {"Cell Phone", "Mobile Phone", "Home Phone"},
		},
	},
	{
		name:  "an export of Gusto",
		signs: [][]string{{"Gusto Employee ID"}, {"Gusto employee UUID"}},
		prefer: map[Field][]string{
			EmployeeID: {"Gusto Employee ID", "Gusto employee UUID", "Employee ID"},
			Email:      {"Work email", "Email", "Personal email"},
		},
	},
	{
		name:  "an export of Rippling",
		signs: [][]string{{"Employee number", "Legal first name", "Work email"}, {"Manager - Work email"}, {"Employee - ID"}},
		prefer: map[Field][]string{
			EmployeeID: {"Employee number", "Employee ID", "Employee - ID"},
			FullName:   {"Employee name", "Full name", "Employee"},
			FirstName:  {"Legal first name", "First name", "Preferred first name"},
			LastName:   {"Legal last name", "Last name", "Preferred last name"},
		},
	},
	{
		name:   "an export of Paychex Flex",
		signs:  [][]string{{"Company ID", "Worker ID"}, {"Client ID", "Worker ID"}},
		prefer: map[Field][]string{EmployeeID: {"Worker ID", "Employee ID"}, Email: {"Work Email", "Business Email", "Personal Email"}},
	},
	{
		name:  "an export of Paylocity",
		signs: [][]string{{"Employee Id", "Cost Center 1"}, {"Company Id", "Employee Id"}},
		prefer: map[Field][]string{
			Email: {"Work Email", "Work Email Address", "Home Email", "Personal Email"},
			Phone: {"Mobile Phone", "Cell Phone", "Personal Mobile Phone", "Home Phone"},
		},
	},
	{
		name: "an export of BambooHR",
		signs: [][]string{
			{"Employee #", "Home Email"}, {"Employee #", "Reporting to"}, {"Employee #", "Last Name, First Name"},
		},
	},
	{
		name: "an export of Personio",
		signs: [][]string{
			{"First name", "Last name", "Subcompany"}, {"First name", "Last name", "Weekly working hours"},
			{"Vorname", "Nachname", "Gesellschaft"}, {"Vorname", "Nachname", "Wochenstunden"}, {"Vorname", "Nachname", "Beschäftigungsart"},
			{"Prénom", "Nom de famille", "Heures hebdomadaires"}, {"Prénom", "Nom de famille", "Type d'emploi"},
			{"Nombre", "Apellidos", "Horas semanales"}, {"Nombre", "Apellidos", "Tipo de empleo"},
		},
	},
	{
		name:  "the recipient fields of the Argyle Console",
		signs: [][]string{{"first_name", "last_name", "email", "phone_number"}, {"full_name", "email", "phone_number"}},
	},
}

// exportOf recognises an export by its header; one without a name for none.
func exportOf(columns []Column) export {
	there := make(map[string]bool, len(columns))
	for _, c := range columns {
		there[strings.ToLower(strings.TrimSpace(c.Header))] = true
	}
	for _, e := range exports {
		for _, line := range e.signs {
			if !slices.ContainsFunc(line, func(header string) bool { return !there[strings.ToLower(header)] }) {
				return e
			}
		}
	}
	return export{}
}

// rank maps the columns that the export prefers, and tells for each column how
// many go before it for the same field; below zero for the preferred ones. It
// leaves those alone of which a mapping says something.
func (e export) rank(columns []Column, said map[int]Field) []int {
	preferred := make(map[string]meaning)
	for field, headers := range e.prefer {
		for i, header := range headers {
			preferred[headerKey(header)] = meaning{field: field, rank: i - len(headers)}
		}
	}
	ranks := make([]int, len(columns))
	for i, c := range columns {
		if _, ok := said[i]; ok {
			continue
		}
		key := headerKey(c.Header)
		if own, ok := preferred[key]; ok {
			columns[i].Field, columns[i].Why, ranks[i] = own.field, ByExport, own.rank
		} else if found := meaningOf(c.Header); found.field == c.Field {
			ranks[i] = found.rank
		}
	}
	return ranks
}
