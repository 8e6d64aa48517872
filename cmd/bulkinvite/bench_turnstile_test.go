package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"
)

// turnstile stands between the program and a simulator in another process: it
// counts what passes, and it can leave POSTs without their answers, for the
// program to be killed in the middle of them.
type turnstile struct {
	b     *testing.B
	url   string
	proxy *httputil.ReverseProxy

	mu      sync.Mutex
	gets    []time.Time   // arrivals since the last reset
	reading time.Duration // from GET to GET, without a POST in between
	listing time.Time     // the last request, if it was a GET
	created int           // POSTs that reached the simulator, ever

	// A usual night here reads the ledger that the one before it has just read. A
	// resumed run reads the list of invites first, and some systems put what nobody
	// has read for a minute out of their memory. So these files are read between
	// GETs: what that takes counts as reading the list.
	warm []string

	free int // POSTs that still pass with an answer; -1: all of them
	kept int // POSTs that wait for their client's death
	want int
	full chan struct{} // closed when so many are kept
}

func newTurnstile(b *testing.B, simulator string) *turnstile {
	b.Helper()
	target, err := url.Parse(simulator)
	if err != nil {
		b.Fatal(err)
	}
	target.Path = "" // a request brings the whole path
	transport := &http.Transport{MaxIdleConnsPerHost: 100}
	t := &turnstile{b: b, free: -1, proxy: &httputil.ReverseProxy{
		Transport: transport,
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
		},
	}}
	server := httptest.NewServer(t)
	b.Cleanup(transport.CloseIdleConnections)
	b.Cleanup(server.Close)
	t.url = server.URL + "/v2"
	return t
}

func (t *turnstile) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		t.read()
		t.proxy.ServeHTTP(w, r)
		return
	}
	switch keep, create := t.judge(); {
	case !keep:
		t.proxy.ServeHTTP(w, r)
	case create:
		t.proxy.ServeHTTP(httptest.NewRecorder(), r)
		t.keep(r)
	default:
		_, _ = io.Copy(io.Discard, r.Body) // only then is the client's death noticed
		t.keep(r)
	}
}

func (t *turnstile) read() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.listing.IsZero() {
		if len(t.gets)%warmEvery == 0 {
			t.warmUp()
		}
		t.reading += time.Since(t.listing)
	}
	t.listing = time.Now()
	t.gets = append(t.gets, t.listing)
}

// warmEvery is how many GETs, of 200 invites each, lie between two readings of the
// warm files.
const warmEvery = 500

func (t *turnstile) warmUp() {
	for _, path := range t.warm {
		if err := readThrough(path); err != nil {
			t.b.Error(err)
		}
	}
}

// readThrough reads a file to its end.
func readThrough(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(io.Discard, file)
	return err
}

// judge says whether a POST gets no answer, and whether it creates its invite.
// Of those without an answer every other one does.
func (t *turnstile) judge() (keep, create bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.listing = time.Time{}
	keep = t.free == 0
	if t.free > 0 {
		t.free--
	}
	create = true
	if keep {
		create = t.kept%2 == 0
		t.kept++
	}
	if create {
		t.created++
	}
	return keep, create
}

// keep holds a POST back until its client is gone.
func (t *turnstile) keep(r *http.Request) {
	t.mu.Lock()
	if t.want--; t.want == 0 {
		close(t.full)
	}
	t.mu.Unlock()
	<-r.Context().Done()
}

// jam leaves n POSTs without an answer, an even number, after so many that pass.
// The channel is closed when as many wait.
func (t *turnstile) jam(after, n int) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.free, t.kept, t.want, t.full = after, 0, n, make(chan struct{})
	return t.full
}

// keepWarm has these files read between the GETs of a list, from now on.
func (t *turnstile) keepWarm(paths ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.warm = paths
}

// reset answers everything from now on, and counts GETs from 0.
func (t *turnstile) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.free, t.gets, t.reading, t.listing = -1, nil, 0, time.Time{}
}

// fullestSecond is the largest number of arrivals, in their order, within any second.
func fullestSecond(arrivals []time.Time) int {
	peak, oldest := 0, 0
	for i, at := range arrivals {
		for at.Sub(arrivals[oldest]) >= time.Second {
			oldest++
		}
		peak = max(peak, i-oldest+1)
	}
	return peak
}
