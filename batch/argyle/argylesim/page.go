package argylesim

import (
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

const (
	defaultLimit = 10
	maxLimit     = 200
)

// Cursors say what the cursor of a list holds on to, which is not established.
type Cursors string

// What cursors hold on to.
const (
	// Frozen cursors hold on to the invites that there were when the first page was
	// read. Only Options.Order and LooseTies can move them.
	Frozen Cursors = "frozen"
	// Moving cursors count how many invites to leave out of the list as it is by
	// then: when one appears or jumps meanwhile, one shows twice or never.
	Moving Cursors = "moving"
)

// CursorForms lists both.
var CursorForms = []Cursors{Frozen, Moving}

// page is a stretch of a list. A cursor carries all but the limit.
type page struct {
	limit, offset int
	number        int   // 1 for the first
	size          int   // of the account when the first page was read; -1: this is it
	at            int64 // up to when invites were visible then, in ms since 1970
}

// envelope is the answer of every list.
type envelope struct {
	Next     *string `json:"next"`
	Previous *string `json:"previous"`
	Results  []any   `json:"results"`
}

// readPage reads limit and cursor, and refuses parameters that the call has not.
func (s *Server) readPage(query url.Values, known ...string) (page, map[string][]string) {
	p := page{limit: defaultLimit, number: 1, size: -1}
	problems := map[string][]string{}
	for name := range query {
		if name != "limit" && name != "cursor" && !slices.Contains(known, name) {
			problems[name] = []string{"Unknown parameter."}
		}
	}
	if query.Has("limit") {
		n, err := strconv.Atoi(query.Get("limit"))
		if err != nil || n < 1 || n > maxLimit {
			problems["limit"] = []string{fmt.Sprintf("Expected a number from 1 to %d.", maxLimit)}
		}
		p.limit = n
	}
	if s.options.PageCap > 0 {
		p.limit = min(p.limit, s.options.PageCap)
	}
	if query.Has("cursor") {
		_, err := fmt.Sscanf(query.Get("cursor"), "c%x.%x.%x.%x", &p.number, &p.offset, &p.size, &p.at)
		if err != nil || p.number < 1 || p.offset < 0 || p.size < 0 {
			problems["cursor"] = []string{"Invalid cursor."}
		}
	}
	return p, problems
}

// turn leads from p to the page after it, or before it with by -1.
func (p page) turn(by int) page {
	p.number = max(1, p.number+by)
	p.offset = max(0, p.offset+by*p.limit)
	return p
}

// fill takes the page out of numbers, which begin with it, and shows each as body
// says.
func (s *Server) fill(r *http.Request, p page, numbers iter.Seq[int], body func(int) any) envelope {
	out := envelope{Results: []any{}}
	for n := range numbers {
		if len(out.Results) == p.limit {
			out.Next = s.link(r, p.turn(1))
			break
		}
		out.Results = append(out.Results, body(n))
	}
	if p.offset > 0 {
		out.Previous = s.link(r, p.turn(-1))
	}
	return out
}

// link is the whole URL of p.
func (s *Server) link(r *http.Request, p page) *string {
	query := r.URL.Query()
	if s.options.BareNext {
		query = url.Values{}
	}
	query.Set("cursor", fmt.Sprintf("c%x.%x.%x.%x", p.number, p.offset, p.size, p.at))
	u := url.URL{Scheme: "http", Host: r.Host, Path: r.URL.Path, RawQuery: query.Encode()}
	if r.TLS != nil {
		u.Scheme = "https"
	}
	s.options.Next.bend(&u)
	text := u.String()
	return &text
}
