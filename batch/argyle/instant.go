package argyle

import (
	"strings"
	"time"
)

// instant is a time of the API; zero when it cannot be read. Without a zone, a time is
// none: taken for UTC it could be hours off, and a proof rests on it.
type instant struct{ time.Time }

// UnmarshalJSON takes any value: a time that cannot be read makes no invite unreadable.
func (t *instant) UnmarshalJSON(raw []byte) error {
	t.Time = time.Time{}
	if raw[0] == '"' {
		t.Time = readTime(unquote(raw))
	}
	return nil
}

// The forms of ISO 8601, extended and basic; Go reads a fraction of seconds behind each
// of them, with a point or a comma.
var (
	clocks = []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "20060102T150405", "20060102T1504"}
	zones  = []string{"Z07:00", "Z0700", "Z07"}
)

// readTime reads a time in any form of ISO 8601 that has a zone, also with a space for
// the T or before the zone. It is in UTC; zero when text is something else.
func readTime(text string) time.Time {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return utc(t)
	}
	const longest = 64
	if len(text) > longest {
		return time.Time{}
	}
	text = strings.ToUpper(strings.TrimSpace(text))
	if at := strings.IndexAny(text, " T"); at > 0 {
		text = text[:at] + "T" + strings.Replace(text[at+1:], " ", "", 1) // one before the zone
	}
	for _, clock := range clocks {
		for _, zone := range zones {
			if t, err := time.Parse(clock+zone, text); err == nil {
				return utc(t)
			}
		}
	}
	return time.Time{}
}

// utc is t in UTC; zero outside of the years that can be written.
func utc(t time.Time) time.Time {
	t = t.UTC()
	if t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}
