package argyle

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

const (
	connectTimeout = 10 * time.Second
	// idleTimeout is shorter than that of common servers and load balancers: a
	// connection that they close just as we write puts a person in doubt.
	idleTimeout = 15 * time.Second
)

// newTransport speaks HTTP/1.1 only: one connection carries one request at a
// time, so a connection that breaks leaves one person in doubt and not all who
// are in flight, and what was written on it belongs to nobody else.
func newTransport(conns int) *http.Transport {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	dialer := &net.Dialer{Timeout: connectTimeout, KeepAlive: idleTimeout}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &meteredConn{Conn: conn}, nil
		},
		OnProxyConnectResponse: checkTunnel,
		Protocols:              &protocols,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    connectTimeout,
		MaxIdleConnsPerHost:    conns,
		IdleConnTimeout:        idleTimeout,
		DisableCompression:     true, // a bounded body stays bounded
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// meteredConn counts the bytes that the network took.
type meteredConn struct {
	net.Conn
	written atomic.Int64
	failed  atomic.Bool // a write ended in an error
}

// Write counts what was written, also where the write failed half-way.
func (c *meteredConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.written.Add(int64(n))
	if err != nil {
		c.failed.Store(true)
	}
	return n, err
}

// metered finds the meter of a connection, below TLS where there is TLS; nil
// when the connection is of another transport.
func metered(conn net.Conn) *meteredConn {
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	meter, _ := conn.(*meteredConn)
	return meter
}
