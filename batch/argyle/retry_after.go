package argyle

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter bounds what a proxy can make us wait for.
const maxRetryAfter = 10 * time.Minute

// retryAfter reads Retry-After, given as seconds or as a date; 0 when it is
// missing or unreadable. A date is compared with the answer's own date, so that
// a clock of ours that is wrong does not matter; now stands in for it.
func (a answer) retryAfter(now time.Time) time.Duration {
	text := strings.TrimSpace(a.header.Get("Retry-After"))
	if text != "" && strings.Trim(text, "0123456789") == "" {
		seconds, err := strconv.Atoi(text)
		if err != nil || seconds > int(maxRetryAfter/time.Second) {
			return maxRetryAfter
		}
		return time.Duration(seconds) * time.Second
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	if date := a.date(); !date.IsZero() {
		now = date
	}
	return min(max(until.Sub(now), 0), maxRetryAfter)
}
