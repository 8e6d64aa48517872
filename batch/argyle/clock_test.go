package argyle

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"bulkinvite/batch/argyle/argylesim"
)

// dated is an answer of a server whose clock is ahead of ours by skew.
func dated(status int, skew time.Duration, body string) string {
	return answerText(status, "Date: "+time.Now().Add(skew).UTC().Format(http.TimeFormat)+"\r\n", body)
}

const emptyPage = `{"next":null,"results":[]}`

// The skew is known to a second, from any answer, whatever else it says.
func TestSkew(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		skew   time.Duration
	}{
		{"the same clock", 200, 0},
		{"ahead", 200, 2 * time.Minute},
		{"behind", 200, -time.Hour},
		{"years away", 200, -20 * 365 * 24 * time.Hour},
		{"on an error", 500, time.Minute},
		{"on a refusal", 401, time.Minute},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := piped(t, says(dated(test.status, test.skew, emptyPage), 0))
				if c.Skew() != nil {
					t.Error("a skew before the first answer")
				}
				_, _ = c.Page(t.Context(), "", nil)
				skew := c.Skew()
				if skew == nil || (*skew-test.skew).Abs() > time.Second {
					t.Errorf("skew %v, want about %v", skew, test.skew)
				}
			})
		})
	}
}

// An answer that took its time counts from its end: the skew is off by no more
// than the answer took.
func TestSkewOfASlowAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		text := dated(200, 0, emptyPage)
		const drip = 10 * time.Millisecond
		c := piped(t, says(text, drip))
		start := time.Now()
		if _, err := c.Page(t.Context(), "", nil); err != nil {
			t.Fatal(err)
		}
		if skew := *c.Skew(); skew > time.Second || skew < -time.Since(start)-time.Second {
			t.Errorf("skew %v of an answer that took %v", skew, time.Since(start))
		}
	})
}

// A missing or unreadable date leaves what was known.
func TestSkewIsKept(t *testing.T) {
	w := newWire(t, getting(dated(200, time.Hour, emptyPage), ok(emptyPage), answerText(200, "Date: tomorrow\r\n", emptyPage)))
	c := newClient(t, w.url, nil)
	for n := range 3 {
		page, err := c.Page(t.Context(), "", nil)
		if err != nil {
			t.Fatal(err)
		}
		if page.Now.IsZero() != (n > 0) {
			t.Errorf("answer %d: the server's clock says %v", n, page.Now)
		}
		if skew := c.Skew(); skew == nil || (*skew-time.Hour).Abs() > 5*time.Second {
			t.Errorf("answer %d: skew %v", n, skew)
		}
	}
}

// A POST tells the time as well, and the simulator is honest about it.
func TestSkewOfThePost(t *testing.T) {
	_, url := simulate(t, argylesim.Options{})
	c := newClient(t, url, nil)
	send(t, c, "sent")
	if skew := c.Skew(); skew == nil || skew.Abs() > 5*time.Second {
		t.Errorf("skew %v", skew)
	}
}
