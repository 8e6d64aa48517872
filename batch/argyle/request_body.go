package argyle

import (
	"encoding/json"

	"bulkinvite/csvmap"
)

// inviteRequest is the body of POST /invites. Empty fields are left out: the API
// refuses them. The roster's employee_id is ours and is not sent.
type inviteRequest struct {
	FirstName  string         `json:"first_name,omitempty"`
	LastName   string         `json:"last_name,omitempty"`
	FullName   string         `json:"full_name,omitempty"`
	Email      string         `json:"email,omitempty"`
	Phone      string         `json:"phone_number,omitempty"`
	ExternalID string         `json:"external_id,omitempty"`
	FlowID     string         `json:"flow_id,omitempty"`
	FlowItems  []string       `json:"flow_items,omitempty"`
	DDSConfig  map[string]any `json:"dds_config,omitempty"`
	Template   map[string]any `json:"override_invite_template,omitempty"`
}

func requestBody(r csvmap.Recipient) ([]byte, error) {
	return json.Marshal(inviteRequest{
		FirstName:  r.FirstName,
		LastName:   r.LastName,
		FullName:   r.FullName,
		Email:      r.Email,
		Phone:      r.Phone,
		ExternalID: r.ExternalID,
		FlowID:     r.FlowID,
		FlowItems:  r.FlowItems,
		DDSConfig:  r.DDSConfig,
		Template:   r.Template,
	})
}
