package argylesim

import "strings"

// record is one invite, small: texts that are always there share one string.
type record struct {
	created int64    // ms since 1970
	invited int64    // moved by a re-send and a revoke
	texts   string   // see textFields, joined by separator
	lists   *lists   // nil for most
	history *history // nil for most
}

type lists struct{ flowItems, replyTo []string }

// separator cannot be in a text: JSON texts are valid UTF-8.
const separator = "\xff"

// The places of a record's texts.
const (
	textEmail = iota
	textPhone
	textFirst
	textLast
	textFull
	textExternal
	textFlow
)

var textFields = []string{
	textEmail:    "email",
	textPhone:    "phone_number",
	textFirst:    "first_name",
	textLast:     "last_name",
	textFull:     "full_name",
	textExternal: "external_id",
	textFlow:     "flow_id",
}

// newRecord takes a request that was checked; its time comes later.
func newRecord(body map[string]any) record {
	values := make([]string, len(textFields))
	for i, name := range textFields {
		values[i], _ = body[name].(string)
	}
	r := record{texts: strings.Join(values, separator)}
	template, _ := body["override_invite_template"].(map[string]any)
	email, _ := template["email"].(map[string]any)
	items, replyTo := strs(body["flow_items"]), strs(email["reply_to"])
	if len(items)+len(replyTo) > 0 {
		r.lists = &lists{flowItems: items, replyTo: replyTo}
	}
	return r
}

func strs(value any) []string {
	list, _ := value.([]any)
	var out []string
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func (r record) fields() []string { return strings.Split(r.texts, separator) }

// store holds the account's invites in the order of their creation; the n-th has
// the IDs of number n.
type store struct {
	key      idKey
	records  []record
	contacts map[uint64]int32 // invites of each contactKey
	rising   bool             // no invite has an earlier created_at than the one before it
}

func newStore(key idKey) store {
	return store{key: key, contacts: map[uint64]int32{}, rising: true}
}

func (s *store) add(r record) int {
	if last := len(s.records) - 1; last >= 0 && r.created < s.records[last].created {
		s.rising = false
	}
	s.records = append(s.records, r)
	texts := r.fields()
	for _, contact := range []string{texts[textEmail], texts[textPhone]} {
		if contact != "" {
			s.contacts[contactKey(contact)]++
		}
	}
	return len(s.records) - 1
}

// find leads from an invite's ID to its number.
func (s *store) find(id string) (int, bool) {
	n, ok := s.key.number(inviteKind, id)
	return n, ok && n < len(s.records)
}
