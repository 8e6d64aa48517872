package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// HashKey is how a ledger remembers an API key ID: "sha256:" and the first 16
// bytes of the hash in hex.
func HashKey(keyID string) string {
	sum := sha256.Sum256([]byte(keyID))
	return "sha256:" + hex.EncodeToString(sum[:16])
}

// BindKey remembers the hash of the key ID that this ledger is used with. When
// it was used with another one before, the error is an *OtherKeyError.
// A ledger opened read-only compares, and remembers nothing.
func (l *Ledger) BindKey(ctx context.Context, keyHash string) error {
	var bound string
	found, err := l.row(ctx, sqlKey, nil, &bound)
	switch {
	case err != nil:
		return err
	case found && bound != keyHash:
		return &OtherKeyError{Bound: bound, Given: keyHash}
	case found || l.readOnly():
		return nil
	}
	return l.RebindKey(ctx, keyHash)
}

// RebindKey ties the ledger to this key from now on, whatever it was used with:
// the account has got a new one.
func (l *Ledger) RebindKey(ctx context.Context, keyHash string) error {
	return l.write(ctx, func(w *writer) error {
		w.exec(sqlBindKey, keyHash, micros(l.now()))
		return nil
	})
}
