package main

import (
	"context"
	"errors"
	"io/fs"

	"bulkinvite/batch"
	"bulkinvite/batch/ledger"
	"bulkinvite/csvmap"
)

// known is what a dry run may know: the ledger as it stands, read only, or
// nothing where there is no ledger yet.
type known struct {
	batch.Finder
	path   string // of the ledger; "" for none
	people func(ctx context.Context, campaign string) (int, error)
	close  func() error
}

func (p program) peek(ctx context.Context, s Settings) (known, error) {
	dir, err := s.stateFolder()
	if err != nil {
		return known{}, err
	}
	l, err := ledger.Open(ctx, ledger.Options{Dir: dir, ReadOnly: true})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return known{
			Finder: nobody{},
			people: func(context.Context, string) (int, error) { return 0, nil },
			close:  func() error { return nil },
		}, nil
	case err != nil:
		return known{}, err
	default:
		return known{Finder: l, path: l.Path(), people: l.People, close: l.Close}, nil
	}
}

// nobody is the Finder of a ledger that does not exist yet.
type nobody struct{}

func (nobody) ByFingerprint(context.Context, string, []csvmap.Digest) (map[csvmap.Digest]batch.Person, error) {
	return nil, nil
}

func (nobody) ByAlias(context.Context, string, []batch.Alias) (map[batch.Alias]batch.Person, error) {
	return nil, nil
}
