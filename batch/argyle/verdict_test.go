package argyle

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"

	"github.com/google/go-cmp/cmp"
)

var largePage = strings.Repeat("x", maxAnswer+1)

// answers has every row of the design's table that an answer leads to.
var answers = []struct {
	name, answer, want string
	status             int
}{
	{"created", answerText(200, "", echoed), "sent", 200},
	{"created 201", answerText(201, "", echoed), "sent", 201},
	{"no body", answerText(204, "", ""), "uncertain unreadable", 204},
	{"a page", answerText(200, "", "<html>log in</html>"), "uncertain unreadable", 200},
	{"a list", answerText(200, "", "[]"), "uncertain unreadable", 200},
	{"null", answerText(200, "", "null"), "uncertain no_id", 200},
	{"no id", answerText(200, "", `{"email":"adaline@example.com"}`), "uncertain no_id", 200},
	{"somebody else", answerText(200, "", `{"id":"1","email":"somebody@example.org"}`), "uncertain wrong_echo", 200},
	{"other phone", answerText(200, "", `{"id":"1","email":"adaline@example.com","phone_number":"+12125550124"}`), "uncertain wrong_echo", 200},
	{"nobody", answerText(200, "", `{"id":"1"}`), "uncertain wrong_echo", 200},
	{"too large", answerText(200, "", largePage), "uncertain unreadable", 200},
	{"field errors", answerText(400, "", `{"email":["Enter a valid email address."]}`), "rejected", 400},
	{"field errors 422", answerText(422, "", `{"phone_number":"bad"}`), "rejected", 422},
	{"field errors 413", answerText(413, "", `{"dds_config":{"x":["too large"]}}`), "rejected", 413},
	{"whole body", answerText(400, "", `{"non_field_errors":["no"]}`), "rejected", 400},
	{"no field", answerText(400, "", `{"detail":"JSON parse error"}`), "uncertain undocumented, stop", 400},
	{"other fields", answerText(422, "", `{"detail":"no","session":["gone"]}`), "uncertain undocumented, stop", 422},
	{"no JSON", answerText(413, "", "<html>too large</html>"), "uncertain undocumented, stop", 413},
	{"cut field errors", "HTTP/1.1 400 X\r\nContent-Length: 90\r\nConnection: close\r\n\r\n{", "uncertain cut_body", 400},
	{"401", answerText(401, "", `{"detail":"Invalid username/password."}`), "refused", 401},
	{"401 environment", answerText(401, "", ` {"detail": "Invalid environment."} `), "refused", 401},
	{"401 other words", answerText(401, "", `{"detail":"Token expired."}`), "uncertain undocumented, stop", 401},
	{"401 and more", answerText(401, "", `{"detail":"Invalid username/password.","id":"1"}`), "uncertain undocumented, stop", 401},
	{"401 twice", answerText(401, "", `{"detail":"Invalid environment."}{}`), "uncertain undocumented, stop", 401},
	{"401 page", answerText(401, "WWW-Authenticate: Basic\r\n", "<html>log in</html>"), "uncertain undocumented, stop", 401},
	{"401 cut", "HTTP/1.1 401 X\r\nContent-Length: 90\r\nConnection: close\r\n\r\n" + `{"detail":"Invalid environment."}`, "uncertain undocumented, stop", 401},
	{"401 empty", answerText(401, "", ""), "uncertain undocumented, stop", 401},
	{"403", answerText(403, "", `{"detail":"You do not have permission to perform this action."}`), "refused", 403},
	{"403 page", answerText(403, "", "<html>"), "uncertain undocumented, stop", 403},
	{"403 no text", answerText(403, "", `{"detail":{"code":7}}`), "uncertain undocumented, stop", 403},
	{"403 and more", answerText(403, "", `{"detail":"no","code":7}`), "uncertain undocumented, stop", 403},
	{"403 list", answerText(403, "", `["no"]`), "uncertain undocumented, stop", 403},
	{"402", answerText(402, "", `{"detail":"pay"}`), "uncertain undocumented, stop", 402},
	{"404", answerText(404, "", `{"detail":"Not found."}`), "uncertain undocumented, stop", 404},
	{"405", answerText(405, "", "{}"), "uncertain undocumented, stop", 405},
	{"407", answerText(407, "", "{}"), "uncertain undocumented, stop", 407},
	{"409", answerText(409, "", "{}"), "uncertain undocumented, stop", 409},
	{"409 with fields", answerText(409, "", `{"email":["taken"]}`), "uncertain undocumented, stop", 409},
	{"418", answerText(418, "", ""), "uncertain undocumented, stop", 418},
	{"425", answerText(425, "", ""), "uncertain undocumented, stop", 425},
	{"499", answerText(499, "", ""), "uncertain undocumented, stop", 499},
	{"301", answerText(301, "Location: /v2/invites\r\n", ""), "uncertain undocumented, stop", 301},
	{"302", answerText(302, "Location: /log-in\r\n", "<html>"), "uncertain undocumented, stop", 302},
	{"303", answerText(303, "Location: /v2/invites/1\r\n", ""), "uncertain undocumented, stop", 303},
	{"304", "HTTP/1.1 304 X\r\n\r\n", "uncertain undocumented, stop", 304},
	{"408", answerText(408, "", ""), "uncertain server_error", 408},
	{"429", answerText(429, "", ""), "throttled 0s", 429},
	{"429 seconds", answerText(429, "Retry-After: 7\r\n", ""), "throttled 7s", 429},
	{"429 date", answerText(429, "Date: Mon, 02 Nov 2026 03:00:00 GMT\r\nRetry-After: Mon, 02 Nov 2026 03:00:09 GMT\r\n", ""), "throttled 9s", 429},
	{"500", answerText(500, "", "{}"), "uncertain server_error", 500},
	{"502 HTML", answerText(502, "Content-Type: text/html\r\n", "<html>Bad Gateway</html>"), "uncertain server_error", 502},
	{"503 with field errors", answerText(503, "", `{"email":["x"]}`), "uncertain server_error", 503},
	{"599", answerText(599, "", ""), "uncertain server_error", 599},
	{"999", answerText(999, "", ""), "uncertain unclassified", 999},
	{"101", "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n", "uncertain unclassified", 101},
	{"no HTTP", "SSH-2.0-server\r\n", "uncertain unclassified", 0},
	{"cut headers", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n", "uncertain reset", 0},
	{"cut body", "HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n{\"id\":", "uncertain cut_body", 200},
	{"nothing", "", "uncertain reset", 0},
}

func TestVerdictOfEachAnswer(t *testing.T) {
	for _, test := range answers {
		t.Run(test.name, func(t *testing.T) {
			server := newWire(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
				if _, _, ok := w.read(in); ok {
					_, _ = conn.Write([]byte(test.answer))
				}
			})
			var left departures
			_, status, err := newClient(t, server.url, nil).Send(context.Background(), adaline, left.depart)
			if got := verdictOf(err); got != test.want || status != test.status {
				t.Errorf("verdict %q with %d (%v), want %q with %d", got, status, err, test.want, test.status)
			}
			if server.requests() != 1 || left.count() != 1 {
				t.Errorf("%d POSTs seen, %d departures, want one", server.requests(), left.count())
			}
			if u, ok := errors.AsType[*batch.UncertainError](err); ok && !u.Written {
				t.Error("the request was read whole, but is not known as written")
			}
		})
	}
}

func TestFaultsOfTheSimulator(t *testing.T) {
	want := map[argylesim.Fault]string{
		argylesim.None: "sent", argylesim.Lost: "uncertain reset", argylesim.Reset: "uncertain reset",
		argylesim.ErrBefore: "uncertain server_error", argylesim.ErrAfter: "uncertain server_error",
		argylesim.HTML502: "uncertain server_error", argylesim.Cut: "uncertain cut_body",
		argylesim.Garbage: "uncertain unreadable", argylesim.NoID: "uncertain no_id",
		argylesim.WrongEcho: "uncertain wrong_echo", argylesim.Throttle: "throttled 0s",
		argylesim.ThrottleSeconds: "throttled 1s",
		argylesim.BadData:         "rejected", argylesim.Unauthorized: "refused", argylesim.Forbidden: "refused",
		argylesim.NotFound: "uncertain undocumented, stop", argylesim.Redirect: "uncertain undocumented, stop",
		argylesim.Slow: "uncertain timeout", argylesim.SlowNot: "uncertain timeout",
	}
	for fault, verdict := range want {
		t.Run("fault "+string(fault), func(t *testing.T) {
			s, url := simulate(t, argylesim.Options{Script: []argylesim.Fault{fault}})
			timeout := 10 * time.Second
			if fault == argylesim.Slow || fault == argylesim.SlowNot {
				timeout = short
			}
			send(t, newClient(t, url, func(c *Config) { c.Timeout = timeout }), verdict)
			if n := len(s.Requests()); n != 1 {
				t.Errorf("%d requests seen", n)
			}
		})
	}
}

func TestSentNamesTheInvite(t *testing.T) {
	s, url := simulate(t, argylesim.Options{})
	got, status, err := newClient(t, url, nil).Send(context.Background(), adaline, nil)
	if err != nil || status != 200 {
		t.Fatal(status, err)
	}
	made := s.Invites()[0]
	want := batch.InviteRef{ID: made.ID, URL: made.URL, UserID: made.UserID, Status: "sent", InvitedAt: made.InvitedAt, CreatedAt: made.CreatedAt}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRejectedNamesTheFields(t *testing.T) {
	server := newWire(t, always(answerText(400, "", `{
		"phone_number": "No number: +1 (212) 555-0123.",
		"email": ["Enter a valid email address.", "ADALINE@example.com is taken."],
		"override_invite_template": {"email": {"reply_to": ["bad"]}, "non_field_errors": ["odd"]},
		"flow_items": [{}, {"id": ["no item"]}],
		"non_field_errors": ["Adaline bo-quist exists."],
		"code": "invalid"}`)))
	err := sendFor(t, newClient(t, server.url, nil), "rejected")
	rejected, _ := errors.AsType[*batch.RejectedError](err)
	want := []batch.FieldError{
		{Field: "", Message: "… … exists."},
		{Field: "email", Message: "Enter a valid email address."},
		{Field: "email", Message: "… is taken."},
		{Field: "flow_items.1.id", Message: "no item"},
		{Field: "override_invite_template", Message: "odd"},
		{Field: "override_invite_template.email.reply_to", Message: "bad"},
		{Field: "phone_number", Message: "No number: …."},
	}
	if diff := cmp.Diff(want, rejected.Fields); diff != "" {
		t.Error(diff)
	}
}

func TestRefusalSaysWhatToDo(t *testing.T) {
	c := Client{base: SandboxURL}
	for _, test := range []struct {
		status     int
		body, want string
	}{
		{401, `{"detail":"Invalid environment."}`, "use a sandbox key, or --env production"},
		{401, `{"detail":"Invalid username/password."}`, "check ARGYLE_API_KEY_ID"},
		{401, "", "a log-in page in between (HTTP 401)"},
		{403, `{"detail":"No."}`, "rights"},
		{403, "", "a firewall in between (HTTP 403)"},
		{404, "", "must end with the API's version"},
		{407, "", "HTTPS_PROXY"},
		{302, "", "redirects"},
		{400, "", "the defaults in the configuration"},
	} {
		_, err := c.verdict(context.Background(), answer{status: test.status, body: []byte(test.body)}, adaline)
		said := ""
		if refused, ok := errors.AsType[*batch.RefusedError](err); ok {
			said = refused.Reason
		} else if doubt, ok := errors.AsType[*batch.UncertainError](err); ok {
			said = doubt.Stop
		}
		if !strings.Contains(said, test.want) {
			t.Errorf("%d: %q (%v), want %q", test.status, said, err, test.want)
		}
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		visits := 0
		target := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visits++ }))
		server := httptest.NewServer(http.RedirectHandler(target.URL+"/v2/invites", status))
		send(t, newClient(t, server.URL+"/v2", nil), "uncertain undocumented, stop")
		server.Close()
		target.Close()
		if visits != 0 {
			t.Errorf("HTTP %d was followed, with credentials", status)
		}
	}
}
