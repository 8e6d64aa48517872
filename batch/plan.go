package batch

import (
	"context"
	"iter"
	"slices"

	"golang.org/x/sync/errgroup"

	"bulkinvite/csvmap"
)

// Roster is what the plan reads: the rows of a file and the rules for them.
// csvmap's Roster and Checker are behind it.
type Roster struct {
	Rows  func(ctx context.Context) iter.Seq2[csvmap.Row, error]
	Check *csvmap.Checker
}

// chunkRows is how many rows are looked up in the ledger at once.
const chunkRows = 512

// Plan is what a run is going to do with every row: complete before the first
// POST. It holds a file; Close it.
type Plan struct {
	Rows int // records read
	Send int // rows to be sent
	// Messages are what they are to be sent, whoever is held back before that included.
	Messages Messages

	campaign string
	spool    *spool
	index    *index // until sending begins
	also     alsoKnown
	replies  []Reply
	crowds   []Crowd
	notes    []string
	outside  map[rowRef]outsider // people held back, see AccountCheck
	place    string              // the flags for commands about them
}

// Close frees the plan's file.
func (p *Plan) Close() error { return p.spool.close() }

// PlanOptions says how a plan is made.
type PlanOptions struct {
	Campaign      string
	RetryRejected bool
	NoIDs         []Crowd // employee IDs that count as none, as an earlier plan has found
	Dir           string  // where the spool file stands; it is never visible there
	// Progress is called from time to time with the number of rows read; may be nil.
	Progress func(rows int)
	// Found is called for each row that somebody should look at, with what is
	// wrong with it and what it is warned of; may be nil. Its error ends the plan.
	Found func([]csvmap.Problem) error
}

// MakePlan reads the whole roster and decides on every row. A row that breaks a
// rule is decided; a file that breaks off, or a ledger that does not answer, is
// an error and there is no plan.
func MakePlan(ctx context.Context, roster Roster, find Finder, o PlanOptions) (*Plan, error) {
	s, err := newSpool(o.Dir)
	if err != nil {
		return nil, err
	}
	p := &planner{
		PlanOptions: o, check: roster.Check, find: find, index: newIndex(), spool: s,
		desks: map[Alias]bool{}, also: alsoKnown{}, called: map[rowRef][]string{},
		shared: map[string]*Crowd{}, nobodys: map[string]bool{}, messages: Messages{},
	}
	for _, c := range o.NoIDs {
		p.nobodys[c.ID] = true
	}
	if p.asked, err = find.Asked(ctx, o.Campaign); err == nil {
		err = p.read(ctx, roster)
	}
	if err == nil {
		err = s.flush() // a full disk is found before the first POST
	}
	if err != nil {
		_ = s.close()
		return nil, err
	}
	return &Plan{
		Rows: s.rows, Send: p.send, Messages: p.messages, campaign: o.Campaign, spool: s, index: p.index, also: p.also,
		replies: p.replies, crowds: p.crowds(), notes: p.notes(),
	}, nil
}

// planner makes a Plan, a chunk of rows at a time.
type planner struct {
	PlanOptions
	check *csvmap.Checker
	find  Finder
	index *index
	desks map[Alias]bool // shared contacts of rows to be sent
	also  alsoKnown
	asked Asked // of HR, in earlier runs

	called   map[rowRef][]string // other names, folded, that duplicates of a row have
	replies  []Reply
	shared   map[string]*Crowd // employee IDs of several people, by the ID
	nobodys  map[string]bool   // those of NoIDs
	spool    *spool
	send     int
	messages Messages

	noIDs, noIDLine int // rows with what is no employee ID, and the first of them
}

// read has rows read and fingerprinted while those before them are looked up in the
// ledger and those before these are decided: on a usual night the look-up takes as
// long as the other two together.
func (p *planner) read(ctx context.Context, roster Roster) error {
	group, ahead := errgroup.WithContext(ctx)
	line := newLine()
	group.Go(func() error {
		defer close(line.read)
		return p.readAll(ahead, roster, line)
	})
	group.Go(func() error {
		defer close(line.recognised)
		return p.recogniseAll(ahead, line)
	})
	group.Go(func() error { return p.decideAll(line) })
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// decide plans a portion of rows, in order.
func (p *planner) decide(q portion) error {
	for i := range q.rows {
		e, err := p.entry(&q.rows[i], q.owned)
		if err != nil {
			return err
		}
		if e.Outcome == "" {
			p.send++
			p.messages.Add(e.Recipient)
		}
		if err := p.report(&e, &q.rows[i]); err != nil {
			return err
		}
		if err := p.keep(&e, &q.rows[i]); err != nil {
			return err
		}
	}
	if p.Progress != nil {
		p.Progress(p.spool.rows)
	}
	return nil
}

// entry decides on one row.
func (p *planner) entry(c *candidate, owned map[Alias]Person) (entry, error) {
	e := entry{Line: c.row.Line, Primary: noRow, Row: c.fingerprint}
	switch {
	case c.row.Skip != nil:
		e.Outcome, e.Findings = OutcomeSkipped, finding(string(c.row.Skip.Code), c.row.Skip.Message, Nobody)
		if c.row.Skip.Code == csvmap.Filtered {
			e.Recipient = p.check.Cells(c.row) // it is somebody's
		}
		return e, nil
	case c.known:
		e.Recipient = p.check.Cells(c.row)
		return e, p.decideKnown(&e, c.invited)
	case len(c.found.Problems) > 0:
		e.Raw, e.Malformed = c.row.Raw, c.row.Malformed != nil
		if !e.Malformed {
			e.Recipient = p.check.Cells(c.row)
		}
		e.Outcome, e.Findings = OutcomeInvalid, problemFindings(c.found.Problems)
		return e, nil
	default:
		e.Recipient, e.Raw, e.Fresh = c.recipient, c.row.Raw, true
		e.Warnings = problemFindings(c.found.Warnings)
		return e, p.decideValid(&e, c, owned)
	}
}

// report tells of what is wrong with a row.
func (p *planner) report(e *entry, c *candidate) error {
	if p.Found == nil {
		return nil
	}
	problems := append(slices.Clip(c.found.Problems), c.found.Warnings...)
	if e.Outcome == OutcomeConflict {
		for _, f := range e.Findings {
			field := csvmap.Field(f.Field)
			problems = append(problems, csvmap.Problem{
				Line: e.Line, Column: p.check.Column(field), Field: field, Code: csvmap.Code(f.Code), Message: f.Message,
			})
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return p.Found(problems)
}

// keep spools a decided row and remembers whose it is, so that a later row of
// the same person is a duplicate. Rows that are held back own nothing.
func (p *planner) keep(e *entry, c *candidate) error {
	if e.Outcome.Rerun() == "" && !e.open() {
		e.Raw = ""
	}
	row, err := p.spool.add(e)
	if err != nil {
		return err
	}
	if e.Outcome == OutcomeInvalid || e.Outcome == OutcomeConflict {
		return nil
	}
	if e.PersonID != 0 && e.Primary == noRow {
		p.index.add(p.index.personKey(e.PersonID), row)
	}
	for _, a := range c.aliases {
		p.index.add(p.index.aliasKey(a), row)
	}
	p.keepDesks(e, c.shared, row)
	return nil
}
