package csvmap

import (
	"crypto/sha256"
	"encoding/json"
)

// Recipient is one roster row, mapped and normalised: what is sent when the row
// is sent. Empty strings and nil slices mean "left out of the request".
type Recipient struct {
	EmployeeID string // the roster's own, as written, trimmed; never sent
	Company    string `json:",omitempty"` // beside the ID, where the two together are the ID; never sent
	FirstName  string
	LastName   string
	FullName   string
	Email      string // lower case, domain as ASCII (IDNA); "" when the channel drops it
	Phone      string // E.164; "" when the channel drops it
	// The contacts that the channel leaves out, where they are valid: never sent,
	// but the person is known by them.
	UnsentEmail string
	UnsentPhone string
	// The contact is one of Rules.Shared: it tells nobody apart.
	EmailShared bool   `json:",omitempty"`
	PhoneShared bool   `json:",omitempty"`
	ExternalID  string // at most 100 characters; Argyle's, not an alias of ours
	FlowID      string
	FlowItems   []string
	DDSConfig   map[string]any // bank data: never logged, never kept in the ledger
	Template    map[string]any // override_invite_template
}

// Digest identifies content: the first 16 bytes of a SHA-256.
type Digest [16]byte

// IsZero reports whether d was never set.
func (d Digest) IsZero() bool { return d == Digest{} }

// Body is the fingerprint of the whole request body that r leads to. Two
// recipients with the same Body are the same request to the API.
func (r Recipient) Body() Digest {
	r.EmployeeID, r.Company, r.UnsentEmail, r.UnsentPhone = "", "", "", "" // not part of it
	r.EmailShared, r.PhoneShared = false, false
	text, err := json.Marshal(r) // map keys are sorted by encoding/json
	if err != nil {
		panic("csvmap: a recipient holds a value that JSON cannot carry: " + err.Error())
	}
	return digest(text)
}

// Name is the person's name as one string, for comparing, not for sending.
func (r Recipient) Name() string {
	if r.FullName != "" {
		return r.FullName
	}
	if r.FirstName == "" || r.LastName == "" {
		return r.FirstName + r.LastName
	}
	return r.FirstName + " " + r.LastName
}

// Sender is in whose name the e-mail comes, where the request says so; else "".
func (r Recipient) Sender() string {
	email, _ := r.Template["email"].(map[string]any)
	sender, _ := email["sender"].(string)
	return sender
}

func digest(text []byte) Digest {
	sum := sha256.Sum256(text)
	return Digest(sum[:16])
}
