package argyle

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"bulkinvite/batch"
)

// talk is the API's side of a connection; ctx ends with the test.
type talk func(ctx context.Context, conn net.Conn)

// piped is a client in a bubble of fake time, whose only connection leads to say.
func piped(t testing.TB, say talk) *Client {
	t.Helper()
	transport := newTransport(1, nil)
	transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			say(t.Context(), theirs)
			_ = theirs.Close()
		}()
		return &meteredConn{Conn: ours}, nil
	}
	return newClient(t, "http://127.0.0.1:1/v2", func(c *Config) { c.Transport = transport })
}

// silent takes most bytes of the request and then neither reads nor writes.
func silent(most int) talk {
	return func(ctx context.Context, conn net.Conn) {
		_, _ = io.ReadFull(conn, make([]byte, most))
		<-ctx.Done()
	}
}

// says reads the request, answers with text, a byte after each pause, and then
// nothing more.
func says(text string, pause time.Duration) talk {
	return func(ctx context.Context, conn net.Conn) {
		r, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		for _, b := range []byte(text) {
			select {
			case <-time.After(pause):
			case <-ctx.Done():
				return
			}
			if _, err := conn.Write([]byte{b}); err != nil {
				return
			}
		}
		<-ctx.Done()
	}
}

// Wherever an exchange stands still, it ends with the time-out, and only the one
// of which the API can know nothing is safe to send again.
func TestTimeoutAtEachPlace(t *testing.T) {
	const ok, bad = "HTTP/1.1 200 X\r\nContent-Length: 90\r\n\r\n", "HTTP/1.1 400 X\r\nContent-Length: 90\r\n\r\n"
	for _, test := range []struct {
		name    string
		say     talk
		want    string
		status  int
		written bool // what an uncertain verdict must know
	}{
		{"before the request", silent(0), "not sent", 0, false},
		{"in the middle of the request", silent(300), "uncertain timeout", 0, false},
		{"before the answer", says("", 0), "uncertain timeout", 0, true},
		{"in the middle of the headers", says("HTTP/1.1 200 X\r\nContent-Le", 0), "uncertain timeout", 0, true},
		{"in the middle of the body", says(ok+`{"id":"inv_1",`, 0), "uncertain timeout", 200, true},
		{"in the middle of a chunk", says("HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{", 0), "uncertain timeout", 200, true},
		{"in a slow drip", says(ok+strings.Repeat(" ", 90), 700*time.Millisecond), "uncertain timeout", 200, true},
		{"in the middle of field errors", says(bad+`{"email":["bad"]`, 0), "uncertain timeout", 400, true},
		{"in a body that nobody needs", says("HTTP/1.1 429 X\r\nRetry-After: 3\r\nContent-Length: 90\r\n\r\n{", 0), "throttled 3s", 429, true},
		{"in a page of a proxy", says("HTTP/1.1 502 X\r\nContent-Length: 90\r\n\r\n<html>", 0), "uncertain server_error", 502, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				_, status, err := piped(t, test.say).Send(t.Context(), adaline, nil)
				if got := verdictOf(err); got != test.want || status != test.status {
					t.Errorf("verdict %q with %d (%v), want %q with %d", got, status, err, test.want, test.status)
				}
				if u, ok := errors.AsType[*batch.UncertainError](err); ok && u.Written != test.written {
					t.Errorf("the request is known as written: %t", u.Written)
				}
				if took := time.Since(start); took != defaultTimeout {
					t.Errorf("ended after %s, want %s", took, defaultTimeout)
				}
			})
		})
	}
}

// A run that is stopped does not wait for the rest of an answer.
func TestStopInTheMiddleOfTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		c := piped(t, says("HTTP/1.1 200 X\r\nContent-Length: 90\r\n\r\n"+`{"id":`, 0))
		_, status, err := c.Send(ctx, adaline, nil)
		if verdictOf(err) != "uncertain cancelled" || status != 200 || time.Since(start) != time.Second {
			t.Errorf("%d after %s: %v", status, time.Since(start), err)
		}
	})
}
