package batch

import (
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// The offset is always among what the answers show, and each answer narrows it.
func TestOffsetHoldsTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		duration := func(name string, most time.Duration) time.Duration {
			return time.Duration(rapid.Int64Range(0, int64(most)).Draw(t, name))
		}
		truth := duration("offset", 10*time.Hour) - 5*time.Hour
		exact := rapid.SampledFrom([]time.Duration{time.Second, time.Millisecond}).Draw(t, "exact")
		now := time.Unix(1_700_000_000, 0).Add(duration("start", time.Hour))
		var known Offset
		for range rapid.IntRange(1, 20).Draw(t, "answers") {
			began := now.Add(duration("pause", time.Minute))
			created := began.Add(duration("way there", 20*time.Second))
			ended := created.Add(duration("way back", 20*time.Second))
			seen := OffsetOf(created.Add(truth).Truncate(exact), began, ended)
			narrower := known.And(seen)
			if narrower.Torn || !narrower.Known || known.Known && narrower.Hi-narrower.Lo > known.Hi-known.Lo {
				t.Fatalf("%+v and %+v make %+v", known, seen, narrower)
			}
			if known = narrower; truth < known.Lo || truth > known.Hi {
				t.Fatalf("%s is not among %+v", truth, known)
			}
			now = ended
		}
	})
}

// Answers that contradict each other show nothing, from then on.
func TestOffsetIsTorn(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	known := OffsetOf(at, at, at.Add(time.Second))
	torn := known.And(OffsetOf(at.Add(time.Hour), at, at.Add(time.Second)))
	if !torn.Torn || torn.usable() || torn.And(known).usable() {
		t.Errorf("%+v", torn)
	}
	for name, none := range map[string]Offset{
		"no time":             OffsetOf(time.Time{}, at, at),
		"no beginning":        OffsetOf(at, time.Time{}, at),
		"an end before it":    OffsetOf(at, at, at.Add(-time.Second)),
		"a date without time": hintOf(time.Time{}, at, at),
	} {
		if none.usable() {
			t.Errorf("%s: %+v", name, none)
		}
	}
}

// A wall clock that is set parts from the monotonic one.
func TestClockParts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var set time.Duration
		c := NewClock(func() time.Time { return time.Now().Add(set) })
		<-time.After(time.Hour)
		for _, test := range []struct {
			set    time.Duration
			parted bool
		}{{0, false}, {time.Second, false}, {-time.Second, false}, {time.Minute, true}, {-time.Minute, true}, {0, false}} {
			if set = test.set; c.Parted() != test.parted {
				t.Errorf("set by %s: parted %v", set, !test.parted)
			}
		}
		if c.Up() != time.Hour {
			t.Error(c.Up())
		}
		if none := (*Clock)(nil); none.Parted() || none.Up() != 0 || none.Now().IsZero() {
			t.Error("no clock is the system's")
		}
	})
}
