package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"bulkinvite/batch/argyle/argylesim"
)

// simulation is what `bulkinvite simulate` can be told.
type simulation struct {
	addr      string
	file      string // keeps the invites; "": they live in memory
	quiet     bool
	clockSkew time.Duration // of the API's clock ahead of ours
	argylesim.Options
}

func (p program) simulateCommand() *cobra.Command {
	s := simulation{addr: "127.0.0.1:8080", Options: argylesim.Options{
		Order: argylesim.Newest, Cursors: argylesim.Frozen, Times: argylesim.TimeZ, Resend: argylesim.Keeps,
	}}
	cmd := &cobra.Command{
		Use:     "simulate",
		GroupID: groupTool,
		Short:   "Serve a simulator of the API on this machine",
		Long: `simulate serves Argyle's invites API from memory, for trying the program out: no
message leaves the machine. It runs until it is stopped, prints the base URL that
--api-url takes, and takes any key ID and secret.

All flags below --quiet are about what Argyle does not document, such as the order
of lists, or does not promise, such as its clock. They show what the program does
about an API that behaves otherwise.`,
		Example: `  bulkinvite simulate --addr 127.0.0.1:8080 &
  ARGYLE_API_KEY_ID=any-key-will-do ARGYLE_API_KEY_SECRET=any-secret-too \
    bulkinvite run roster.csv --api-url http://127.0.0.1:8080/v2`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.simulate(cmd.Context(), s) },
	}
	s.flags(cmd.Flags())
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
	s.Now = func() time.Time { return time.Now().Add(s.clockSkew) }
	if s.file == "" {
		return argylesim.New(s.Options), nil
	}
	return argylesim.Open(s.file, s.Options)
}
