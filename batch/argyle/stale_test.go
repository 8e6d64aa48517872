package argyle

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http/httptrace"
	"strings"
	"sync"
	"testing"
)

// wires are servers with and without TLS.
var wires = map[string]func(testing.TB, func(*wire, int, net.Conn, *bufio.Reader)) *wire{
	"plain": newWire, "TLS": newSecureWire,
}

// tooMany is a 429 that could be anybody's.
var tooMany = answerText(429, "", `{"detail":"Request was throttled."}`)

// onceGiven is a context under which then runs when net/http has given the connection
// back, before it looks for what else the connection brings.
func onceGiven(ctx context.Context, then func()) context.Context {
	var once sync.Once
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{PutIdleConn: func(error) { once.Do(then) }})
}

// A server answers a request twice in one segment. The next request gets its connection
// before the second answer is noticed: the answer is not taken for its own.
func TestSecondAnswerInTheSameSegment(t *testing.T) {
	for secured, listen := range wires {
		for name, test := range map[string]struct{ second, rest, want string }{
			"429":           {second: tooMany},
			"429, no body":  {second: answerText(429, "", "")},
			"429, in parts": {second: tooMany[:20], rest: tooMany[20:]},
			"400":           {second: answerText(400, "", `{"email":["no"]}`)},
			"200":           {second: ok(echoed)},
			"201":           {second: answerText(201, "", echoed)},
			"401":           {second: answerText(401, "", `{"detail":"Invalid environment."}`)},
			"404":           {second: answerText(404, "", "{}")},
			"no HTTP":       {second: "hello\r\n\r\n", want: "uncertain unclassified"},
		} {
			t.Run(secured+" "+name, func(t *testing.T) {
				arrived, taken := make(chan struct{}), make(chan struct{})
				server := listen(t, func(w *wire, n int, conn net.Conn, in *bufio.Reader) {
					if _, _, got := w.read(in); !got {
						return
					}
					if n > 0 {
						_, _ = io.WriteString(conn, ok(echoed))
						return
					}
					_, _ = io.WriteString(conn, ok(echoed)+test.second)
					if _, _, got := w.read(in); got {
						close(arrived)
					}
					<-taken
					_, _ = io.WriteString(conn, test.rest)
					_, _ = in.ReadByte() // until the client leaves
				})
				c := server.client(t)
				verdict := make(chan string, 1)
				ctx := onceGiven(t.Context(), func() {
					go func() {
						_, status, err := c.Send(context.Background(), adaline, nil)
						verdict <- fmt.Sprint(verdictOf(err), " ", status)
					}()
					<-arrived
				})
				if _, _, err := c.Send(ctx, adaline, nil); err != nil {
					t.Fatal(err)
				}
				close(taken)
				if got, want := <-verdict, cmp.Or(test.want, "uncertain stale_answer")+" 0"; got != want {
					t.Errorf("the answer to somebody else made %q, want %q", got, want)
				}
				send(t, c, "sent")
				if server.requests() != 3 || server.connections() != 2 {
					t.Errorf("%d requests on %d connections", server.requests(), server.connections())
				}
			})
		}
	}
}

// The same for the list: a page that was there before it was asked for is none.
func TestSecondPageInTheSameSegment(t *testing.T) {
	for secured, listen := range wires {
		t.Run(secured, func(t *testing.T) {
			arrived := make(chan struct{})
			server := listen(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
				_, _, _ = w.read(in)
				_, _ = io.WriteString(conn, ok(emptyPage)+ok(emptyPage))
				if _, _, ok := w.read(in); ok {
					close(arrived)
				}
				_, _ = in.ReadByte()
			})
			c := server.client(t)
			failed := make(chan error, 1)
			ctx := onceGiven(t.Context(), func() {
				go func() {
					_, err := c.Page(context.Background(), "", nil)
					failed <- err
				}()
				<-arrived
			})
			if _, err := c.Page(ctx, "", nil); err != nil {
				t.Fatal(err)
			}
			if err := <-failed; err == nil || !strings.Contains(err.Error(), "not believed") {
				t.Errorf("the second page: %v", err)
			}
		})
	}
}
