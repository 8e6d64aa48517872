package argyle

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/csvmap"
)

// A server repeats an answer that is not 2xx once the next request is there, which it
// carries out. No request follows such an answer on its connection.
func TestSecondAnswerComesLater(t *testing.T) {
	for secured, listen := range wires {
		for name, test := range map[string]struct{ answer, first string }{
			"429":          {tooMany, "throttled 0s"},
			"429, no body": {answerText(429, "", ""), "throttled 0s"},
			"400":          {answerText(400, "", `{"email":["no"]}`), "rejected"},
			"401":          {answerText(401, "", `{"detail":"Invalid environment."}`), "refused"},
			"404":          {answerText(404, "", "{}"), "uncertain undocumented, stop"},
			"304":          {"HTTP/1.1 304 X\r\n\r\n", "uncertain undocumented, stop"},
			"500":          {answerText(500, "", ""), "uncertain server_error"},
			"503, chunked": {"HTTP/1.1 503 X\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", "uncertain server_error"},
			"204":          {answerText(204, "", ""), "uncertain unreadable"},
		} {
			t.Run(secured+" "+name, func(t *testing.T) {
				server := listen(t, func(w *wire, n int, conn net.Conn, in *bufio.Reader) {
					for {
						if _, _, ok := w.read(in); !ok {
							return
						}
						if n == 0 {
							_, _ = io.WriteString(conn, test.answer)
						} else {
							_, _ = io.WriteString(conn, ok(echoed))
						}
					}
				})
				c := server.client(t)
				send(t, c, test.first)
				send(t, c, "sent")
				send(t, c, "sent")
				if server.requests() != 3 || server.connections() != 2 {
					t.Errorf("%d requests on %d connections", server.requests(), server.connections())
				}
			})
		}
	}
}

// A question of the list does not follow such an answer either.
func TestListAsksOnAnotherConnection(t *testing.T) {
	for secured, listen := range wires {
		for _, status := range []int{302, 404, 429, 500} {
			t.Run(fmt.Sprint(secured, " ", status), func(t *testing.T) {
				server := listen(t, getting(answerText(status, "", "{}"), ok(emptyPage)))
				c := server.client(t)
				if _, err := c.Page(t.Context(), "", nil); err == nil {
					t.Error("a page")
				}
				for range 2 {
					if _, err := c.Page(t.Context(), "", nil); err != nil {
						t.Error(err)
					}
				}
				if server.requests() != 3 || server.connections() != 2 {
					t.Errorf("%d requests on %d connections", server.requests(), server.connections())
				}
			})
		}
	}
}

// net/http gives a connection back with the end of the answer, before the client can
// close it. Whoever gets it then gets nothing out on it, and takes another one.
func TestSpentConnectionTakesNothing(t *testing.T) {
	for secured, listen := range wires {
		for name, test := range map[string]struct {
			answer string
			first  []string // where there is no body, the end of the connection may be faster
		}{
			"429":          {tooMany, []string{"throttled 0s"}},
			"500":          {answerText(500, "", "oops"), []string{"uncertain server_error"}},
			"429, no body": {answerText(429, "", ""), []string{"throttled 0s", "uncertain unclassified"}},
		} {
			t.Run(secured+" "+name, func(t *testing.T) {
				server := listen(t, func(w *wire, n int, conn net.Conn, in *bufio.Reader) {
					text := test.answer
					if n > 0 {
						text = ok(echoed)
					}
					always(text)(w, n, conn, in)
				})
				c := server.client(t)
				var left departures
				over := make(chan struct{})
				ctx := onceGiven(t.Context(), func() {
					defer close(over)
					if _, _, err := c.Send(context.Background(), adaline, left.depart); err != nil {
						t.Errorf("the other one: %v", err)
					}
				})
				_, _, err := c.Send(ctx, adaline, nil)
				<-over
				if got := verdictOf(err); !slices.Contains(test.first, got) {
					t.Errorf("%q (%v), want one of %q", got, err, test.first)
				}
				if server.requests() != 2 || server.connections() != 2 || left.count() != 1 {
					t.Errorf("%d requests on %d connections, %d departures", server.requests(), server.connections(), left.count())
				}
			})
		}
	}
}

// A connection that takes nothing more is not kept either.
func TestSpentConnectionIsClosed(t *testing.T) {
	for secured, listen := range wires {
		t.Run(secured, func(t *testing.T) {
			closed := make(chan struct{}, 1)
			server := listen(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
				_, _, _ = w.read(in)
				_, _ = io.WriteString(conn, tooMany)
				_, _ = in.ReadByte()
				closed <- struct{}{}
			})
			c := server.client(t)
			send(t, c, "throttled 0s")
			<-closed
			if _, err := c.Page(t.Context(), "", nil); err == nil {
				t.Error("a page")
			}
			<-closed
		})
	}
}

// Without another connection, nothing was sent.
func TestSpentConnectionAndNoOther(t *testing.T) {
	server := newWire(t, func(w *wire, _ int, conn net.Conn, in *bufio.Reader) {
		_, _, _ = w.read(in)
		_, _ = io.WriteString(conn, tooMany)
		_, _ = in.ReadByte()
	})
	dials, over := 0, make(chan struct{})
	c := newClient(t, server.url, func(c *Config) {
		c.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if dials++; dials > 1 {
				return nil, io.ErrClosedPipe
			}
			return new(net.Dialer).DialContext(ctx, network, address)
		}
	})
	var left departures
	ctx := onceGiven(t.Context(), func() {
		defer close(over)
		if _, _, err := c.Send(context.Background(), adaline, left.depart); verdictOf(err) != "not sent" {
			t.Error(err)
		}
	})
	_, _, _ = c.Send(ctx, adaline, nil)
	<-over
	if server.requests() != 1 || left.count() != 0 {
		t.Errorf("%d requests, %d departures", server.requests(), left.count())
	}
}

// An answer that is about somebody else may be out of step with the requests: nobody
// else gets its connection.
func TestConnectionOutOfStepIsClosed(t *testing.T) {
	server := newWire(t, getting(ok(`{"id":"1","email":"somebody@example.org"}`), ok(echoed)))
	c := server.client(t)
	send(t, c, "uncertain wrong_echo")
	send(t, c, "sent")
	if server.connections() != 2 {
		t.Errorf("%d connections", server.connections())
	}
}

// Many at once, who are told to slow down most of the time: each answer is believed by
// whom it is for, and nobody is turned away by a connection.
func TestManyOnSpentConnections(t *testing.T) {
	s, url := simulate(t, argylesim.Options{RateLimit: 100, NoLog: true})
	c := newClient(t, url, nil)
	var everybody sync.WaitGroup
	var sent, other sync.Map
	for w := range workers {
		everybody.Go(func() {
			for n := range 40 {
				mail := fmt.Sprintf("p%d.%d@example.com", w, n)
				ref, _, err := c.Send(t.Context(), csvmap.Recipient{FullName: "A B", Email: mail}, nil)
				switch verdict := verdictOf(err); {
				case verdict == "sent":
					sent.Store(ref.ID, mail)
				case !strings.HasPrefix(verdict, "throttled"):
					other.Store(verdict, err)
				}
			}
		})
	}
	everybody.Wait()
	other.Range(func(verdict, err any) bool { t.Errorf("%s: %v", verdict, err); return true })
	for _, v := range s.Invites() {
		if mail, _ := sent.LoadAndDelete(v.ID); mail != v.Email {
			t.Errorf("invite %s is known as that of %v", v.ID, mail)
		}
	}
	sent.Range(func(id, _ any) bool { t.Errorf("invite %s does not exist", id); return true })
}
