package argyle

import (
	"crypto/tls"
	"net"
	"net/http"
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
func newTransport(conns int, open dial) *http.Transport {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	if open == nil {
		open = (&net.Dialer{Timeout: connectTimeout, KeepAlive: idleTimeout}).DialContext
	}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            open.metered,
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
