package argylesim

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

var errNoInvite = errors.New("the account has no invite of this ID")

// change is an invite before and after it was changed.
type change struct {
	number        int
	before, after record
}

// change applies edit to an invite and keeps what came of it. The errors are
// errNoInvite, that of edit, and that of the account's file.
func (s *Server) change(id string, edit func(r *record, now int64) error) (change, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.store.find(id)
	if !ok {
		return change{}, errNoInvite
	}
	c := change{number: n, before: s.store.records[n], after: s.store.records[n]}
	if err := edit(&c.after, s.options.Now().UnixMilli()); err != nil {
		return change{}, err
	}
	s.store.records[n] = c.after
	return c, s.keep(n)
}

func (s *Server) resend(id string) (change, error) {
	return s.change(id, func(r *record, now int64) error { return r.resend(now, s.options.Resend) })
}

func (s *Server) revoke(id string) (change, error) {
	return s.change(id, func(r *record, now int64) error { r.revoke(now); return nil })
}

// Resend sends an invite once more, as somebody at the vendor's Console does. An
// error says that the account does not have it, or that Options.Resend is Refused
// and it is revoked or completed.
func (s *Server) Resend(id string) error {
	_, err := s.resend(id)
	return err
}

// Revoke kills an invite's link, as somebody at the vendor's Console does. An
// error says that the account does not have it.
func (s *Server) Revoke(id string) error {
	_, err := s.revoke(id)
	return err
}

// SetStatus gives an invite a status, such as initiated, attempted or completed,
// or one that is not documented; updated_at moves. An error says that the account
// does not have the invite.
func (s *Server) SetStatus(id, status string) error {
	_, err := s.change(id, func(r *record, now int64) error {
		r.later(now).Status = status
		return nil
	})
	return err
}

// ConsoleReplyTo is where answers to the invites of CreateOutside go, unless they
// say otherwise.
const ConsoleReplyTo = "console@example.com"

// CreateOutside makes an invite that did not come through the API, such as one of
// the vendor's Console. The body is anything that becomes the JSON of a POST
// /v2/invites; at is when it is made, and zero is now. An error names the fields
// that a POST would have refused.
func (s *Server) CreateOutside(body any, at time.Time) (Invite, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return Invite{}, err
	}
	var request map[string]any
	if err := json.Unmarshal(text, &request); err != nil {
		return Invite{}, err
	}
	if problems := check(request, s.options.FlowIDs); problems != nil {
		return Invite{}, fmt.Errorf("the invite is refused: %v", problems)
	}
	r := newRecord(request)
	r.history = &history{Outside: true}
	if r.lists == nil || len(r.lists.replyTo) == 0 {
		r.lists = &lists{flowItems: strs(request["flow_items"]), replyTo: []string{ConsoleReplyTo}}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if at.IsZero() {
		at = s.options.Now()
	}
	n, err := s.book(&r, at)
	if err != nil {
		return Invite{}, err
	}
	return s.store.invite(n), nil
}
