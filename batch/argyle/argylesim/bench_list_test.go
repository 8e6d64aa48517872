package argylesim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
)

// BenchmarkList is one page of 200 in the handler, without a network, of a list
// of 200,000 that is read from its beginning to its end.
func BenchmarkList(b *testing.B) {
	const first, people = "/v2/invites?limit=200", 200_000
	s := New(Options{NoLog: true})
	for i := range people {
		body := fmt.Sprintf(`{"first_name":"Adaline","last_name":"Bo","email":"p%d@example.com","phone_number":"+1212%07d"}`, i, i)
		if rec := serve(s, http.MethodPost, "/v2/invites", body); rec.Code != http.StatusOK {
			b.Fatal(rec.Code)
		}
	}
	next := first
	for b.Loop() {
		var page struct{ Next *string }
		rec := serve(s, http.MethodGet, next, "")
		if err := json.Unmarshal(rec.Body.Bytes(), &page); err != nil || rec.Code != http.StatusOK {
			b.Fatal(rec.Code, err)
		}
		if next = first; page.Next != nil {
			next = *page.Next
		}
	}
}
