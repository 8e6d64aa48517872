package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/dustin/go-humanize"

	"bulkinvite/batch/ledger"
	"bulkinvite/reports"
)

// state looks whether the ledger's folder is on this machine and can be written.
func (p *patient) state(context.Context) (health, string) {
	dir, err := p.settings.stateFolder()
	if err != nil {
		return broken, err.Error()
	}
	near, err := nearest(dir)
	if err != nil {
		return broken, fmt.Sprintf("%s: %s; choose another folder with --state", dir, bare(err))
	}
	if kind := ledger.NetworkFileSystem(near); kind != "" {
		return broken, fmt.Sprintf("%s lies on a network file system (%s), where locks do not hold: choose a folder on a local disk with --state", dir, kind)
	}
	if err := probe(near); err != nil {
		return broken, fmt.Sprintf("%s cannot be written: %s; choose another folder with --state, or mend this one", near, bare(err))
	}
	return healthy, "can be written, on a local disk" + notMade(dir, near) + " (" + dir + ")"
}

// out looks whether results can be written, and leaves nothing behind.
func (p *patient) out(context.Context) (health, string) {
	dir := p.settings.Out
	if err := trustFolder(dir, p.settings.Simulate); err != nil {
		return broken, err.Error()
	}
	near, err := nearest(dir)
	if err != nil {
		return broken, (&reports.FolderError{Path: dir, Err: err}).Error()
	}
	folder, err := reports.Open(near, "doctor", p.settings.newRun().ID)
	if err != nil {
		return broken, err.Error()
	}
	if err := folder.Abandon(); err != nil {
		return broken, (&reports.FolderError{Path: dir, Err: err}).Error()
	}
	return healthy, "can be written" + notMade(dir, near) + " (" + dir + ")"
}

func notMade(dir, near string) string {
	if dir == near {
		return ""
	}
	return ", made by the first run"
}

// How much room a disk should have, in bytes.
const (
	roomToRun = 100e6
	roomToBe  = 1e9
)

// disk looks for room where the ledger and the results are written.
func (p *patient) disk(context.Context) (health, string) {
	state, err := p.settings.stateFolder()
	if err != nil {
		return broken, err.Error()
	}
	var free [2]uint64
	for i, dir := range []string{state, p.settings.Out} {
		near, err := nearest(dir)
		if err == nil {
			free[i], err = freeBytes(near)
		}
		if err != nil {
			return unwell, fmt.Sprintf("how much room there is in %s cannot be told: %s", dir, bare(err))
		}
	}
	return judgeRoom(free[0], free[1])
}

// judgeRoom judges how many bytes are free.
func judgeRoom(forLedger, forResults uint64) (health, string) {
	room := fmt.Sprintf("%s free for the ledger, %s for the results", humanize.Bytes(forLedger), humanize.Bytes(forResults))
	switch least := min(forLedger, forResults); {
	case least < roomToRun:
		return broken, room + ": make room, a run would soon fill the disk"
	case least < roomToBe:
		return unwell, room + ": make room before the disk is full"
	default:
		return healthy, room
	}
}

// nearest is dir or, where it is not made yet, the folder that it would be made
// in. A file in its place is an error.
func nearest(dir string) (string, error) {
	for {
		info, err := os.Stat(dir)
		switch {
		case err == nil && info.IsDir():
			return dir, nil
		case err == nil:
			return "", syscall.ENOTDIR
		case !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir):
			return "", err
		}
		dir = filepath.Dir(dir)
	}
}

// probe writes a page into a folder, and removes it again.
func probe(dir string) error {
	file, err := os.CreateTemp(dir, ".doctor")
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, 4096))
	return errors.Join(err, file.Sync(), file.Close(), os.Remove(file.Name()))
}
