package ledger

import "context"

// Version is the version of the ledger's file.
func (l *Ledger) Version(ctx context.Context) (int, error) {
	var version int
	_, err := l.row(ctx, sqlVersion, nil, &version)
	return version, err
}

// NetworkFileSystem names the network file system that a folder lies on, where a
// ledger is refused; "" for a local one.
func NetworkFileSystem(dir string) string { return remote(dir) }
