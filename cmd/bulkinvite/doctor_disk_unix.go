//go:build linux || darwin

package main

import (
	"errors"

	"golang.org/x/sys/unix"
)

// freeBytes is how much a user who is not root can still write into a folder.
func freeBytes(dir string) (uint64, error) {
	var info unix.Statfs_t
	if err := unix.Statfs(dir, &info); err != nil {
		return 0, err
	}
	if info.Blocks == 0 {
		return 0, errors.New("the file system does not say")
	}
	return info.Bavail * uint64(info.Bsize), nil
}
