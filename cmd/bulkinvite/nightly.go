package main

import (
	"path/filepath"
	"regexp"
	"strings"
)

const (
	year     = `(?:19|20)\d\d`
	monthDay = `[-_. ]?[01]?\d[-_. ]?[0-3]?\d`
	hour     = `(?:[-_. tT]*[0-2]\d[-_.:]?[0-5]\d(?:[-_.:]?[0-5]\d)?)?[zZ]?`
	word     = `(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*`
)

// stamps are what a nightly roster's name has anew each night: a date with or
// without a time, the week or the month, seconds since 1970.
var stamps = regexp.MustCompile(`(?:^|[^\d])(` +
	year + `[-_. ]?[wW]\d\d|` +
	year + monthDay + hour + `|` +
	`[0-3]?\d[-_. ]` + `[0-3]?\d[-_. ]` + year + hour + `|` +
	`[0-3]?\d[-_. ]?` + word + `[-_. ]?` + year + hour + `|` +
	year + `[-_. ]?[01]\d|` +
	`1\d{9}(?:\d{3})?` +
	`)(?:[^\d]|$)`)

// copied is what a browser adds to the name of a file that was there before.
var copied = regexp.MustCompile(` ?\(\d+\)`)

// nightlyName is what the rosters of all nights have in common: the file's name
// in lower case without its date, time, and number of a copy. roster-2026-11-24.csv
// and roster-2026-11-25.csv are one nightly roster; plant-7.csv and plant-8.csv
// are two.
func nightlyName(path string) string {
	name := copied.ReplaceAllString(strings.ToLower(filepath.Base(path)), "")
	for {
		at := stamps.FindStringSubmatchIndex(name)
		if at == nil {
			return name
		}
		name = name[:at[2]] + "*" + name[at[3]:]
	}
}
