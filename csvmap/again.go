package csvmap

// Again opens the roster anew, to be read once more from its start. The roster itself
// can only be closed then.
func (r *Roster) Again() (*Roster, error) {
	again := &Roster{path: r.path, source: r.source, settings: r.settings, mapping: r.mapping}
	r.source = nil
	again.source.rewind()
	if err := again.open(); err != nil {
		_ = again.Close()
		return nil, err
	}
	return again, nil
}
