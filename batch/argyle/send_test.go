package argyle

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

func TestRequestOnTheWire(t *testing.T) {
	server := newWire(t, always(answerText(200, "", echoed)))
	c := newClient(t, server.url, nil)
	for range 3 {
		send(t, c, "sent")
	}
	if server.connections() != 1 {
		t.Errorf("%d connections for three requests in a row", server.connections())
	}
	raw := string(server.seen[0])
	for _, want := range []string{
		"POST /v2/invites HTTP/1.1\r\n", "User-Agent: bulkinvite/1.2.3\r\n", "Content-Type: application/json\r\n",
		"Authorization: Basic a2V5OnMzY3JldA==\r\n", "Content-Length: ",
		"\r\n\r\n" + `{"first_name":"Adaline","last_name":"Bo-Quist","email":"adaline@example.com","phone_number":"+12125550123"}`,
	} {
		if !strings.Contains(raw, want) {
			t.Errorf("the request lacks %q", want)
		}
	}
	for _, never := range []string{"idempotency", "accept-encoding", "e-77", "expect:", "cookie"} {
		if strings.Contains(strings.ToLower(raw), never) {
			t.Errorf("the request holds %q", never)
		}
	}
}

func TestWholeRecipientIsSent(t *testing.T) {
	r := csvmap.Recipient{
		EmployeeID: "1", FullName: "A B", Email: "a@example.com", ExternalID: "x", FlowID: "f", FlowItems: []string{"i"},
		DDSConfig: map[string]any{"a": map[string]any{"b": "c"}}, Template: map[string]any{"sms_text": "Hi"},
	}
	body, err := requestBody(r)
	want := `{"full_name":"A B","email":"a@example.com","external_id":"x","flow_id":"f","flow_items":["i"],` +
		`"dds_config":{"a":{"b":"c"}},"override_invite_template":{"sms_text":"Hi"}}`
	if err != nil || string(body) != want {
		t.Errorf("%s, %v", body, err)
	}
	if _, _, err := newClient(t, SandboxURL, nil).Send(t.Context(), csvmap.Recipient{DDSConfig: map[string]any{"f": func() {}}}, nil); verdictOf(err) != "not sent" {
		t.Error(err)
	}
}

func TestResetInTheMiddleOfTheRequest(t *testing.T) {
	server := newWire(t, func(_ *wire, _ int, conn net.Conn, in *bufio.Reader) {
		_, _ = in.ReadByte()
		_ = conn.(*net.TCPConn).SetLinger(0)
	})
	send(t, newClient(t, server.url, nil), "uncertain reset")

	large := adaline
	large.DDSConfig = map[string]any{"x": strings.Repeat("y", 16<<20)} // more than sockets buffer
	_, _, err := newClient(t, server.url, nil).Send(context.Background(), large, nil)
	if u, ok := errors.AsType[*batch.UncertainError](err); !ok || u.Code != codeReset || u.Written {
		t.Errorf("%+v", err)
	}
}

func TestStopBeforeAndAfterTheRequest(t *testing.T) {
	arrived := make(chan struct{})
	server := newWire(t, func(w *wire, _ int, _ net.Conn, in *bufio.Reader) {
		if _, _, ok := w.read(in); ok {
			close(arrived)
		}
		_, _ = in.ReadByte() // until the client leaves
	})
	c := newClient(t, server.url, nil)
	ctx, cancel := context.WithCancel(context.Background())
	var left departures
	go func() { <-arrived; cancel() }()
	_, _, err := c.Send(ctx, adaline, left.depart)
	if u, ok := errors.AsType[*batch.UncertainError](err); !ok || u.Code != codeCancelled || !u.Written || !errors.Is(err, context.Canceled) {
		t.Errorf("stopped while it waited: %+v", err)
	}
	_, _, err = c.Send(ctx, adaline, left.depart)
	if verdictOf(err) != "not sent" || !errors.Is(err, context.Canceled) {
		t.Errorf("stopped before: %v", err)
	}
	if server.requests() != 1 || left.count() != 1 {
		t.Errorf("%d POSTs, %d departures", server.requests(), left.count())
	}
}

// A kept-alive connection that dies as it is used again is where net/http sends
// other requests a second time on its own.
func TestReusedConnectionDiesAfterTheRequest(t *testing.T) {
	server := newWire(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
		if _, _, ok := w.read(in); ok {
			_, _ = io.WriteString(conn, answerText(200, "", echoed))
		}
		w.read(in) // and close
	})
	c := newClient(t, server.url, nil)
	send(t, c, "sent")
	err := sendFor(t, c, "uncertain reset")
	if u, _ := errors.AsType[*batch.UncertainError](err); !u.Written {
		t.Error("the request was read whole, but is not known as written")
	}
	if server.requests() != 2 || server.connections() != 1 {
		t.Errorf("two sends made %d POSTs on %d connections", server.requests(), server.connections())
	}
}

// deadConn takes no byte any more once it is dead.
type deadConn struct {
	net.Conn
	dead *atomic.Bool
}

func (c deadConn) Write(p []byte) (int, error) {
	if c.dead.Load() {
		return 0, syscall.EPIPE
	}
	return c.Conn.Write(p)
}

func TestReusedConnectionTakesNoByte(t *testing.T) {
	server := newWire(t, always(answerText(200, "", echoed)))
	var dead atomic.Bool
	transport := newTransport(1, nil)
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		return &meteredConn{Conn: deadConn{conn, &dead}}, err
	}
	c := newClient(t, server.url, func(c *Config) { c.Transport = transport })
	send(t, c, "sent")
	dead.Store(true)
	var left departures
	_, _, err := c.Send(context.Background(), adaline, left.depart)
	if verdictOf(err) != "not sent" || !strings.Contains(err.Error(), "broke before anything was sent") {
		t.Errorf("%T: %v", err, err)
	}
	if server.requests() != 1 || server.connections() != 1 || left.count() != 1 {
		t.Errorf("%d POSTs on %d connections, %d departures", server.requests(), server.connections(), left.count())
	}
}

// The server closes every connection right after its answer, so that many sends
// meet a connection at the very moment of its death (errServerClosedIdle).
func TestNobodyIsSentToTwiceOnDyingConnections(t *testing.T) {
	const people = 300
	var posts [people]atomic.Int32
	server := newWire(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
		_, body, ok := w.read(in)
		var person struct{ Email string }
		if !ok || json.Unmarshal(body, &person) != nil {
			return
		}
		var n int
		_, _ = fmt.Sscanf(person.Email, "p%d@", &n)
		posts[n].Add(1)
		_, _ = io.WriteString(conn, answerText(200, "", fmt.Sprintf(`{"id":"%d","email":"%s"}`, n, person.Email)))
	})
	c := newClient(t, server.url, nil)
	verdicts := map[string]int{}
	for n := range people {
		r := csvmap.Recipient{FullName: "A B", Email: fmt.Sprintf("p%d@example.com", n)}
		_, _, err := c.Send(context.Background(), r, nil)
		verdicts[verdictOf(err)]++
		seen, notSent := posts[n].Load(), verdictOf(err) == "not sent"
		if seen > 1 || notSent && seen > 0 || err == nil && seen != 1 {
			t.Errorf("person %d: %d POSTs, %v", n, seen, err)
		}
	}
	t.Log(verdicts)
}

// writeCounter counts the writes of a connection.
type writeCounter struct {
	net.Conn
	writes *atomic.Int64
}

func (c writeCounter) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}

func TestRequestLeavesInOneWrite(t *testing.T) {
	server := newWire(t, always(answerText(200, "", echoed)))
	var writes atomic.Int64
	transport := newTransport(1, nil)
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		return &meteredConn{Conn: writeCounter{conn, &writes}}, err
	}
	c := newClient(t, server.url, func(c *Config) { c.Transport = transport })
	for range 3 {
		send(t, c, "sent")
	}
	if server.requests() != 3 || writes.Load() != 3 {
		t.Errorf("%d requests left in %d writes", server.requests(), writes.Load())
	}
}

// A foreign transport has no meter: the body alone is the witness.
func TestForeignTransport(t *testing.T) {
	broken := errors.New("broken")
	for want, touch := range map[string]bool{"not sent": false, "uncertain unclassified": true} {
		var left departures
		var kept io.Reader
		c := newClient(t, SandboxURL, func(c *Config) {
			c.Transport = roundTripper(func(r *http.Request) (*http.Response, error) {
				if r.GetBody != nil {
					t.Error("the body can be had a second time")
				}
				if kept = r.Body; touch {
					httptrace.ContextClientTrace(r.Context()).GotConn(httptrace.GotConnInfo{})
					_, _ = r.Body.Read(make([]byte, 1))
				}
				return nil, broken
			})
		})
		_, _, err := c.Send(context.Background(), adaline, left.depart)
		if verdictOf(err) != want || !errors.Is(err, broken) || left.count() != map[bool]int{true: 1}[touch] {
			t.Errorf("%v, %d departures", err, left.count())
		}
		if n, err := kept.Read(make([]byte, 1)); n != 0 || err == nil {
			t.Error("the body can still be read after the verdict")
		}
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
