package main

import (
	"context"
	"crypto/rand"
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
message leaves the machine. It runs until it is stopped, and prints the base URL that
--api-url takes. It serves whoever has the key in ARGYLE_API_KEY_ID and
ARGYLE_API_KEY_SECRET, and nobody else on this machine; without them it makes a key,
and prints it.

All flags below --quiet are about what Argyle does not document, such as the order
of lists, or does not promise, such as its clock. They show what the program does
about an API that behaves otherwise.`,
		Example: `  export ARGYLE_API_KEY_ID=try-it-out ARGYLE_API_KEY_SECRET=$(openssl rand -hex 16)
  bulkinvite simulate --addr 127.0.0.1:8080 &
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
	made, err := s.takeKey(p.env)
	if err != nil {
		return err
	}
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
	if _, err := fmt.Fprintln(p.stdout, listener.URL()+made); err != nil {
		return fmt.Errorf("the base URL cannot be written: %w", err)
	}
	<-ctx.Done()
	if err := listener.Close(); err != nil || s.quiet {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s created\n", plural(server.Count()-before, "invite"))
	return err
}

// takeKey takes the key that clients have to show from the environment, or makes one;
// then made is how it is to be set.
func (s *simulation) takeKey(env func(string) string) (made string, err error) {
	key, err := loadCredentials(env)
	if err == nil {
		s.KeyID, s.Secret = key.KeyID, key.Secret.Reveal()
		return "", nil
	}
	for _, name := range []string{keyIDName, secretName} {
		if env(name) != "" || env(name+"_FILE") != "" {
			return "", err // half a key, or a wrong one
		}
	}
	s.KeyID, s.Secret = "simulator", rand.Text()
	return fmt.Sprintf("\n%s=%s\n%s=%s", keyIDName, s.KeyID, secretName, s.Secret), nil
}

func (s simulation) open() (*argylesim.Server, error) {
	s.NoLog = true // it may run for days
	s.Now = func() time.Time { return time.Now().Add(s.clockSkew) }
	if s.file == "" {
		return argylesim.New(s.Options), nil
	}
	return argylesim.Open(s.file, s.Options)
}
