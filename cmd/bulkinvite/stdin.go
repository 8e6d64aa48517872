package main

import (
	"context"
	"io"
	"sync"
)

// untilStopped is a reader that ends with ctx, also while the one below it waits
// for somebody to write, as standard input does. What it is stopped by is its
// error. Nothing is read before the first Read.
type untilStopped struct {
	ctx   context.Context
	from  io.Reader
	begin sync.Once
	pipe  *io.PipeReader
}

func (u *untilStopped) Read(p []byte) (int, error) {
	u.begin.Do(u.pump)
	return u.pipe.Read(p)
}

// pump reads ahead of nobody: a write into the pipe waits until it was read.
func (u *untilStopped) pump() {
	var in *io.PipeWriter
	u.pipe, in = io.Pipe()
	context.AfterFunc(u.ctx, func() { _ = in.CloseWithError(context.Cause(u.ctx)) })
	go func() {
		_, err := io.Copy(in, u.from)
		_ = in.CloseWithError(err)
	}()
}

// attended reports whether standard input is a terminal.
func (p program) attended() bool {
	in, ok := p.stdin.(*untilStopped)
	return ok && isTerminal(in.from)
}
