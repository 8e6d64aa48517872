package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"bulkinvite/batch/argyle/argylesim"
)

// flags are those of `bulkinvite simulate`. They are no settings: a configuration
// file does not reach them.
func (s *simulation) flags(f *pflag.FlagSet) {
	f.SortFlags = false
	add(f, &s.addr, parseText, "addr", "`address` of this machine to listen on; port 0 takes a free one")
	add(f, &s.Latency, parseWait, "latency", "`time` that every answer takes, such as 200ms")
	add(f, &s.VisibleAfter, parseWait, "visible-after", "`time` until a new invite stands in lists, such as 1s")
	add(f, &s.RateLimit, parseLimit, "rate-limit", "`requests` a second, 429 above it; 0 for no limit")
	add(f, &s.file, parseText, "file", "keep the invites in this `file` and start with what it holds")
	add(f, &s.quiet, parseToggle, "quiet", "print the base URL only")

	add(f, &s.CreatedLater, parseWait, "created-later", "`time` from a request until its invite is made and dated")
	add(f, &s.LostLater, parseWait, "lost-later", "more of that `time` where a fault spoils the answer")
	add(f, &s.clockSkew, parseSkew, "clock-skew", "`time` that its clock is ahead of this machine's, such as 11m or -11m")
	add(f, &s.DateSkew, parseSkew, "date-skew", "`time` that Date headers are ahead of that clock")
	add(f, &s.NoDate, parseToggle, "no-date", "answer without a Date header")

	choose(f, &s.Order, argylesim.ListOrders, "order", "`order` of lists")
	add(f, &s.LooseTies, parseToggle, "loose-ties", "mix invites of the same second anew on each page")
	choose(f, &s.Cursors, argylesim.CursorForms, "cursors", "`cursors` of lists that change while they are read")
	add(f, &s.PageCap, parseLimit, "page-cap", "most `invites` on a page; 0 for as many as are asked for")
	add(f, &s.BareNext, parseToggle, "bare-next", "let next carry the cursor only")
	choose(f, &s.Next, argylesim.NextFaults, "next", "let next lead astray in this `way`")

	choose(f, &s.Emails, argylesim.EmailSpellings, "emails", "`spelling` of e-mail addresses in lists")
	choose(f, &s.Phones, argylesim.PhoneSpellings, "phones", "`spelling` of phone numbers in lists")
	choose(f, &s.Names, argylesim.NameSpellings, "names", "`spelling` of names in lists")
	choose(f, &s.Times, argylesim.TimeForms, "times", "`form` of all times")
	choose(f, &s.CreatedTimes, argylesim.TimeForms, "created-times", "`form` of created_at, where it differs")
	choose(f, &s.Resend, argylesim.Resendings, "resend", "`what` a re-send does to a revoked or completed invite")
	add(f, &s.RevokeShows, parseToggle, "revoke-shows", "let the answer to a revoke show it already")
}

// choose adds a flag that takes one of choices.
func choose[T ~string](f *pflag.FlagSet, to *T, choices []T, name, usage string) {
	names := make([]string, len(choices))
	for i, c := range choices {
		names[i] = string(c)
	}
	last := len(names) - 1
	listed := strings.Join(names[:last], ", ") + " or " + names[last]
	add(f, to, func(text string) (T, error) {
		if !slices.Contains(choices, T(text)) {
			return "", fmt.Errorf("must be %s", listed)
		}
		return T(text), nil
	}, name, usage+": "+listed)
}

func parseWait(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, errors.New("must be a time with its unit, such as 200ms or 1s")
	}
	return d, nil
}

func parseSkew(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, errors.New("must be a time with its unit, such as 11m, or -11m for behind")
	}
	return d, nil
}

// parseLimit takes 0 for no limit.
func parseLimit(text string) (int, error) { return between(text, 0, math.MaxInt32) }
