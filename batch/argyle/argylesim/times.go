package argylesim

import "time"

// TimeForm is how answers write a time.
type TimeForm string

// The forms of times. All but the last four are ISO 8601 with a zone.
const (
	TimeZ          TimeForm = "z" // as documented: 2006-01-02T15:04:05.000Z
	TimeOffset     TimeForm = "offset"
	TimeBareOffset TimeForm = "bare-offset"
	TimeSpace      TimeForm = "space"
	TimeSeconds    TimeForm = "seconds"
	TimeMicros     TimeForm = "micros"
	TimeLocal      TimeForm = "local" // five hours behind UTC, and not saying so
	TimeNull       TimeForm = "null"
	TimeUnix       TimeForm = "unix" // a number: seconds since 1970
	TimeText       TimeForm = "text" // for a reader
)

// TimeForms lists every form.
var TimeForms = []TimeForm{
	TimeZ, TimeOffset, TimeBareOffset, TimeSpace, TimeSeconds, TimeMicros, TimeLocal, TimeNull, TimeUnix, TimeText,
}

// layout is how package time knows the form.
func (f TimeForm) layout() string {
	switch f {
	case TimeOffset:
		return "2006-01-02T15:04:05.000-07:00"
	case TimeBareOffset:
		return "2006-01-02T15:04:05.000-0700"
	case TimeSpace:
		return "2006-01-02 15:04:05.000Z"
	case TimeSeconds:
		return "2006-01-02T15:04:05Z"
	case TimeMicros:
		return "2006-01-02T15:04:05.000000Z"
	case TimeLocal:
		return "2006-01-02T15:04:05.000"
	case TimeText:
		return "January 2, 2006 at 3:04 PM"
	default:
		return "2006-01-02T15:04:05.000Z"
	}
}

var local = time.FixedZone("local", -5*60*60)

// write gives what stands in JSON for ms since 1970.
func (f TimeForm) write(ms int64) any {
	at := utc(ms)
	switch f {
	case TimeNull:
		return nil
	case TimeUnix:
		return at.Unix()
	case TimeLocal:
		at = at.In(local)
	}
	return at.Format(f.layout())
}

// stamper writes times, equal ones in a row once: most invites have a single one.
type stamper struct {
	form TimeForm
	ms   int64
	last any // what stands for ms; nil: nothing yet
}

func (s *stamper) write(ms int64) any {
	if s.last == nil || s.ms != ms {
		s.ms, s.last = ms, s.form.write(ms)
	}
	return s.last
}
