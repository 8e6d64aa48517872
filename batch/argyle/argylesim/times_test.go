package argylesim

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

var third = time.Date(2026, 11, 2, 3, 0, 0, 0, time.UTC)

func TestTimesInEveryForm(t *testing.T) {
	for form, want := range map[TimeForm]any{
		"":             "2026-11-02T03:00:00.000Z",
		TimeZ:          "2026-11-02T03:00:00.000Z",
		TimeOffset:     "2026-11-02T03:00:00.000+00:00",
		TimeBareOffset: "2026-11-02T03:00:00.000+0000",
		TimeSpace:      "2026-11-02 03:00:00.000Z",
		TimeSeconds:    "2026-11-02T03:00:00Z",
		TimeMicros:     "2026-11-02T03:00:00.000000Z",
		TimeLocal:      "2026-11-01T22:00:00.000",
		TimeNull:       nil,
		TimeUnix:       1793588400.0,
		TimeText:       "November 2, 2026 at 3:00 AM",
	} {
		s := New(Options{Times: form, Now: func() time.Time { return third }})
		id := invite(t, s, "a@example.com")
		_, read := call(t, s, "GET", "/v2/invites/"+id, "")
		delivered, _ := read["deliveries"].([]any)[0].(map[string]any)
		for field, got := range map[string]any{
			"created_at": read["created_at"], "invited_at": read["invited_at"], "updated_at": read["updated_at"],
			"sent_at": delivered["sent_at"], "updated_at of a delivery": delivered["updated_at"],
		} {
			if got != want {
				t.Errorf("%s: %s is %v, want %v", form, field, got, want)
			}
		}
	}
	for _, form := range TimeForms[1:] {
		if form.write(0) == TimeZ.write(0) {
			t.Errorf("%s is no form of its own", form)
		}
	}
}

func TestTimesOfCreationAlone(t *testing.T) {
	s := New(Options{CreatedTimes: TimeNull, Now: func() time.Time { return third }})
	id := invite(t, s, "a@example.com")
	_, read := call(t, s, "GET", "/v2/invites/"+id, "")
	if read["created_at"] != nil || read["invited_at"] != "2026-11-02T03:00:00.000Z" {
		t.Errorf("created at %v, invited at %v", read["created_at"], read["invited_at"])
	}
}

// dateOf is the Date header of an answer over a real connection.
func dateOf(t *testing.T, h http.Handler) []string {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	request, err := http.NewRequest(http.MethodGet, server.URL+"/v2/invites", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth("key", "secret")
	answer, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.Header.Values("Date")
}

func TestDateHeader(t *testing.T) {
	clock := func() time.Time { return third }
	around := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", "Mon, 02 Nov 2026 09:00:00 GMT")
		New(Options{Now: clock, DateSkew: time.Minute}).ServeHTTP(w, r)
	}
	for _, test := range []struct {
		name string
		api  http.Handler
		want string // "": none
	}{
		{"of the clock that dates invites", New(Options{Now: clock}), "Mon, 02 Nov 2026 03:00:00 GMT"},
		{"ahead of it", New(Options{Now: clock, DateSkew: 11 * time.Minute}), "Mon, 02 Nov 2026 03:11:00 GMT"},
		{"behind it", New(Options{Now: clock, DateSkew: -11 * time.Minute}), "Mon, 02 Nov 2026 02:49:00 GMT"},
		{"of a handler around it", http.HandlerFunc(around), "Mon, 02 Nov 2026 09:00:00 GMT"},
		{"none", New(Options{NoDate: true}), ""},
	} {
		got := dateOf(t, test.api)
		if test.want == "" && len(got) > 0 || test.want != "" && (len(got) != 1 || got[0] != test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
