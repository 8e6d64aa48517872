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

// CheckKey compares the hash of a key ID with the one that this ledger is bound to.
// The error is an *OtherKeyError when it is bound to another one; a ledger that is
// bound to none takes any.
func (l *Ledger) CheckKey(ctx context.Context, keyHash string) error {
	var bound string
	found, err := l.row(ctx, sqlKey, nil, &bound)
	if err == nil && found && bound != keyHash {
		err = &OtherKeyError{Bound: bound, Given: keyHash}
	}
	return err
}

// BindKey ties the ledger to this key from now on, whatever it was bound to.
func (l *Ledger) BindKey(ctx context.Context, keyHash string) error {
	var bound string
	if found, err := l.row(ctx, sqlKey, nil, &bound); err != nil || found && bound == keyHash {
		return err
	}
	return l.write(ctx, func(w *writer) error {
		w.exec(sqlBindKey, keyHash, micros(l.now()))
		return nil
	})
}
