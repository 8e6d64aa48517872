package main

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/ledger"
	"bulkinvite/csvmap"
)

// known is what a dry run may know: the ledger as it stands, read only, or
// nobody where there is no ledger yet.
type known interface {
	batch.Finder
	batch.Lookup
	batch.OutsideFinder
	batch.Noticer
	People(ctx context.Context, campaign string) (int, error)
	Doubts(ctx context.Context, campaign string) ([]batch.Doubt, error)
	headerBook
	history
	campaignBook
	CheckKey(ctx context.Context, keyHash string) error
	Path() string // "" for none
	Close() error
}

// peek opens it. Where a key is given, it must be the ledger's, as for a run. From then
// on the campaign is spelled as the ledger spells it.
func (p program) peek(ctx context.Context, s *Settings) (known, error) {
	l, err := s.readLedger(ctx)
	if err != nil {
		return nil, err
	}
	if l == nil {
		dir, err := s.stateFolder()
		if err != nil {
			return nil, err
		}
		lost, err := ledger.Lost(dir)
		return nobody{lost}, err
	}
	if key, _, missing := p.key(*s); missing == nil && !s.AcceptKey {
		err = l.CheckKey(ctx, ledger.HashKey(key.KeyID))
	}
	if err == nil {
		s.Campaign, err = l.Spelling(ctx, s.Campaign)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// readLedger opens the ledger as it stands, to read it without the run lock; nil
// where there is none yet.
func (s Settings) readLedger(ctx context.Context) (*ledger.Ledger, error) {
	dir, err := s.stateFolder()
	if err != nil {
		return nil, err
	}
	l, err := ledger.Open(ctx, ledger.Options{Dir: dir, ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return l, err
}

// unused reports whether there is no ledger, and nothing that tells of one.
func (s Settings) unused(ctx context.Context) (bool, error) {
	l, err := s.readLedger(ctx)
	if l != nil || err != nil {
		if l != nil {
			err = errors.Join(err, l.Close())
		}
		return false, err
	}
	dir, err := s.stateFolder()
	if err != nil {
		return false, err
	}
	lost, err := ledger.Lost(dir)
	return lost == "", err
}

// nobody is what is known where there is no ledger, or where it cannot remember
// what it is told of. A mark may tell what was lost with the ledger, "" for nothing.
type nobody struct{ lost string }

func (nobody) ByFingerprint(context.Context, string, []csvmap.Digest, func(int) string) (map[csvmap.Digest]batch.Invited, error) {
	return nil, nil
}

func (nobody) ByAlias(context.Context, string, []batch.Alias) (map[batch.Alias]batch.Person, error) {
	return nil, nil
}

func (nobody) Namesakes(context.Context, string, []string) (map[string][]batch.Person, error) {
	return nil, nil
}

func (nobody) Asked(context.Context, string) (batch.Asked, error) { return nil, nil }

func (nobody) Notice(_ context.Context, _, _ string, keys []csvmap.Digest, _ time.Time) ([]bool, error) {
	return make([]bool, len(keys)), nil
}

func (nobody) Held(context.Context, []string) (map[string]batch.Holder, error) { return nil, nil }

func (nobody) Witnesses(context.Context, time.Time, int) ([]string, error) { return nil, nil }

func (nobody) RunOffset(context.Context, string) (batch.Offset, error) { return batch.Offset{}, nil }

func (nobody) Rulings(context.Context, []string) (map[string]batch.OutsideRuling, error) {
	return nil, nil
}

func (nobody) Outside(context.Context, []batch.Alias) (map[batch.Alias][]batch.Outside, error) {
	return nil, nil
}

func (nobody) People(context.Context, string) (int, error) { return 0, nil }

func (nobody) Doubts(context.Context, string) ([]batch.Doubt, error) { return nil, nil }

func (nobody) Header(context.Context, string, string) (csvmap.RememberedHeader, string, error) {
	return csvmap.RememberedHeader{}, "", nil
}

func (nobody) Origin(context.Context, string) (roster, unheld string, err error) { return "", "", nil }

func (nobody) Campaigns(context.Context) ([]batch.Campaign, error) { return nil, nil }

func (nobody) Fresh(context.Context) (bool, error) { return true, nil }

func (n nobody) Continuity() ledger.Continuity { return ledger.Continuity{Behind: n.lost} }

func (nobody) Noted() string { return "" }

func (nobody) Mark(context.Context) (batch.LedgerMark, error) { return batch.LedgerMark{}, nil }

func (nobody) Knows(context.Context, string) (bool, error) { return false, nil }

func (nobody) CheckKey(context.Context, string) error { return nil }

func (nobody) Path() string { return "" }

func (nobody) Close() error { return nil }
