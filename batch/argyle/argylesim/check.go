package argylesim

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

const maxExternalID = 100 // characters

// shape says what a value in a request must be: text, texts, anything in an
// object, or an object with the shapes of its fields.
type shape any

type (
	text   struct{}
	texts  struct{}
	object struct{}
	fields map[string]shape
)

// request is the shape of POST /v2/invites.
var request = fields{
	"first_name": text{}, "last_name": text{}, "full_name": text{},
	"email": text{}, "phone_number": text{},
	"external_id": text{}, "flow_id": text{}, "flow_items": texts{},
	"dds_config": object{}, // its full schema is not published
	"override_invite_template": fields{
		"brand": fields{"color": text{}, "logo": text{}},
		"email": fields{
			"reply_to": texts{}, "subject": text{}, "sender": text{}, "header": text{}, "subheader": text{},
			"body_text_icon_1": text{}, "body_text_icon_2": text{}, "body_text_icon_3": text{},
			"body_text_header_1": text{}, "body_text_header_2": text{}, "body_text_header_3": text{},
			"body_text_subheader_1": text{}, "body_text_subheader_2": text{}, "body_text_subheader_3": text{},
		},
		"sms_text":     text{},
		"landing_page": fields{"header": text{}, "subheader": text{}, "step_1": text{}, "step_2": text{}, "step_3": text{}},
		"flow_id":      text{},
		"success_page": fields{"header": text{}, "subheader": text{}, "button_text": text{}, "button_url": text{}},
	},
}

// check returns the field errors of a request in the API's form; nil for none.
func check(body map[string]any, flows []string) map[string]any {
	problems, _ := checkShape(body, request).(map[string]any)
	if problems == nil {
		problems = map[string]any{}
	}
	complain := func(field, message string) {
		if problems[field] == nil {
			problems[field] = []string{message}
		}
	}
	value := func(field string) string { v, _ := body[field].(string); return v }

	first, last, full := value("first_name"), value("last_name"), value("full_name")
	if first == "" && (last != "" || full == "") {
		complain("first_name", "This field is required.")
	}
	if last == "" && (first != "" || full == "") {
		complain("last_name", "This field is required.")
	}
	email, phone := value("email"), value("phone_number")
	if email == "" && phone == "" {
		complain("email", "This field is required when phone_number is empty.")
		complain("phone_number", "This field is required when email is empty.")
	}
	if email != "" && !validEmail(email) {
		complain("email", "Enter a valid email address.")
	}
	if phone != "" && !validPhone(phone) {
		complain("phone_number", "Enter a valid phone number.")
	}
	if utf8.RuneCountInString(value("external_id")) > maxExternalID {
		complain("external_id", fmt.Sprintf("Ensure this field has no more than %d characters.", maxExternalID))
	}
	if flow := value("flow_id"); flow != "" && len(flows) > 0 && !slices.Contains(flows, flow) {
		complain("flow_id", "There is no template with this ID.")
	}
	if len(problems) == 0 {
		return nil
	}
	return problems
}

// checkShape returns what is wrong with value: a list of messages, or a map of
// them by field; nil when nothing is.
func checkShape(value any, want shape) any {
	switch want := want.(type) {
	case text:
		return checkText(value)
	case texts:
		return checkTexts(value)
	case object:
		if v, ok := value.(map[string]any); !ok || len(v) == 0 {
			return []string{"Expected an object that is not empty."}
		}
	case fields:
		v, ok := value.(map[string]any)
		if !ok || len(v) == 0 {
			return []string{"Expected an object that is not empty."}
		}
		return checkFields(v, want)
	}
	return nil
}

func checkFields(values map[string]any, want fields) any {
	problems := map[string]any{}
	for name, value := range values {
		inner, known := want[name]
		if !known {
			problems[name] = []string{"Unknown field."}
		} else if problem := checkShape(value, inner); problem != nil {
			problems[name] = problem
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return problems
}

func checkText(value any) any {
	v, ok := value.(string)
	switch {
	case !ok:
		return []string{"Not a valid string."}
	case strings.TrimSpace(v) == "":
		return []string{"This field may not be blank."}
	}
	return nil
}

func checkTexts(value any) any {
	list, ok := value.([]any)
	if !ok || len(list) == 0 {
		return []string{"Expected a list that is not empty."}
	}
	for _, v := range list {
		if problem := checkText(v); problem != nil {
			return problem
		}
	}
	return nil
}
