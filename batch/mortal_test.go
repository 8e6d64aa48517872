package batch_test

import (
	"context"
	"errors"
	"time"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// errDead is what a process meets that is no more.
var errDead = errors.New("the process is dead")

// step is a place where the process may die. The error is errDead.
func (p *process) step() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.mortal {
		return nil
	}
	if p.steps > 0 {
		p.steps--
	}
	if p.steps == 0 {
		p.kill(errDead)
		return errDead
	}
	return nil
}

func (p *process) dead() bool { return p.life.Err() != nil }

// mortal does something that a process does to the outside, where it may die
// just before and just after.
func mortal[T any](p *process, do func() (T, error)) (T, error) {
	var none T
	if err := p.step(); err != nil {
		return none, err
	}
	done, err := do()
	if dead := p.step(); dead != nil {
		return none, dead
	}
	return done, err
}

type mortalBook struct {
	batch.Book
	p *process
}

func (b mortalBook) Claim(ctx context.Context, c batch.Claim) (batch.Attempt, error) {
	return mortal(b.p, func() (batch.Attempt, error) { return b.Book.Claim(ctx, c) })
}

func (b mortalBook) Settle(ctx context.Context, s batch.Settlement) error {
	_, err := mortal(b.p, func() (any, error) { return nil, b.Book.Settle(ctx, s) })
	return err
}

func (b mortalBook) Release(ctx context.Context, a batch.Attempt, at time.Time) error {
	_, err := mortal(b.p, func() (any, error) { return nil, b.Book.Release(ctx, a, at) })
	return err
}

type mortalArchive struct {
	batch.Archive
	p *process
}

func (a mortalArchive) Resolve(ctx context.Context, s batch.Settlement) error {
	_, err := mortal(a.p, func() (any, error) { return nil, a.Archive.Resolve(ctx, s) })
	return err
}

type mortalSender struct{ p *process }

// Send ends when the process dies: its connections are closed then.
func (s mortalSender) Send(ctx context.Context, r csvmap.Recipient, departed func()) (batch.InviteRef, int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.p.life, cancel)()
	status := 0
	invite, err := mortal(s.p, func() (v batch.InviteRef, err error) {
		v, status, err = s.p.client.Send(ctx, r, departed)
		return v, err
	})
	return invite, status, err
}

type mortalLister struct{ p *process }

func (l mortalLister) Page(ctx context.Context, cursor string, departed func()) (batch.Page, error) {
	return mortal(l.p, func() (batch.Page, error) { return l.p.client.Page(ctx, cursor, departed) })
}
