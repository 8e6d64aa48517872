package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bulkinvite/batch/argyle/argylesim"
)

// Something before the API answers every POST twice. Nobody is sent to twice for that,
// and what came too much, which holds names and links, is shown nowhere.
func TestAnsweredTwice(t *testing.T) {
	t.Parallel()
	a := newAPI(t, argylesim.Options{NoLog: true})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			a.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		a.ServeHTTP(answer, r)
		var text bytes.Buffer
		if err := answer.Result().Write(&text); err != nil {
			t.Error(err)
		}
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = conn.Write(bytes.Repeat(text.Bytes(), 2))
		_, _ = io.Copy(io.Discard, conn) // until the program leaves
		_ = conn.Close()
	}))
	t.Cleanup(server.Close)
	a.url = server.URL + "/v2"
	s := newSite(t, a, "BULKINVITE_ABSENT_AFTER=1s")
	s.write("roster.csv", staff(20))
	c := s.run(exitOK, "bulkinvite", "run", "roster.csv")
	if n := a.Count(); n != 20 {
		t.Errorf("%d invites for 20 people", n)
	}
	for _, private := range []string{"nsolicited", "example.com", `"url"`} {
		if strings.Contains(c.stderr.String(), private) {
			t.Errorf("standard error shows %q", private)
		}
	}
}
