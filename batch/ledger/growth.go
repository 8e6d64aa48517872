package ledger

// growth is what a campaign has won: people, aliases, and the sum of their witnesses.
type growth struct{ people, aliases, witnesses int64 }

// grow adds to what a campaign wins in this transaction.
func (w *writer) grow(campaign int64, more growth) {
	g := w.growth[campaign]
	w.growth[campaign] = growth{g.people + more.people, g.aliases + more.aliases, g.witnesses + more.witnesses}
}
