package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"bulkinvite/batch"
)

// The mark beside a ledger says how far the ledger has come. It is written after each
// commit, and before anybody is told of it: a ledger that is behind its mark has lost
// what was in it, or is a copy from before. It is not synced with each commit, so that a
// power failure may leave an older mark, and never one that is ahead of the ledger.
//
// The file has two slots, which take turns, so that a write that breaks off spares the
// mark before it.
const (
	markName = "mark"
	slotSize = 512 // a sector
)

// mark is what stands in a slot.
type mark struct {
	progress
	Seq    int64 `json:"seq"`             // the greater one is the later one
	Proved bool  `json:"proved"`          // the ledger was used under such marks from the first, or compared with the account since
	Clean  *seal `json:"clean,omitempty"` // of ledger.db, where who wrote last ended cleanly
}

// progress is how far a ledger has come.
type progress struct {
	batch.LedgerMark
	Run string `json:"run,omitempty"` // the latest run that was begun
}

// markFile is a mark that is kept up to date.
type markFile struct {
	file   *os.File
	last   mark
	proved bool // of the next mark
	frozen bool // the ledger is behind it
}

// readMark returns the mark in a ledger's folder; nil when there is none, or none that
// can be read.
func readMark(dir string) (*mark, error) {
	text, err := os.ReadFile(filepath.Join(dir, markName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var latest *mark
	for i := range 2 {
		if len(text) < (i+1)*slotSize {
			break
		}
		if m, ok := parseSlot(text[i*slotSize : (i+1)*slotSize]); ok && (latest == nil || m.Seq > latest.Seq) {
			latest = &m
		}
	}
	return latest, nil
}

func parseSlot(slot []byte) (m mark, ok bool) {
	text, sum, found := bytes.Cut(bytes.TrimRight(slot, " \n"), []byte("\t"))
	if !found || string(sum) != string(appendSum(nil, text)) {
		return mark{}, false
	}
	return m, json.Unmarshal(text, &m) == nil
}

// appendSlot appends a mark as it stands in its slot. json.Marshal would take as long as
// all else that a mark costs a commit.
func appendSlot(slot []byte, m *mark) []byte {
	from := len(slot)
	slot = strconv.AppendQuoteToASCII(append(slot, `{"epoch":`...), m.Epoch)
	for _, n := range [...]struct {
		key   string
		value int64
	}{
		{`,"attempts":`, m.Attempts}, {`,"settlements":`, m.Settlements}, {`,"decisions":`, m.Decisions},
		{`,"aliases":`, m.Aliases}, {`,"seq":`, m.Seq},
	} {
		slot = strconv.AppendInt(append(slot, n.key...), n.value, 10)
	}
	slot = strconv.AppendQuoteToASCII(append(slot, `,"run":`...), m.Run)
	slot = strconv.AppendBool(append(slot, `,"proved":`...), m.Proved)
	if c := m.Clean; c != nil {
		slot = fmt.Appendf(slot, `,"clean":{"size":%d,"mtime":%d,"ctime":%d}`, c.Size, c.ModTime, c.Change)
	}
	slot = append(slot, '}')
	return appendSum(append(slot, '\t'), slot[from:])
}

func appendSum(b, text []byte) []byte {
	return strconv.AppendUint(b, uint64(crc32.Checksum(text, castagnoli)), 16)
}

// openMark opens the mark in dir to write it, and makes it where there is none; last is
// what stands in it.
func openMark(dir string, last mark) (*markFile, error) {
	f, err := os.OpenFile(filepath.Join(dir, markName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.Size() != 2*slotSize {
		err = errors.Join(f.Truncate(0), errOf(f.WriteAt(bytes.Repeat([]byte{' '}, 2*slotSize), 0)), syncDir(dir))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &markFile{file: f, last: last, proved: last.Proved}, nil
}

func errOf(_ int, err error) error { return err }

// write writes m, as the one behind the last.
func (f *markFile) write(m mark) error {
	m.Seq = f.last.Seq + 1
	slot := appendSlot(make([]byte, 0, slotSize), &m)
	if len(slot) >= slotSize {
		return fmt.Errorf("the mark is longer than %d bytes", slotSize)
	}
	for len(slot) < slotSize-1 {
		slot = append(slot, ' ')
	}
	if _, err := f.file.WriteAt(append(slot, '\n'), m.Seq%2*slotSize); err != nil {
		return err
	}
	f.last = m
	return nil
}

// advance writes how far the ledger has come, where that is news. A ledger that is
// written to is not sealed any more.
func (f *markFile) advance(now progress) error {
	m := mark{progress: now, Seq: f.last.Seq, Proved: f.proved}
	if f.frozen || m == f.last {
		return nil
	}
	return f.write(m)
}

// seal writes that whoever wrote to the ledger has ended cleanly and has left this; nil:
// that is not known.
func (f *markFile) seal(clean *seal) error {
	m := f.last
	m.Clean = clean
	return errors.Join(f.write(m), f.file.Sync())
}

func (f *markFile) close() error {
	if f == nil {
		return nil
	}
	return f.file.Close()
}
