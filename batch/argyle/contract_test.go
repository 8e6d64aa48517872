package argyle

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/csvmap"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// contract passes requests on, and checks them and their answers against the
// OpenAPI document.
type contract struct {
	t        *testing.T
	router   routers.Router
	next     http.RoundTripper
	lenient  bool // the request breaks the contract on purpose
	statuses []int
}

func newContract(t *testing.T) *contract {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("argylesim/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	next := newTransport(1, nil)
	t.Cleanup(next.CloseIdleConnections)
	return &contract{t: t, router: router, next: next}
}

func (c *contract) RoundTrip(r *http.Request) (*http.Response, error) {
	sent := c.checkRequest(r)
	resp, err := c.next.RoundTrip(r)
	if err != nil || sent == nil {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	c.statuses = append(c.statuses, resp.StatusCode)
	err = openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: sent, Status: resp.StatusCode, Header: resp.Header,
		Body: io.NopCloser(bytes.NewReader(body)), Options: sent.Options,
	})
	if err != nil {
		c.t.Errorf("%s %s answered %d: %v", r.Method, r.URL.Path, resp.StatusCode, err)
	}
	return resp, nil
}

// checkRequest gives r its body back.
func (c *contract) checkRequest(r *http.Request) *openapi3filter.RequestValidationInput {
	copied := r.Clone(context.Background())
	copied.URL = &url.URL{Path: r.URL.Path, RawQuery: r.URL.RawQuery}
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			c.t.Error(err)
		}
		r.Body, copied.Body = io.NopCloser(bytes.NewReader(body)), io.NopCloser(bytes.NewReader(body))
	}
	route, params, err := c.router.FindRoute(copied)
	if err != nil {
		c.t.Errorf("%s %s: %v", r.Method, r.URL.Path, err)
		return nil
	}
	input := &openapi3filter.RequestValidationInput{
		Request: copied, PathParams: params, Route: route,
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true, RejectWhenRequestBodyNotSpecified: true, SkipSettingDefaults: true,
			AuthenticationFunc: basicAuth,
		},
	}
	if err := openapi3filter.ValidateRequest(context.Background(), input); (err != nil) != c.lenient {
		c.t.Errorf("%s %s breaks the contract: %t, want %t: %v", r.Method, r.URL.Path, err != nil, c.lenient, err)
	}
	return input
}

func basicAuth(_ context.Context, in *openapi3filter.AuthenticationInput) error {
	if _, _, ok := in.RequestValidationInput.Request.BasicAuth(); !ok {
		return in.NewError(http.ErrNoCookie)
	}
	return nil
}

func (c *contract) get(client *Client, path string) {
	c.t.Helper()
	c.call(client, http.MethodGet, path)
}

// call sends a request without a body, as the client builds it.
func (c *contract) call(client *Client, method, path string) {
	c.t.Helper()
	req, err := client.request(c.t.Context(), method, client.base+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	resp, err := c.RoundTrip(req)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = resp.Body.Close()
}

func TestClientAndSimulatorKeepTheContract(t *testing.T) {
	c := newContract(t)
	_, base := simulate(t, argylesim.Options{KeyID: "key", Secret: "s3cret", FlowIDs: []string{"F1"}})
	client := newClient(t, base, func(config *Config) { config.Transport = c })
	full := csvmap.Recipient{
		FirstName: "Adaline", LastName: "Bo", Email: "adaline@example.com", Phone: "+12125550123",
		ExternalID: "team 1", FlowID: "F1", FlowItems: []string{"item_1"},
		DDSConfig: map[string]any{"ach_deposit_account": map[string]any{"bank_name": "A Bank"}},
		Template: map[string]any{
			"brand": map[string]any{"color": "#fff"}, "sms_text": "Hi",
			"email": map[string]any{"reply_to": []string{"hr@example.com"}, "body_text_icon_1": "x"},
		},
	}
	for _, r := range []csvmap.Recipient{full, adaline, {FullName: "C D", Phone: "+12125550124"}, {FullName: "E F", Email: "e@example.com"}} {
		if _, _, err := client.Send(t.Context(), r, nil); err != nil {
			t.Error(err)
		}
	}
	for _, path := range []string{
		"/invites", "/invites?limit=2", "/invites?limit=2&status=sent", "/invites?reply_to=hr%40example.com",
		"/users?external_id=team+1", "/users?limit=2",
	} {
		c.get(client, path)
	}

	c.statuses, c.lenient = nil, false
	wrongFlow := full
	wrongFlow.FlowID = "F2"
	if _, _, err := client.Send(t.Context(), wrongFlow, nil); verdictOf(err) != "rejected" {
		t.Error(err)
	}
	client.secret = NewSecret("other")
	if _, _, err := client.Send(t.Context(), full, nil); verdictOf(err) != "refused" {
		t.Error(err)
	}
	c.get(client, "/users")

	client.secret, c.lenient = NewSecret("s3cret"), true
	c.get(client, "/invites?limit=201")
	for _, r := range []csvmap.Recipient{
		{FirstName: "A", Email: "a@example.com"}, {FullName: "A B"},
		{FullName: "A B", Email: "nobody"}, {FullName: "A B", Email: "a@example.com", ExternalID: strings.Repeat("x", 101)},
		{FullName: "A B", Email: "a@example.com", Template: map[string]any{"email": map[string]any{"color": "red"}}},
	} {
		if _, _, err := client.Send(t.Context(), r, nil); verdictOf(err) != "rejected" {
			t.Error(err)
		}
	}
}

// What becomes of an invite keeps to the contract too, though no client of ours
// does that to it.
func TestSimulatorKeepsTheContractLater(t *testing.T) {
	c := newContract(t)
	s, base := simulate(t, argylesim.Options{Resend: argylesim.Refused})
	client := newClient(t, base, nil)
	made, err := s.CreateOutside(map[string]any{"full_name": "A B", "email": "a@example.com", "phone_number": "+12125550123"}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, status := range []string{"sent", "initiated", "attempted"} {
		if err := s.SetStatus(made.ID, status); err != nil {
			t.Fatal(err)
		}
		c.call(client, http.MethodPost, "/invites/"+made.ID)
		c.get(client, "/invites/"+made.ID)
	}
	for _, path := range []string{"/revoke", "", "/revoke"} { // it is not sent after the first
		c.call(client, http.MethodPost, "/invites/"+made.ID+path)
		c.get(client, "/invites?status=revoked")
	}
	c.call(client, http.MethodPost, "/invites/none")
	if want := []int{200, 200, 200, 200, 200, 200, 200, 200, 400, 200, 200, 200, 404}; !slices.Equal(c.statuses, want) {
		t.Errorf("answered %v, want %v", c.statuses, want)
	}
}

func TestThrottledAnswersKeepTheContract(t *testing.T) {
	for _, form := range []argylesim.RetryAfter{argylesim.RetryNone, argylesim.RetrySeconds, argylesim.RetryDate} {
		c := newContract(t)
		_, base := simulate(t, argylesim.Options{RateLimit: 1, RetryAfter: form})
		client := newClient(t, base, func(config *Config) { config.Transport = c })
		for range 3 {
			_, _, _ = client.Send(t.Context(), adaline, nil)
		}
		c.get(client, "/invites")
		if c.statuses[1] != http.StatusTooManyRequests {
			t.Errorf("answered %v", c.statuses)
		}
	}
}
