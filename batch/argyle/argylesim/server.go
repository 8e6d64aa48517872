package argylesim

import (
	"crypto/subtle"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Server is the simulated API with the invites of one account. It is safe for
// concurrent use.
type Server struct {
	options Options

	mu      sync.Mutex
	store   store
	faults  chooser
	posts   window // arrivals of POSTs
	all     window // arrivals of all requests
	passed  window // requests within Options.RateLimit
	log     []Request
	journal *journal // nil: nothing is kept on disk
}

// New makes an account without invites, which lives in memory.
func New(o Options) *Server {
	o = o.withDefaults()
	for o.Seed == 0 {
		o.Seed = rand.Uint64()
	}
	return &Server{
		options: o,
		store:   newStore(idKey(o.Seed)),
		faults:  chooser{script: o.Script, choose: o.Choose},
	}
}

// Close closes the account's file, where it has one. The server may not be used
// any more.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.journal == nil {
		return nil
	}
	return s.journal.close()
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	entry, limited := s.arrive(r)
	var answer reply
	if limited {
		answer = s.throttled(s.options.RetryAfter)
	} else {
		answer = s.handle(r)
	}
	s.note(entry, answer)
	answer.wait += s.options.Latency
	s.deliver(answer, w, r)
}

// handle routes a request to its answer.
func (s *Server) handle(r *http.Request) reply {
	path, ok := strings.CutPrefix(r.URL.Path, "/v2/")
	switch parts := strings.Split(path, "/"); {
	case !ok:
		return detail(http.StatusNotFound, "Not found.")
	case !s.authorized(r):
		return detail(http.StatusUnauthorized, "Invalid username/password.")
	case path == "invites":
		return byMethod(r, methods{http.MethodGet: s.listInvites, http.MethodPost: s.createInvite})
	case path == "users":
		return byMethod(r, methods{http.MethodGet: s.listUsers})
	case len(parts) == 2 && parts[0] == "invites" && parts[1] != "":
		return byMethod(r, methods{http.MethodGet: s.getInvite(parts[1]), http.MethodPost: s.resendInvite(parts[1])})
	case len(parts) == 3 && parts[0] == "invites" && parts[2] == "revoke":
		return byMethod(r, methods{http.MethodPost: s.revokeInvite(parts[1])})
	default:
		return detail(http.StatusNotFound, "Not found.")
	}
}

type methods map[string]func(*http.Request) reply

func byMethod(r *http.Request, m methods) reply {
	if handler, ok := m[r.Method]; ok {
		return handler(r)
	}
	answer := detail(http.StatusMethodNotAllowed, "Method \""+r.Method+"\" not allowed.")
	for method := range m {
		answer.header("Allow", method)
	}
	return answer
}

func (s *Server) authorized(r *http.Request) bool {
	key, secret, ok := r.BasicAuth()
	if s.options.KeyID == "" && s.options.Secret == "" {
		return ok && key != "" && secret != ""
	}
	sameKey := subtle.ConstantTimeCompare([]byte(key), []byte(s.options.KeyID))
	sameSecret := subtle.ConstantTimeCompare([]byte(secret), []byte(s.options.Secret))
	return ok && sameKey&sameSecret == 1
}

// throttled is the answer to a request over the limit.
func (s *Server) throttled(form RetryAfter) reply {
	answer := detail(http.StatusTooManyRequests, "Request was throttled.")
	switch form {
	case RetrySeconds:
		answer.header("Retry-After", "1")
	case RetryDate: // dates have no fractions: round up
		until := s.options.Now().Add(2 * time.Second).Truncate(time.Second)
		answer.header("Retry-After", until.UTC().Format(http.TimeFormat))
	}
	return answer
}
