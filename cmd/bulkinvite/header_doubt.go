package main

import (
	"strings"

	"bulkinvite/batch"
)

// holdDoubts says that a person has to look at columns whose cells tell another story
// than their headers; nil where nobody has to. A run over the same columns that goes
// by them, or a mapping file that speaks of them, settles it.
func holdDoubts(doubts []string) *batch.Stop {
	if len(doubts) == 0 {
		return nil
	}
	return &batch.Stop{Reason: batch.StopHeld, Message: strings.Join(doubts, "; ") +
		"; say which column is right in a mapping file ('bulkinvite map --write' makes one, --map gives it to the run), " +
		"or run with --accept-header to go by the columns as they are"}
}
