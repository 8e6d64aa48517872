package argylesim

import "errors"

// history is what became of an invite after its creation; most have none. Copies
// of a record share it, so it is replaced and never changed: see record.later.
type history struct {
	Updated int64   `json:"updated,omitempty"` // ms since 1970; 0: with the creation
	Revoked int64   `json:"revoked,omitempty"` // 0: not
	Resent  []int64 `json:"resent,omitempty"`  // the re-sends, the oldest first
	Status  string  `json:"status,omitempty"`  // set from outside; "": sent, or revoked
	Outside bool    `json:"outside,omitempty"` // made by Server.CreateOutside
}

// Resending is what a re-send does to an invite that is revoked or completed,
// which is not established.
type Resending string

// What a re-send does to such an invite.
const (
	Keeps   Resending = "keeps"   // it is sent once more, and its status stays
	Revives Resending = "revives" // it is sent once more, and its status is sent again
	Refused Resending = "refused" // HTTP 400; it is not sent
)

// Resendings lists all of them.
var Resendings = []Resending{Keeps, Revives, Refused}

var errFinished = errors.New("a revoked or completed invite is not sent again")

// past is what became of r, to be read.
func (r record) past() history {
	if r.history == nil {
		return history{}
	}
	return *r.history
}

// later gives r a history of its own, which changes at now.
func (r *record) later(now int64) *history {
	h := r.past()
	h.Updated = now
	r.history = &h
	return &h
}

// updated is when r last changed.
func (r record) updated() int64 {
	if h := r.past(); h.Updated != 0 {
		return h.Updated
	}
	return r.created
}

// status is the API's word for the invite.
func (r record) status() string {
	switch h := r.past(); {
	case h.Status != "":
		return h.Status
	case h.Revoked != 0:
		return "revoked"
	default:
		return "sent"
	}
}

// resend adds a delivery, which moves invited_at.
func (r *record) resend(now int64, how Resending) error {
	finished := r.status() == "revoked" || r.status() == "completed"
	if finished && how == Refused {
		return errFinished
	}
	h := r.later(now)
	h.Resent = append(h.Resent, now)
	if finished && how == Revives {
		h.Revoked, h.Status = 0, ""
	}
	r.invited = now
	return nil
}

// revoke kills the link, which moves invited_at too. Again it changes nothing.
func (r *record) revoke(now int64) {
	if r.past().Revoked != 0 {
		return
	}
	h := r.later(now)
	h.Revoked, h.Status = now, ""
	r.invited = now
}
