package argyle

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/csvmap"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var adaline = csvmap.Recipient{
	EmployeeID: "E-77", FirstName: "Adaline", LastName: "Bo-Quist",
	Email: "adaline@example.com", Phone: "+12125550123",
}

// newClient makes a client that is closed with the test.
func newClient(t testing.TB, url string, edit func(*Config)) *Client {
	t.Helper()
	config := Config{BaseURL: url, KeyID: "key", Secret: NewSecret("s3cret"), Version: "1.2.3"}
	if edit != nil {
		edit(&config)
	}
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// simulate serves a simulated account for the test.
func simulate(t testing.TB, o argylesim.Options) (*argylesim.Server, string) {
	t.Helper()
	s := argylesim.New(o)
	l, err := argylesim.Listen("127.0.0.1:0", s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return s, l.URL()
}

// wire is a server that speaks bytes, for what http.Server would not do.
type wire struct {
	url   string
	roots *x509.CertPool // nil without TLS
	mu    sync.Mutex
	seen  [][]byte // the requests that were read whole, as they were on the wire
	conns int
}

// newWire hands every connection to talk, which may read requests with w.read,
// and closes it afterwards. The n-th connection has number n, from 0.
func newWire(t testing.TB, talk func(w *wire, n int, conn net.Conn, in *bufio.Reader)) *wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{url: "http://" + listener.Addr().String() + "/v2"}
	w.serve(t, listener, talk)
	return w
}

// newSecureWire is newWire over TLS.
func newSecureWire(t testing.TB, talk func(w *wire, n int, conn net.Conn, in *bufio.Reader)) *wire {
	t.Helper()
	certified := httptest.NewTLSServer(nil) // who has the certificate
	certified.Close()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: certified.TLS.Certificates})
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{url: "https://" + listener.Addr().String() + "/v2", roots: x509.NewCertPool()}
	w.roots.AddCert(certified.Certificate())
	w.serve(t, listener, talk)
	return w
}

// client is a client of the server, over the package's own transport.
func (w *wire) client(t testing.TB) *Client {
	t.Helper()
	transport := newTransport(workers, nil)
	transport.TLSClientConfig.RootCAs = w.roots
	return newClient(t, w.url, func(c *Config) { c.Transport = transport })
}

func (w *wire) serve(t testing.TB, listener net.Listener, talk func(w *wire, n int, conn net.Conn, in *bufio.Reader)) {
	var open sync.WaitGroup
	open.Go(func() {
		for n := 0; ; n++ {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			w.mu.Lock()
			w.conns++
			w.mu.Unlock()
			open.Go(func() {
				defer conn.Close()
				talk(w, n, conn, bufio.NewReader(conn))
			})
		}
	})
	t.Cleanup(func() { _ = listener.Close(); open.Wait() })
}

// read takes one whole request from the connection; false when there is none.
func (w *wire) read(in *bufio.Reader) (*http.Request, []byte, bool) {
	var raw bytes.Buffer
	r, err := http.ReadRequest(bufio.NewReader(io.TeeReader(oneByOne{in}, &raw)))
	if err != nil {
		return nil, nil, false
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, nil, false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = append(w.seen, raw.Bytes())
	return r, body, true
}

// oneByOne keeps a reader above it from taking more than its request.
type oneByOne struct{ in *bufio.Reader }

func (o oneByOne) Read(p []byte) (int, error) { return o.in.Read(p[:1]) }

func (w *wire) requests() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.seen)
}

func (w *wire) connections() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.conns
}

// answerText is a whole HTTP answer.
func answerText(status int, headers, body string) string {
	return fmt.Sprintf("HTTP/1.1 %d X\r\nContent-Length: %d\r\n%s\r\n%s", status, len(body), headers, body)
}

const echoed = `{"id":"inv_1","email":"adaline@example.com","phone_number":"+12125550123"}`

// always answers every request with text.
func always(text string) func(*wire, int, net.Conn, *bufio.Reader) {
	return func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
		for {
			if _, _, ok := w.read(in); !ok {
				return
			}
			_, _ = io.WriteString(conn, text)
		}
	}
}

// departures counts the calls of departed.
type departures struct {
	mu sync.Mutex
	n  int
}

func (d *departures) depart() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.n++
}

func (d *departures) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.n
}

// verdictOf names an error's verdict, e.g. "uncertain reset", with ", stop" where
// nobody else is to be sent to.
func verdictOf(err error) string {
	var (
		rejected  *batch.RejectedError
		refused   *batch.RefusedError
		throttled *batch.ThrottledError
		notSent   *batch.NotSentError
		uncertain *batch.UncertainError
	)
	switch {
	case err == nil:
		return "sent"
	case errors.As(err, &rejected):
		return "rejected"
	case errors.As(err, &refused):
		return "refused"
	case errors.As(err, &throttled):
		return fmt.Sprint("throttled ", throttled.RetryAfter)
	case errors.As(err, &notSent):
		return "not sent"
	case errors.As(err, &uncertain):
		if uncertain.Stop != "" {
			return "uncertain " + uncertain.Code + ", stop"
		}
		return "uncertain " + uncertain.Code
	}
	return fmt.Sprintf("%T", err)
}

// send sends adaline and fails the test unless the verdict is the wanted one.
func send(t testing.TB, c *Client, wanted string) {
	t.Helper()
	_ = sendFor(t, c, wanted)
}

// sendFor is send for tests that look into the error.
func sendFor(t testing.TB, c *Client, wanted string) error {
	t.Helper()
	var left departures
	_, _, err := c.Send(context.Background(), adaline, left.depart)
	if got := verdictOf(err); got != wanted {
		t.Errorf("verdict %q (%v), want %q", got, err, wanted)
	}
	if want := 1; left.count() != want && wanted != "not sent" {
		t.Errorf("departed was called %d times", left.count())
	}
	return err
}

const short = 50 * time.Millisecond
