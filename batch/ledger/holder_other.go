//go:build !linux

package ledger

import "time"

// processBegan cannot tell on this system.
func processBegan(int) (time.Time, bool) { return time.Time{}, false }
