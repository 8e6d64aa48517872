package batch

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// shifting is a list whose pages are cut where it stands at that moment, so that what
// moves meanwhile is seen twice or not at all.
type shifting struct {
	invites []Listing // in the order of the list
	made    int
}

func (l *shifting) create(at time.Time) {
	l.made++
	v := Listing{Invite: InviteRef{ID: fmt.Sprint("invite-", l.made), CreatedAt: at}}
	l.invites = slices.Insert(l.invites, 0, v)
}

// touch moves an invite to the front, as a re-send may.
func (l *shifting) touch(i int) {
	v := l.invites[i]
	l.invites = slices.Insert(slices.Delete(l.invites, i, i+1), 0, v)
}

// read reads the list a page at a time; something may happen before each page.
func (l *shifting) read(before *snapshot, size int, happens func()) (*snapshot, error) {
	s := newSnapshot(before)
	for at := 0; ; at += size {
		happens()
		page := Page{Invites: l.invites[min(at, len(l.invites)):min(at+size, len(l.invites))]}
		if at+size < len(l.invites) {
			page.Next = "more"
		}
		if err := s.take(page); err != nil || page.Next == "" {
			return s, err
		}
	}
}

// Two readings that agree have missed nobody who stood in the list all the time,
// whatever moved, appeared and vanished meanwhile.
func TestAgreeingReadingsMissNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(1_700_000_000, 0)
		list := &shifting{}
		for range rapid.IntRange(1, 60).Draw(t, "invites") {
			now = now.Add(time.Minute)
			list.create(now)
		}
		size := rapid.IntRange(1, 9).Draw(t, "page")
		busy := rapid.IntRange(1, 12).Draw(t, "how seldom something happens")
		gone := map[string]bool{}
		happens := func() {
			if rapid.IntRange(0, busy).Draw(t, "chance") > 0 || len(list.invites) == 0 {
				return
			}
			now = now.Add(time.Minute)
			i := rapid.IntRange(0, len(list.invites)-1).Draw(t, "which")
			switch rapid.IntRange(0, 2).Draw(t, "event") {
			case 0:
				list.create(now)
			case 1:
				list.touch(i)
			default:
				gone[list.invites[i].Invite.ID] = true
				list.invites = slices.Delete(list.invites, i, i+1)
			}
		}
		there := slices.Clone(list.invites)
		var before *snapshot
		for range mostReadings {
			seen, err := list.read(before, size, happens)
			if err != nil {
				before = nil
				continue
			}
			if seen.agrees() {
				for _, v := range there {
					if !gone[v.Invite.ID] && !seen.ids.has(seen.ids.hash(v.Invite.ID)) {
						t.Fatalf("%s was missed by two readings that agree", v.Invite.ID)
					}
				}
			}
			before = seen
		}
	})
}

// A list that stands still agrees with itself, in whatever order it is.
func TestStillListsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := &shifting{}
		for i := range rapid.IntRange(1, 100).Draw(t, "invites") {
			list.create(time.Unix(int64(1_700_000_000+60*i), 0))
		}
		list.invites = rapid.Permutation(list.invites).Draw(t, "order")
		size := rapid.IntRange(1, 30).Draw(t, "page")
		first, err := list.read(nil, size, func() {})
		if err != nil || first.agrees() {
			t.Fatal("one reading agrees with none", err)
		}
		second, err := list.read(first, size, func() {})
		if err != nil || second.moved() != "" || !second.agrees() {
			t.Fatalf("%v: %q", err, second.moved())
		}
	})
}

// Lists that never end are left.
func TestListsThatNeverEnd(t *testing.T) {
	one := func(n int) []Listing { return []Listing{{Invite: InviteRef{ID: fmt.Sprint("invite-", n)}}} }
	many := func(int) []Listing {
		var all []Listing
		for i := range 200 {
			all = append(all, Listing{Invite: InviteRef{ID: fmt.Sprint("first-", i)}})
		}
		return all
	}
	for name, list := range map[string]struct {
		page func(n int) []Listing
		most int
	}{
		"empty pages":             {func(int) []Listing { return nil }, 1},
		"a page again":            {func(int) []Listing { return one(7) }, 2},
		"a new invite each":       {func(n int) []Listing { return append(slices.Clone(many(0)[:min(200, 200*(1-min(n, 1)))]), one(n)...) }, 1100},
		"the first page for ever": {many, 2},
	} {
		s, pages := newSnapshot(nil), 0
		var err error
		for ; err == nil && pages < 10_000; pages++ {
			err = s.take(Page{Invites: list.page(pages), Next: "more"})
		}
		if err == nil || pages > list.most {
			t.Errorf("%s: %d pages were read: %v", name, pages, err)
		}
	}
}

func TestIDSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, model := newIDSet(), map[string]bool{}
		for range rapid.IntRange(0, 5000).Draw(t, "adds") {
			id := fmt.Sprint(rapid.IntRange(0, 3000).Draw(t, "id"))
			if set.add(set.hash(id)) == model[id] {
				t.Fatalf("%s is new: %v", id, !model[id])
			}
			model[id] = true
		}
		for n := range 3001 {
			if id := fmt.Sprint(n); set.has(set.hash(id)) != model[id] {
				t.Fatalf("has %s: %v", id, !model[id])
			}
		}
		if set.size != len(model) {
			t.Fatalf("%d of %d", set.size, len(model))
		}
	})
}
