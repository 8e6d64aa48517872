package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/dustin/go-humanize/english"

	"bulkinvite/batch"
)

// confirm asks whoever sits at the terminal before messages leave that cannot be
// taken back. It returns why the run is held, nil when it may send. Nobody is
// asked where nobody sits, as under cron, nor for the simulator; --yes answers
// beforehand.
func (j *job) confirm(ctx context.Context, people int) *batch.Stop {
	if j.settings.Yes || j.settings.Simulate || people == 0 || !j.attended {
		return nil
	}
	fmt.Fprintf(j.watch.out, "%s of campaign %s will be invited now, in the %s environment. Type yes to send: ",
		english.Plural(people, "person", "people"), j.info.Campaign, j.info.Environment)
	answer, _ := bufio.NewReader(io.LimitReader(j.stdin, 1<<10)).ReadString('\n') // ends with ctx, too
	if strings.EqualFold(strings.TrimSpace(answer), "yes") || ctx.Err() != nil {  // a stop is told as such
		return nil
	}
	return &batch.Stop{Reason: batch.StopHeld, Message: "the question whether to send was not answered with yes; " +
		"run again and type yes, or run with --yes, which does not ask"}
}
