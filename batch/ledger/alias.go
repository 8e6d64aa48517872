package ledger

import (
	"database/sql"
	"slices"

	"bulkinvite/batch"
)

// atOnce is how many aliases the statements on aliases take.
const atOnce = 3

// owners returns whom each alias belongs to, 0 for nobody.
func (w *writer) owners(campaign int64, aliases []batch.Alias) []int64 {
	owners := make([]int64, 0, len(aliases))
	for chunk := range slices.Chunk(aliases, atOnce) {
		var ids [atOnce]sql.NullInt64
		w.row(sqlOwners, aliasArgs(campaign, chunk), &ids[0], &ids[1], &ids[2])
		for i := range chunk {
			owners = append(owners, ids[i].Int64)
		}
	}
	return owners
}

// addAliases gives aliases to a person, except those that have an owner, and
// returns how many it gave. Aliases of an unknown kind are left out.
func (w *writer) addAliases(campaign int64, aliases []batch.Alias, person int64) int {
	added := 0
	for chunk := range slices.Chunk(aliases, atOnce) {
		args := append(make([]any, 0, 2+2*atOnce), campaign, person)
		for _, a := range chunk {
			if kind, ok := kindNumber(a.Kind); ok && a.Value != "" {
				args = append(args, kind, a.Value)
			}
		}
		switch (len(args) - 2) / 2 {
		case 1:
			added += int(w.exec(sqlAddAlias, args...))
		case 2:
			added += int(w.exec(sqlAddAliases, args...))
		case atOnce:
			added += int(w.exec(sqlAddAllAliases, args...))
		}
	}
	return added
}

// dropAliases takes aliases from a person again.
func (w *writer) dropAliases(campaign int64, aliases []batch.Alias, person int64) {
	for _, a := range aliases {
		kind, _ := kindNumber(a.Kind)
		w.exec(sqlDropAlias, campaign, person, kind, a.Value)
	}
}

// aliasArgs fills the places for atOnce aliases; unused ones, and aliases of an
// unknown kind, are NULL.
func aliasArgs(campaign int64, aliases []batch.Alias) []any {
	args := make([]any, 1+2*atOnce)
	args[0] = campaign
	for i, a := range aliases {
		if kind, ok := kindNumber(a.Kind); ok && a.Value != "" {
			args[1+2*i], args[2+2*i] = kind, a.Value
		}
	}
	return args
}
