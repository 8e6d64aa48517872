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

// page is a stretch of a list. A cursor carries the offset and how many invites
// the list had on its first page, so that new ones do not shift what follows.
type page struct {
	limit, offset int
	size          int // of the list on its first page; -1: this is it
}

// envelope is the answer of every list.
type envelope struct {
	Next     *string `json:"next"`
	Previous *string `json:"previous"`
	Results  []any   `json:"results"`
}

// readPage reads limit and cursor, and refuses parameters that the call has not.
func readPage(query url.Values, known ...string) (page, map[string][]string) {
	p := page{limit: defaultLimit, size: -1}
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
	if query.Has("cursor") {
		_, err := fmt.Sscanf(query.Get("cursor"), "c%x.%x", &p.offset, &p.size)
		if err != nil || p.offset < 0 || p.size < 0 {
			problems["cursor"] = []string{"Invalid cursor."}
		}
	}
	return p, problems
}

// link is the whole URL of the page at offset.
func (p page) link(r *http.Request, offset int) *string {
	query := r.URL.Query()
	query.Set("limit", strconv.Itoa(p.limit))
	query.Set("cursor", fmt.Sprintf("c%x.%x", offset, p.size))
	u := url.URL{Scheme: "http", Host: r.Host, Path: r.URL.Path, RawQuery: query.Encode()}
	if r.TLS != nil {
		u.Scheme = "https"
	}
	text := u.String()
	return &text
}

// fill takes the page out of numbers, which run over the whole list, and shows
// each as body says.
func (p page) fill(r *http.Request, numbers iter.Seq[int], body func(int) any) envelope {
	out := envelope{Results: []any{}}
	place := 0
	for n := range numbers {
		if place == p.offset+p.limit {
			out.Next = p.link(r, place)
			break
		}
		if place >= p.offset {
			out.Results = append(out.Results, body(n))
		}
		place++
	}
	if p.offset > 0 {
		out.Previous = p.link(r, max(0, p.offset-p.limit))
	}
	return out
}
