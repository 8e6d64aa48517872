//go:build unix

package main

import (
	"io/fs"
	"syscall"
)

// ownerOf is the user ID of a file's owner; false where it cannot be told.
func ownerOf(info fs.FileInfo) (owner int, known bool) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return int(s.Uid), true
}
