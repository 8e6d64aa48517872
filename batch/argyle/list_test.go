package argyle

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/csvmap"
)

// fill creates n invites at a simulated account, whose limit is far away.
func fill(t testing.TB, c *Client, n int) {
	t.Helper()
	for i := range n {
		r := csvmap.Recipient{FirstName: "Adaline", LastName: "Bo-Quist", Email: fmt.Sprintf("adaline.%d@example.com", i)}
		if i%2 == 0 {
			r.Phone = fmt.Sprintf("+1212555%04d", 100+i%100)
		}
		if _, _, err := c.Send(t.Context(), r, nil); err != nil {
			t.Fatal(err)
		}
	}
}

// wholeList pages through the account.
func wholeList(t testing.TB, c *Client) (invites []batch.Listing, pages int) {
	t.Helper()
	for cursor, first := "", true; first || cursor != ""; first = false {
		page, err := c.Page(t.Context(), cursor, nil)
		if err != nil {
			t.Fatal(err)
		}
		if page.Now.IsZero() {
			t.Error("the page does not tell the server's clock")
		}
		invites, cursor = append(invites, page.Invites...), page.Next
		pages++
	}
	return invites, pages
}

// The simulator's list, whatever its order, is read whole and in as few pages as
// the API gives.
func TestListOfTheSimulator(t *testing.T) {
	for _, test := range []struct {
		order      argylesim.ListOrder
		invites    int
		wantedPage int
	}{
		{argylesim.Newest, 0, 1},
		{argylesim.Newest, 1, 1},
		{argylesim.Oldest, 200, 1},
		{argylesim.Shuffled, 201, 2},
		{argylesim.Newest, 450, 3},
	} {
		t.Run(fmt.Sprint(test.order, test.invites), func(t *testing.T) {
			s, url := simulate(t, argylesim.Options{Order: test.order})
			c := newClient(t, url, nil)
			fill(t, c, test.invites)
			got, pages := wholeList(t, c)
			if len(got) != test.invites || pages != test.wantedPage {
				t.Fatalf("%d invites on %d pages", len(got), pages)
			}
			there := map[string]argylesim.Invite{}
			for _, v := range s.Invites() {
				there[v.ID] = v
			}
			for _, v := range got {
				want := there[v.Invite.ID]
				if want.ID == "" || v.Email != want.Email || v.Phone != want.Phone || v.Name != "Adaline Bo-Quist" ||
					v.Invite.Status != "sent" || v.Invite.URL == "" || v.Invite.UserID == "" || v.Invite.CreatedAt.IsZero() || v.Invite.InvitedAt.IsZero() {
					t.Fatalf("listed %+v, at the API it is %+v", v, want)
				}
				delete(there, v.Invite.ID)
			}
		})
	}
}

// getting answers the requests of a wire server one after the other, each with its
// text; the last one answers all that follow.
func getting(texts ...string) func(*wire, int, net.Conn, *bufio.Reader) {
	return func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
		for {
			if _, _, ok := w.read(in); !ok {
				return
			}
			n := min(w.requests(), len(texts)) - 1
			_, _ = io.WriteString(conn, strings.ReplaceAll(texts[n], "BASE", w.url))
		}
	}
}

func ok(body string) string { return answerText(http.StatusOK, "", body) }

// chunked is an answer whose length need not be known.
func chunked(body string) string {
	return "HTTP/1.1 200 X\r\nConnection: close\r\n\r\n" + body
}

// targets are the request lines that a wire server has seen.
func (w *wire) targets() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var lines []string
	for _, raw := range w.seen {
		line, _, _ := strings.Cut(string(raw), "\r\n")
		lines = append(lines, line)
	}
	return lines
}

// quiet fails the test when an error shows where, or with what, we asked.
func quiet(t testing.TB, err error) {
	t.Helper()
	if err == nil {
		return
	}
	for _, private := range []string{"127.0.0.1", "example.com", "s3cret", "cursor", "\n"} {
		if strings.Contains(err.Error(), private) {
			t.Errorf("the error shows %q: %v", private, err)
		}
	}
}

// Nothing but a whole and readable page is one: whatever else comes proves
// nothing about who was invited.
func TestPagesThatCannotBeRead(t *testing.T) {
	long := `{"next":null,"results":[{"id":"inv_1","email":"` + strings.Repeat("a", maxAnswer) + `@example.com"}]}`
	for name, answer := range map[string]string{
		"nothing":               ok(""),
		"no JSON":               ok("<html>Log in</html>"),
		"half of it":            ok(`{"next":null,"results":[{"id":"inv_1"}`),
		"more than one":         ok(`{"next":null,"results":[]}{"next":null,"results":[]}`),
		"a bare list":           ok(`[{"id":"inv_1"}]`),
		"no results":            ok(`{"next":null}`),
		"results that are null": ok(`{"next":null,"results":null}`),
		"results of texts":      ok(`{"next":null,"results":["inv_1"]}`),
		"an invite without ID":  ok(`{"next":null,"results":[{"id":"inv_1"},{"email":"adaline@example.com"}]}`),
		"a next that is none":   ok(`{"next":7,"results":[]}`),
		"detail only":           ok(`{"detail":"maintenance"}`),
		"cut":                   strings.Replace(ok(`{"next":null,"results":[]}`), "Content-Length: 26", "Content-Length: 27", 1),
		"too long":              chunked(long),
		"no content":            "HTTP/1.1 204 X\r\n\r\n",
		"another success":       answerText(http.StatusCreated, "", `{"next":null,"results":[]}`),
		"no HTTP":               "SSH-2.0-OpenSSH\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			w := newWire(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
				if _, _, got := w.read(in); got {
					_, _ = io.WriteString(conn, answer)
				}
			})
			page, err := newClient(t, w.url, nil).Page(t.Context(), "", nil)
			if got := verdictOf(err); got == "sent" || got == "refused" || strings.HasPrefix(got, "throttled") {
				t.Errorf("%s: %v", got, err)
			}
			if len(page.Invites) > 0 || page.Next != "" {
				t.Errorf("an error with a page: %+v", page)
			}
			quiet(t, err)
		})
	}
}

// Fields and values that we do not know, and missing ones, are fine.
func TestPageTakesWhatItDoesNotKnow(t *testing.T) {
	const body = `{"next":"","count":1,"results":[{"id":"inv_1","email":null,"phone_number":"(212) 555-0123","status":"sleeping",
		"full_name":"Adaline Bo-Quist","first_name":"x","created_at":"2026-11-24T03:00:00.250Z","invited_at":"soon","user_token":"t","deliveries":[{}]}]}`
	w := newWire(t, getting(ok(body)))
	page, err := newClient(t, w.url, nil).Page(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := batch.Page{Invites: []batch.Listing{{
		Invite: batch.InviteRef{ID: "inv_1", Status: "sleeping", CreatedAt: time.Date(2026, 11, 24, 3, 0, 0, 250e6, time.UTC)},
		Phone:  "(212) 555-0123", Name: "Adaline Bo-Quist",
	}}}
	if d := cmp.Diff(want, page, cmpopts.IgnoreUnexported(batch.Listing{})); d != "" {
		t.Error(d)
	}
}

// What a status means for somebody who only asks.
func TestAnswersToAGet(t *testing.T) {
	const html = "<html>Bad gateway</html>"
	for _, test := range []struct {
		name, answer, want string
	}{
		{"401", answerText(401, "", `{"detail":"Invalid username/password."}`), "refused"},
		{"403", answerText(403, "", html), "refused"},
		{"404", answerText(404, "", `{"detail":"Not found."}`), "refused"},
		{"400", answerText(400, "", `{"limit":["no"]}`), "refused"},
		{"a redirect", answerText(307, "Location: BASE/elsewhere\r\n", ""), "refused"},
		{"429 with seconds", answerText(429, "Retry-After: 7\r\n", ""), "throttled 7s"},
		{"429 with a date", answerText(429, "Date: Tue, 24 Nov 2026 03:00:00 GMT\r\nRetry-After: Tue, 24 Nov 2026 03:00:09 GMT\r\n", ""), "throttled 9s"},
		{"429 without either", answerText(429, "", html), "throttled 0s"},
		{"408", answerText(408, "", ""), "*errors.errorString"},
		{"500", answerText(500, "", ""), "*errors.errorString"},
		{"502 of a proxy", answerText(502, "", html), "*errors.errorString"},
		{"an unknown one", answerText(999, "", ""), "*errors.errorString"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWire(t, getting(test.answer))
			c := newClient(t, w.url, nil)
			_, err := c.Page(t.Context(), "", nil)
			if got := verdictOf(err); got != test.want {
				t.Errorf("%s (%v), want %s", got, err, test.want)
			}
			quiet(t, err)
			if _, one := c.Invite(t.Context(), "inv_1"); verdictOf(one) != test.want {
				t.Errorf("of one invite: %v", one)
			}
			if w.requests() != 2 {
				t.Errorf("%d requests for two questions", w.requests())
			}
		})
	}
}

// A GET is known by its credentials and agent, has no body, and counts as having
// left once it has a connection.
func TestGetOnTheWire(t *testing.T) {
	w := newWire(t, getting(ok(`{"next":null,"results":[]}`)))
	c := newClient(t, w.url, nil)
	var left departures
	for range 2 {
		if _, err := c.Page(t.Context(), "", left.depart); err != nil {
			t.Fatal(err)
		}
	}
	if left.count() != 2 || w.connections() != 1 {
		t.Errorf("departed %d times on %d connections", left.count(), w.connections())
	}
	raw := string(w.seen[1])
	for _, line := range []string{"Authorization: Basic a2V5OnMzY3JldA==\r\n", "User-Agent: bulkinvite/1.2.3\r\n", "Accept: application/json\r\n"} {
		if !strings.Contains(raw, line) {
			t.Errorf("the request lacks %q", line)
		}
	}
	for _, header := range []string{"Content-Type", "Content-Length", "Transfer-Encoding", "Idempotency"} {
		if strings.Contains(raw, header) {
			t.Errorf("the request has %s", header)
		}
	}
}

func TestGetWithoutAConnection(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String() + "/v2"
	_ = listener.Close()
	var left departures
	_, err = newClient(t, url, nil).Page(t.Context(), "", left.depart)
	if got := verdictOf(err); got != "not sent" || left.count() > 0 {
		t.Errorf("%s, departed %d times: %v", got, left.count(), err)
	}
	quiet(t, err)
}

// A server that goes away at each place of the exchange.
func TestGetThatBreaksOff(t *testing.T) {
	page := ok(`{"next":null,"results":[]}`)
	for name, text := range map[string]string{
		"before the answer": "", "in the headers": page[:20], "in the body": page[:len(page)-3],
	} {
		for _, hard := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", hard ", hard), func(t *testing.T) {
				w := newWire(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
					if _, _, got := w.read(in); got {
						_, _ = io.WriteString(conn, text)
						if hard {
							_ = conn.(*net.TCPConn).SetLinger(0) // a reset in place of an end
						}
					}
				})
				_, err := newClient(t, w.url, nil).Page(t.Context(), "", nil)
				if err == nil || verdictOf(err) == "refused" {
					t.Errorf("%v", err)
				}
				quiet(t, err)
			})
		}
	}
}

// Wherever the list stands still, the question ends with the time-out.
func TestGetTimesOut(t *testing.T) {
	for name, say := range map[string]talk{
		"before the answer": says("", 0),
		"in the headers":    says("HTTP/1.1 200 X\r\nContent-Le", 0),
		"in the body":       says("HTTP/1.1 200 X\r\nContent-Length: 90\r\n\r\n{", 0),
		"in a slow drip":    says("HTTP/1.1 200 X\r\nContent-Length: 90\r\n\r\n"+strings.Repeat(" ", 90), 700*time.Millisecond),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				_, err := piped(t, say).Page(t.Context(), "", nil)
				if took := time.Since(start); err == nil || took != defaultTimeout {
					t.Errorf("after %v: %v", took, err)
				}
			})
		})
	}
}

// A run that is stopped does not wait for a page.
func TestStopWhileListing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		_, err := piped(t, says("HTTP/1.1 200 X\r\n", 0)).Page(ctx, "", nil)
		if err == nil || time.Since(start) != time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
	})
}

func TestInvite(t *testing.T) {
	s, url := simulate(t, argylesim.Options{})
	c := newClient(t, url, nil)
	ref, _, err := c.Send(t.Context(), adaline, nil)
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.Invite(t.Context(), ref.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(ref, v.Invite); d != "" || v.Email != adaline.Email || v.Phone != adaline.Phone {
		t.Error(v, d)
	}
	for _, id := range []string{"inv_1", "../users", "a/b", "?limit=1", "#", " "} {
		_, err := c.Invite(t.Context(), id)
		refused, ok := errors.AsType[*batch.RefusedError](err)
		if !ok || refused.Status != http.StatusNotFound {
			t.Errorf("%q: %v", id, err)
		}
	}
	if s.Count() != 1 {
		t.Errorf("%d invites after asking", s.Count())
	}
}

// An answer about another invite, or about none, is no answer.
func TestInviteThatCannotBeRead(t *testing.T) {
	for name, body := range map[string]string{
		"another": `{"id":"inv_2","email":"adaline@example.com"}`, "no ID": `{}`, "no JSON": `<html>`, "a list": `[{"id":"inv_1"}]`, "nothing": ``,
	} {
		w := newWire(t, getting(ok(body)))
		if v, err := newClient(t, w.url, nil).Invite(t.Context(), "inv_1"); err == nil || verdictOf(err) == "refused" || v.Invite.ID != "" {
			t.Errorf("%s: %+v, %v", name, v, err)
		}
	}
}

// An ID is one word of the path, whatever is in it.
func TestInviteIsEscaped(t *testing.T) {
	w := newWire(t, getting(answerText(404, "", "")))
	_, _ = newClient(t, w.url, nil).Invite(t.Context(), "a/b?c d#é")
	if d := cmp.Diff([]string{"GET /v2/invites/a%2Fb%3Fc%20d%23%C3%A9 HTTP/1.1"}, w.targets()); d != "" {
		t.Error(d)
	}
}
