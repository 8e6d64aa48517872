package argylesim

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"time"
)

const maxBody = 1 << 20

// createInvite is POST /v2/invites.
func (s *Server) createInvite(r *http.Request) reply {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return detail(http.StatusUnsupportedMediaType, "Content-Type must be application/json.")
	}
	text, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	switch {
	case err != nil: // the client left in the middle of the body
		return reply{end: reset}
	case len(text) > maxBody:
		return detail(http.StatusRequestEntityTooLarge, "The request is larger than 1 MiB.")
	}
	var body map[string]any
	if json.Unmarshal(text, &body) != nil || body == nil {
		return detail(http.StatusBadRequest, "The request is not a JSON object.")
	}
	email, _ := body["email"].(string)
	s.mu.Lock()
	fault := s.faults.next(email)
	s.mu.Unlock()

	answer := s.faulty(fault, body)
	answer.fault = fault
	return answer
}

// faulty answers a well-formed request in the way that fault says.
func (s *Server) faulty(fault Fault, body map[string]any) reply {
	if !fault.known() {
		return fieldError("email", "There is no fault of this name.")
	}
	if !fault.Creates() {
		return s.refuse(fault)
	}
	if problems := check(body, s.options.FlowIDs); problems != nil {
		return jsonReply(http.StatusBadRequest, problems)
	}
	made, err := s.create(body, s.options.queue(fault))
	if err != nil {
		return detail(http.StatusInternalServerError, "The simulator cannot write its file.")
	}
	answer := s.spoil(fault, made)
	answer.created = true
	return answer
}

// refuse is the answer of a fault that creates nothing.
func (s *Server) refuse(fault Fault) reply {
	switch fault {
	case Reset:
		return reply{end: reset}
	case HTML502:
		answer := reply{status: http.StatusBadGateway, body: []byte("<html><body><h1>502 Bad Gateway</h1></body></html>")}
		answer.header("Content-Type", "text/html")
		return answer
	case SlowNot:
		answer := detail(http.StatusGatewayTimeout, "Gateway time-out.")
		answer.wait = s.options.SlowFor
		return answer
	case Throttle:
		return s.throttled(RetryNone)
	case ThrottleSeconds:
		return s.throttled(RetrySeconds)
	case ThrottleDate:
		return s.throttled(RetryDate)
	case BadData:
		return fieldError("email", "Enter a valid email address.")
	case Unauthorized:
		return detail(http.StatusUnauthorized, "Invalid username/password.")
	case Forbidden:
		return detail(http.StatusForbidden, "You do not have permission to perform this action.")
	case NotFound:
		return detail(http.StatusNotFound, "Not found.")
	case Redirect:
		answer := reply{status: http.StatusTemporaryRedirect}
		answer.header("Location", "/v2/invites")
		return answer
	default:
		return detail(http.StatusInternalServerError, "Internal error.")
	}
}

// spoil is the answer of a fault after the invite was created.
func (s *Server) spoil(fault Fault, made inviteBody) reply {
	answer := jsonReply(http.StatusOK, made)
	switch fault {
	case Lost:
		return reply{end: reset}
	case ErrAfter:
		return detail(http.StatusInternalServerError, "Internal error.")
	case Cut:
		answer.end = cut
	case Garbage:
		answer.body = []byte("OK, and this is no JSON")
	case NoID:
		made.ID = nil
		return jsonReply(http.StatusOK, made)
	case WrongEcho:
		other, number := "somebody.else@example.org", "+12125550199"
		made.Email, made.Phone = &other, &number
		return jsonReply(http.StatusOK, made)
	case Slow:
		answer.wait = s.options.SlowFor
	}
	return answer
}

// create makes an invite that dates from later than now, and that lists show from
// then on.
func (s *Server) create(body map[string]any, later time.Duration) (inviteBody, error) {
	r := newRecord(body)
	s.mu.Lock()
	n, err := s.book(&r, s.options.Now().Add(later))
	s.mu.Unlock()
	if err != nil {
		return inviteBody{}, err
	}
	return s.body(n, r, withToken), nil
}

// book gives r its time and its number, under the lock.
func (s *Server) book(r *record, at time.Time) (int, error) {
	r.created = at.UnixMilli()
	r.invited = r.created
	n := s.store.add(*r)
	return n, s.keep(n)
}

func fieldError(field, text string) reply {
	return jsonReply(http.StatusBadRequest, map[string][]string{field: {text}})
}
