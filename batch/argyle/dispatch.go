package argyle

import (
	"context"
	"errors"
	"io"
	"net/http/httptrace"
	"sync"
)

var errSealed = errors.New("the request was given up before its body was read")

// dispatch is the body of one POST and the witness of how far it got.
//
// It can be read once only. net/http sends a request again on its own when a
// reused connection turns out to be dead, but not one with a body and without
// GetBody: never over HTTP/1.1 (transport.go, shouldRetryRequest), and over
// HTTP/2 only while the body is untouched, when the API cannot have acted on
// anything (rewindBody, http2shouldRetryRequest). Once sealed it cannot be read
// any more, so what was untouched stays untouched.
//
// httptrace's WroteRequest is no witness: it fires when a small request has got
// into net/http's buffer, before a byte is written. The meter below it is.
type dispatch struct {
	leave func() // tells the limiter, once

	mu        sync.Mutex
	rest      []byte
	touched   bool
	sealed    bool
	connected bool
	meter     *meteredConn // nil for a foreign transport
	before    int64        // meter's reading when the connection was handed over
}

// evidence is what is known of a request that got no answer.
type evidence struct {
	nothing bool // not a byte of the body left: nothing can have been created
	whole   bool // the whole request was written
	conn    bool // there was a connection
}

func newDispatch(body []byte, departed func()) *dispatch {
	if departed == nil {
		departed = func() {}
	}
	return &dispatch{rest: body, leave: sync.OnceFunc(departed)}
}

// watch returns a context under which d is told of the request's connection.
func (d *dispatch) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: d.gotConn})
}

// gotConn may run more than once: net/http takes another connection when the
// first one died before anything was read from d.
func (d *dispatch) gotConn(info httptrace.GotConnInfo) {
	d.leave()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.connected = true
	if d.meter = metered(info.Conn); d.meter != nil {
		d.before = d.meter.written.Load()
	}
}

// Read hands out the body, once.
func (d *dispatch) Read(p []byte) (int, error) {
	d.leave()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sealed {
		return 0, errSealed
	}
	d.touched = true
	if len(d.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// seal ends the dispatch and tells what became of it. It is called after the
// transport gave up, when net/http's writer has ended, so the meter stands still.
func (d *dispatch) seal() evidence {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sealed = true
	found := evidence{nothing: !d.touched, conn: d.connected}
	if d.meter == nil {
		return found
	}
	wrote := d.meter.written.Load() > d.before
	found.nothing = found.nothing || !wrote
	found.whole = wrote && len(d.rest) == 0 && !d.meter.failed.Load()
	return found
}
