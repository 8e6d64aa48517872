package argyle

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Every form of ISO 8601 with a zone is read, and nothing without one.
func TestReadTime(t *testing.T) {
	whole := time.Date(2026, 11, 2, 3, 4, 5, 0, time.UTC)
	split := whole.Add(678 * time.Millisecond)
	for text, want := range map[string]time.Time{
		"2026-11-02T03:04:05Z":                    whole,
		"2026-11-02T03:04:05.678Z":                split,
		"2026-11-02T03:04:05.678000000000Z":       split,
		"2026-11-02T03:04:05,678Z":                split,
		"2026-11-02t03:04:05.678z":                split,
		"2026-11-02T05:04:05.678+02:00":           split,
		"2026-11-02T05:04:05.678+0200":            split,
		"2026-11-02T05:04:05.678+02":              split,
		"2026-11-01T22:04:05-05:00":               whole,
		"2026-11-02T03:04:05-00:00":               whole,
		"2026-11-02 03:04:05.678+00:00":           split,
		"2026-11-02 03:04:05.678+0000":            split,
		"2026-11-02 03:04:05 +0000":               whole,
		"2026-11-02 03:04:05Z":                    whole,
		" 2026-11-02T03:04:05Z\n":                 whole,
		"20261102T030405Z":                        whole,
		"20261102T030405.678+0000":                split,
		"20261102T030405,678-00":                  split,
		"2026-11-02T03:04Z":                       whole.Add(-5 * time.Second),
		"20261102T0304+00":                        whole.Add(-5 * time.Second),
		"2026-11-02T03:04:05":                     {},
		"2026-11-02T03:04:05.678":                 {},
		"2026-11-02 03:04:05":                     {},
		"2026-11-02":                              {},
		"2026-11-02Z":                             {},
		"20261102":                                {},
		"2026-11-02T03:04:05 EST":                 {},
		"2026-11-02T03:04:05 UTC":                 {},
		"2026-11-02T25:04:05Z":                    {},
		"2026-02-30T03:04:05Z":                    {},
		"2026-13-02T03:04:05Z":                    {},
		"Mon, 02 Nov 2026 03:04:05 GMT":           {},
		"11/02/2026 03:04:05Z":                    {},
		"1793588645":                              {},
		"soon":                                    {},
		"":                                        {},
		"T":                                       {},
		strings.Repeat("2", 100) + "T03:04:05Z":   {},
		"2026-11-02T03:04:05Z2026-11-02T03:04Z":   {},
		"2026-11-02T03:04:05.+00:00":              {},
		"2026-11-02T03:04:05+00:0":                {},
		"2026-11-02T03:04:05Z, or a little later": {},
	} {
		got := readTime(text)
		if !got.Equal(want) || got.IsZero() != want.IsZero() || got.Location() != time.UTC {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// A time is read from a text only.
func TestInstant(t *testing.T) {
	for raw, readable := range map[string]bool{
		`"2026-11-02T03:04:05Z"`: true, `"2026-11-02T03:04:05\u005a"`: true,
		`null`: false, `1793588645`: false, `1793588645678.5`: false, `true`: false, `""`: false, `"2026-11-02 03:04:05"`: false,
		`{"at":"2026-11-02T03:04:05Z"}`: false, `["2026-11-02T03:04:05Z"]`: false,
	} {
		at := instant{time.Unix(1, 0)}
		if err := json.Unmarshal([]byte(raw), &at); err != nil || at.IsZero() == readable {
			t.Errorf("%s: %s, %v", raw, at, err)
		}
	}
}

// A moment is read alike in whatever form it is written.
func TestReadTimeInEachForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", 900*rapid.IntRange(-48, 56).Draw(t, "quarters of an hour"))
		digits := rapid.IntRange(0, 9).Draw(t, "digits")
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).In(zone)
		layout := rapid.SampledFrom([]string{"2006-01-02T15:04:05%sZ07:00", "2006-01-02 15:04:05%s-0700", "20060102T150405%sZ0700", "2006-01-02t15:04:05%s-07:00"}).Draw(t, "form")
		fraction := ""
		if digits > 0 {
			fraction = rapid.SampledFrom([]string{".", ","}).Draw(t, "point") + strings.Repeat("0", digits)
		}
		unit := time.Second
		for range digits {
			unit /= 10
		}
		text := at.Format(fmt.Sprintf(layout, fraction))
		if got := readTime(text); !got.Equal(at.Truncate(unit)) {
			t.Errorf("%q: %s, want %s", text, got, at.Truncate(unit))
		}
	})
}

// FuzzReadTime: whatever is read is a moment with a zone, and reads the same once more.
func FuzzReadTime(f *testing.F) {
	for _, text := range []string{"2026-11-02T03:04:05.678Z", "2026-11-02 03:04:05,6+0200", "20261102T030405-05", "2026-11-02T03:04:05", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-05:00", "0000-01-01T00:00:00+05:00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := readTime(text)
		if at.IsZero() {
			return
		}
		if again := readTime(at.Format(time.RFC3339Nano)); !again.Equal(at) {
			t.Errorf("%q is %s, and that is %s", text, at, again)
		}
		text = strings.ToUpper(strings.TrimSpace(text))
		if !strings.HasSuffix(text, "Z") && !strings.ContainsAny(text[max(0, len(text)-6):], "+-") {
			t.Errorf("%q has no zone, and is %s", text, at)
		}
		if _, err := json.Marshal(at); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}
