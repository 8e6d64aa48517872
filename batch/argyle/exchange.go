package argyle

import (
	"context"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// exchange is one request and what comes back for it: which connection it got, and
// whether that brought an answer which can be its own.
//
// gotConn runs where RoundTrip was called. firstByte runs where net/http reads, also
// after RoundTrip has failed.
type exchange struct {
	leave  func() // tells the limiter; may be nil
	conn   net.Conn
	meter  atomic.Pointer[meteredConn] // nil without a connection, or for a foreign transport
	before int64                       // meter's reading when the connection was lent
	gone   bool                        // there was a connection that takes the request
	barred bool                        // the connection takes nothing: see meteredConn
	early  atomic.Bool                 // an answer was there before the request left
}

// watch returns a context under which e is told of the request's connection.
func (e *exchange) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: e.gotConn, GotFirstResponseByte: e.firstByte})
}

// gotConn may run more than once: net/http asks again for a GET whose kept connection
// was dead or spent, and over HTTP/2 it takes another connection when the first one died
// before anything of the body was read.
func (e *exchange) gotConn(info httptrace.GotConnInfo) {
	meter := meterOf(info.Conn)
	e.conn, e.barred = info.Conn, meter != nil && !meter.lend(e)
	e.meter.Store(meter)
	if meter != nil {
		e.before = meter.written.Load()
	}
	if e.barred || e.gone {
		return
	}
	e.gone = true
	if e.leave != nil {
		e.leave()
	}
}

func (e *exchange) firstByte() {
	if meter := e.meter.Load(); meter != nil && meter.early() {
		e.early.Store(true)
	}
}

// stale reports whether what came is no answer to the request: it was there before the
// request left, or the request never left.
func (e *exchange) stale() bool { return e.barred || e.early.Load() }

// receive reads the answer, and closes the connection after any but a good one. It is
// renewed before the body is read: with the body's last byte, net/http gives the
// connection back. Where there is no body that has happened by now, and who has got the
// connection meanwhile finds it spent.
func (e *exchange) receive(resp *http.Response) answer {
	meter := e.meter.Load()
	good := succeeded(resp.StatusCode) && resp.ContentLength != 0 && !e.stale()
	if good && meter != nil {
		meter.renew()
	}
	a := readAnswer(resp)
	if !good {
		e.retire()
	}
	return a
}

// retire closes the connection, unless another request has it by now.
func (e *exchange) retire() {
	if meter := e.meter.Load(); meter != nil && meter.retire(e) {
		_ = e.conn.Close() // nobody waits for anything on it
	}
}
