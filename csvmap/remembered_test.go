package csvmap_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bulkinvite/csvmap"
)

func TestCompareHeaders(t *testing.T) {
	const before = "Employee ID,Name,Work Email,Mobile,Department"
	tests := []struct {
		now             string
		mapped, ignored []string
	}{
		{now: before},
		{now: "employee-id,NAME,Work  E-Mail,Mobile,department"},
		{now: "Name,Mobile,Employee ID,Work Email,Department", ignored: []string{"the columns stand in another order than the last time"}},
		{
			now:     "Employee ID,Name,Work Email,Mobile,Office,Badge",
			ignored: []string{`new in the header, and left alone: "Office", "Badge"`, `gone from the header, and not missed: "Department"`},
		},
		{
			now:     "Employee ID,Name,Home Email,Mobile,Department",
			mapped:  []string{`"Work Email" was email, and now "Home Email" is`},
			ignored: nil,
		},
		{now: "Employee ID,Name,Work Email,Department", mapped: []string{`"Mobile" was phone_number, and no column is that now`}},
		{now: before + ",Country", mapped: []string{`"Country" is taken as country, which no column was before`}},
		{
			now: "Personnel ID,Name,Work Email,Mobile,Department", mapped: []string{`"Employee ID" was employee_id, and now "Personnel ID" is`},
		},
		{
			now: "Employee ID,Name,Mobile,Department,external_id,123 4567",
			mapped: []string{
				`"Work Email" was email, and no column is that now`, `"external_id" is taken as external_id, which no column was before`,
			},
			ignored: []string{"new in the header, and left alone: (withheld)"},
		},
	}
	for _, tt := range tests {
		change := remembered(t, before).Compare(remembered(t, tt.now))
		if !slices.Equal(change.Mapped, tt.mapped) || !slices.Equal(change.Ignored, tt.ignored) {
			t.Errorf("%s: %q", tt.now, change)
		}
	}
}

// A header is kept as JSON; nobody's data goes with it, and a difference of any
// number of columns stays readable.
func TestRememberedHeader(t *testing.T) {
	text, err := json.Marshal(open(t, "Name,Email,avery@example.com,555-0123-0\n").Remember())
	want := `{"encoding":"UTF-8","columns":[{"header":"Name","field":"full_name"},{"header":"Email","field":"email"},{"header":"(withheld)"},{"header":"(withheld)"}]}`
	if err != nil || string(text) != want {
		t.Error(string(text), err)
	}
	var again, before csvmap.RememberedHeader
	columns := strings.TrimSuffix(strings.TrimPrefix(want, `{"encoding":"UTF-8","columns":`), "}")
	if err := errors.Join(json.Unmarshal(text, &again), json.Unmarshal([]byte(columns), &before)); err != nil || again.Encoding != "UTF-8" ||
		before.Encoding != "" || len(again.Columns) != 4 || !slices.Equal(again.Columns, before.Columns) {
		t.Error(again, before, err)
	}
	var wide strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&wide, ",x%d", i)
	}
	change := remembered(t, "Name,Email").Compare(remembered(t, "Name,Email"+wide.String()))
	if len(change.Ignored) != 1 || !strings.HasSuffix(change.Ignored[0], `"x19" and 980 more`) {
		t.Error(change)
	}
}

// remembered sends a header through its JSON form.
func remembered(t *testing.T, header string) (h csvmap.RememberedHeader) {
	t.Helper()
	text, err := json.Marshal(open(t, header+"\n").Remember())
	if err == nil {
		err = json.Unmarshal(text, &h)
	}
	if err != nil {
		t.Fatal(err)
	}
	return h
}
