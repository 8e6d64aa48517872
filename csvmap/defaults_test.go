package csvmap_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

func TestDefaultsAndObjects(t *testing.T) {
	defaults, err := csvmap.ParseDefaults(map[string]any{
		"flow_id":     "8DRRA4XC",
		"flow_items":  []any{"item_1"},
		"external_id": "team",
		"dds_config": map[string]any{
			"ach_deposit_account": map[string]any{"bank_name": "First Bank", "account_type": "checking"},
			"amount":              7,
		},
		"override_invite_template.email.reply_to": []any{"hr@example.com"},
		"override_invite_template":                map[string]any{"sms_text": "Hello"},
	})
	if err != nil {
		t.Fatal(err)
	}
	roster := open(t, "Name,Email,Flow ID,dds_config.ach_deposit_account.bank_name,override_invite_template.email.reply_to\n"+
		"A,a@example.com,OWN,Second Bank,x@example.com|y@example.com\nB,b@example.com,,,\n")
	c := checker(t, roster, csvmap.Rules{Defaults: defaults})
	base := func() csvmap.Recipient {
		return csvmap.Recipient{
			FullName: "B", Email: "b@example.com", ExternalID: "team", FlowID: "8DRRA4XC", FlowItems: []string{"item_1"},
			DDSConfig: map[string]any{"ach_deposit_account": map[string]any{"bank_name": "First Bank", "account_type": "checking"}, "amount": 7},
			Template:  map[string]any{"sms_text": "Hello", "email": map[string]any{"reply_to": []string{"hr@example.com"}}},
		}
	}
	own := base()
	own.FullName, own.Email, own.FlowID = "A", "a@example.com", "OWN"
	own.DDSConfig["ach_deposit_account"].(map[string]any)["bank_name"] = "Second Bank"
	own.Template["email"] = map[string]any{"reply_to": []string{"x@example.com", "y@example.com"}}
	for i, row := range rows(t, roster) {
		got, problems := c.Check(row)
		if diff := cmp.Diff([]csvmap.Recipient{own, base()}[i], got); diff != "" || problems != nil {
			t.Error(diff, problems)
		}
		if got.Body().IsZero() {
			t.Error("no body")
		}
	}
}

func TestParseDefaultsRefuses(t *testing.T) {
	tests := []struct {
		key   string
		value any
		want  string
	}{
		{"flow", "x", `"flow" is unknown`},
		{"employee_id", "7", `"employee_id" cannot be`},
		{"flow_id", 12, "put it into quotes"},
		{"flow_items", []any{1}, "list of texts"},
		{"dds_config", "x", "must be an object"},
		{"dds_config", map[string]any{"a": func() {}}, `"dds_config.a" cannot be sent`},
		{"override_invite_template", map[string]any{"email": map[string]any{"colour": "x"}}, "override_invite_template.email.colour is no field"},
		{"override_invite_template.email.reply_to", 5, "list of texts"},
		{"override_invite_template.sms_text", 5, "put it into quotes"},
		{"first_name", "\x01", "control characters"},
	}
	for _, tt := range tests {
		_, err := csvmap.ParseDefaults(map[string]any{tt.key: tt.value})
		if _, ok := errors.AsType[*csvmap.RulesError](err); !ok || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.key, err, tt.want)
		}
	}
	twice := map[string]any{"dds_config": map[string]any{"a": 1}, "dds_config.a": 2}
	if _, err := csvmap.ParseDefaults(twice); err == nil {
		t.Error("a value that is given twice was taken")
	}
}
