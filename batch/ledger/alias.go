package ledger

import (
	"database/sql"
	"slices"

	"bulkinvite/batch"
)

// atOnce is how many aliases the statements on aliases take.
const atOnce = 3

// owners returns whom each alias belongs to, 0 for nobody. An alias that does not agree
// with its witness ends the transaction.
func (w *writer) owners(campaign int64, aliases []batch.Alias) []int64 {
	owners := make([]int64, 0, len(aliases))
	for chunk := range slices.Chunk(aliases, atOnce) {
		var found [atOnce]sql.NullInt64
		w.row(sqlOwners, ownersArgs(campaign, chunk), &found[0], &found[1], &found[2])
		for i, a := range chunk {
			var owner int64
			if found[i].Valid {
				owner = found[i].Int64 >> 32
				kind, _ := kindNumber(a.Kind)
				w.fail(testify(campaign, int64(kind), a.Value, owner, found[i].Int64&0xffffffff))
			}
			owners = append(owners, owner)
		}
	}
	return owners
}

// giveAliases gives aliases to somebody who has none yet. It gives none of them, and
// returns false, when one belongs to somebody. Aliases of an unknown kind are left out.
func (w *writer) giveAliases(campaign int64, aliases []batch.Alias, person int64) bool {
	var given growth
	for chunk := range slices.Chunk(aliases, atOnce) {
		args := append(make([]any, 0, 2+3*atOnce), campaign, person)
		var more growth
		for i, a := range chunk {
			if kind, ok := kindNumber(a.Kind); ok && a.Value != "" && !slices.Contains(chunk[:i], a) {
				sum := witness(campaign, int64(kind), a.Value, person)
				args = append(args, kind, a.Value, sum)
				more.aliases, more.witnesses = more.aliases+1, more.witnesses+sum
			}
		}
		if w.insertAliases(more.aliases, args) < more.aliases {
			w.dropAliases(campaign, aliases, person)
			return false
		}
		given.aliases, given.witnesses = given.aliases+more.aliases, given.witnesses+more.witnesses
	}
	w.grow(campaign, given)
	return true
}

// insertAliases inserts n aliases, at most atOnce, and returns how many had no owner.
func (w *writer) insertAliases(n int64, args []any) int64 {
	switch n {
	case 1:
		return w.exec(sqlAddAlias, args...)
	case 2:
		return w.exec(sqlAddAliases, args...)
	case atOnce:
		return w.exec(sqlAddAllAliases, args...)
	}
	return 0
}

// addAliases gives aliases to somebody, except those that have an owner, and those of
// an unknown kind. owners are whom they belong to, as the method of that name has it.
func (w *writer) addAliases(campaign int64, aliases []batch.Alias, owners []int64, person int64) {
	for i, a := range aliases {
		kind, ok := kindNumber(a.Kind)
		if owners[i] != 0 || !ok || a.Value == "" {
			continue
		}
		sum := witness(campaign, int64(kind), a.Value, person)
		added := w.exec(sqlAddAlias, campaign, person, kind, a.Value, sum) // 0 where it stands twice among them
		w.grow(campaign, growth{aliases: added, witnesses: added * sum})
	}
}

// dropAliases takes aliases from a person again.
func (w *writer) dropAliases(campaign int64, aliases []batch.Alias, person int64) {
	for _, a := range aliases {
		kind, _ := kindNumber(a.Kind)
		w.exec(sqlDropAlias, campaign, person, kind, a.Value)
	}
}

// ownersArgs fills the places for atOnce aliases; unused ones, and aliases of an
// unknown kind, are NULL.
func ownersArgs(campaign int64, aliases []batch.Alias) []any {
	args := make([]any, 1+2*atOnce)
	args[0] = campaign
	for i, a := range aliases {
		if kind, ok := kindNumber(a.Kind); ok && a.Value != "" {
			args[1+2*i], args[2+2*i] = kind, a.Value
		}
	}
	return args
}
