package argyle

import (
	"bufio"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/batch"
)

// leading is a server whose every page leads to next, with HOST for its own address.
func leading(t testing.TB, next string) *wire {
	t.Helper()
	return newWire(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
		for {
			r, _, got := w.read(in)
			if !got {
				return
			}
			_, _ = io.WriteString(conn, ok(`{"next":"`+strings.ReplaceAll(next, "HOST", r.Host)+`","previous":null,"results":[]}`))
		}
	})
}

// Of what the API gives as next, the query goes back to it word for word, however odd.
// Nothing else of it counts: the key stays here, and the list goes on here.
func TestOnlyTheQueryOfNextIsTaken(t *testing.T) {
	var elsewhere departures
	other := newWire(t, func(w *wire, _ int, _ net.Conn, in *bufio.Reader) {
		elsewhere.depart()
		_, _, _ = w.read(in)
	})
	const odd = "cursor=b%3D%3D+%7e/;x&&limit=7&limit=200&Cursor=%C3%A9%zz"
	long := "cursor=" + strings.Repeat("x", maxCursor-len("cursor="))
	for name, test := range map[string]struct{ next, query string }{
		"as documented":     {"http://HOST/v2/invites?cursor=2&limit=200", "cursor=2&limit=200"},
		"odd":               {"http://HOST/v2/invites?" + odd, odd},
		"long":              {"http://HOST/v2/invites?" + long, long},
		"another port":      {other.url + "/invites?cursor=2", "cursor=2"},
		"another host":      {"http://api.example.com/v2/invites?cursor=2", "cursor=2"},
		"another scheme":    {"https://HOST/v2/invites?cursor=2", "cursor=2"},
		"no scheme of ours": {"file:///etc/passwd?cursor=2", "cursor=2"},
		"another path":      {"http://HOST/v2/../../admin?cursor=2", "cursor=2"},
		"another version":   {"http://HOST/v3/invites/?cursor=2", "cursor=2"},
		"a user":            {"http://key:s3cret@HOST/v2/invites?cursor=2", "cursor=2"},
		"a user that lies":  {"http://HOST@" + other.address() + "/invites?cursor=2", "cursor=2"},
		"a fragment":        {"http://HOST/v2/invites?cursor=2#?cursor=3", "cursor=2"},
		"no host":           {"/v2/invites?cursor=2", "cursor=2"},
		"no scheme":         {"//" + other.address() + "/v2/invites?cursor=2", "cursor=2"},
		"a query only":      {"?cursor=2", "cursor=2"},
		"a URL in it":       {"?cursor=" + other.url + "/invites?x", "cursor=" + other.url + "/invites?x"},
	} {
		t.Run(name, func(t *testing.T) {
			w := leading(t, test.next)
			c := newClient(t, w.url, nil)
			cursor := ""
			for range 3 {
				page, err := c.Page(t.Context(), cursor, nil)
				if err != nil || page.Next != test.query {
					t.Fatalf("the list goes on at %q: %v", page.Next, err)
				}
				cursor = page.Next
			}
			following := "GET /v2/invites?" + test.query + " HTTP/1.1"
			if d := cmp.Diff([]string{"GET /v2/invites?limit=200 HTTP/1.1", following, following}, w.targets()); d != "" {
				t.Error(d)
			}
		})
	}
	if elsewhere.count() > 0 {
		t.Error("another host was asked")
	}
}

// A list that goes on nowhere cannot be read to its end, however often it is asked for.
func TestNextThatLeadsNowhere(t *testing.T) {
	for name, next := range map[string]string{
		"no URL":           "http://HOST/%zz?cursor=2",
		"a bare cursor":    "c2",
		"no query":         "http://HOST/v2/invites",
		"an empty query":   "http://HOST/v2/invites?",
		"a fragment only":  "http://HOST/v2/invites#cursor=2",
		"a space in it":    "http://HOST/v2/invites?cursor=2 HTTP/1.1",
		"a line in it":     `http://HOST/v2/invites?cursor=2\r\nX: y`,
		"another alphabet": "http://HOST/v2/invites?cursor=é",
		"too long":         "http://HOST/v2/invites?cursor=" + strings.Repeat("x", maxCursor),
	} {
		t.Run(name, func(t *testing.T) {
			page, err := newClient(t, leading(t, next).url, nil).Page(t.Context(), "", nil)
			if !isA[*batch.ListError](err) || page.Next != "" || len(page.Invites) > 0 {
				t.Errorf("%+v, %T: %v", page, err, err)
			}
			quiet(t, err)
		})
	}
}
