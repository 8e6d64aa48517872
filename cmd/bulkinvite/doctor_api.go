package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bulkinvite/batch"
	"bulkinvite/batch/ledger"
)

// answer is what one GET has shown.
type answer struct {
	skew    *time.Duration // the API's clock minus ours; nil: not known
	invites bool           // the account has some
}

// credentials looks whether there is a key, and whether the API takes it.
func (p *patient) credentials(ctx context.Context) (health, string) {
	if p.settings.Simulate {
		return healthy, "none needed: the simulator takes any key"
	}
	key, err := loadCredentials(p.env)
	if err != nil {
		return broken, err.Error()
	}
	if p.ledger != nil {
		if err := p.ledger.CheckKey(ctx, ledger.HashKey(key.KeyID)); err != nil {
			return broken, err.Error()
		}
	}
	a, err := p.account(key)
	if err != nil {
		return broken, err.Error()
	}
	defer func() { _ = a.close() }() // connections that a GET has used: nothing can be lost
	began := time.Now()
	page, err := a.client.Page(ctx, "", func() {})
	took := time.Since(began).Round(time.Millisecond)
	p.api = answer{a.client.Skew(), len(page.Invites) > 0}
	if slow, ok := errors.AsType[*batch.ThrottledError](err); ok {
		return unwell, fmt.Sprintf("cannot be tried: %s; look again in a minute, and whether something else uses the same key", slow)
	}
	if err != nil {
		return broken, err.Error()
	}
	return healthy, fmt.Sprintf("the API takes the key: it showed a page of the account's invites in %s", took)
}

// How far apart the clocks may be.
const (
	skewToKnow  = 5 * time.Second
	skewTooMuch = 5 * time.Minute
)

// clock compares this machine's clock with the API's.
func (p *patient) clock(context.Context) (health, string) {
	if p.settings.Simulate {
		return healthy, "the simulator goes by the clock of this machine"
	}
	if p.api.skew == nil {
		return unwell, "cannot be compared: the API has not told the time"
	}
	return judgeSkew(*p.api.skew)
}

// judgeSkew judges the API's clock minus ours.
func judgeSkew(skew time.Duration) (health, string) {
	apart, way := skew.Abs().Round(time.Second), "behind"
	if skew < 0 {
		way = "ahead of"
	}
	const set = "have NTP set it, on most systems with 'timedatectl set-ntp true'"
	switch text := plainDuration(apart); {
	case apart > skewTooMuch:
		return broken, fmt.Sprintf("this machine's clock is %s %s the API's, so that no time in a result can be trusted: %s", text, way, set)
	case apart > skewToKnow:
		return unwell, fmt.Sprintf("this machine's clock is %s %s the API's: %s", text, way, set)
	default:
		return healthy, fmt.Sprintf("within %s of the API's", plainDuration(skewToKnow))
	}
}
