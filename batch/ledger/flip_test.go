package ledger

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"bulkinvite/batch"
)

// aliasPages are where the pages of a ledger's aliases begin.
func aliasPages(t testing.TB, path string) []int64 {
	t.Helper()
	db, err := openReaders(path)
	must(t, err)
	defer db.Close()
	var size int64
	must(t, db.QueryRow(`PRAGMA page_size`).Scan(&size))
	rows, err := db.Query(`SELECT pageno FROM dbstat WHERE name = 'aliases'`)
	must(t, err)
	defer rows.Close()
	var at []int64
	for rows.Next() {
		var page int64
		must(t, rows.Scan(&page))
		at = append(at, (page-1)*size)
	}
	must(t, rows.Err())
	return at
}

// flipped is a ledger of n people of whose aliases one bit is not what it was.
type flipped struct {
	dir    string
	people map[batch.Alias]int64
	whole  []byte
	pages  []int64
	random *rand.Rand
}

func newFlipped(t *testing.T, n int) *flipped {
	t.Helper()
	l := begun(t)
	f := &flipped{dir: filepath.Dir(l.Path()), people: map[batch.Alias]int64{}, random: rand.New(rand.NewPCG(1, 2))}
	for i := range n {
		a := placed(t, l, i, batch.Sent)
		phone := batch.Alias{Kind: batch.ByPhone, Value: "+1212555" + string([]byte{'0' + byte(i/1000%10), '0' + byte(i/100%10), '0' + byte(i/10%10), '0' + byte(i%10)})}
		must(t, l.Learn(t.Context(), "default", []batch.Lesson{{PersonID: a.PersonID, Aliases: []batch.Alias{phone}}}))
		for _, alias := range []batch.Alias{email(i), employeeIDOf(i), phone} {
			f.people[alias] = a.PersonID
		}
	}
	must(t, l.Close())
	f.pages = aliasPages(t, l.Path())
	if len(f.pages) < 4 { // a root and its leaves
		t.Fatalf("%d pages of aliases", len(f.pages))
	}
	var err error
	f.whole, err = os.ReadFile(l.Path())
	must(t, err)
	return f
}

// flip flips one bit.
func (f *flipped) flip(t *testing.T) {
	t.Helper()
	hit := bytes.Clone(f.whole)
	at := f.pages[f.random.IntN(len(f.pages))] + f.random.Int64N(4096)
	hit[at] ^= 1 << f.random.IntN(8)
	must(t, os.WriteFile(filepath.Join(f.dir, FileName), hit, 0o600))
}

// No bit of the aliases makes somebody new of a person, or somebody else: the ledger is
// refused, or knows everybody as before.
func TestAliasBitsThatFlip(t *testing.T) {
	f := newFlipped(t, 120)
	const flips = 150
	refused := 0
	for range flips {
		f.flip(t)
		l, err := Open(t.Context(), Options{Dir: f.dir, Run: other})
		if err != nil {
			wantType[*CorruptError](t, err)
			refused++
			continue
		}
		must(t, l.BeginRun(t.Context(), other, nil))
		f.knowsEverybody(t, l)
		must(t, l.Close())
		must(t, os.Remove(filepath.Join(f.dir, markName)))
	}
	t.Logf("%d of %d were refused", refused, flips)
	if refused < flips/4 {
		t.Error("hardly any flip was found")
	}
}

func (f *flipped) knowsEverybody(t *testing.T, l *Ledger) {
	t.Helper()
	var all []batch.Alias
	for a, person := range f.people {
		if all = append(all, a); len(all) > 3 { // a commit each
			continue
		}
		c := claim(5000)
		c.RunID, c.Aliases = other.ID, []batch.Alias{a}
		if a, err := l.Claim(t.Context(), c); !errors.Is(err, batch.ErrNotClaimable) {
			t.Fatalf("person %d was claimed as somebody new: %+v, %v", person, a, err)
		}
	}
	found, err := l.ByAlias(t.Context(), "default", all)
	must(t, err)
	for a, person := range f.people {
		if found[a].ID != person {
			t.Fatalf("%v is person %d, not %d", a.Kind, found[a].ID, person)
		}
	}
}

// In a ledger that is too large to be read at each start, a look-up by itself takes nobody
// for somebody else.
func TestLookUpsCompareTheWitness(t *testing.T) {
	f := newFlipped(t, 120)
	var all []batch.Alias
	for a := range f.people {
		all = append(all, a)
	}
	noticed := 0
	for range 200 {
		f.flip(t)
		db, err := openReaders(filepath.Join(f.dir, FileName))
		must(t, err)
		l := &Ledger{path: filepath.Join(f.dir, FileName), read: db}
		found, err := l.ByAlias(t.Context(), "default", all)
		if err != nil {
			wantType[*CorruptError](t, err)
			noticed++
		}
		for a, p := range found {
			if p.ID != f.people[a] {
				t.Fatalf("%v is person %d, not %d", a.Kind, p.ID, f.people[a])
			}
		}
		must(t, db.Close())
	}
	t.Logf("%d of 200 were noticed", noticed)
}
