package batch

import (
	"os"
	"slices"
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
		plain := false // a block of rows that were known before, as most are
		for i := range rapid.IntRange(0, 3*blockRows).Draw(t, "rows") {
			if i%blockRows == 0 {
				plain = rapid.Bool().Draw(t, "plain")
			}
			e := drawEntry(t)
			if plain {
				e.Outcome, e.Fresh = OutcomeAlreadyInvited, false
			}
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
		for _, wanted := range []func(block) bool{everyBlock, openBlocks, freshBlocks} {
			wantEntries(t, s, kept, wanted)
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

// wantEntries checks that the wanted blocks, and no others, come back in order.
func wantEntries(t *rapid.T, s *spool, kept []entry, wanted func(block) bool) {
	var want, got []parcel
	for i, e := range kept {
		of := kept[i/blockRows*blockRows : min(len(kept), (i/blockRows+1)*blockRows)]
		b := block{
			open:  slices.ContainsFunc(of, func(e entry) bool { return e.open() }),
			fresh: slices.ContainsFunc(of, func(e entry) bool { return e.Fresh }),
		}
		if wanted(b) {
			want = append(want, parcel{rowRef(i), e})
		}
	}
	for row, err := range s.all(wanted) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row)
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(parcel{})); diff != "" {
		t.Fatal(diff)
	}
}
