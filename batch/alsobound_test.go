package batch

import (
	"strconv"
	"testing"
)

// A roster of nothing but duplicates does not fill the memory; what is left out is
// learned later.
func TestAlsoKnownIsBounded(t *testing.T) {
	k := alsoKnown{}
	alias := func(n int) []Alias { return []Alias{{ByEmail, strconv.Itoa(n)}} }
	for n := range mostAliases + 5 {
		k.note(7, alias(n), &owners{})
	}
	for n := range mostAlso + 5 {
		k.note(rowRef(100+n), alias(n), &owners{})
	}
	k.note(7, alias(0), &owners{})
	if len(k) != mostAlso || len(k[7]) != mostAliases {
		t.Errorf("%d people, %d aliases of one", len(k), len(k[7]))
	}
	k.note(100, alias(1), &owners{email: &owner{}})
	if len(k[100]) != 1 {
		t.Error("an alias that somebody has was noted")
	}
}
