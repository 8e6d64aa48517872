package argylesim

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// Request is a request that arrived.
type Request struct {
	At      time.Time
	Method  string
	Path    string
	Status  int // answered; 0 where the connection was reset instead
	Fault   Fault
	Created bool // an invite was created
}

// Invite is an invite of the account.
type Invite struct {
	ID, UserID, URL                 string
	Email, Phone                    string
	FirstName, LastName, FullName   string
	ExternalID, FlowID, Status      string
	FlowItems, ReplyTo              []string
	CreatedAt, InvitedAt, UpdatedAt time.Time
	RevokedAt                       time.Time   // zero unless revoked
	ResentAt                        []time.Time // the oldest first
	Outside                         bool        // made by Server.CreateOutside
}

// arrive counts a request; limited says that it is over Options.RateLimit. The
// entry is for note; -1 without a log.
func (s *Server) arrive(r *http.Request) (entry int, limited bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.options.Now()
	s.all.add(now)
	if r.Method == http.MethodPost {
		s.posts.add(now)
	}
	if s.options.RateLimit > 0 {
		if s.passed.slide(now); len(s.passed.times) >= s.options.RateLimit {
			limited = true
		} else {
			s.passed.add(now)
		}
	}
	if s.options.NoLog {
		return -1, limited
	}
	s.log = append(s.log, Request{At: now, Method: r.Method, Path: r.URL.Path})
	return len(s.log) - 1, limited
}

// note completes a request's entry.
func (s *Server) note(entry int, answer reply) {
	if entry < 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	logged := &s.log[entry]
	logged.Status, logged.Fault, logged.Created = answer.status, answer.fault, answer.created
}

// Requests returns the log, in the order of arrival; nil with Options.NoLog.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// PeakPerSecond is the largest number of POSTs that arrived in any second.
func (s *Server) PeakPerSecond() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.posts.peak
}

// PeakOfAllPerSecond is the same for requests of every method.
func (s *Server) PeakOfAllPerSecond() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.peak
}

// Count is the number of invites in the account.
func (s *Server) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.store.records)
}

// CreatedFor is the number of invites for an e-mail address or a phone number.
func (s *Server) CreatedFor(contact string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return int(s.store.contacts[contactKey(contact)])
}

// Twice tells which contacts hold more than one invite: for each, the IDs of its
// invites, separated by blanks. Nothing is the proof that nobody was invited twice.
func (s *Server) Twice() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := map[uint64][]string{}
	for contact, n := range s.store.contacts {
		if n > 1 {
			ids[contact] = nil
		}
	}
	if len(ids) == 0 {
		return nil
	}
	for n, r := range s.store.records {
		for _, contact := range r.fields()[textEmail : textPhone+1] {
			key := contactKey(contact)
			if _, twice := ids[key]; twice {
				ids[key] = append(ids[key], s.store.key.id(inviteKind, n))
			}
		}
	}
	var labels []string
	for _, list := range ids {
		labels = append(labels, strings.Join(list, " "))
	}
	slices.Sort(labels)
	return labels
}

// Invites returns the account's invites, the oldest first.
func (s *Server) Invites() []Invite {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Invite, len(s.store.records))
	for n := range all {
		all[n] = s.store.invite(n)
	}
	return all
}

func (s *store) invite(n int) Invite {
	r, h, texts := s.records[n], s.records[n].past(), s.records[n].fields()
	v := Invite{
		ID: s.key.id(inviteKind, n), UserID: s.key.id(userKind, n), URL: linkTo(s.key, n),
		Email: texts[textEmail], Phone: texts[textPhone],
		FirstName: texts[textFirst], LastName: texts[textLast], FullName: fullName(texts),
		ExternalID: texts[textExternal], FlowID: texts[textFlow], Status: r.status(),
		CreatedAt: utc(r.created), InvitedAt: utc(r.invited), UpdatedAt: utc(r.updated()), Outside: h.Outside,
	}
	if h.Revoked != 0 {
		v.RevokedAt = utc(h.Revoked)
	}
	for _, ms := range h.Resent {
		v.ResentAt = append(v.ResentAt, utc(ms))
	}
	if r.lists != nil {
		v.FlowItems, v.ReplyTo = slices.Clone(r.lists.flowItems), slices.Clone(r.lists.replyTo)
	}
	return v
}

func utc(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
