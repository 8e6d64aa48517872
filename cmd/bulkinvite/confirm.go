package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/dustin/go-humanize/english"

	"bulkinvite/batch"
	"bulkinvite/reports"
)

// confirm asks whoever sits at the terminal before messages leave that cannot be
// taken back. It returns why the run is held, nil when it may send. Nobody is
// asked where nobody sits, as under cron, nor for the simulator; --yes answers
// beforehand.
func (j *job) confirm(ctx context.Context, people int, messages batch.Messages) *batch.Stop {
	if j.settings.Yes || j.settings.Simulate || people == 0 || !j.attended {
		return nil
	}
	fmt.Fprintf(reports.Plain(j.watch.out), "%s of campaign %s will be invited now, in the %s environment (%s). Type yes to send: ",
		english.Plural(people, "person", "people"), j.info.Campaign, j.info.Environment, messageWords(messages))
	answer, _ := bufio.NewReader(io.LimitReader(j.stdin, 1<<10)).ReadString('\n') // ends with ctx, too
	if strings.EqualFold(strings.TrimSpace(answer), "yes") || ctx.Err() != nil {  // a stop is told as such
		return nil
	}
	return &batch.Stop{Reason: batch.StopHeld, Message: "the question whether to send was not answered with yes; " +
		"run again and type yes, or run with --yes, which does not ask"}
}

// messageWords says what is about to be sent; of many kinds, the most frequent ones.
func messageWords(messages batch.Messages) string {
	const most = 3
	var words []string
	for i, m := range messages.Sorted() {
		if i == most {
			words = append(words, fmt.Sprintf("%d other messages", len(messages)-most))
			break
		}
		words = append(words, reports.Printable(m.Words()))
	}
	return strings.Join(words, "; ")
}
