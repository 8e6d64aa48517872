package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// api is the simulator in the process of the test, over loopback: the test sees
// every POST, and can keep it back.
type api struct {
	*argylesim.Server
	url     string
	arrived *count // POSTs
	left    *count // answers to them
	listed  *count // answers to everything else

	mu      sync.Mutex
	holding bool
	held    chan struct{} // closed by release
	bodies  []string      // of the POSTs that were held
}

func newAPI(t *testing.T, o argylesim.Options) *api {
	t.Helper()
	a := &api{Server: argylesim.New(o), arrived: newCount(), left: newCount(), listed: newCount(), held: make(chan struct{})}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close) // waits for what is held
	t.Cleanup(a.release)
	a.url = server.URL + "/v2"
	return a
}

// ServeHTTP answers as the simulator does. A POST is read whole before it is
// counted or held: it creates its invite also when the client is gone by then.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		a.Server.ServeHTTP(w, r)
		a.listed.add()
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil { // the client died in the middle of it
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if held := a.keep(string(body)); held != nil {
		<-held
	}
	a.Server.ServeHTTP(w, r)
	a.left.add()
}

func (a *api) keep(body string) (held chan struct{}) {
	defer a.arrived.add()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.holding {
		a.bodies = append(a.bodies, body)
		held = a.held
	}
	return held
}

// hold keeps back the POSTs that arrive from now on, before they create anything.
func (a *api) hold() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.holding = true
}

// pass lets those through that arrive from now on. It returns the bodies of
// those that are held.
func (a *api) pass() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.holding = false
	return a.bodies
}

// release lets all through.
func (a *api) release() {
	a.pass()
	a.mu.Lock()
	defer a.mu.Unlock()
	close(a.held)
	a.held = make(chan struct{})
	a.bodies = nil
}
