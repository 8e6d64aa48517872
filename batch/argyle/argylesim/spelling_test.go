package argylesim

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

var spelled = []string{"email", "phone_number", "first_name", "last_name", "full_name"}

func TestReadsSpellContactsAndNames(t *testing.T) {
	const body = `{"first_name":"Zoë Ann","last_name":"Bo 3rd","email":"adaline@example.com","phone_number":"+12125550123"}`
	sent := []any{"adaline@example.com", "+12125550123", "Zoë Ann", "Bo 3rd", "Zoë Ann Bo 3rd"}
	for _, test := range []struct {
		options Options
		want    []any
	}{
		{Options{}, sent},
		{Options{Emails: Upper}, []any{"ADALINE@EXAMPLE.COM", sent[1], sent[2], sent[3], sent[4]}},
		{Options{Emails: Masked}, []any{"a***@example.com", sent[1], sent[2], sent[3], sent[4]}},
		{Options{Emails: Null, Phones: Null}, []any{nil, nil, sent[2], sent[3], sent[4]}},
		{Options{Phones: National}, []any{sent[0], "(212) 555-0123", sent[2], sent[3], sent[4]}},
		{Options{Phones: Masked}, []any{sent[0], "+1•••••0123", sent[2], sent[3], sent[4]}},
		{Options{Emails: Named}, []any{"Somebody <adaline@example.com>", sent[1], sent[2], sent[3], sent[4]}},
		{Options{Emails: Link, Phones: Link}, []any{"mailto:adaline@example.com", "tel:+12125550123;ext=5", sent[2], sent[3], sent[4]}},
		{Options{Emails: Careless, Phones: Careless}, []any{
			"\ufeffadaline @\u00a0example.com.\t", "001\u00a0212\u200b 5550123\n", sent[2], sent[3], sent[4],
		}},
		{Options{Phones: LastFour}, []any{sent[0], "0123", sent[2], sent[3], sent[4]}},
		{Options{Names: Upper}, []any{sent[0], sent[1], "ZOË ANN", "BO 3RD", "ZOË ANN BO 3RD"}},
		{Options{Names: Masked}, []any{sent[0], sent[1], "Z*** A***", "B*** 3***", "Z*** A*** B*** 3***"}},
		{Options{Names: Null}, []any{sent[0], sent[1], nil, nil, nil}},
	} {
		s := New(test.options)
		_, made := call(t, s, "POST", "/v2/invites", body)
		path := "/v2/invites/" + made["id"].(string)
		_, read := call(t, s, "GET", path, "")
		_, list := call(t, s, "GET", "/v2/invites", "")
		_, again := call(t, s, "POST", path, "")
		for _, seen := range []struct {
			what   string
			invite map[string]any
			want   []any
		}{
			{"the answer to a POST", made, sent},
			{"the answer to a re-send", again, sent},
			{"the invite", read, test.want},
			{"the list", list["results"].([]any)[0].(map[string]any), test.want},
		} {
			if diff := cmp.Diff(seen.want, parts(seen.invite, spelled...)); diff != "" {
				t.Errorf("%q %q %q: %s: %s", test.options.Emails, test.options.Phones, test.options.Names, seen.what, diff)
			}
		}
	}
}

func TestNationalNumbers(t *testing.T) {
	for phone, want := range map[string]string{
		"+1 (212) 555-0123": "(212) 555-0123", "(212) 555-0123": "(212) 555-0123", "+442079460123": "02079460123",
	} {
		if got := national(phone); got != want {
			t.Errorf("%s: %s, want %s", phone, got, want)
		}
	}
}

func TestMaskedNames(t *testing.T) {
	for name, want := range map[string]string{"-": "-***", "Henry 8": "H*** 8***", "8": "8***"} {
		if got := masked(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// A contact that was not given stays null, and a spelling of something else
// changes nothing.
func TestSpellingOfNothing(t *testing.T) {
	for _, s := range []Spelling{Upper, National, Named, Link, Careless, Masked, LastFour, Null} {
		api := New(Options{Emails: s, Phones: s, Names: s})
		id := invite(t, api, "a@example.com")
		_, read := call(t, api, "GET", "/v2/invites/"+id, "")
		if read["phone_number"] != nil || read["first_name"] != nil {
			t.Errorf("%s: %v", s, parts(read, spelled...))
		}
		if (s == National || s == LastFour) && (read["email"] != "a@example.com" || read["full_name"] != "Some Body") {
			t.Errorf("%s: %v", s, parts(read, spelled...))
		}
	}
}
