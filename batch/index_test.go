package batch

import (
	"fmt"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// The index finds what was added, and nothing else, like a map.
func TestIndexIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, model := newIndex(), map[string]rowRef{}
		names := rapid.SliceOfN(rapid.StringMatching(`[a-d]{1,4}`), 0, 600).Draw(t, "names")
		owner := make([]string, len(names))
		for i, name := range names {
			row := rowRef(i)
			owner[i] = name
			confirm := func(r rowRef) (bool, error) { return owner[r] == name, nil }
			got, err := x.find(x.aliasKey(Alias{ByEmail, name}), confirm)
			if err != nil {
				t.Fatal(err)
			}
			want, known := model[name]
			if !known {
				want = noRow
			}
			if got != want {
				t.Fatalf("find(%s) = %d, want %d", name, got, want)
			}
			if !known {
				model[name] = row
				x.add(x.aliasKey(Alias{ByEmail, name}), row)
			}
		}
	})
}

// A row with three aliases may cost 40 bytes at the most, at any size.
func TestIndexMemory(t *testing.T) {
	x := newIndex()
	for row := range 200_000 {
		for kind, value := range map[AliasKind]string{ByEmployeeID: "%d", ByEmail: "%d@example.com", ByPhone: "+1%d"} {
			x.add(x.aliasKey(Alias{kind, fmt.Sprintf(value, row)}), rowRef(row))
		}
		if row%10_000 != 9_999 {
			continue
		}
		slots := 0
		for i := range x.shards {
			slots += len(x.shards[i].slots)
		}
		if perRow := float64(slots) * float64(unsafe.Sizeof(slot{})) / float64(row+1); perRow > 38 {
			t.Fatalf("%.1f bytes a row after %d rows", perRow, row+1)
		}
	}
}
