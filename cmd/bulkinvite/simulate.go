package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/spf13/cobra"

	"bulkinvite/batch/argyle/argylesim"
)

// simulation is what `bulkinvite simulate` can be told.
type simulation struct {
	addr  string
	file  string // keeps the invites; "": they live in memory
	quiet bool
	argylesim.Options
}

func (p program) simulateCommand() *cobra.Command {
	s := simulation{addr: "127.0.0.1:8080"}
	cmd := &cobra.Command{
		Use:     "simulate",
		GroupID: groupTool,
		Short:   "Serve a simulator of the API on this machine",
		Long: `simulate serves Argyle's invites API from memory, for trying the program out: no
message leaves the machine. It runs until it is stopped, prints the base URL that
--api-url takes, and takes any key ID and secret.`,
		Example: `  bulkinvite simulate --addr 127.0.0.1:8080 &
  ARGYLE_API_KEY_ID=any-key-will-do ARGYLE_API_KEY_SECRET=any-secret-too \
    bulkinvite run roster.csv --api-url http://127.0.0.1:8080/v2`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.simulate(cmd.Context(), s) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	add(f, &s.addr, parseText, "addr", "`address` of this machine to listen on; port 0 takes a free one")
	add(f, &s.Latency, parseWait, "latency", "`time` that every answer takes, such as 200ms")
	add(f, &s.VisibleAfter, parseWait, "visible-after", "`time` until a new invite stands in lists, such as 1s")
	add(f, &s.RateLimit, parseLimit, "rate-limit", "`requests` a second, 429 above it; 0 for no limit")
	add(f, &s.file, parseText, "file", "keep the invites in this `file` and start with what it holds")
	add(f, &s.quiet, parseToggle, "quiet", "print the base URL only")
	return cmd
}

// simulate serves until ctx is done: being stopped is how it ends well.
func (p program) simulate(ctx context.Context, s simulation) error {
	defer unboundMemory()() // it keeps every invite
	server, err := s.open()
	if err != nil {
		return err
	}
	defer server.Close()
	listener, err := argylesim.Listen(s.addr, server)
	if err != nil {
		return usagef("addr: %s (from --addr)", err)
	}
	defer listener.Close()
	before := server.Count()
	if _, err := fmt.Fprintln(p.stdout, listener.URL()); err != nil {
		return fmt.Errorf("the base URL cannot be written: %w", err)
	}
	<-ctx.Done()
	if err := listener.Close(); err != nil || s.quiet {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s created\n", plural(server.Count()-before, "invite"))
	return err
}

func (s simulation) open() (*argylesim.Server, error) {
	s.NoLog = true // it may run for days
	if s.file == "" {
		return argylesim.New(s.Options), nil
	}
	return argylesim.Open(s.file, s.Options)
}

func parseWait(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, errors.New("must be a time with its unit, such as 200ms or 1s")
	}
	return d, nil
}

// parseLimit takes 0 for no limit.
func parseLimit(text string) (int, error) { return between(text, 0, math.MaxInt32) }
