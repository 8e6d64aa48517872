package main

import (
	"testing"
	"time"
)

func TestDeadline(t *testing.T) {
	evening := time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"06:00": time.Date(2026, 11, 25, 6, 0, 0, 0, time.UTC),
		"23:45": time.Date(2026, 11, 24, 23, 45, 0, 0, time.UTC),
		"23:30": time.Date(2026, 11, 25, 23, 30, 0, 0, time.UTC),
		"90m":   time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC),
	} {
		d, err := parseDeadline(text)
		if err != nil || !d.at(evening).Equal(want) {
			t.Errorf("%s: %v (%v), want %v", text, d.at(evening), err, want)
		}
	}
	for _, text := range []string{"6", "25:00", "-5m", "0s", "tomorrow", ""} {
		if _, err := parseDeadline(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}
