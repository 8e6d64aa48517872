package ledger

import (
	"errors"
	"io/fs"
	"os"
)

// seal is what ledger.db was like when somebody who had written to it ended cleanly: it
// tells a ledger that was changed since, or was put there.
type seal struct {
	Size    int64 `json:"size"`
	ModTime int64 `json:"mtime"` // nanoseconds
	Change  int64 `json:"ctime"` // of the inode, which no copy keeps; 0 where the system has none
}

// sealOf looks at a ledger that nobody has open to write; nil when something is left in
// its log, for then nobody has ended cleanly.
func sealOf(path string) (*seal, error) {
	switch log, err := os.Stat(path + "-wal"); {
	case err == nil && log.Size() > 0: // a reader leaves an empty one
		return nil, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	return &seal{info.Size(), info.ModTime().UnixNano(), changeTime(info)}, nil
}

// intact reports whether a ledger is as its seal says.
func (s *seal) intact(path string) (bool, error) {
	if s == nil {
		return false, nil
	}
	now, err := sealOf(path)
	return err == nil && now != nil && *now == *s, err
}
