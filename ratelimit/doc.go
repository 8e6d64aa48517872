// Package ratelimit gives out permits to send, so that a server with a limit of
// so many requests a second is used to the full and never overrun.
//
// Three things hold a permit back, and the last one to agree decides:
//
//	bucket   golang.org/x/time/rate paces the grants at the current rate
//	window   counts the requests that really left, as the server does
//	pause    holds everybody, for a Retry-After
//
// The bucket alone is not enough: it counts grants, and requests that were
// granted one by one may leave together after a slow commit or a scheduling
// hiccup. The window keeps the promise that matters: in no half-open second do
// more than floor(rate) + burst requests depart.
//
// The package starts no goroutine: whoever waits does so in its own, and only
// the head of the queue has a timer.
package ratelimit
