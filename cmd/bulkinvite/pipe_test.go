package main

import (
	"os"
	"syscall"
	"testing"
)

// pipeSize is the least that a pipe holds, in bytes.
const pipeSize = 4096

func slowPipe(t *testing.T) (in, out *os.File) {
	t.Helper()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = in.Close(), out.Close() })
	if _, _, errno := syscall.Syscall(syscall.SYS_FCNTL, out.Fd(), syscall.F_SETPIPE_SZ, pipeSize); errno != 0 {
		t.Fatal(errno)
	}
	return in, out
}
