package argylesim

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// outcome is what a client sees of a POST.
func outcome(t *testing.T, url string, fault Fault) string {
	t.Helper()
	body := tagged(fault)
	req, err := http.NewRequestWithContext(t.Context(), "POST", url+"/invites", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth("key", "secret")
	req.Header.Set("Content-Type", "application/json")
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF) {
		return "reset"
	}
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.ReadAll(resp.Body); err != nil {
		return fmt.Sprint(resp.StatusCode, " cut")
	}
	return fmt.Sprint(resp.StatusCode, resp.Header.Get("Retry-After"))
}

func TestEveryFaultOnTheWire(t *testing.T) {
	now := time.Date(2026, 11, 2, 3, 0, 0, 0, time.UTC)
	want := map[Fault]string{
		Lost: "reset", ErrAfter: "500", Cut: "200 cut", Garbage: "200", NoID: "200", WrongEcho: "200", Slow: "200",
		Reset: "reset", ErrBefore: "500", HTML502: "502", SlowNot: "504",
		Throttle: "429", ThrottleSeconds: "4291", ThrottleDate: "429Mon, 02 Nov 2026 03:00:02 GMT",
		BadData: "400", Unauthorized: "401", Forbidden: "403", NotFound: "404", Redirect: "307",
	}
	for _, fault := range Faults {
		t.Run(string(fault), func(t *testing.T) {
			s := New(Options{SlowFor: time.Millisecond, Now: func() time.Time { return now }})
			l, err := Listen("127.0.0.1:0", s)
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			if got := outcome(t, l.URL(), fault); got != want[fault] {
				t.Errorf("seen: %q, want %q", got, want[fault])
			}
			created := s.Count() == 1
			requests := s.Requests()
			if len(requests) != 1 || requests[0].Fault != fault || requests[0].Created != created {
				t.Errorf("logged: %+v", requests)
			}
			if created != fault.Creates() {
				t.Errorf("created: %t, want %t", created, fault.Creates())
			}
		})
	}
}

func TestWhoChoosesTheFault(t *testing.T) {
	s := New(Options{
		Script: []Fault{BadData, None},
		Choose: func(n int, _ string) Fault {
			if n == 2 {
				return ErrBefore
			}
			return None
		},
	})
	var statuses []int
	for range 6 { // script, script, choice, then the tag, twice
		status, _ := call(t, s, "POST", "/v2/invites", tagged(Forbidden+".2"))
		statuses = append(statuses, status)
	}
	if diff := cmp.Diff([]int{400, 200, 500, 403, 403, 200}, statuses); diff != "" {
		t.Error(diff)
	}
}
