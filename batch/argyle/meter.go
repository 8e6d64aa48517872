package argyle

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"sync"
	"sync/atomic"
)

// errSpent is what a write gets on a connection that takes no request any more.
var errSpent = errors.New("the connection takes no other request")

// unwritten is meteredConn.left before the first byte of a request.
const unwritten = -1

// meteredConn counts what passes through a connection, and lends it to one request
// after the other, each only after a good answer to the one before.
//
// Where a connection brings two answers to one request, as some proxies do, the second
// would be taken for the answer to the next request. So a connection that is lent is
// spent until the answer is known to be a good one, and from a spent connection not a
// byte gets out: net/http, which gives connections back by itself, may lend it before.
type meteredConn struct {
	net.Conn
	written atomic.Int64 // bytes that the network took
	failed  atomic.Bool  // a write ended in an error
	reads   atomic.Int64 // reads that brought something
	left    atomic.Int64 // what reads was when the first byte of the request left
	barred  atomic.Bool  // it was lent although it was spent: nothing is written any more

	mu     sync.Mutex
	holder *exchange // it is, or was last, lent to
	spent  bool
}

// dial opens a connection, as net.Dialer.DialContext does.
type dial func(ctx context.Context, network, address string) (net.Conn, error)

// metered gives connections their meter.
func (d dial) metered(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := d(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &meteredConn{Conn: conn}, nil
}

// meterOf finds the meter of a connection, below TLS where there is TLS; nil when the
// connection is of another transport.
func meterOf(conn net.Conn) *meteredConn {
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	meter, _ := conn.(*meteredConn)
	return meter
}

// Write counts what was written, also where the write failed half-way.
func (c *meteredConn) Write(p []byte) (int, error) {
	if c.barred.Load() {
		return 0, errSpent
	}
	c.left.CompareAndSwap(unwritten, c.reads.Load())
	n, err := c.Conn.Write(p)
	c.written.Add(int64(n))
	if err != nil {
		c.failed.Store(true)
	}
	return n, err
}

// Read counts the reads that brought something.
func (c *meteredConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.reads.Add(1)
	}
	return n, err
}

// lend gives e the connection, and reports false when it is spent.
func (c *meteredConn) lend(e *exchange) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.spent {
		c.barred.Store(true)
		return false
	}
	c.holder, c.spent = e, true
	c.left.Store(unwritten)
	return true
}

// renew lets another request have the connection. Its holder calls it before the
// answer's body is read to its end, when nobody else can have it yet.
func (c *meteredConn) renew() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.spent = false
}

// retire spends the connection for good. It reports false when another request than
// that of e has it by now.
func (c *meteredConn) retire(e *exchange) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.holder != e {
		return false
	}
	c.spent = true
	return true
}

// early reports, when the first byte of an answer is there, whether it was there before
// the request left: then it cannot be the answer to that.
func (c *meteredConn) early() bool {
	left := c.left.Load()
	return left == unwritten || left == c.reads.Load()
}
