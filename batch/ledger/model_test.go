package ledger

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// model is what the ledger promises, in a few maps.
type model struct {
	t       *rapid.T
	dir     string
	ledger  *Ledger
	owners  map[batch.Alias]int64
	people  map[int64]*modelPerson
	open    map[int64]int64 // attempt -> person
	invites map[string]int64
	last    int64 // attempt
}

type modelPerson struct {
	State   batch.State
	Row     csvmap.Digest
	Body    csvmap.Digest
	Posts   int
	Invite  string
	LastBy  string
	Attempt int64
}

// The alphabet is small, so that people, rows and invites collide.
const letters = 4

func TestLedgerKeepsItsPromises(t *testing.T) {
	dirs := 0
	rapid.Check(t, func(rt *rapid.T) {
		dirs++
		m := &model{
			t: rt, dir: filepath.Join(t.TempDir(), fmt.Sprint(dirs)),
			owners: map[batch.Alias]int64{}, people: map[int64]*modelPerson{},
			open: map[int64]int64{}, invites: map[string]int64{},
		}
		m.reopen()
		must(t, m.ledger.BeginRun(t.Context(), run, nil))
		defer func() { m.ledger.Close() }()
		rt.Repeat(map[string]func(*rapid.T){
			"claim":   m.claim,
			"settle":  m.settle,
			"release": m.release,
			"learn":   m.learn,
			"crash":   m.recover,
			"":        m.compare,
		})
	})
}

func (m *model) reopen() {
	if m.ledger != nil {
		m.check(m.ledger.Close())
	}
	var err error
	m.ledger, err = Open(m.t.Context(), Options{Dir: m.dir, Run: run})
	m.check(err)
}

func (m *model) check(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *model) agree(err, want error) bool {
	m.t.Helper()
	if !errors.Is(err, want) {
		m.t.Fatalf("error %v, the model says %v", err, want)
	}
	return err == nil
}

func drawAliases(t *rapid.T) []batch.Alias {
	ns := rapid.SliceOfNDistinct(rapid.IntRange(0, letters-1), 1, 3, rapid.ID).Draw(t, "aliases")
	aliases := make([]batch.Alias, len(ns))
	for i, n := range ns {
		aliases[i] = email(n)
	}
	return aliases
}

func (m *model) claim(t *rapid.T) {
	c := claim(rapid.IntRange(0, letters-1).Draw(t, "row"))
	c.Aliases = drawAliases(t)
	c.PersonID = rapid.Int64Range(0, int64(len(m.people))).Draw(t, "person")
	c.RetryRejected = rapid.Bool().Draw(t, "retry")
	a, err := m.ledger.Claim(t.Context(), c)
	if !m.agree(err, m.mayClaim(c)) {
		return
	}
	m.last++
	if c.PersonID == 0 {
		m.people[a.PersonID] = &modelPerson{}
	}
	p := m.people[a.PersonID]
	if a.ID != m.last || p == nil || a.Number != p.Posts+1 {
		t.Fatalf("attempt %+v of %+v", a, p)
	}
	p.State, p.Row, p.Body, p.Attempt = batch.Sending, c.Row, c.Body, a.ID
	m.open[a.ID] = a.PersonID
	for _, alias := range c.Aliases {
		m.owners[alias] = a.PersonID
	}
}

func (m *model) mayClaim(c batch.Claim) error {
	for _, a := range c.Aliases {
		if owner := m.owners[a]; owner != 0 && owner != c.PersonID {
			return batch.ErrNotClaimable
		}
	}
	p := m.people[c.PersonID]
	switch {
	case c.PersonID == 0, p.State == batch.Failed:
		return nil
	case p.State == batch.Rejected && (c.RetryRejected || p.Body != c.Body):
		return nil
	}
	return batch.ErrNotClaimable
}

func (m *model) settle(t *rapid.T) {
	a := batch.Attempt{ID: rapid.Int64Range(1, m.last+1).Draw(t, "attempt")}
	state := rapid.SampledFrom([]batch.State{batch.Sent, batch.Rejected, batch.Failed, batch.Unknown}).Draw(t, "state")
	s := settled(a, state, rapid.IntRange(0, letters-1).Draw(t, "invite"))
	person, open := m.open[a.ID]
	holder := m.invites[s.Invite.ID]
	var expect error
	switch {
	case !open:
		expect = batch.ErrNotSending
	case state == batch.Sent && holder != 0 && holder != person:
		expect = batch.ErrInviteKnown
	}
	if m.agree(m.ledger.Settle(t.Context(), s), expect) {
		m.move(a.ID, state, s.Invite.ID, "send", 1)
	}
}

func (m *model) release(t *rapid.T) {
	a := batch.Attempt{ID: rapid.Int64Range(1, m.last+1).Draw(t, "attempt")}
	var expect error
	if _, open := m.open[a.ID]; !open {
		expect = batch.ErrNotSending
	}
	if m.agree(m.ledger.Release(t.Context(), a, day), expect) {
		m.move(a.ID, batch.Failed, "", "release", 0)
	}
}

// move is what every settlement does.
func (m *model) move(attempt int64, to batch.State, invite, by string, posts int) {
	p := m.people[m.open[attempt]]
	p.State, p.Invite, p.LastBy, p.Posts = to, invite, by, p.Posts+posts
	if invite != "" {
		m.invites[invite] = m.open[attempt]
	}
	delete(m.open, attempt)
}

func (m *model) learn(t *rapid.T) {
	lesson := batch.Lesson{
		PersonID: rapid.Int64Range(0, int64(len(m.people))).Draw(t, "person"),
		Who:      drawAliases(t),
		Aliases:  drawAliases(t),
		Row:      digest(rapid.IntRange(0, letters-1).Draw(t, "row")),
	}
	m.check(m.ledger.Learn(t.Context(), "default", []batch.Lesson{lesson}))
	owners := map[int64]bool{lesson.PersonID: true}
	if lesson.PersonID == 0 {
		delete(owners, 0)
		for _, a := range lesson.Who {
			owners[m.owners[a]] = true
		}
		if owners[0] {
			return
		}
	}
	if len(owners) != 1 {
		return
	}
	for id := range owners {
		for _, a := range lesson.Aliases {
			if m.owners[a] == 0 {
				m.owners[a] = id
			}
		}
		if p := m.people[id]; p.State == batch.Sent {
			p.Row = lesson.Row
		}
	}
}

func (m *model) recover(t *rapid.T) {
	m.reopen()
	n, err := m.ledger.Recover(t.Context())
	m.check(err)
	if n != len(m.open) {
		t.Fatalf("recovered %d, the model has %d open", n, len(m.open))
	}
	for attempt := range m.open {
		m.move(attempt, batch.Unknown, "", "recover", 1)
	}
}

// compare asks the ledger for everything and checks each answer.
func (m *model) compare(t *rapid.T) {
	var aliases []batch.Alias
	var rows []csvmap.Digest
	for n := range letters {
		aliases, rows = append(aliases, email(n)), append(rows, digest(n))
	}
	owners := map[batch.Alias]int64{}
	byAlias, err := m.ledger.ByAlias(t.Context(), "default", aliases)
	m.check(err)
	for a, p := range byAlias {
		owners[a] = p.ID
		have := modelPerson{p.State, m.people[p.ID].Row, p.Body, p.Attempts, p.Invite.ID, p.Last.By, m.people[p.ID].Attempt}
		if d := cmp.Diff(*m.people[p.ID], have); d != "" {
			t.Fatal(d)
		}
	}
	if d := cmp.Diff(m.owners, owners); d != "" {
		t.Fatal(d)
	}
	byRow, err := m.ledger.ByFingerprint(t.Context(), "default", rows, nil)
	m.check(err)
	for _, row := range rows {
		m.compareRow(t, row, byRow)
	}
	m.compareDoubts(t)
}

// compareRow allows any of several people who had the same cells.
func (m *model) compareRow(t *rapid.T, row csvmap.Digest, found map[csvmap.Digest]batch.Invited) {
	var ids []int64
	for id, p := range m.people {
		if p.State == batch.Sent && p.Row == row {
			ids = append(ids, id)
		}
	}
	p, ok := found[row]
	if ok != (len(ids) > 0) || ok && !slices.Contains(ids, p.PersonID) {
		t.Fatalf("row found: %v, person %d, the model has %v", ok, p.PersonID, ids)
	}
}

func (m *model) compareDoubts(t *rapid.T) {
	doubts, err := m.ledger.Doubts(t.Context(), "default")
	m.check(err)
	var have, want []int64
	for _, d := range doubts {
		have = append(have, d.Attempt)
	}
	for _, p := range m.people {
		if p.State.InDoubt() {
			want = append(want, p.Attempt)
		}
	}
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Fatalf("in doubt: %v, the model says %v", have, want)
	}
}
