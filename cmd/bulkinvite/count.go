package main

import "sync"

// count counts what arrives, and lets others wait for a number instead of a time.
// It is safe for concurrent use.
type count struct {
	mu    sync.Mutex
	n     int
	marks map[int]chan struct{}
}

func newCount() *count { return &count{marks: map[int]chan struct{}{}} }

// add counts one more and returns how many there are.
func (c *count) add() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	if mark, ok := c.marks[c.n]; ok {
		close(mark)
		delete(c.marks, c.n)
	}
	return c.n
}

// more is closed when n more, at least 1, have been counted.
func (c *count) more(n int) <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	mark, ok := c.marks[c.n+n]
	if !ok {
		mark = make(chan struct{})
		c.marks[c.n+n] = mark
	}
	return mark
}
