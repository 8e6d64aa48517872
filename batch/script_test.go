package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"bulkinvite/batch/argyle/argylesim"
	"bulkinvite/csvmap"
)

// script is a story of some nights: rosters, faults, crashes and restarts. It is
// plain data, so that a story which went wrong can stand in a test as it is.
type script struct {
	API     apiSetup
	Tune    tuning
	Offset  time.Duration // of our clock from a full second
	IDs     bool          // the rosters have an employee ID
	Account int           // invites of other people that the account holds
	Desk    int           // nights before the front desk's phone is declared shared
	Nights  []night
}

// night is one run.
type night struct {
	Rows   []line
	Posts  []argylesim.Fault
	Gets   []listFault
	Down   time.Duration // from the start of sending the API cannot be reached for so long
	Steps  int           // the process dies after so many; 0: it lives
	Signal time.Duration // the operator stops it after so long; 0: never
	NoWait bool
	HR     bool          // after it, HR says who the rows in conflict are
	Gap    time.Duration // until the next night

	Events    []event       // what others do with the account meanwhile
	Step      time.Duration // our clock is set forward by so much, or back
	StepAfter time.Duration // from the beginning of the night
	Swap      int           // before it, the ledger is put back as it was after the night of this number; 0: not
}

// line is a row of a roster: somebody, in one of the ways in which HR has them.
type line struct {
	Who int
	How how
}

type how string

const (
	plain    how = "plain"
	mailOnly how = "mail only"
	dialOnly how = "phone only"
	moved    how = "another e-mail"
	married  how = "another last name"
	borrowed how = "the next one's e-mail"
	shared   how = "the next one's phone"
	invalid  how = "no e-mail address"
	reused   how = "somebody else under this ID"
	atDesk   how = "the front desk's phone"
	onlyDesk how = "no contact but the front desk's phone"
	left     how = "another last name and e-mail at once"
	mistyped how = "a relative under this ID"
	family   how = "a relative at this e-mail"
)

// relative is the identity of somebody with the last name of who.
func relative(who int) int { return who + 70 }

// stranger is the identity of somebody else under the ID of who.
func stranger(who int) int { return who + 50 }

// identity is who a line really is, whatever HR writes.
func (l line) identity() string {
	who := l.Who
	switch l.How {
	case reused:
		who = stranger(who)
	case mistyped, family:
		who = relative(who)
	}
	return fmt.Sprint("p", who)
}

// deskDial is the phone of several people, and from some night on declared so.
const deskDial = "+12125550199"

func mailOf(who int) string { return fmt.Sprintf("person%d@example.com", who) }
func dialOf(who int) string { return fmt.Sprintf("+121255501%02d", who) }

// nameOf has no word in common with anybody else's.
func nameOf(who int) (first, last string) {
	letters := string(rune('a'+who/26)) + string(rune('a'+who%26))
	return "First" + letters, "Last" + letters
}

// cells are employee_id, first_name, last_name, email, phone_number, external_id.
func (l line) cells() []string {
	first, last := nameOf(l.Who)
	mail, dial, id := mailOf(l.Who), dialOf(l.Who), fmt.Sprintf("E%03d", l.Who)
	switch next := l.Who + 1; l.How {
	case mailOnly:
		dial = ""
	case dialOnly:
		mail = ""
	case moved:
		mail = "new." + mail
	case married:
		last = "Married" + last
	case borrowed:
		mail = mailOf(next)
	case shared:
		dial = dialOf(next)
	case invalid:
		mail = "nobody"
	case atDesk:
		dial = deskDial
	case onlyDesk:
		mail, dial = "", deskDial
	case left:
		last, mail, dial = "Married"+last, "new."+mail, ""
	case mistyped, family:
		first, _ = nameOf(relative(l.Who))
		dial = dialOf(relative(l.Who))
		if l.How == family {
			id = fmt.Sprintf("E%03d", relative(l.Who))
		} else {
			mail = mailOf(relative(l.Who))
		}
	case reused:
		other := stranger(l.Who)
		first, last = nameOf(other)
		mail, dial = mailOf(other), dialOf(other)
	}
	return []string{id, first, last, mail, dial, l.identity()}
}

// rosterOf writes a roster as HR exports it. The external ID is the identity, by
// which the test knows people at the API; the program does not use it for that.
func rosterOf(rows []line, ids bool) string {
	header := []string{"Employee ID", "First Name", "Last Name", "Email", "Phone", "External ID"}
	from := 0
	if !ids {
		from = 1
	}
	var text strings.Builder
	fmt.Fprintln(&text, strings.Join(header[from:], ","))
	for _, l := range rows {
		fmt.Fprintln(&text, strings.Join(l.cells()[from:], ","))
	}
	return text.String()
}

// The ways to write somebody. Without an ID, only those after which the program
// can know them again.
var (
	waysWithID    = []how{plain, plain, plain, atDesk, atDesk, onlyDesk, mailOnly, dialOnly, moved, married, borrowed, shared, invalid, reused, left, mistyped, family}
	waysWithoutID = []how{plain, plain, plain, moved, married, invalid, mistyped, family}
)

var (
	postFaults = append([]argylesim.Fault{argylesim.None, argylesim.None, argylesim.None, argylesim.None, argylesim.None}, []argylesim.Fault{
		argylesim.Lost, argylesim.Reset, argylesim.ErrBefore, argylesim.ErrAfter, argylesim.Cut, argylesim.Garbage,
		argylesim.WrongEcho, argylesim.NoID, argylesim.Slow, argylesim.SlowNot, argylesim.BadData,
		argylesim.Throttle, argylesim.ThrottleSeconds, argylesim.ThrottleDate, argylesim.Unauthorized,
		argylesim.Forbidden, argylesim.NotFound, argylesim.Redirect,
	}...)
	listFaults = []listFault{listWell, listWell, listError, listLost, listCut, listGarbage, listThrottle, listRefused}
)

func drawScript(t *rapid.T) script {
	seconds := func(name string, some ...int) time.Duration {
		return time.Duration(rapid.SampledFrom(some).Draw(t, name)) * time.Second
	}
	s := script{
		IDs:     rapid.Bool().Draw(t, "ids"),
		Account: rapid.IntRange(0, 3).Draw(t, "account"),
		Desk:    rapid.IntRange(0, 2).Draw(t, "desk"),
		Offset:  time.Duration(rapid.IntRange(1, 999).Draw(t, "offset")) * time.Millisecond,
		API: apiSetup{
			Skew:    seconds("skew", 0, 0, 90, -90, 5*3600, -5*3600),
			Page:    rapid.SampledFrom([]int{0, 1, 2, 5}).Draw(t, "page"),
			Order:   rapid.SampledFrom([]argylesim.ListOrder{argylesim.Newest, argylesim.Newest, argylesim.Oldest, argylesim.Shuffled, argylesim.LastInvited}).Draw(t, "order"),
			Visible: seconds("visible after", 0, 1, 60),
			Lag:     seconds("lag", 0, 0, 60, 1200),
			NoDate:  rapid.IntRange(0, 3).Draw(t, "no date") == 0,
			Cursors: rapid.SampledFrom([]argylesim.Cursors{argylesim.Frozen, argylesim.Moving}).Draw(t, "cursors"),
			Times:   rapid.SampledFrom([]argylesim.TimeForm{argylesim.TimeZ, argylesim.TimeOffset}).Draw(t, "times"),
			Latency: time.Duration(rapid.SampledFrom([]int{0, 50, 900}).Draw(t, "latency")) * time.Millisecond,
			Limit:   rapid.SampledFrom([]int{0, 0, 0, 5}).Draw(t, "limit"),
			Retry:   rapid.SampledFrom([]argylesim.RetryAfter{argylesim.RetryNone, argylesim.RetrySeconds, argylesim.RetryDate}).Draw(t, "retry after"),
		},
		Tune: usual(),
	}
	s.Tune.Workers = rapid.SampledFrom([]int{1, 2, 4, 16}).Draw(t, "workers")
	ways := waysWithoutID
	if s.IDs {
		ways = waysWithID
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "nights") {
		n := drawNight(t, ways)
		if i > 1 && rapid.IntRange(0, 4).Draw(t, "put back") == 0 {
			n.Swap = rapid.IntRange(1, i-1).Draw(t, "as after night")
		}
		s.Nights = append(s.Nights, n)
	}
	return s
}

// drawBurst is a fault, or the same one so often that the breaker trips.
func drawBurst(t *rapid.T) []argylesim.Fault {
	fault := rapid.SampledFrom(postFaults).Draw(t, "fault")
	return slices.Repeat([]argylesim.Fault{fault}, rapid.SampledFrom([]int{1, 1, 1, 1, 6}).Draw(t, "times"))
}

func drawNight(t *rapid.T, ways []how) night {
	n := night{
		Posts:  slices.Concat(rapid.SliceOfN(rapid.Custom(drawBurst), 0, 10).Draw(t, "posts")...),
		Gets:   rapid.SliceOfN(rapid.SampledFrom(listFaults), 0, 8).Draw(t, "gets"),
		NoWait: rapid.Bool().Draw(t, "no wait"),
		HR:     rapid.Bool().Draw(t, "hr"),
		Gap:    time.Duration(rapid.SampledFrom([]int{2, 100, 300, 86400}).Draw(t, "gap")) * time.Second,
	}
	n.Rows = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) line {
		return line{rapid.IntRange(0, 9).Draw(t, "who"), rapid.SampledFrom(ways).Draw(t, "how")}
	}), 1, 14).Draw(t, "rows")
	n.Events = rapid.SliceOfN(rapid.Custom(drawEvent), 0, rapid.SampledFrom([]int{0, 0, 3}).Draw(t, "busy")).Draw(t, "events")
	if rapid.IntRange(0, 3).Draw(t, "the clock is set") == 0 {
		n.Step = time.Duration(rapid.SampledFrom([]int{1200, -1200, 60, -60, 86400, -86400}).Draw(t, "step")) * time.Second
		n.StepAfter = time.Duration(rapid.SampledFrom([]int{0, 500, 5000, 100_000}).Draw(t, "after")) * time.Millisecond
	}
	switch rapid.IntRange(0, 5).Draw(t, "end") {
	case 1, 2, 3:
		n.Steps = rapid.IntRange(1, 60).Draw(t, "steps")
	case 4:
		n.Signal = time.Duration(rapid.OneOf(rapid.IntRange(1, 3000), rapid.IntRange(10_000, 300_000)).Draw(t, "signal")) * time.Millisecond
	case 5:
		n.Down = time.Duration(rapid.SampledFrom([]int{2, 120, 900}).Draw(t, "down")) * time.Second
	}
	return n
}

// recipient is the line as it is sent, without external ID.
func (l line) recipient() csvmap.Recipient {
	cells := l.cells()
	return csvmap.Recipient{FirstName: cells[1], LastName: cells[2], Email: cells[3], Phone: cells[4]}
}
