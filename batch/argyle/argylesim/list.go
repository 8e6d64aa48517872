package argylesim

import (
	"cmp"
	"iter"
	"net/http"
	"slices"
)

// listInvites is GET /v2/invites.
func (s *Server) listInvites(r *http.Request) reply {
	query := r.URL.Query()
	p, problems := readPage(query, "status", "reply_to")
	status, replyTo := query.Get("status"), query.Get("reply_to")
	if status != "" && !slices.Contains(statuses, status) {
		problems["status"] = []string{"There is no such status."}
	}
	if len(problems) > 0 {
		return jsonReply(http.StatusBadRequest, problems)
	}
	return s.list(r, p, func(n int) bool {
		return (status == "" || s.store.records[n].status() == status) &&
			(replyTo == "" || s.store.repliesTo(n, replyTo))
	}, func(n int) any { return s.body(n, s.store.records[n], withoutToken) })
}

var statuses = []string{"sent", "initiated", "attempted", "completed", "revoked"}

func (s *store) repliesTo(n int, address string) bool {
	lists := s.records[n].lists
	return lists != nil && slices.Contains(lists.replyTo, address)
}

// list answers with the page of those visible invites that keep lets through.
func (s *Server) list(r *http.Request, p page, keep func(int) bool, body func(int) any) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	visible := s.store.visible(s.options.Now().Add(-s.options.VisibleAfter))
	if p.size < 0 || p.size > visible {
		p.size = visible
	}
	kept := func(yield func(int) bool) {
		for n := range s.store.ordered(p.size, s.options.Order) {
			if keep(n) && !yield(n) {
				return
			}
		}
	}
	return jsonReply(http.StatusOK, p.fill(r, kept, body))
}

// ordered runs over the numbers of the first size invites.
func (s *store) ordered(size int, order ListOrder) iter.Seq[int] {
	switch order {
	case Shuffled:
		numbers := make([]int, size)
		for i := range numbers {
			numbers[i] = i
		}
		slices.SortFunc(numbers, func(a, b int) int {
			return cmp.Compare(mix(uint64(a)^uint64(s.key)), mix(uint64(b)^uint64(s.key)))
		})
		return slices.Values(numbers)
	case Oldest:
		return func(yield func(int) bool) {
			for n := 0; n < size && yield(n); n++ {
			}
		}
	default:
		return func(yield func(int) bool) {
			for n := size - 1; n >= 0 && yield(n); n-- {
			}
		}
	}
}
