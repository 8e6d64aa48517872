package main

import "testing"

func TestNightlyName(t *testing.T) {
	for path, want := range map[string]string{
		"-":                                 "-",
		"/srv/in/Roster.csv":                "roster.csv",
		"roster-2026-11-24.csv":             "roster-*.csv",
		"roster_20261124.csv":               "roster_*.csv",
		"roster 24.11.2026.xlsx":            "roster *.xlsx",
		"11-4-2026 roster.csv":              "* roster.csv",
		"roster-24-Nov-2026.csv":            "roster-*.csv",
		"roster-20261124T060001Z.csv":       "roster-*.csv",
		"roster-2026-11-24_06-00-01.csv.gz": "roster-*.csv.gz",
		"roster-2026-W48.csv":               "roster-*.csv",
		"roster-2026-11.csv":                "roster-*.csv",
		"roster-1795392000.csv":             "roster-*.csv",
		"roster (2).csv":                    "roster.csv",
		"roster-2026-11-24 (1).csv":         "roster-*.csv",
		"plant-7.csv":                       "plant-7.csv",
		"plant-2401.csv":                    "plant-2401.csv",
		"store-12-2026-11-24.csv":           "store-12-*.csv",
		"site-123456789012345.csv":          "site-123456789012345.csv",
	} {
		if got := nightlyName(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
