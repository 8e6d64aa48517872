package batch

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// AccountCheck compares the people whom a run is about to send to with the account's
// invites, right before the first POST.
//
// The whole list is read, unless it is long, the latest whole reading by this ledger
// began less than freshFor ago, nothing speaks against the ledger, and no run has died
// since: then its first page is looked at, and where that shows an invite that this
// ledger has never seen, as after a machine was put back, the whole list all the same.
// No order of the list proves that there is nothing new behind a page. What stands
// outside the ledger is kept, so that no reading is for nothing.
type AccountCheck struct {
	List    List
	Archive AccountBook
	Clock   *Clock

	RunID       string
	AbsentAfter time.Duration // how late an invite may show in the list
	Whole       bool          // read the whole list, whatever was read before
	Unread      bool          // go by what was read before
	Proved      bool          // nothing speaks against the ledger
	Rule        OutsideRule
	Also        string // who decided to send to people in spite of such invites; "": nobody
	Hidden      string // who decided to go by what the list shows, though it hides something; "": nobody
	Place       string // the flags that lead to the campaign, for commands to type, each behind a space
}

// freshFor is how long a whole reading spares the next one.
const freshFor = 12 * time.Hour

// longList is how many invites a list has at least whose reading is spared: fewer cost
// less than what could be missed.
const longList = 10 * pageInvites

// Check holds people back who have an invite outside the ledger, or says why the whole
// run is held; nil when it may send. The error is the ledger's or ctx's.
func (c AccountCheck) Check(ctx context.Context, p *Plan) (*Stop, error) {
	if p.Send == 0 {
		return nil, nil
	}
	var stop *Stop
	var err error
	if !c.Unread {
		stop, err = c.read(ctx)
	}
	if stop != nil && stop.Reason != StopHeld || err != nil {
		return stop, err
	}
	found, err := p.FindOutsiders(ctx, c.Archive, c.Rule)
	switch {
	case err != nil:
		return nil, err
	case stop != nil:
	case c.Also != "":
		return nil, c.allow(ctx, p)
	case found.tooMany(p.Send):
		stop = c.hold(found, p.Send)
	case len(found.rows) > 0:
		c.List.say(fmt.Sprintf("%s held back: the account has invites of theirs that this ledger does not know", people(len(found.rows))))
		err = c.Archive.Rule(ctx, found.invites(), OutsideRuling{Told: true, At: c.Clock.Now()})
	}
	p.holdBack(found, c.Place)
	return stop, err
}

// read reads what has to be read of the list.
func (c AccountCheck) read(ctx context.Context) (*Stop, error) {
	last, any, err := c.Archive.LastReading(ctx)
	if err != nil {
		return nil, err
	}
	if any && c.spares(last) {
		nothingNew, err := c.glance(ctx)
		if nothingNew || err != nil {
			return c.unreadOr(ctx, err)
		}
	}
	c.announce(last)
	s := c.survey()
	if stop, err := c.unreadOr(ctx, s.read(ctx)); stop != nil || err != nil {
		return stop, err
	}
	return c.blind(ctx, s)
}

func (c AccountCheck) survey() *survey {
	return &survey{List: c.List, Archive: c.Archive, Clock: c.Clock, RunID: c.RunID, Witnesses: c.AbsentAfter}
}

// spares reports whether a look at the first page may be enough.
func (c AccountCheck) spares(last Reading) bool {
	age := c.Clock.Now().Sub(last.Began)
	return !c.Whole && c.Proved && !last.Died && last.Invites >= longList && age >= 0 && age < freshFor
}

// glance looks at the first page, and reports whether each invite on it was seen before.
func (c AccountCheck) glance(ctx context.Context) (bool, error) {
	s := c.survey()
	s.FirstPage = true
	err := s.read(ctx)
	return s.news == 0, err
}

// unreadOr sorts the error of a reading: what to do where the list cannot be read, or
// the ledger's error or ctx's.
func (c AccountCheck) unreadOr(ctx context.Context, err error) (*Stop, error) {
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case isListError(err):
		return c.unread(err), nil
	default:
		return nil, err
	}
}

// announce says what is about to happen, and how long it will take.
func (c AccountCheck) announce(last Reading) {
	const why = "looking at the account's invites before anything is sent"
	if last.Invites == 0 {
		c.List.say(why)
		return
	}
	pages := last.Invites/pageInvites + 1
	c.List.say(fmt.Sprintf("%s: about %d, in %d requests, which takes about %s",
		why, last.Invites, pages, wholeSeconds(time.Duration(float64(pages)/c.List.Limiter.Rate()*float64(time.Second)))))
}

// pageInvites is how many invites are asked for at once.
const pageInvites = 200

// unread is what to do when the list cannot be read: nobody is sent to. The API may be
// down, or refuse us; where the list itself is broken, a person has to decide.
func (c AccountCheck) unread(err error) *Stop {
	if list, ok := errors.AsType[*ListError](err); ok && list.Down {
		return &Stop{StopAPIDown, fmt.Sprintf("whom the account has invited before cannot be seen (%s): run again when the API works", list.Err)}
	}
	if refused := refusedBy(err); refused != nil {
		return &Stop{StopRefused, refused.Reason}
	}
	return &Stop{StopHeld, fmt.Sprintf(
		"whom the account has invited before cannot be seen (%s), and this ledger may not know all of them: run again later, or with --account-check never to go by what this ledger has seen before", err)}
}

// blind says what the reading could not see.
func (c AccountCheck) blind(ctx context.Context, s *survey) (*Stop, error) {
	hidden, ids, err := c.hidden(ctx)
	how, wayOut := s.stillness(), "run again later, or with --account-check never to go by what this ledger has seen before"
	switch {
	case err != nil:
		return nil, err
	case how != "":
	case hidden > 0:
		how = fmt.Sprintf("the list hides a contact of %s that this ledger does not know", invites(hidden))
	case s.control.strange > 0:
		how = fmt.Sprintf("the list shows %d of %s that the ledger knows with other contacts than they were sent to", s.control.strange, invites(s.control.held))
	default:
		return nil, nil
	}
	if s.stillness() == "" {
		wayOut = "put back the latest ledger, or run with --also-hidden to go by what the list shows"
		if c.Hidden != "" {
			c.Proved, err = true, c.Archive.Rule(ctx, ids, OutsideRuling{Passed: true, By: c.Hidden, At: c.Clock.Now()})
		}
	}
	if !c.Proved {
		return &Stop{StopHeld, how + ", so that it cannot be seen whom the account has invited already, and this ledger may not know all of them: " + wayOut}, nil
	}
	c.List.say(how + ": people whom the account has invited without this ledger may not be seen")
	return nil, err
}

// hidden counts the invites that hide a contact, matter, and have not been passed. It
// names them where somebody is about to pass them.
func (c AccountCheck) hidden(ctx context.Context) (n int, ids []string, err error) {
	err = c.Archive.HiddenOutside(ctx, func(o Outside) {
		if !c.Rule.counts(o) {
			return
		}
		if n++; c.Hidden != "" {
			ids = append(ids, o.Invite)
		}
	})
	return n, ids, err
}

// hold says that a person has to decide before anything is sent.
func (c AccountCheck) hold(found Outsiders, send int) *Stop {
	return &Stop{StopHeld, fmt.Sprintf(
		"the account has invites already for %d of the %s to be sent to (first on line %d) that this ledger does not know: it has forgotten them, or others invite people by this account; "+
			"if there was a ledger before, put back the latest one; or type 'bulkinvite adopt%s', and they count as invited; or run with --also-outside to invite them again",
		found.New, people(send), found.Line, c.Place)}
}

// allow records that somebody decided to send all the same, so that nobody is asked
// again.
func (c AccountCheck) allow(ctx context.Context, p *Plan) error {
	for chunk, err := range p.toSend() {
		if err != nil {
			return err
		}
		outside, err := outsideOf(ctx, c.Archive, chunk)
		if err != nil {
			return err
		}
		var ids []string
		for _, invites := range outside {
			for _, o := range invites {
				ids = append(ids, o.Invite)
			}
		}
		if err := c.Archive.Rule(ctx, ids, OutsideRuling{Allowed: true, By: c.Also, At: c.Clock.Now()}); err != nil {
			return err
		}
	}
	return nil
}

func invites(n int) string {
	if n == 1 {
		return "1 invite"
	}
	return fmt.Sprintf("%d invites", n)
}

func isListError(err error) bool {
	_, ok := errors.AsType[*ListError](err)
	return ok
}
