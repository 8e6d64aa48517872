package batch_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bulkinvite/batch/argyle"
	"bulkinvite/batch/argyle/argylesim"
)

// api is the simulated API behind a network of pipes, for a bubble of fake time:
// no socket, but real clients, connections and time-outs.
type api struct {
	*argylesim.Server
	setup  apiSetup
	memory *argylesim.Memory

	mu     sync.Mutex
	faults []argylesim.Fault // of the next POSTs
	lists  []listFault       // of the next GETs
	down   bool              // connections are refused
	away   bool              // every answer is an error of its own
	always argylesim.Fault   // of every POST after faults
	gate   int               // status that a gateway gives in place of the answers to POSTs; 0: there is none
	astray int               // requests that were meant for another host or path
	seen   []arrival         // all requests
}

// apiSetup is what an API is like.
type apiSetup struct {
	Skew    time.Duration // its clock minus ours
	Lag     time.Duration // of the dates of its invites behind its clock
	Page    int           // invites on a page; 0: as many as are asked for
	Order   argylesim.ListOrder
	Visible time.Duration // until a new invite appears in lists
	Latency time.Duration
	Limit   int // requests a second; 0: any number
	Retry   argylesim.RetryAfter
	Flows   []string // flow_id values that exist; nil: any
	NoDate  bool     // no answer says what its clock is
	Cursors argylesim.Cursors
	Times   argylesim.TimeForm
	// BeforePage says what happens before a page is answered; may be nil.
	BeforePage func(page int)
	// Tweak turns the simulator's other knobs; may be nil.
	Tweak func(*argylesim.Options)
	// Next, where it is set, replaces the link to each following page.
	Next string
}

// arrival is a request, whatever became of it.
type arrival struct {
	at     time.Time
	method string
}

// listFault is a way in which one GET goes wrong.
type listFault string

const (
	listWell     listFault = ""
	listError    listFault = "500"
	listLost     listFault = "lost" // the connection closes instead of the answer
	listCut      listFault = "cut"
	listGarbage  listFault = "garbage"
	listThrottle listFault = "429"
	listRefused  listFault = "403"
)

// Where the API is, in memory.
const (
	apiHost = "127.0.0.1:1"
	apiURL  = argylesim.MemoryURL
)

// newAPI serves an API until the test ends, which must be in a bubble.
func newAPI(t testing.TB, setup apiSetup) *api {
	a := &api{setup: setup}
	options := argylesim.Options{
		Order: setup.Order, VisibleAfter: setup.Visible, Latency: setup.Latency, SlowFor: time.Minute,
		RateLimit: setup.Limit, RetryAfter: setup.Retry, FlowIDs: setup.Flows, Choose: a.choose, Seed: 1,
		NoDate: setup.NoDate, Cursors: setup.Cursors, Times: setup.Times, BeforePage: setup.BeforePage,
		Now: func() time.Time { return time.Now().Add(setup.Skew - setup.Lag) },
	}
	if setup.Tweak != nil {
		setup.Tweak(&options)
	}
	a.Server = argylesim.New(options)
	a.memory = argylesim.ServeMemory(http.HandlerFunc(a.serve))
	t.Cleanup(func() { _ = a.memory.Close() })
	return a
}

// client is a client of its own for one process.
func (a *api) client(t testing.TB, timeout time.Duration) *argyle.Client {
	t.Helper()
	c, err := argyle.New(argyle.Config{
		BaseURL: apiURL, KeyID: "key", Secret: argyle.NewSecret("secret"), Timeout: timeout, Dial: a.dial, MaxConns: 64,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (a *api) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if a.isOut(&a.down) {
		return nil, &net.OpError{Op: "dial", Net: network, Err: syscall.ECONNREFUSED}
	}
	return a.memory.Dial(ctx, network, address)
}

func (a *api) isOut(how *bool) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return *how
}

// goDown breaks all connections and refuses new ones, until the API is back.
func (a *api) goDown(down bool) {
	a.mu.Lock()
	a.down = down
	a.mu.Unlock()
	if down {
		a.memory.Cut()
	}
}

// goAway makes the API answer everything with an error of its own.
func (a *api) goAway(away bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.away = away
}

// trouble says how the next POSTs and GETs go wrong.
func (a *api) trouble(posts []argylesim.Fault, gets []listFault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.faults, a.lists = posts, gets
}

// fail makes every POST go wrong in the same way; None ends that.
func (a *api) fail(f argylesim.Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.always = f
}

// gateway puts something before the API that lets POSTs through and gives answers of
// its own to them; 0 takes it away.
func (a *api) gateway(status int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.gate = status
}

func (a *api) gateStatus() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.gate
}

func (a *api) choose(int, string) argylesim.Fault {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.faults) == 0 {
		return a.always
	}
	f := a.faults[0]
	a.faults = a.faults[1:]
	return f
}

func (a *api) chooseList() listFault {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.lists) == 0 {
		return listWell
	}
	f := a.lists[0]
	a.lists = a.lists[1:]
	return f
}

func (a *api) serve(w http.ResponseWriter, r *http.Request) {
	w.Header()["Date"] = nil
	if !a.setup.NoDate {
		w.Header().Set("Date", time.Now().Add(a.setup.Skew).UTC().Format(http.TimeFormat))
	}
	a.arrive(r)
	if a.isOut(&a.away) {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	if r.Method != http.MethodGet {
		a.servePost(w, r)
		return
	}
	switch a.chooseList() {
	case listWell:
		a.servePage(w, r)
	case listError:
		w.WriteHeader(http.StatusInternalServerError)
	case listLost:
		panic(http.ErrAbortHandler)
	case listCut:
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"results":[`)
	case listGarbage:
		_, _ = io.WriteString(w, "<html>log in</html>")
	case listThrottle:
		w.Header().Set("Retry-After", "2")
		w.WriteHeader(http.StatusTooManyRequests)
	case listRefused:
		w.WriteHeader(http.StatusForbidden)
	}
}

func (a *api) servePost(w http.ResponseWriter, r *http.Request) {
	status := a.gateStatus()
	if status == 0 {
		a.ServeHTTP(w, r)
		return
	}
	a.ServeHTTP(httptest.NewRecorder(), r)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, "<html>gateway</html>")
}

func (a *api) arrive(r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen = append(a.seen, arrival{time.Now(), r.Method})
	if r.Host != apiHost || r.URL.Path != "/v2/invites" {
		a.astray++
	}
}

// servePage serves small pages, so that a small list has many.
func (a *api) servePage(w http.ResponseWriter, r *http.Request) {
	if a.setup.Page > 0 {
		query := r.URL.Query()
		query.Set("limit", strconv.Itoa(a.setup.Page))
		r.URL.RawQuery = query.Encode()
	}
	if a.setup.Next == "" {
		a.ServeHTTP(w, r)
		return
	}
	text := &strings.Builder{}
	a.ServeHTTP(copied{w, text}, r)
	w.Header().Del("Content-Length")
	_, _ = io.WriteString(w, strings.ReplaceAll(text.String(), `"next":"`+apiURL, `"next":"`+a.setup.Next))
}

// copied keeps the body of an answer instead of sending it.
type copied struct {
	http.ResponseWriter
	body io.Writer
}

func (copied) WriteHeader(int) {}

func (c copied) Write(p []byte) (int, error) { return c.body.Write(p) }
