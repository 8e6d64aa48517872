package csvmap

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Rules are what a run asks of its rows.
type Rules struct {
	Region   string  // country of phone numbers without a country code, ISO 3166; "" = US
	Channel  Channel // the contacts to use; "" = both
	Defaults Defaults
	Strict   bool // warnings are problems
	Shared   SharedContacts
	// SendDoubtful sends to addresses that look mistyped: somebody has looked at them.
	SendDoubtful bool
}

// RulesError says what is wrong with the rules or the defaults: with the
// configuration, not with the roster.
type RulesError struct{ Message string }

func (e *RulesError) Error() string { return e.Message }

func (r Rules) withDefaults() Rules {
	r.Region = strings.ToUpper(cmp.Or(r.Region, "US"))
	r.Channel = cmp.Or(r.Channel, ByBoth)
	return r
}

// Check says what is wrong with the rules, as a *[RulesError].
func (r Rules) Check() error { return r.withDefaults().validate() }

func (r Rules) validate() error {
	if !phonenumbers.GetSupportedRegions()[r.Region] {
		return &RulesError{fmt.Sprintf("%q is no region: give a country code of two letters, such as US", r.Region)}
	}
	switch r.Channel {
	case ByEmail, BySMS, ByBoth:
	default:
		return &RulesError{fmt.Sprintf("%q is no channel: give email, sms or both", r.Channel)}
	}
	complaints := []struct {
		field Field
		text  string
	}{
		{Email, complaintOf(normalizeEmail(r.Defaults.text[Email]))},
		{Phone, newPhones(r.Region).read(r.Defaults.text[Phone], r.Region).anyComplaint()},
		{ExternalID, tooLong(r.Defaults.text[ExternalID], maxExternalID)},
	}
	for _, c := range complaints {
		if c.text != "" && r.Defaults.text[c.field] != "" {
			return &RulesError{fmt.Sprintf("the default for %s %s", c.field, c.text)}
		}
	}
	return nil
}

func complaintOf(_, complaint string) string { return complaint }

// uses reports whether the channel can use a contact.
func (c Channel) uses(contact Field) bool {
	return c == ByBoth || c == ByEmail && contact == Email || c == BySMS && contact == Phone
}
