package argylesim

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCreateShowsTheInvite(t *testing.T) {
	s := New(Options{})
	status, got := call(t, s, "POST", "/v2/invites", `{"first_name":"Adaline","last_name":"Bo",
		"email":"adaline@example.com","phone_number":"+12125550123","external_id":"7","flow_id":"F1","flow_items":["item_1"],
		"dds_config":{"ach_deposit_account":{"bank_name":"A Bank"}},"override_invite_template":{"email":{"reply_to":["hr@example.com"]}}}`)
	if status != 200 {
		t.Fatalf("answered %d: %v", status, got)
	}
	if token, _ := got["user_token"].(string); token == "" {
		t.Error("the answer to a POST has no user_token")
	}
	if _, shown := got["external_id"]; shown {
		t.Error("the invite shows external_id, which the API does not")
	}
	seen := map[string]any{}
	for _, field := range []string{"email", "phone_number", "full_name", "status", "flow_items", "reply_to"} {
		seen[field] = got[field]
	}
	want := map[string]any{
		"email": "adaline@example.com", "phone_number": "+12125550123", "full_name": "Adaline Bo", "status": "sent",
		"flow_items": []any{"item_1"}, "reply_to": []any{"hr@example.com"},
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
	if methods := len(got["deliveries"].([]any)); methods != 2 {
		t.Errorf("%d deliveries, want one by e-mail and one by SMS", methods)
	}
}

func TestCreateRefusesWhatTheContractForbids(t *testing.T) {
	const name, contact = `"first_name":"A","last_name":"B"`, `"email":"a@example.com"`
	long := strings.Repeat("x", 101)
	for _, test := range []struct{ body, field string }{
		{`{` + contact + `}`, "first_name"},
		{`{"first_name":"A",` + contact + `}`, "last_name"},
		{`{"full_name":"A B","first_name":"A",` + contact + `}`, "last_name"},
		{`{` + name + `}`, "email"},
		{`{` + name + `}`, "phone_number"},
		{`{` + name + `,"email":""}`, "email"},
		{`{` + name + `,"email":null}`, "email"},
		{`{` + name + `,"email":5}`, "email"},
		{`{` + name + `,"email":"not an address"}`, "email"},
		{`{` + name + `,"email":"a@localhost"}`, "email"},
		{`{` + name + `,"phone_number":"12"}`, "phone_number"},
		{`{` + name + `,"phone_number":"call me"}`, "phone_number"},
		{`{` + name + `,` + contact + `,"phone_number":" "}`, "phone_number"},
		{`{` + name + `,` + contact + `,"external_id":"` + long + `"}`, "external_id"},
		{`{` + name + `,` + contact + `,"flow_id":"F2"}`, "flow_id"},
		{`{` + name + `,` + contact + `,"flow_items":[]}`, "flow_items"},
		{`{` + name + `,` + contact + `,"flow_items":[""]}`, "flow_items"},
		{`{` + name + `,` + contact + `,"dds_config":{}}`, "dds_config"},
		{`{` + name + `,` + contact + `,"employee_id":"1"}`, "employee_id"},
		{`{` + name + `,` + contact + `,"override_invite_template":{}}`, "override_invite_template"},
		{`{` + name + `,` + contact + `,"override_invite_template":{"colour":"red"}}`, "override_invite_template"},
		{`{` + name + `,` + contact + `,"override_invite_template":{"email":{"subject":""}}}`, "override_invite_template"},
		{`{` + name + `,"email":"a+fault.nosuch@example.com"}`, "email"},
		{`[]`, "detail"},
		{`null`, "detail"},
		{`{"email"`, "detail"},
	} {
		s := New(Options{FlowIDs: []string{"F1"}})
		status, answer := call(t, s, "POST", "/v2/invites", test.body)
		if status != 400 || answer[test.field] == nil {
			t.Errorf("%s: answered %d, %v; want 400 about %s", test.body, status, answer, test.field)
		}
		if s.Count() != 0 {
			t.Errorf("%s: an invite was created", test.body)
		}
	}
}

func TestCreateTakesWhatTheContractAllows(t *testing.T) {
	for _, body := range []string{
		adaline,
		`{"full_name":"Adaline Bo","phone_number":"+12125550123"}`,
		`{"full_name":"Adaline Bo","phone_number":"(212) 555-0123"}`,
		`{"first_name":"A","last_name":"B","full_name":"A B","email":"a.b+c@sub.example.org","flow_id":"F1"}`,
	} {
		if status, answer := call(t, New(Options{FlowIDs: []string{"F1"}}), "POST", "/v2/invites", body); status != 200 {
			t.Errorf("%s: answered %d: %v", body, status, answer)
		}
	}
}

func TestTheDoor(t *testing.T) {
	key := func(user, secret string) func(*http.Request) {
		return func(r *http.Request) { r.SetBasicAuth(user, secret) }
	}
	plain := func(r *http.Request) { key("k", "s")(r); r.Header.Set("Content-Type", "text/plain") }
	for _, test := range []struct {
		name, method, path string
		prepare            func(*http.Request)
		status             int
	}{
		{"no credentials", "GET", "/v2/invites", func(*http.Request) {}, 401},
		{"other key", "GET", "/v2/invites", key("k2", "s"), 401},
		{"other secret", "GET", "/v2/invites", key("k", "s2"), 401},
		{"right", "GET", "/v2/invites", key("k", "s"), 200},
		{"no version", "GET", "/invites", key("k", "s"), 404},
		{"unknown path", "GET", "/v2/accounts", key("k", "s"), 404},
		{"slash at the end", "GET", "/v2/invites/", key("k", "s"), 404},
		{"unknown invite", "GET", "/v2/invites/none", key("k", "s"), 404},
		{"wrong method", "DELETE", "/v2/invites", key("k", "s"), 405},
		{"wrong method of revoke", "GET", "/v2/invites/x/revoke", key("k", "s"), 405},
		{"content type", "POST", "/v2/invites", plain, 415},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(test.method, test.path, strings.NewReader(adaline))
			test.prepare(r)
			rec := httptest.NewRecorder()
			New(Options{KeyID: "k", Secret: "s"}).ServeHTTP(rec, r)
			if rec.Code != test.status || rec.Header().Get("Content-Type") != "application/json" {
				t.Errorf("answered %d as %s, want %d as JSON", rec.Code, rec.Header().Get("Content-Type"), test.status)
			}
		})
	}
}
