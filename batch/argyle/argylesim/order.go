package argylesim

import (
	"cmp"
	"iter"
	"slices"
	"sort"
)

// ListOrder is the order of GET /v2/invites, which the real API does not promise.
type ListOrder string

// The orders of lists. All but the first two sort everything for each page, and so
// do those two with Options.LooseTies, or where an invite was made with an earlier
// created_at than the one before it: for small tests.
const (
	Newest      ListOrder = "newest"
	Oldest      ListOrder = "oldest"
	Shuffled    ListOrder = "shuffled"
	LastInvited ListOrder = "last-invited" // by invited_at: a re-send or revoke puts an invite first
)

// ListOrders lists every order.
var ListOrders = []ListOrder{Newest, Oldest, Shuffled, LastInvited}

// view is what a page looks at: those of the first size invites that were created
// at or before at, in an order.
type view struct {
	size  int
	at    int64 // ms since 1970
	order ListOrder
	ties  uint64 // another number shuffles invites of the same second otherwise; 0: not at all
}

// listed runs over the numbers of the invites in v, after the first skip of them.
func (s *store) listed(v view, skip int) iter.Seq[int] {
	if !s.rising || v.ties != 0 || v.order != Newest && v.order != Oldest {
		sorted := s.sorted(v)
		return slices.Values(sorted[min(skip, len(sorted)):])
	}
	visible := sort.Search(min(v.size, len(s.records)), func(i int) bool { return s.records[i].created > v.at })
	if v.order == Oldest {
		return func(yield func(int) bool) {
			for n := skip; n < visible && yield(n); n++ {
			}
		}
	}
	return func(yield func(int) bool) {
		for n := visible - 1 - skip; n >= 0 && yield(n); n-- {
		}
	}
}

func (s *store) sorted(v view) []int {
	var numbers []int
	for n, r := range s.records[:min(v.size, len(s.records))] {
		if r.created <= v.at {
			numbers = append(numbers, n)
		}
	}
	slices.SortFunc(numbers, func(a, b int) int {
		return cmp.Or(s.compare(v, a, b), cmp.Compare(b, a))
	})
	if v.order == Oldest {
		slices.Reverse(numbers)
	}
	return numbers
}

// compare puts the newer of two invites first, which Oldest turns round; 0 leaves
// it to their numbers.
func (s *store) compare(v view, a, b int) int {
	if v.order == Shuffled {
		return cmp.Compare(s.chance(a, 0), s.chance(b, 0))
	}
	first, second := s.records[a].created, s.records[b].created
	if v.order == LastInvited {
		first, second = s.records[a].invited, s.records[b].invited
	}
	if v.ties == 0 {
		return cmp.Compare(second, first)
	}
	return cmp.Or(cmp.Compare(second/1000, first/1000), cmp.Compare(s.chance(a, v.ties), s.chance(b, v.ties)))
}

// chance is a number without any order.
func (s *store) chance(n int, salt uint64) uint64 { return mix(uint64(n) ^ mix(salt) ^ uint64(s.key)) }
