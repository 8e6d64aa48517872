package argylesim

import (
	"net/http"
	"net/url"
)

// NextFault is a way in which the list of invites leads astray. Of those that
// never end, a reader must notice it.
type NextFault string

// Faults of next.
const (
	NextWell   NextFault = ""
	NextScheme NextFault = "scheme" // http becomes https, and https http
	NextHost   NextFault = "host"   // another host
	NextPath   NextFault = "path"   // out of the API: /../../admin
	NextSame   NextFault = "same"   // each page leads to itself, for ever
	NextEmpty  NextFault = "empty"  // empty pages follow the last one, for ever
	NextOld    NextFault = "old"    // the first page follows the last one, for ever
	NextNew    NextFault = "new"    // pages with one unknown invite each follow the last one, for ever
)

// NextFaults lists every fault.
var NextFaults = []NextFault{NextScheme, NextHost, NextPath, NextSame, NextEmpty, NextOld, NextNew}

func (f NextFault) bend(u *url.URL) {
	switch f {
	case NextScheme:
		u.Scheme = map[string]string{"http": "https", "https": "http"}[u.Scheme]
	case NextHost:
		u.Host = "elsewhere.example.com"
	case NextPath:
		u.Path = "/../../admin"
	}
}

// endless makes out, which is page p, one of a list without an end, where
// Options.Next says so; read gives another page.
func (s *Server) endless(r *http.Request, p page, out envelope, read func(page) envelope) envelope {
	past := len(out.Results) == 0 && p.number > 1
	switch s.options.Next {
	case NextSame:
		out.Next = s.link(r, p)
		return out
	case NextEmpty:
	case NextOld:
		if past {
			first := p
			first.offset = 0
			out.Results = read(first).Results
		}
	case NextNew:
		if past {
			out.Results = []any{s.unknown(p.number)}
		}
	default:
		return out
	}
	if out.Next == nil || past {
		out.Next = s.link(r, p.turn(1))
	}
	return out
}

// unknown is an invite that the account does not have, another one for each n.
func (s *Server) unknown(n int) inviteBody {
	const far = 1 << 40 // no account has so many
	r := newRecord(map[string]any{"full_name": "Some Body", "email": "somebody.else@example.org"})
	r.created = int64(far) - int64(n)*1000 // in 2004
	r.invited = r.created
	return s.body(far+n, r, withoutToken)
}
