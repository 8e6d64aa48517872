package csvmap

import (
	"cmp"
	"strings"
)

// Field is a name that a roster column can be mapped to: a field of the request
// body, dotted where the body nests, or the roster's own employee_id and country.
type Field string

// The fields without dots.
const (
	EmployeeID Field = "employee_id"
	Company    Field = "company" // beside an employee ID: the two together are the ID
	FirstName  Field = "first_name"
	LastName   Field = "last_name"
	FullName   Field = "full_name"
	Email      Field = "email"
	Phone      Field = "phone_number"
	ExternalID Field = "external_id"
	FlowID     Field = "flow_id"
	FlowItems  Field = "flow_items" // cells split on ; or |
	Country    Field = "country"    // whose numbering a phone number without a country code follows
)

// The fields with dots start with one of these.
const (
	ddsPrefix      = "dds_config."
	templatePrefix = "override_invite_template."
)

// Nested reports whether f is a path into one of the body's objects.
func (f Field) Nested() bool {
	return strings.HasPrefix(string(f), ddsPrefix) || strings.HasPrefix(string(f), templatePrefix)
}

// hrWords are the fields that HR has a word for.
var hrWords = map[Field]string{
	EmployeeID: "employee ID", Company: "company", FirstName: "first name", LastName: "last name", FullName: "full name",
	Email: "e-mail address", Phone: "phone number", Country: "country",
}

// Words is the field in HR's words; the API's name for what HR has no word for.
func (f Field) Words() string { return cmp.Or(hrWords[f], string(f)) }

// Channel says by which of a recipient's contacts the invite goes.
type Channel string

// The channels.
const (
	ByEmail Channel = "email"
	BySMS   Channel = "sms"
	ByBoth  Channel = "both"
)
