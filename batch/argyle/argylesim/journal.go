package argylesim

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// journal is the account on disk: JSON lines, only ever appended to. The first
// holds the seed; each other one an invite, and a later line of the same number
// replaces the earlier. Each is written at once, but not synced.
type journal struct{ file *os.File }

type journalLine struct {
	Seed      uint64   `json:"seed,omitempty"`
	Number    int      `json:"n"`
	Created   int64    `json:"created,omitempty"`
	Invited   int64    `json:"invited,omitempty"`
	Texts     []string `json:"texts,omitempty"`
	FlowItems []string `json:"flow_items,omitempty"`
	ReplyTo   []string `json:"reply_to,omitempty"`
	History   *history `json:"history,omitempty"`
}

// Open makes the account that is kept in the file at path, which is created when
// it is missing: opened again, it holds the invites of all earlier runs. One
// process may use it at a time. The file's seed beats o.Seed.
func Open(path string, o Options) (*Server, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the simulated account cannot be opened: %w", err)
	}
	s := New(o)
	s.journal = &journal{file}
	if err := s.load(); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("the simulated account in %s cannot be read, move it away to begin a new one: %w", path, err)
	}
	return s, nil
}

// load reads the file. A last line without an end is what a killed process left:
// its answer was never sent, and it is cut off.
func (s *Server) load() error {
	in := bufio.NewReaderSize(s.journal.file, 1<<16)
	var whole int64
	for first := true; ; first = false {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := s.replay(line, first); err != nil {
			return err
		}
		whole += int64(len(line))
	}
	if err := s.journal.file.Truncate(whole); err != nil {
		return err
	}
	if whole == 0 {
		return s.journal.write(journalLine{Seed: uint64(s.store.key)})
	}
	return nil
}

func (s *Server) replay(text []byte, first bool) error {
	var line journalLine
	if err := json.Unmarshal(bytes.TrimSpace(text), &line); err != nil {
		return err
	}
	if first {
		if line.Seed == 0 {
			return errors.New("its first line has no seed")
		}
		s.store.key = idKey(line.Seed)
		return nil
	}
	if line.Number < 0 || line.Number > len(s.store.records) || len(line.Texts) != len(textFields) {
		return errors.New("a line of it is damaged")
	}
	if r := line.record(); line.Number < len(s.store.records) {
		s.store.records[line.Number] = r
	} else {
		s.store.add(r)
	}
	return nil
}

func (l journalLine) record() record {
	r := record{created: l.Created, invited: l.Invited, texts: strings.Join(l.Texts, separator), history: l.History}
	if len(l.FlowItems)+len(l.ReplyTo) > 0 {
		r.lists = &lists{flowItems: l.FlowItems, replyTo: l.ReplyTo}
	}
	return r
}

// keep appends the n-th invite to the journal, where there is one.
func (s *Server) keep(n int) error {
	if s.journal == nil {
		return nil
	}
	r := s.store.records[n]
	line := journalLine{Number: n, Created: r.created, Invited: r.invited, Texts: r.fields(), History: r.history}
	if r.lists != nil {
		line.FlowItems, line.ReplyTo = r.lists.flowItems, r.lists.replyTo
	}
	return s.journal.write(line)
}

func (j *journal) write(line journalLine) error {
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	_, err = j.file.Write(append(text, '\n'))
	return err
}

func (j *journal) close() error { return j.file.Close() }
