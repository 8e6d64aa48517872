package argylesim

import (
	"iter"
	"net/http"
	"slices"
)

// listInvites is GET /v2/invites.
func (s *Server) listInvites(r *http.Request) reply {
	query := r.URL.Query()
	p, problems := s.readPage(query, "status", "reply_to")
	status, replyTo := query.Get("status"), query.Get("reply_to")
	if status != "" && !slices.Contains(statuses, status) {
		problems["status"] = []string{"There is no such status."}
	}
	if len(problems) > 0 {
		return jsonReply(http.StatusBadRequest, problems)
	}
	if s.options.BeforePage != nil {
		s.options.BeforePage(p.number)
	}
	var keep func(n int) bool
	if status != "" || replyTo != "" {
		keep = func(n int) bool {
			return (status == "" || s.store.records[n].status() == status) &&
				(replyTo == "" || s.store.repliesTo(n, replyTo))
		}
	}
	p = s.begin(p)
	read := func(p page) envelope {
		return s.list(r, p, keep, func(n int) any { return s.body(n, s.store.records[n], withoutToken) })
	}
	return jsonReply(http.StatusOK, s.endless(r, p, read(p), read))
}

var statuses = []string{"sent", "initiated", "attempted", "completed", "revoked"}

func (s *store) repliesTo(n int, address string) bool {
	lists := s.records[n].lists
	return lists != nil && slices.Contains(lists.replyTo, address)
}

// begin settles what p looks at, where it is the first page or cursors are Moving.
func (s *Server) begin(p page) page {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.size < 0 || s.options.Cursors == Moving {
		p.size, p.at = len(s.store.records), s.options.Now().Add(-s.options.VisibleAfter).UnixMilli()
	}
	return p
}

// list shows the page of those visible invites that keep lets through,
// which is all of them where it is nil.
func (s *Server) list(r *http.Request, p page, keep func(int) bool, body func(int) any) envelope {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := view{size: p.size, at: p.at, order: s.options.Order}
	if s.options.LooseTies {
		v.ties = uint64(p.number)
	}
	numbers := s.store.listed(v, p.offset)
	if keep != nil {
		numbers = kept(s.store.listed(v, 0), keep, p.offset)
	}
	return s.fill(r, p, numbers, body)
}

// kept runs over the numbers that keep lets through, after the first skip of them.
func kept(numbers iter.Seq[int], keep func(int) bool, skip int) iter.Seq[int] {
	return func(yield func(int) bool) {
		place := 0
		for n := range numbers {
			if !keep(n) {
				continue
			}
			if place++; place > skip && !yield(n) {
				return
			}
		}
	}
}
