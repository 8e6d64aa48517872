package argyle

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"bulkinvite/batch"
)

// safeStatuses has the statuses that each verdict of "not created" may come from.
var safeStatuses = map[string][]int{
	"rejected": {400, 413, 422}, "refused": {401, 403}, "throttled": {429}, "not": {},
}

// FuzzVerdict: whatever a server answers, there is a verdict; that nothing was created
// comes from the documented answers only; and no text of the API shows a value of the
// row, a control character or more than the bound.
func FuzzVerdict(f *testing.F) {
	f.Add(200, []byte(echoed))
	f.Add(400, []byte(`{"email":["adaline@example.com\u0000 +1 212 555 0123"],"dds_config":{"a":[{"Adaline":"x"}]}}`))
	f.Add(429, []byte(""))
	f.Add(401, []byte(`{"detail":"Invalid environment."}`))
	f.Add(403, []byte(`{"detail":"no"}`))
	f.Add(409, []byte(`{"email":["taken"]}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		c := Client{base: SandboxURL}
		_, err := c.verdict(context.Background(), answer{status: status, header: http.Header{}, body: body}, adaline)
		verdict, _, _ := strings.Cut(verdictOf(err), " ")
		if statuses, safe := safeStatuses[verdict]; safe && !slices.Contains(statuses, status) {
			t.Errorf("HTTP %d is %s: %v", status, verdict, err)
		}
		rejected, ok := errors.AsType[*batch.RejectedError](err)
		if !ok {
			return
		}
		if len(rejected.Fields) == 0 {
			t.Error("rejected for no field")
		}
		for _, e := range rejected.Fields {
			checkShown(t, e.Field)
			checkShown(t, e.Message)
		}
	})
}

func checkShown(t *testing.T, text string) {
	t.Helper()
	if len([]rune(text)) > maxText || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
		t.Errorf("%q is too long or has control characters", text)
	}
	for _, value := range []string{adaline.Email, adaline.Phone} {
		if strings.Contains(strings.ToLower(text), value) {
			t.Errorf("%q shows a value of the row", text)
		}
	}
}
