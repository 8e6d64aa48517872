package argyle

import "bytes"

// dispatch is the exchange of one POST, its body, and the witness of how far it got.
//
// The body can be read once only. net/http sends a request again on its own when a
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
	exchange
	body *bytes.Reader
}

// evidence is what is known of a request that got no answer.
type evidence struct {
	nothing bool // not a byte of the body left: nothing can have been created
	whole   bool // the whole request was written
	conn    bool // there was a connection
}

// seal ends the dispatch and tells what became of it. It is called after the
// transport gave up, so body and meter stand still.
func (d *dispatch) seal() evidence {
	touched, read := d.body.Len() < int(d.body.Size()), d.body.Len() == 0
	d.body.Reset(nil)
	found := evidence{nothing: !touched, conn: d.gone}
	meter := d.meter.Load()
	if meter == nil {
		return found
	}
	wrote := meter.written.Load() > d.before
	found.nothing = found.nothing || !wrote
	found.whole = wrote && read && !meter.failed.Load()
	return found
}
