package batch_test

import (
	"slices"
	"testing"

	"bulkinvite/batch"
)

// What the list does not show in full tells nobody apart.
func TestListedContacts(t *testing.T) {
	email := func(address string) batch.Alias { return batch.Alias{Kind: batch.ByEmail, Value: address} }
	phone := func(number string) batch.Alias { return batch.Alias{Kind: batch.ByPhone, Value: number} }
	for _, test := range []struct {
		email, phone string
		want         []batch.Alias
	}{
		{"Avery@Example.com", "+1 (212) 555-0123", []batch.Alias{email("avery@example.com"), phone("+12125550123")}},
		{"a***@example.com", "+1212***0123", nil},
		{"a•••@example.com", "•••••0123", nil},
		{"a…@example.com", "+1 212 555 01XX", nil},
		{"a***@example.com", "+12125550123", []batch.Alias{phone("+12125550123")}},
		{"avery@example.com", "+1 212 ··· 0123", []batch.Alias{email("avery@example.com")}},
		{"avery", "+", nil},
		{"hidden", "2125550123", nil}, // without its country code it could be anybody's
		{"@example.com", "+55", nil},
		{"", "", nil},
	} {
		v := batch.Listing{Email: test.email, Phone: test.phone, Name: "Avery Sample"}
		if got := v.Aliases(); !slices.Equal(got, test.want) {
			t.Errorf("%q, %q: %v, want %v", test.email, test.phone, got, test.want)
		}
	}
}
