package argyle

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bulkinvite/batch"
)

func TestExact(t *testing.T) {
	fits := strings.Repeat("x", maxExact)
	for raw, want := range map[string]string{
		`"inv_1"`: "inv_1", `"é\u0041"`: "éA", `"\ud83d\ude00"`: "😀", `12125550123`: "12125550123", `1.5e3`: "1.5e3",
		`"` + fits + `"`: fits, `"` + fits + `y"`: "", `"` + fits + `\u0000"`: fits,
		`null`: "", `""`: "", `" \t "`: "", `true`: "", `false`: "", `{"id":"inv_1"}`: "", `["inv_1"]`: "",
		`"a\u0000b\u001b[31mc\u007fd\u0085e"`:         "ab[31mcd e",
		`"\u202einv\u2066_\u200b1\ufeff\u2028\u00ad"`: "inv_1",
	} {
		var got exact
		if err := json.Unmarshal([]byte(raw), &got); err != nil || string(got) != want {
			t.Errorf("%.60s: %q, %v; want %q", raw, got, err, want)
		}
	}
}

func TestPhrase(t *testing.T) {
	for raw, want := range map[string]string{
		`"Adaline Bo-Quist"`: "Adaline Bo-Quist", `"Adaline\r\n\tBo"`: "Adaline   Bo", `null`: "", `7`: "7", `false`: "false",
		`{"name":"Adaline"}`: `{"name":"Adaline"}`, `["Adaline"]`: `["Adaline"]`,
		`"` + strings.Repeat("é", maxPhrase) + `"`:     strings.Repeat("é", maxPhrase/2),
		`"x` + strings.Repeat("é", maxPhrase) + `"`:    "x" + strings.Repeat("é", maxPhrase/2-1),
		`"` + strings.Repeat(`\u200b`, 9999) + `mail"`: "mail",
	} {
		var got phrase
		if err := json.Unmarshal([]byte(raw), &got); err != nil || string(got) != want {
			t.Errorf("%.60s: %q, %v; want %q", raw, got, err, want)
		}
	}
}

// What is kept of an invite's values, whatever they are: FuzzInvite.
func FuzzInvite(f *testing.F) {
	f.Add([]byte(echoed))
	f.Add([]byte(`{"id":7,"user":{},"url":[],"status":null,"created_at":5,"invited_at":{},"revoked_at":1,"email":{"a":"\u202e"},"first_name":true}`))
	f.Add([]byte("{\"id\":\"\xff\u0085\",\"full_name\":\"\u2028\"}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		v, err := readInvite(body)
		var anything map[string]json.RawMessage
		if json.Unmarshal(body, &anything) == nil && err != nil {
			t.Fatalf("an object that cannot be read: %v", err)
		}
		listed := v.listing()
		if d := cmp.Diff(listed.Invite, v.ref()); d != "" {
			t.Error("an answer and a list name the invite differently: " + d)
		}
		for most, texts := range map[int][]string{
			maxExact:        {listed.Invite.ID, listed.Invite.URL, listed.Invite.UserID, listed.Invite.Status, listed.FlowID},
			maxPhrase:       {listed.Email, listed.Phone},
			2*maxPhrase + 1: {listed.Name},
		} {
			for _, text := range texts {
				if len(text) > most || !utf8.ValidString(text) || strings.ContainsFunc(text, invisible) {
					t.Errorf("%q is too long, or has what nobody sees", text)
				}
			}
		}
	})
}

// A value of another kind than usual makes neither a page nor an answer unreadable.
func TestOddValues(t *testing.T) {
	long := strings.Repeat("x", maxExact+1)
	body := fmt.Sprintf(`{"id":4711,"email":"adaline@example.com","phone_number":12125550123,"user":{"id":"u"},"status":"%s","url":"https://example.com/%s",
		"full_name":["Adaline"],"created_at":1793588645,"invited_at":{"at":"now"},"revoked_at":null,"flow_id":12}`, long, long)
	want := batch.Listing{
		Invite: batch.InviteRef{ID: "4711", Status: long[1:]},
		Email:  "adaline@example.com", Phone: "12125550123", Name: `["Adaline"]`, FlowID: "12",
	}
	w := newWire(t, getting(ok(`{"next":null,"results":[`+body+`]}`), ok(body)))
	c := newClient(t, w.url, nil)
	page, err := c.Page(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]batch.Listing{want}, page.Invites, cmpopts.IgnoreUnexported(batch.Listing{})); d != "" {
		t.Error(d)
	}
	ref, _, err := c.Send(t.Context(), adaline, nil)
	if err != nil {
		t.Fatal(err)
	}
	if age := time.Since(ref.InvitedAt); age < 0 || age > time.Minute {
		t.Errorf("invited at %s", ref.InvitedAt)
	}
	ref.InvitedAt = time.Time{}
	if d := cmp.Diff(want.Invite, ref); d != "" {
		t.Error(d)
	}
}

// An ID that cannot be kept whole is none.
func TestIDThatIsTooLong(t *testing.T) {
	body := `{"id":"` + strings.Repeat("x", maxExact+1) + `","email":"adaline@example.com"}`
	w := newWire(t, getting(ok(body), ok(`{"next":null,"results":[`+body+`]}`)))
	c := newClient(t, w.url, nil)
	send(t, c, "uncertain no_id")
	if _, err := c.Page(t.Context(), "", nil); !isA[*batch.ListError](err) {
		t.Errorf("%T: %v", err, err)
	}
}

func TestRevoked(t *testing.T) {
	for body, want := range map[string]bool{
		`{}`: false, `{"revoked_at":null,"status":"sent"}`: false, `{"revoked_at":""}`: false,
		`{"revoked_at":"2026-11-02T03:04:05Z"}`: true, `{"revoked_at":"once"}`: true, `{"revoked_at":1793588645}`: true,
		`{"revoked_at":{}}`: true, `{"status":"revoked"}`: true, `{"status":"Revoked","revoked_at":null}`: true,
	} {
		v, err := readInvite([]byte(body))
		if err != nil || v.listing().Revoked != want {
			t.Errorf("%s: %t, %v", body, v.listing().Revoked, err)
		}
	}
}

// For people to read, an answer's invite has a time in any case; what dates it is only
// what the API says of its creation.
func TestTimesOfAnAnswer(t *testing.T) {
	date, now := time.Unix(1000, 0).UTC(), time.Unix(2000, 0).UTC()
	at := time.Date(2026, 11, 2, 3, 4, 5, 678e6, time.UTC)
	before := at.Add(-time.Hour)
	for _, test := range []struct {
		body             string
		date             time.Time
		invited, created time.Time
	}{
		{`{"invited_at":"2026-11-02T03:04:05.678Z","created_at":"2026-11-02T02:04:05.678Z"}`, date, at, before},
		{`{"invited_at":"2026-11-02T05:04:05.678+0200"}`, date, at, time.Time{}},
		{`{"invited_at":"2026-11-02T03:04:05.678","created_at":"2026-11-02 02:04:05.678"}`, date, date, time.Time{}},
		{`{"invited_at":"today","created_at":"2026-11-02T03:04:05.678Z"}`, date, at, at},
		{`{}`, date, date, time.Time{}},
		{`{}`, time.Time{}, now, time.Time{}},
	} {
		v, err := readInvite([]byte(test.body))
		if err != nil {
			t.Fatal(err)
		}
		if got := v.answered(test.date, now); !got.InvitedAt.Equal(test.invited) || !got.CreatedAt.Equal(test.created) {
			t.Errorf("%s: invited %s, created %s", test.body, got.InvitedAt, got.CreatedAt)
		}
	}
}
