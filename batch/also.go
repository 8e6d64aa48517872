package batch

import "slices"

// alsoKnown are the aliases that duplicates have besides those of the row that is
// sent. They are claimed with it: should the run die before it can learn them, the
// duplicate would be a stranger in a roster that has lost the other row.
type alsoKnown map[rowRef][]Alias

// How many people, and aliases of each, are kept in memory: more are learned when the
// sending is over.
const (
	mostAlso    = 10_000
	mostAliases = 20
)

// note takes note of a duplicate of a row that is to be sent. known says who had its
// aliases before it: those that somebody has are not for the taking.
func (k alsoKnown) note(primary rowRef, aliases []Alias, known *owners) {
	if _, noted := k[primary]; !noted && len(k) == mostAlso {
		return
	}
	for _, a := range aliases {
		if known.of(a.Kind) == nil && len(k[primary]) < mostAliases {
			k[primary] = append(k[primary], a)
		}
	}
}

// of are all aliases of a row to be sent.
func (k alsoKnown) of(row *parcel) []Alias {
	aliases := AliasesOf(row.entry.Recipient)
	for _, a := range k[row.row] {
		if !slices.Contains(aliases, a) {
			aliases = append(aliases, a)
		}
	}
	return aliases
}
