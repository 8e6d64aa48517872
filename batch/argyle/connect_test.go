package argyle

import (
	"bufio"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"bulkinvite/batch"
)

// closedPort is an address of this machine at which nothing listens.
func closedPort(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	return listener.Addr().String()
}

func TestNoConnection(t *testing.T) {
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	defer secure.Close()
	plain := newWire(t, func(_ *wire, _ int, conn net.Conn, _ *bufio.Reader) {
		_, _ = io.WriteString(conn, "HTTP/1.1 400 X\r\n\r\n")
	})

	dialing := func(dial func(context.Context, string, string) (net.Conn, error)) func(*Config) {
		return func(c *Config) { c.Timeout, c.Transport = short, &http.Transport{DialContext: dial} }
	}
	for _, test := range []struct {
		name, url, want string
		edit            func(*Config)
	}{
		{"refused", "http://" + closedPort(t) + "/v2", "nothing listens", nil},
		{"certificate", secure.URL + "/v2", "not trusted", nil},
		{"no TLS", strings.Replace(plain.url, "http:", "https:", 1), "does not speak TLS", nil},
		{"DNS", SandboxURL, "host name was not found", dialing(func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "api.example.com", IsNotFound: true}}
		})},
		{"never connects", SandboxURL, "in time", dialing(func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})},
		{"other", SandboxURL, "no connection to the API could be made", dialing(func(context.Context, string, string) (net.Conn, error) {
			return nil, syscall.EHOSTUNREACH
		})},
	} {
		t.Run(test.name, func(t *testing.T) {
			var left departures
			_, status, err := newClient(t, test.url, test.edit).Send(context.Background(), adaline, left.depart)
			if verdictOf(err) != "not sent" || !strings.Contains(err.Error(), test.want) || status != 0 {
				t.Errorf("%d, %T: %v", status, err, err)
			}
			if left.count() != 0 {
				t.Error("departed was called without a connection")
			}
		})
	}
}

// Below TLS the meter sees whether anything was written just the same.
func TestMeterBelowTLS(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		panic(http.ErrAbortHandler)
	}))
	defer server.Close()
	transport := newTransport(1, nil)
	transport.TLSClientConfig.RootCAs = x509.NewCertPool()
	transport.TLSClientConfig.RootCAs.AddCert(server.Certificate())
	err := sendFor(t, newClient(t, server.URL+"/v2", func(c *Config) { c.Transport = transport }), "uncertain reset")
	if u, _ := errors.AsType[*batch.UncertainError](err); !u.Written {
		t.Error("the request was read whole, but is not known as written")
	}
}
