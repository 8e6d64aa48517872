package batch

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bulkinvite/csvmap"
)

func drawEntry(t *rapid.T) entry {
	text := rapid.String()
	e := entry{
		Line:      rapid.IntRange(1, 1<<40).Draw(t, "line"),
		Outcome:   rapid.SampledFrom(append(Outcomes, "")).Draw(t, "outcome"),
		Malformed: rapid.Bool().Draw(t, "malformed"),
		Fresh:     rapid.Bool().Draw(t, "fresh"),
		Primary:   rapid.SampledFrom([]rowRef{0, 3, noRow}).Draw(t, "primary"),
		PersonID:  rapid.Int64Range(0, 1<<40).Draw(t, "person"),
		Recipient: csvmap.Recipient{
			EmployeeID: text.Draw(t, "id"), FirstName: text.Draw(t, "first"), Email: text.Draw(t, "email"),
			FlowItems: rapid.SampledFrom([][]string{nil, {"item_1", "item_2"}}).Draw(t, "items"),
		},
		Raw:      text.Draw(t, "raw"),
		Attempts: rapid.IntRange(0, 9).Draw(t, "attempts"),
		RunID:    text.Draw(t, "run"),
	}
	copy(e.Row[:], text.Draw(t, "digest"))
	if rapid.Bool().Draw(t, "invited") {
		e.Invite = InviteRef{ID: text.Draw(t, "invite"), InvitedAt: time.UnixMilli(1_700_000_000_123).UTC()}
	}
	if rapid.Bool().Draw(t, "found") {
		e.Findings = []Finding{{Code: "a", Field: "b", Message: "c", Owner: HR}}
		e.Recipient.DDSConfig = map[string]any{"bank_name": text.Draw(t, "bank")}
	}
	return e
}

// What was added comes back, in order and by number, also while more is added.
func TestSpoolKeepsEntries(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		s, err := newSpool(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.close() }()
		var kept []entry
		for range rapid.IntRange(0, 3*markEvery).Draw(t, "rows") {
			e := drawEntry(t)
			row, err := s.add(&e)
			if err != nil {
				t.Fatal(err)
			}
			kept = append(kept, e)
			got, err := s.at(row / 2)
			if diff := cmp.Diff(kept[row/2], got); err != nil || diff != "" {
				t.Fatalf("entry %d: %v %s", row/2, err, diff)
			}
		}
		i := 0
		for got, err := range s.all() {
			if diff := cmp.Diff(kept[i], got); err != nil || diff != "" {
				t.Fatalf("entry %d: %v %s", i, err, diff)
			}
			i++
		}
		if i != len(kept) {
			t.Fatalf("%d entries came back of %d", i, len(kept))
		}
	})
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Fatalf("the spool must leave no file behind: %v %v", left, err)
	}
}

// Damaged bytes are an error, never a panic or a made-up row.
func FuzzEntryParse(f *testing.F) {
	e := entry{Line: 1, Primary: noRow, Raw: "a,b"}
	good, err := e.appendTo(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte{0xff, 0xff, 0xff})
	f.Fuzz(func(_ *testing.T, text []byte) {
		var e entry
		_ = e.parse(text)
	})
}
