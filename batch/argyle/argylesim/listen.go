package argylesim

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// Listener serves a Server on a loopback address.
type Listener struct {
	server *http.Server
	addr   net.Addr
	done   chan struct{}
}

// Listen serves s at addr, such as 127.0.0.1:8080, or 127.0.0.1:0 for any free
// port. It refuses an address that other machines can reach.
func Listen(addr string, s *Server) (*Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("the simulator cannot listen at %s: give host and port, such as 127.0.0.1:8080", addr)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("the simulator listens on this machine only: give 127.0.0.1 instead of %q", host)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("the simulator cannot listen at %s, give another port: %w", addr, err)
	}
	l := &Listener{
		server: &http.Server{Handler: ownHost(listener.Addr(), s), ReadHeaderTimeout: 10 * time.Second},
		addr:   listener.Addr(),
		done:   make(chan struct{}),
	}
	go func() {
		defer close(l.done)
		_ = l.server.Serve(listener) // ends with Close
	}()
	return l, nil
}

// ownHost answers what is meant for this address, and nothing that a page in a browser
// has sent here under a name of its own.
func ownHost(addr net.Addr, h http.Handler) http.Handler {
	_, port, _ := net.SplitHostPort(addr.String())
	own := map[string]bool{addr.String(): true, net.JoinHostPort("localhost", port): true}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !own[strings.ToLower(r.Host)] {
			http.Error(w, "this host is not served here", http.StatusMisdirectedRequest)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// URL is the base of the API with its version, such as http://127.0.0.1:8080/v2.
func (l *Listener) URL() string { return "http://" + l.addr.String() + "/v2" }

// Close ends all connections at once.
func (l *Listener) Close() error {
	err := l.server.Close()
	<-l.done
	return err
}
