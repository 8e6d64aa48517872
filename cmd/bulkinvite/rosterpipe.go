package main

import (
	"context"
	"io/fs"
	"os"

	"bulkinvite/csvmap"
)

// openFile opens a roster. A named pipe is read as standard input is, so that a
// signal also ends the wait for somebody who writes into it.
func (p program) openFile(ctx context.Context, path string, o csvmap.OpenOptions) (*csvmap.Roster, error) {
	info, err := os.Stat(path)
	if path == "-" || err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		return csvmap.OpenWith(path, p.stdin, o)
	}
	return csvmap.OpenWith("-", &untilStopped{ctx: ctx, from: &lateFile{path: path}}, o)
}

// lateFile is a file that is opened by the first Read, where opening may wait.
type lateFile struct {
	path string
	file *os.File
}

func (l *lateFile) Read(p []byte) (n int, err error) {
	if l.file == nil {
		if l.file, err = os.Open(l.path); err != nil {
			return 0, err
		}
	}
	if n, err = l.file.Read(p); err != nil {
		_ = l.file.Close() // it was only read
	}
	return n, err
}
