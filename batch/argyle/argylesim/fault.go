package argylesim

import (
	"slices"
	"strconv"
	"strings"
)

// Fault is a way in which one POST /v2/invites goes wrong. It is chosen by
// Options.Script, then Options.Choose, then a tag in the e-mail address:
// anyone+fault.NAME@example.com always, anyone+fault.NAME.2@example.com the
// first two times.
type Fault string

// Faults in which the invite is created.
const (
	None      Fault = ""
	Lost      Fault = "lost"     // connection reset instead of the answer
	ErrAfter  Fault = "500after" // HTTP 500
	Cut       Fault = "cut"      // the body breaks off in the middle
	Garbage   Fault = "garbage"  // HTTP 200 with a body that is not JSON
	NoID      Fault = "noid"     // HTTP 200 without id
	WrongEcho Fault = "wrongecho"
	Slow      Fault = "slow" // answered after Options.SlowFor, unless the client leaves
)

// Faults in which it is not.
const (
	Reset           Fault = "reset"     // connection reset, the request having been read
	ErrBefore       Fault = "500before" // HTTP 500
	HTML502         Fault = "html502"   // a proxy's page
	SlowNot         Fault = "slownot"   // as Slow; then HTTP 504
	Throttle        Fault = "429"       // without Retry-After
	ThrottleSeconds Fault = "429seconds"
	ThrottleDate    Fault = "429date"
	BadData         Fault = "400" // field errors
	Unauthorized    Fault = "401"
	Forbidden       Fault = "403"
	NotFound        Fault = "404"
	Redirect        Fault = "redirect" // HTTP 307 to the same URL
)

// Faults lists every fault, those that create the invite first.
var Faults = []Fault{
	Lost, ErrAfter, Cut, Garbage, NoID, WrongEcho, Slow,
	Reset, ErrBefore, HTML502, SlowNot, Throttle, ThrottleSeconds, ThrottleDate,
	BadData, Unauthorized, Forbidden, NotFound, Redirect,
}

// Creates reports whether the invite is created in spite of the fault.
func (f Fault) Creates() bool {
	switch f {
	case None, Lost, ErrAfter, Cut, Garbage, NoID, WrongEcho, Slow:
		return true
	default:
		return false
	}
}

// chooser deals out faults. The server's lock guards it.
type chooser struct {
	script []Fault
	choose func(n int, email string) Fault
	posts  int
	tagged map[string]int // times that an address with a counted tag was seen
}

func (c *chooser) next(email string) Fault {
	n := c.posts
	c.posts++
	if n < len(c.script) {
		return c.script[n]
	}
	if c.choose != nil {
		if f := c.choose(n, email); f != None {
			return f
		}
	}
	return c.tag(email)
}

func (c *chooser) tag(email string) Fault {
	_, tag, found := strings.Cut(strings.ToLower(email), "+fault.")
	if !found {
		return None
	}
	tag, _, _ = strings.Cut(tag, "@")
	name, times, counted := strings.Cut(tag, ".")
	if counted {
		if c.tagged == nil {
			c.tagged = map[string]int{}
		}
		c.tagged[email]++
		if most, err := strconv.Atoi(times); err == nil && c.tagged[email] > most {
			return None
		}
	}
	return Fault(name)
}

// known reports whether there is such a fault: a tag can hold any name.
func (f Fault) known() bool { return f == None || slices.Contains(Faults, f) }
