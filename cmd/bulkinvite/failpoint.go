//go:build failpoint

package main

import (
	"context"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// In a build with the tag failpoint, BULKINVITE_FAILPOINT=STEP:N kills the
// process with SIGKILL the N-th time that it comes to a step of the send loop:
//
//	slot      before a claim is asked for
//	claim     the claim is durable, and there is no permit yet
//	permit    there is a permit, and the POST has not begun
//	depart    the first byte of the POST is about to leave
//	answer    the answer was read, and nothing of it is recorded
//	settle    the outcome is durable
//	find      reconciliation is about to record what became of somebody
//	found     that is durable
const failpointVariable = "BULKINVITE_FAILPOINT"

// bomb is set to go off at one of the steps.
type bomb struct {
	step string
	left atomic.Int64
}

func armed(text string) *bomb {
	step, count, _ := strings.Cut(text, ":")
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 {
		panic(failpointVariable + " must be STEP:N, not " + text)
	}
	b := &bomb{step: step}
	b.left.Store(int64(n))
	return b
}

// at does not return where the bomb goes off: SIGKILL comes while it waits.
func (b *bomb) at(step string) {
	if step != b.step || b.left.Add(-1) != 0 {
		return
	}
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// failpoints lays the bomb that the environment asks for.
func failpoints(e batch.Engine) batch.Engine {
	text := os.Getenv(failpointVariable)
	if text == "" {
		return e
	}
	b := armed(text)
	e.Courier.Book = minedBook{e.Courier.Book, b}
	e.Courier.Sender = minedSender{e.Courier.Sender, b}
	e.Reconciler.Archive = minedArchive{e.Reconciler.Archive, b}
	return e
}

type minedBook struct {
	batch.Book
	bomb *bomb
}

func (m minedBook) Claim(ctx context.Context, c batch.Claim) (batch.Attempt, error) {
	m.bomb.at("slot")
	a, err := m.Book.Claim(ctx, c)
	if err == nil {
		m.bomb.at("claim")
	}
	return a, err
}

func (m minedBook) Settle(ctx context.Context, s batch.Settlement) error {
	err := m.Book.Settle(ctx, s)
	m.bomb.at("settle")
	return err
}

func (m minedBook) Release(ctx context.Context, a batch.Attempt, at time.Time) error {
	err := m.Book.Release(ctx, a, at)
	m.bomb.at("settle")
	return err
}

type minedSender struct {
	batch.Sender
	bomb *bomb
}

func (m minedSender) Send(ctx context.Context, r csvmap.Recipient, departed func()) (batch.InviteRef, int, error) {
	m.bomb.at("permit")
	invite, status, err := m.Sender.Send(ctx, r, func() { departed(); m.bomb.at("depart") })
	m.bomb.at("answer")
	return invite, status, err
}

type minedArchive struct {
	batch.Archive
	bomb *bomb
}

func (m minedArchive) Resolve(ctx context.Context, s batch.Settlement) error {
	m.bomb.at("find")
	err := m.Archive.Resolve(ctx, s)
	m.bomb.at("found")
	return err
}
