package argylesim

import "net/http"

// userBody is a user of an answer. The real one carries more, such as SSN and
// birth date.
type userBody struct {
	ID         string  `json:"id"`
	ExternalID *string `json:"external_id"`
	CreatedAt  any     `json:"created_at"`
	FirstName  *string `json:"first_name"`
	LastName   *string `json:"last_name"`
	FullName   string  `json:"full_name"`
	Email      *string `json:"email"`
	Phone      *string `json:"phone_number"`
	SSN        *string `json:"ssn"`
	BirthDate  *string `json:"birth_date"`
}

// listUsers is GET /v2/users: every invite made one user.
func (s *Server) listUsers(r *http.Request) reply {
	p, problems := s.readPage(r.URL.Query(), "external_id")
	if len(problems) > 0 {
		return jsonReply(http.StatusBadRequest, problems)
	}
	wanted := r.URL.Query().Get("external_id")
	return jsonReply(http.StatusOK, s.list(r, s.begin(p), func(n int) bool {
		return wanted == "" || s.store.records[n].fields()[textExternal] == wanted
	}, func(n int) any { return s.user(n) }))
}

func (s *Server) user(n int) userBody {
	r := s.store.records[n]
	texts := r.fields()
	return userBody{
		ID:         s.store.key.id(userKind, n),
		ExternalID: orNull(texts[textExternal]),
		CreatedAt:  s.options.CreatedTimes.write(r.created),
		FirstName:  orNull(texts[textFirst]),
		LastName:   orNull(texts[textLast]),
		FullName:   fullName(texts),
		Email:      orNull(texts[textEmail]),
		Phone:      orNull(texts[textPhone]),
	}
}
