package batch

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// survey is one reading of the account's list, compared with the ledger: which invites
// somebody holds, and which stand outside it. It keeps what stands outside.
type survey struct {
	List    List
	Archive AccountBook
	Clock   *Clock
	RunID   string

	// Witnesses is how old the invites must be that the list has to show.
	Witnesses time.Duration
	// FirstPage leaves the rest of the list unread.
	FirstPage bool
	// Show is called with every invite that nobody in the ledger holds; may be nil. It
	// may see an invite more than once.
	Show func(Listing) error

	before  *snapshot // of the reading before; nil: none
	id      int64     // of the reading
	began   time.Time // by our clock
	up      time.Duration
	seen    *snapshot
	control *control
	offset  Offset // that the answers of this run show
	hint    Offset // of the Date header of the first answer
	news    int    // invites outside the ledger that no reading has shown before
}

// mostReadings is how often a list is read that moves.
const mostReadings = 3

// read reads the list once; one that moved meanwhile is read again. What could not be
// read standing still has seen.moved. The error is a *[ListError], the ledger's or ctx's.
func (s *survey) read(ctx context.Context) error {
	for try := 1; ; try++ {
		err := s.pass(ctx)
		moved := err == nil && s.seen.moved() != ""
		if !moved && !hasMoved(err) || try == mostReadings || ctx.Err() != nil {
			return err
		}
		s.List.say("the list of invites moved while it was read: reading it again")
		if moved {
			s.before = s.seen
		}
	}
}

// pass is one pass over the list.
func (s *survey) pass(ctx context.Context) error {
	s.began, s.up = s.Clock.Now(), s.Clock.Up()
	s.seen, s.control, s.hint, s.news = newSnapshot(s.before), &control{}, Offset{}, 0
	var err error
	if s.id, err = s.Archive.BeginReading(ctx, s.RunID, s.began); err != nil {
		return err
	}
	asked := time.Now()
	err = s.List.read(ctx, s.seen, func(page Page) (bool, error) {
		if s.seen.pages == 1 {
			s.hint = hintOf(page.Now, s.began, s.began.Add(time.Since(asked)))
			if err := s.begin(ctx); err != nil {
				return false, err
			}
		}
		return !s.FirstPage, s.take(ctx, page)
	})
	if err != nil {
		return err
	}
	return s.Archive.EndReading(ctx, Reading{
		ID: s.id, RunID: s.RunID, Began: s.began, Ended: s.Clock.Now(), Whole: !s.seen.partial && s.seen.moved() == "",
		Invites: s.listed(), Newest: s.seen.newest,
	})
}

// begin calls the witnesses, by the API's clock as well as it is known.
func (s *survey) begin(ctx context.Context) (err error) {
	if s.offset, err = s.Archive.RunOffset(ctx, s.RunID); err != nil {
		return err
	}
	return s.control.call(ctx, s.Archive, s.serverBegan().Add(-s.Witnesses))
}

// serverBegan is when the reading began by the API's clock, as well as it is known. It
// chooses whom to look for, and proves nothing.
func (s *survey) serverBegan() time.Time {
	for _, o := range []Offset{s.offset, s.hint} {
		if o.usable() {
			return s.began.Add((o.Lo + o.Hi) / 2)
		}
	}
	return s.began
}

// listed is how many invites were read.
func (s *survey) listed() int {
	if s.seen == nil {
		return 0
	}
	return s.seen.ids.size
}

// take compares a page with the ledger.
func (s *survey) take(ctx context.Context, page Page) error {
	ids := make([]string, len(page.Invites))
	for i, v := range page.Invites {
		ids[i] = v.Invite.ID
	}
	held, err := s.Archive.Held(ctx, ids)
	if err != nil {
		return err
	}
	outside := make([]Listing, 0, len(page.Invites)-len(held))
	for _, v := range page.Invites {
		if holder, ok := held[v.Invite.ID]; ok {
			s.control.note(holder, v)
			continue
		}
		outside = append(outside, v)
	}
	if len(outside) == 0 {
		return nil
	}
	news, err := s.Archive.KeepOutside(ctx, s.id, outside)
	s.news += news
	if err != nil || s.Show == nil {
		return err
	}
	for _, v := range outside {
		if err := s.Show(v); err != nil {
			return err
		}
	}
	return nil
}

// stillness says why the list is no snapshot; "" when it is one.
func (s *survey) stillness() string {
	if how := s.seen.moved(); how != "" {
		return fmt.Sprintf("the list moved while it was read, %d times (%s), so that an invite may have been missed", mostReadings, how)
	}
	return ""
}

// refusedBy is the API's refusal behind an error of the list; nil when it was none.
func refusedBy(err error) *RefusedError {
	refused, _ := errors.AsType[*RefusedError](err)
	return refused
}
