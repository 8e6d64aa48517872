package argyle

import (
	"bytes"
	"context"
	"net/http/httptrace"
)

// dispatch is the body of one POST and the witness of how far it got.
//
// It can be read once only. net/http sends a request again on its own when a
// reused connection turns out to be dead, but not one with a body and without
// GetBody: never over HTTP/1.1 (transport.go, shouldRetryRequest), and over
// HTTP/2 only while the body is untouched, when the API cannot have acted on
// anything (rewindBody, http2shouldRetryRequest). Once sealed it is empty, so
// what was untouched stays untouched.
//
// The body is a *bytes.Reader because net/http writes the header by itself before
// a body of any other type (transfer.go, isKnownInMemoryReader): two writes and
// two packets a request instead of one, and a server that wakes up twice.
//
// httptrace's WroteRequest is no witness: it fires when a small request has got
// into net/http's buffer, before a byte is written. The meter below it is.
//
// Nothing here is locked: RoundTrip calls gotConn itself, and does not return an
// error before its writer has ended (transport.go, mapRoundTripError).
type dispatch struct {
	body   *bytes.Reader
	leave  func()       // tells the limiter; may be nil
	meter  *meteredConn // nil without a connection, or for a foreign transport
	before int64        // meter's reading when the connection was handed over
	conn   bool         // there was a connection
}

// evidence is what is known of a request that got no answer.
type evidence struct {
	nothing bool // not a byte of the body left: nothing can have been created
	whole   bool // the whole request was written
	conn    bool // there was a connection
}

// watch returns a context under which d is told of the request's connection.
func (d *dispatch) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: d.gotConn})
}

// gotConn may run more than once: over HTTP/2, net/http takes another connection
// when the first one died before anything was read from d.
func (d *dispatch) gotConn(info httptrace.GotConnInfo) {
	if d.leave != nil && !d.conn {
		d.leave()
	}
	d.conn = true
	if d.meter = metered(info.Conn); d.meter != nil {
		d.before = d.meter.written.Load()
	}
}

// seal ends the dispatch and tells what became of it. It is called after the
// transport gave up, so body and meter stand still.
func (d *dispatch) seal() evidence {
	touched, read := d.body.Len() < int(d.body.Size()), d.body.Len() == 0
	d.body.Reset(nil)
	found := evidence{nothing: !touched, conn: d.conn}
	if d.meter == nil {
		return found
	}
	wrote := d.meter.written.Load() > d.before
	found.nothing = found.nothing || !wrote
	found.whole = wrote && read && !d.meter.failed.Load()
	return found
}
