package batch

import (
	"fmt"
	"sync"
	"time"
)

// interruption is a time in which nothing is sent because of the API. Whoever watches
// the run is told when it begins and when it is over, once each.
type interruption struct {
	tell  func(message string) // nil: nobody watches
	mu    sync.Mutex
	since time.Time // zero: the API takes invites
}

// noticeable is how long a pause is that somebody who watches wonders about.
const noticeable = 5 * time.Second

// begin says why nothing is sent from now on.
func (i *interruption) begin(why string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if !i.since.IsZero() {
		return
	}
	i.since = time.Now()
	i.say(why)
}

// end says that it goes on.
func (i *interruption) end() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.since.IsZero() {
		return
	}
	i.say(fmt.Sprintf("the API takes invites again, after %s: sending goes on", wholeSeconds(time.Since(i.since))))
	i.since = time.Time{}
}

func (i *interruption) say(message string) {
	if i.tell != nil {
		i.tell(message)
	}
}

// patienceWords say for how long an API that is down is waited for.
func patienceWords(giveUpAfter time.Duration) string {
	if giveUpAfter == 0 {
		return "for as long as it takes"
	}
	return fmt.Sprintf("for %s at the most (--give-up-after)", giveUpAfter)
}
