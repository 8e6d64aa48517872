package argylesim

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// Memory serves a handler inside the process, over connections of its own: no socket is
// opened, so that nobody else on the machine can ask it.
type Memory struct {
	server *http.Server
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	done   chan struct{}

	mu   sync.Mutex
	open []net.Conn // the server's ends
}

// MemoryURL is where the API of a [Memory] is, for a client that dials it.
const MemoryURL = "http://127.0.0.1:1/v2"

// ServeMemory serves until Close.
func ServeMemory(handler http.Handler) *Memory {
	m := &Memory{
		server: &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)},
		conns:  make(chan net.Conn), closed: make(chan struct{}), done: make(chan struct{}),
	}
	go func() {
		defer close(m.done)
		_ = m.server.Serve(memoryListener{m}) // ends with Close
	}()
	return m
}

// Dial opens a connection, wherever the address leads.
func (m *Memory) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case m.conns <- theirs:
		m.mu.Lock()
		defer m.mu.Unlock()
		m.open = append(m.open, theirs)
		return ours, nil
	case <-m.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Cut breaks every connection; new ones can be opened.
func (m *Memory) Cut() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.open {
		_ = c.Close()
	}
	m.open = nil
}

// Close ends all connections at once.
func (m *Memory) Close() error {
	err := m.server.Close()
	<-m.done
	return err
}

// memoryListener hands the server what was dialed.
type memoryListener struct{ *Memory }

func (l memoryListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l memoryListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l memoryListener) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "pipe"} }
