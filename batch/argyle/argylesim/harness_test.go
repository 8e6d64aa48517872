package argylesim

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const adaline = `{"first_name":"Adaline","last_name":"Bo","email":"adaline@example.com"}`

// tagged is an invite that asks for a fault.
func tagged(fault Fault) string {
	return `{"full_name":"A B","email":"a+fault.` + string(fault) + `@example.com"}`
}

// call sends one request straight into the handler, as a client with a key.
func call(t testing.TB, s http.Handler, method, target, body string) (int, map[string]any) {
	t.Helper()
	rec := serve(s, method, target, body)
	var answer map[string]any
	if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%s %s answered %d with a body that is not JSON: %v", method, target, rec.Code, err)
	}
	return rec.Code, answer
}

func serve(s http.Handler, method, target, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.SetBasicAuth("key", "secret")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, r)
	return rec
}

// invite creates an invite that must be taken, and returns its ID.
func invite(t testing.TB, s http.Handler, email string) string {
	t.Helper()
	status, answer := call(t, s, "POST", "/v2/invites", `{"full_name":"Some Body","email":"`+email+`"}`)
	id, _ := answer["id"].(string)
	if status != 200 || id == "" {
		t.Fatalf("the invite was answered with %d: %v", status, answer)
	}
	return id
}

// results returns one field of each result of a page.
func results(answer map[string]any, field string) []string {
	var values []string
	list, _ := answer["results"].([]any)
	for _, item := range list {
		value, _ := item.(map[string]any)[field].(string)
		values = append(values, value)
	}
	return values
}
