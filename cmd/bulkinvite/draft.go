package main

import (
	"bufio"
	"errors"
	"io"
	"os"
)

// draft is a list that is printed when it is complete: a roster that turns out
// to be in another encoding is read again, and only the second reading counts.
// It lies in a file without a name, so that it may be long.
type draft struct {
	file *os.File
	out  *bufio.Writer
	err  error
}

func newDraft() (*draft, error) {
	file, err := os.CreateTemp("", ".bulkinvite-*")
	if err != nil {
		return nil, err
	}
	return &draft{file: file, out: bufio.NewWriterSize(file, 64<<10)}, os.Remove(file.Name())
}

// drop forgets what was written so far.
func (d *draft) drop() {
	d.out.Reset(d.file)
	_, err := d.file.Seek(0, io.SeekStart)
	d.err = errors.Join(d.err, err, d.file.Truncate(0))
}

// copyTo prints the list.
func (d *draft) copyTo(w io.Writer) error {
	if err := errors.Join(d.err, d.out.Flush()); err != nil {
		return err
	}
	if _, err := d.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(w, d.file)
	return err
}

func (d *draft) close() { _ = d.file.Close() }
