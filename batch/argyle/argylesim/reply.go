package argylesim

import (
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"time"
)

// ending is how the delivery of an answer ends.
type ending int

const (
	whole ending = iota
	cut          // half of the body, then the connection is closed
	reset        // no answer: the connection is reset
)

// reply is an answer before it is delivered.
type reply struct {
	status  int
	headers http.Header
	body    []byte // JSON, unless headers say otherwise
	wait    time.Duration
	end     ending

	fault   Fault // for the log
	created bool
}

func (a *reply) header(name, value string) {
	if a.headers == nil {
		a.headers = http.Header{}
	}
	a.headers.Add(name, value)
}

// jsonReply answers with value, which must be one that JSON can carry.
func jsonReply(status int, value any) reply {
	body, err := json.Marshal(value)
	if err != nil {
		return detail(http.StatusInternalServerError, "The answer cannot be written as JSON.")
	}
	return reply{status: status, body: body}
}

// detail is an error that is not about a field.
func detail(status int, text string) reply {
	return jsonReply(status, map[string]string{"detail": text})
}

// deliver waits as long as a says, or until the client leaves, and then writes it.
func (s *Server) deliver(a reply, w http.ResponseWriter, r *http.Request) {
	if a.wait > 0 {
		timer := time.NewTimer(a.wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
			panic(http.ErrAbortHandler)
		}
	}
	if a.end == reset {
		resetConnection(w)
	}
	header := w.Header()
	s.date(header)
	header.Set("Content-Type", "application/json")
	for name, values := range a.headers {
		header[name] = values
	}
	header.Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	if a.end == cut {
		_, _ = w.Write(a.body[:len(a.body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	_, _ = w.Write(a.body)
}

// date says what time it is, unless a handler around the server said so already.
func (s *Server) date(header http.Header) {
	switch {
	case s.options.NoDate:
		header["Date"] = nil // which net/http takes as "leave it out"
	case header.Get("Date") == "":
		now := s.options.Now().Add(s.options.DateSkew)
		header.Set("Date", now.UTC().Format(http.TimeFormat))
	}
}

// resetConnection ends the connection with a TCP reset. It does not return.
func resetConnection(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = conn.Close()
	}
	panic(http.ErrAbortHandler) // which net/http takes as "close", without a word
}
