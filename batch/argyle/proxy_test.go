package argyle

import (
	"bufio"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"bulkinvite/batch"
	"bulkinvite/batch/argyle/argylesim"
)

// through makes the client's own transport use the proxy at address.
func through(t testing.TB, address string) *http.Transport {
	t.Helper()
	proxy, err := url.Parse("http://" + address)
	if err != nil {
		t.Fatal(err)
	}
	transport := newTransport(1, nil)
	transport.Proxy = http.ProxyURL(proxy)
	return transport
}

func (w *wire) address() string {
	return strings.TrimSuffix(strings.TrimPrefix(w.url, "http://"), "/v2")
}

// An https API behind a proxy is reached by a tunnel. Where there is none, the
// API has seen nothing: who has to act depends on the proxy's answer.
func TestProxyGivesNoTunnel(t *testing.T) {
	for _, test := range []struct{ name, answer, want, says string }{
		{"407", answerText(407, "Proxy-Authenticate: Basic\r\n", "log in"), "refused", "set them in HTTPS_PROXY (HTTP 407)"},
		{"403", answerText(403, "", "<html>blocked</html>"), "refused", "does not let us through to the API"},
		{"302", answerText(302, "Location: http://login.example.com/\r\n", ""), "refused", "(HTTP 302)"},
		{"204", answerText(204, "", ""), "not sent", "(HTTP 204)"},
		{"408", answerText(408, "", ""), "not sent", "(HTTP 408)"},
		{"429", answerText(429, "", ""), "not sent", "(HTTP 429)"},
		{"502", answerText(502, "", ""), "not sent", "gives no connection to the API (HTTP 502)"},
		{"cut", "HTTP/1.1 200", "not sent", "no connection to the API could be made"},
	} {
		t.Run(test.name, func(t *testing.T) {
			proxy := newWire(t, always(test.answer))
			if test.name == "cut" {
				proxy = newWire(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
					w.read(in)
					_, _ = io.WriteString(conn, test.answer)
				})
			}
			c := newClient(t, SandboxURL, func(c *Config) { c.Transport = through(t, proxy.address()) })
			var left departures
			_, status, err := c.Send(t.Context(), adaline, left.depart)
			if got := verdictOf(err); got != test.want || !strings.Contains(err.Error(), test.says) || status != 0 {
				t.Errorf("verdict %q with %d (%v), want %q that says %q", got, status, err, test.want, test.says)
			}
			if left.count() != 0 {
				t.Error("departed was called without a connection to the API")
			}
			asked := string(proxy.seen[0])
			if !strings.HasPrefix(asked, "CONNECT api-sandbox.argyle.com:443 ") || strings.Contains(asked, "Authorization") {
				t.Errorf("the proxy was asked for %q", asked)
			}
		})
	}
}

// Without TLS the request itself goes to the proxy, and its answer is the answer.
func TestProxyAsksForCredentialsWithoutTLS(t *testing.T) {
	proxy := newWire(t, always(answerText(407, "", "log in")))
	c := newClient(t, "http://127.0.0.1:1/v2", func(c *Config) { c.Transport = through(t, proxy.address()) })
	err := sendFor(t, c, "uncertain undocumented, stop")
	if doubt, _ := errors.AsType[*batch.UncertainError](err); !strings.Contains(doubt.Stop, "HTTPS_PROXY") {
		t.Error(doubt.Stop)
	}
}

func TestProxyCannotBeReached(t *testing.T) {
	for _, base := range []string{SandboxURL, "http://127.0.0.1:1/v2"} {
		c := newClient(t, base, func(c *Config) { c.Transport = through(t, closedPort(t)) })
		var left departures
		_, _, err := c.Send(t.Context(), adaline, left.depart)
		if verdictOf(err) != "not sent" || !strings.Contains(err.Error(), "the proxy cannot be reached") || left.count() != 0 {
			t.Errorf("%T with %d departures: %v", err, left.count(), err)
		}
	}
}

func TestTunnelOfAProxyIsUsed(t *testing.T) {
	account := argylesim.New(argylesim.Options{Script: []argylesim.Fault{argylesim.None, argylesim.Lost}})
	api := httptest.NewTLSServer(account)
	defer api.Close()
	proxy := newWire(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
		if _, _, ok := w.read(in); ok {
			tunnel(t, conn, in, api.Listener.Addr().String())
		}
	})
	transport := through(t, proxy.address())
	transport.TLSClientConfig.RootCAs = x509.NewCertPool()
	transport.TLSClientConfig.RootCAs.AddCert(api.Certificate())
	c := newClient(t, api.URL+"/v2", func(c *Config) { c.Transport = transport })
	send(t, c, "sent")
	send(t, c, "uncertain reset")
	if account.Count() != 2 || proxy.requests() != 1 {
		t.Errorf("%d invites through %d tunnels", account.Count(), proxy.requests())
	}
}

// tunnel grants what the client of conn has asked for, and passes bytes to host
// and back until both have left.
func tunnel(t *testing.T, conn net.Conn, in io.Reader, host string) {
	api, err := new(net.Dialer).DialContext(t.Context(), "tcp", host)
	if err != nil {
		t.Error(err)
		return
	}
	_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
	var there sync.WaitGroup
	there.Go(func() {
		_, _ = io.Copy(api, in)
		_ = api.Close()
	})
	_, _ = io.Copy(conn, api)
	_ = conn.Close()
	there.Wait()
}
