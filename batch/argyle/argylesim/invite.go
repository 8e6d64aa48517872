package argylesim

import (
	"errors"
	"net/http"
)

// getInvite is GET /v2/invites/{id}.
func (s *Server) getInvite(id string) func(*http.Request) reply {
	return func(*http.Request) reply {
		s.mu.Lock()
		defer s.mu.Unlock()
		n, ok := s.store.find(id)
		if !ok {
			return refusal(errNoInvite)
		}
		return jsonReply(http.StatusOK, s.body(n, s.store.records[n], withoutToken))
	}
}

// resendInvite is POST /v2/invites/{id}.
func (s *Server) resendInvite(id string) func(*http.Request) reply {
	return func(*http.Request) reply {
		c, err := s.resend(id)
		if err != nil {
			return refusal(err)
		}
		return jsonReply(http.StatusOK, s.body(c.number, c.after, withToken))
	}
}

// revokeInvite is POST /v2/invites/{id}/revoke. Unless Options.RevokeShows, its
// answer has the status of before, as the vendor's sample does; the next reading
// shows the invite revoked.
func (s *Server) revokeInvite(id string) func(*http.Request) reply {
	return func(*http.Request) reply {
		c, err := s.revoke(id)
		if err != nil {
			return refusal(err)
		}
		body := s.body(c.number, c.after, withToken)
		if !s.options.RevokeShows {
			body.Status, body.RevokedAt = c.before.status(), s.revokedAt(c.before)
		}
		return jsonReply(http.StatusOK, body)
	}
}

// refusal is the answer to a call that changed no invite.
func refusal(err error) reply {
	switch {
	case errors.Is(err, errNoInvite):
		return detail(http.StatusNotFound, "Not found.")
	case errors.Is(err, errFinished):
		return fieldError("non_field_errors", "This invite cannot be sent again.")
	default:
		return detail(http.StatusInternalServerError, "The simulator cannot write its file.")
	}
}
