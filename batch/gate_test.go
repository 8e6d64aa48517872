package batch

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

var (
	wrongFlow = judgement{state: Rejected, findings: []Finding{{Code: CodeRejected, Field: "flow_id", Message: "Unknown."}}}
	wrongMail = judgement{state: Rejected, findings: []Finding{{Code: CodeRejected, Field: "email", Message: "Invalid."}}}
	wellSent  = judgement{state: Sent}
)

// ended is the end of an attempt.
func ended(g *gate, j judgement) (tripped bool, stop *Stop) {
	defer g.leave()
	return g.note(j)
}

// However many want in at once, a wrong default costs maxAlike people.
func TestGateBoundsAWrongDefault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		g, rejected := newGate(1000, 0), 0
		for range 200 {
			go func() {
				if g.enter(ctx) != nil {
					return
				}
				rejected++ // guarded by the bubble: see the Wait below
				if _, stop := ended(g, wrongFlow); stop != nil {
					cancel(stop)
				}
			}()
			synctest.Wait()
		}
		stop, ok := errors.AsType[*Stop](context.Cause(ctx))
		if !ok || stop.Reason != StopDefault {
			t.Fatalf("cause %v, want a stop for a bad default", context.Cause(ctx))
		}
		if rejected != maxAlike {
			t.Errorf("%d people were rejected, want %d", rejected, maxAlike)
		}
	})
}

func TestGateHoldsUntilSomebodyWasInvited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, inside := newGate(1000, 0), make(chan struct{}, 100)
		for range 100 {
			go func() {
				if g.enter(t.Context()) == nil {
					inside <- struct{}{}
				}
			}()
		}
		synctest.Wait()
		if len(inside) != maxAlike {
			t.Fatalf("%d let in before the first answer, want %d", len(inside), maxAlike)
		}
		if _, stop := ended(g, wellSent); stop != nil {
			t.Fatal(stop)
		}
		synctest.Wait()
		if len(inside) != 100 {
			t.Fatalf("%d let in after a success, want everybody", len(inside))
		}
	})
}

func TestGateForgetsDifferentRejections(t *testing.T) {
	g := newGate(1000, 0)
	for i := range 10 * maxAlike {
		if err := g.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		j := wrongFlow
		if i%maxAlike == 0 {
			j = wrongMail
		}
		if _, stop := ended(g, j); stop != nil {
			t.Fatalf("stopped after %d rejections that were not alike", i+1)
		}
	}
}

func TestGateLetsGoWhenStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		g := newGate(1000, 0)
		for range maxAlike {
			if err := g.enter(ctx); err != nil {
				t.Fatal(err)
			}
		}
		result := make(chan error)
		go func() { result <- g.enter(ctx) }()
		synctest.Wait()
		reason := &Stop{Reason: StopSignal, Message: "stopped"}
		cancel(reason)
		if err := <-result; !errors.Is(err, reason) {
			t.Errorf("enter gave %v, want the cause of the stop", err)
		}
	})
}

func TestGateHasSoManySlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, inside := newGate(3, 0), make(chan struct{}, 10)
		for range 10 {
			go func() {
				if g.enter(t.Context()) == nil {
					inside <- struct{}{}
				}
			}()
		}
		for want := 3; want <= 10; want++ {
			synctest.Wait()
			if len(inside) != want {
				t.Fatalf("%d let in, want %d", len(inside), want)
			}
			g.leave()
		}
	})
}
