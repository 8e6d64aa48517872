package argyle

import (
	"encoding/json"
	"time"

	"bulkinvite/batch"
)

// invite is what is read of the API's invite object. user_token is not among
// the fields: it is dropped where it arrives. Unknown fields and values are fine.
type invite struct {
	ID        string `json:"id"`
	User      string `json:"user"`
	Email     string `json:"email"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	FullName  string `json:"full_name"`
	Phone     string `json:"phone_number"`
	Status    string `json:"status"`
	URL       string `json:"url"`
	CreatedAt string `json:"created_at"`
	InvitedAt string `json:"invited_at"`
	RevokedAt string `json:"revoked_at"`
	FlowID    string `json:"flow_id"`
}

// revoked reports whether the invite's link is dead.
func (v invite) revoked() bool { return v.RevokedAt != "" || v.Status == statusRevoked }

const statusRevoked = "revoked"

func readInvite(body []byte) (invite, error) {
	var v invite
	err := json.Unmarshal(body, &v)
	return v, err
}

// ref names v. Where v has no readable time, the answer's date stands in, and
// now where that is missing too.
func (v invite) ref(date, now time.Time) batch.InviteRef {
	at := readTime(v.InvitedAt)
	for _, other := range []time.Time{readTime(v.CreatedAt), date, now} {
		if at.IsZero() {
			at = other
		}
	}
	return batch.InviteRef{
		ID: v.ID, URL: v.URL, UserID: v.User, Status: v.Status,
		InvitedAt: at.UTC(), CreatedAt: readTime(v.CreatedAt).UTC(),
	}
}

// readTime reads ISO 8601 with or without a fraction; without a zone it is UTC.
// Zero when text is something else.
func readTime(text string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t
		}
	}
	return time.Time{}
}
