package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"bulkinvite/batch/ledger"
)

func (p program) restoreCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "restore FILE",
		GroupID: groupTool,
		Short:   "Put a backup of the ledger in its place",
		Long: `restore reads all of a backup and puts a copy of it in the place of the environment's
ledger. The ledger that stood there is kept beside it under another name. It needs no
key, and nothing is sent.

A backup has forgotten whoever was invited since. So the ledger is marked as put back:
the next run that is to send to somebody compares it with the account's list of invites
first.`,
		Example: "  bulkinvite restore --env production /srv/backup/ledger-2026-11-24.db",
		Args:    oneFile,
	}
	p.addSettings(cmd, copySettings...)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := loadSettings(cmd, p.env)
		if err != nil {
			return err
		}
		return p.restore(cmd.Context(), args[0], s)
	}
	return cmd
}

func (p program) restore(ctx context.Context, file string, s Settings) error {
	path, err := s.ledgerPath()
	if err != nil {
		return err
	}
	dir, err := s.stateFolder()
	if err != nil {
		return err
	}
	done, err := ledger.Restore(ctx, ledger.Options{Dir: dir, Run: s.newRun()}, file)
	if errors.Is(err, fs.ErrNotExist) && is[*ledger.BackupError](err) {
		return usagef("%s", err)
	}
	if err != nil {
		return interrupted(ctx, err)
	}
	result := copyOf(file, done.Contents)
	result.Ledger, result.Aside = path, done.Aside
	text := fmt.Sprintf("%s is what %s holds now: %s.\n", path, file, heldWords(done.Contents))
	if done.Aside != "" {
		text += "The ledger that stood there is kept as " + done.Aside + ".\n"
	}
	text += "Whoever was invited after that is not in it: the next run that is to send to somebody compares it with the account's list of invites first. " +
		"Look at it with 'bulkinvite doctor" + s.placeWords() + "', then run as usual."
	return p.printCopy(s, result, text)
}
