package argylesim

import "net/http"

// getInvite is GET /v2/invites/{id}.
func (s *Server) getInvite(id string) func(*http.Request) reply {
	return func(*http.Request) reply {
		return s.change(id, func(*record) bool { return false })
	}
}

// resendInvite is POST /v2/invites/{id}: another delivery, which moves invited_at.
func (s *Server) resendInvite(id string) func(*http.Request) reply {
	return func(*http.Request) reply {
		return s.change(id, func(r *record) bool {
			r.invited = s.options.Now().UnixMilli()
			return true
		})
	}
}

// revokeInvite is POST /v2/invites/{id}/revoke. Revoking again changes nothing.
func (s *Server) revokeInvite(id string) func(*http.Request) reply {
	return func(*http.Request) reply {
		return s.change(id, func(r *record) bool {
			if r.revoked != 0 {
				return false
			}
			r.revoked = s.options.Now().UnixMilli()
			return true
		})
	}
}

// change applies edit, which tells whether it changed something, and shows the invite.
func (s *Server) change(id string, edit func(*record) bool) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.store.find(id)
	if !ok {
		return detail(http.StatusNotFound, "Not found.")
	}
	if edit(&s.store.records[n]) {
		if err := s.keep(n); err != nil {
			return detail(http.StatusInternalServerError, "The simulator cannot write its file.")
		}
	}
	return jsonReply(http.StatusOK, s.body(n, s.store.records[n], withoutToken))
}
