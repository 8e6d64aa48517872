package argyle

import (
	"encoding/json"
	"strings"
	"time"

	"bulkinvite/batch"
)

// invite is what is read of the API's invite object, in answers to a POST as in lists.
// user_token is not among the fields: it is dropped where it arrives. Unknown fields and
// values are fine.
type invite struct {
	ID        exact   `json:"id"`
	User      exact   `json:"user"`
	Email     phrase  `json:"email"`
	FirstName phrase  `json:"first_name"`
	LastName  phrase  `json:"last_name"`
	FullName  phrase  `json:"full_name"`
	Phone     phrase  `json:"phone_number"`
	Status    phrase  `json:"status"`
	URL       exact   `json:"url"`
	CreatedAt instant `json:"created_at"`
	InvitedAt instant `json:"invited_at"`
	RevokedAt phrase  `json:"revoked_at"` // "" while it is not revoked
	FlowID    exact   `json:"flow_id"`
}

const statusRevoked = "revoked"

func readInvite(body []byte) (invite, error) {
	var v invite
	err := json.Unmarshal(body, &v)
	return v, err
}

// revoked reports whether the invite's link is dead.
func (v invite) revoked() bool {
	return v.RevokedAt != "" || strings.EqualFold(string(v.Status), statusRevoked)
}

// ref names v. Its times are zero where they cannot be read.
func (v invite) ref() batch.InviteRef {
	return batch.InviteRef{
		ID: string(v.ID), URL: string(v.URL), UserID: string(v.User), Status: clip(string(v.Status), maxExact),
		InvitedAt: v.InvitedAt.Time, CreatedAt: v.CreatedAt.Time,
	}
}

// answered names the invite of an answer to a POST. For people to read, an invite has
// the time of its creation where it has none of its own, else the answer's date, else
// now.
func (v invite) answered(date, now time.Time) batch.InviteRef {
	ref := v.ref()
	for _, other := range []time.Time{ref.CreatedAt, date, now} {
		if ref.InvitedAt.IsZero() {
			ref.InvitedAt = other.UTC()
		}
	}
	return ref
}

// listing is v as a list has it.
func (v invite) listing() batch.Listing {
	name := string(v.FullName)
	if name == "" {
		name = strings.TrimSpace(string(v.FirstName) + " " + string(v.LastName))
	}
	return batch.Listing{
		Invite: v.ref(), Email: string(v.Email), Phone: string(v.Phone), Name: name,
		FlowID: string(v.FlowID), Revoked: v.revoked(),
	}
}
