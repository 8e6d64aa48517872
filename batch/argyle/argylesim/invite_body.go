package argylesim

import "slices"

// inviteBody is the invite object of an answer. Pointers are null when nil; times
// have the form of Options.Times.
type inviteBody struct {
	ID         *string    `json:"id,omitempty"` // nil only for the fault NoID
	User       string     `json:"user"`
	UserToken  *string    `json:"user_token"`
	Email      *string    `json:"email"`
	Phone      *string    `json:"phone_number"`
	FullName   *string    `json:"full_name"`
	FirstName  *string    `json:"first_name"`
	LastName   *string    `json:"last_name"`
	Status     string     `json:"status"`
	RevokedAt  any        `json:"revoked_at"`
	GroupID    *string    `json:"group_id"`
	URL        string     `json:"url"`
	CreatedAt  any        `json:"created_at"`
	UpdatedAt  any        `json:"updated_at"`
	InvitedAt  any        `json:"invited_at"`
	FlowID     *string    `json:"flow_id"`
	FlowItems  []string   `json:"flow_items"`
	ReplyTo    []string   `json:"reply_to"`
	Deliveries []delivery `json:"deliveries"`
	TemplateID *string    `json:"invite_template_id"`
}

type delivery struct {
	ID        string `json:"id"`
	Method    string `json:"method"`
	Status    string `json:"status"`
	SentAt    any    `json:"sent_at"`
	UpdatedAt any    `json:"updated_at"`
}

// token says whether an answer carries the user token: the answers to POSTs do,
// and what is read does not, nor does it show contacts and names as they were sent.
type token bool

const (
	withToken    token = true
	withoutToken token = false
)

// body is the n-th invite as an answer shows it. It needs no lock: r is a copy.
func (s *Server) body(n int, r record, show token) inviteBody {
	texts, key, times := r.fields(), s.store.key, stamper{form: s.options.Times}
	id := key.id(inviteKind, n)
	b := inviteBody{
		ID:         &id,
		User:       key.id(userKind, n),
		Email:      orNull(texts[textEmail]),
		Phone:      orNull(texts[textPhone]),
		FullName:   orNull(fullName(texts)),
		FirstName:  orNull(texts[textFirst]),
		LastName:   orNull(texts[textLast]),
		Status:     r.status(),
		RevokedAt:  s.revokedAt(r),
		URL:        linkTo(key, n),
		CreatedAt:  times.write(r.created),
		UpdatedAt:  times.write(r.updated()),
		InvitedAt:  times.write(r.invited),
		FlowID:     orNull(texts[textFlow]),
		FlowItems:  []string{},
		ReplyTo:    []string{},
		Deliveries: s.deliveries(n, r, texts, &times),
	}
	if s.options.CreatedTimes != s.options.Times {
		b.CreatedAt = s.options.CreatedTimes.write(r.created)
	}
	if show == withToken {
		b.UserToken = orNull("simulated-token-" + key.id(tokenKind, n))
	} else {
		s.options.spell(&b)
	}
	if r.lists != nil {
		b.FlowItems = append(b.FlowItems, r.lists.flowItems...)
		b.ReplyTo = append(b.ReplyTo, r.lists.replyTo...)
	}
	return b
}

func (s *Server) revokedAt(r record) any {
	if at := r.past().Revoked; at != 0 {
		return s.options.Times.write(at)
	}
	return nil
}

// deliveries lists each sending on each channel of an invite, the newest first. A
// channel's deliveries share one ID, as in the vendor's sample.
func (s *Server) deliveries(n int, r record, texts []string, times *stamper) []delivery {
	resent := r.past().Resent
	list := make([]delivery, 0, 2*(1+len(resent)))
	add := func(ms int64) {
		at := times.write(ms)
		for i, method := range []string{textEmail: "email", textPhone: "sms"} {
			if texts[i] != "" {
				id := s.store.key.id(deliveryKind, 2*n+i)
				list = append(list, delivery{ID: id, Method: method, Status: "sent", SentAt: at, UpdatedAt: at})
			}
		}
	}
	for _, ms := range slices.Backward(resent) {
		add(ms)
	}
	add(r.created)
	return list
}

func linkTo(key idKey, n int) string { return "https://invite.example.com/" + key.id(linkKind, n) }

func fullName(texts []string) string {
	if texts[textFull] != "" {
		return texts[textFull]
	}
	return texts[textFirst] + " " + texts[textLast]
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
