package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"bulkinvite/batch"
)

// BeginRun records that a run has begun, with the settings that a rerun of its
// files takes over (JSON; nil for none). Claims need it. It also forgets the
// notices that no run has seen for 90 days.
func (l *Ledger) BeginRun(ctx context.Context, info batch.RunInfo, settings json.RawMessage) error {
	text, err := json.Marshal(info)
	if err != nil {
		return fmt.Errorf("run %s cannot be recorded: %w", info.ID, err)
	}
	if settings == nil {
		settings = json.RawMessage("null")
	}
	return l.write(ctx, func(w *writer) error {
		if _, ok := w.runNumber(info.ID); ok {
			return fmt.Errorf("run %s was begun before", info.ID)
		}
		w.campaign(info.Campaign)
		w.exec(sqlBeginRun, info.ID, info.Campaign, string(text), string(settings))
		w.exec(sqlForget, micros(info.Started.Add(-keepNotices)))
		w.now.Run = info.ID
		return nil
	})
}

// EndRun records when a run ended and with which exit code.
func (l *Ledger) EndRun(ctx context.Context, runID string, ended time.Time, exit int) error {
	return l.submit(ctx, &job{sync: true, work: func(w *writer) error {
		if _, ok := w.runNumber(runID); !ok {
			return ErrNoRun
		}
		w.exec(sqlEndRun, runID, micros(ended), exit)
		return nil
	}})
}

// LastRun returns the campaign's latest run before the one that opened the
// ledger, with its settings; ErrNoRun when there was none.
func (l *Ledger) LastRun(ctx context.Context, campaign string) (batch.RunInfo, json.RawMessage, error) {
	return l.runRow(ctx, sqlLastRun, campaign, l.run)
}

func (l *Ledger) runRow(ctx context.Context, query string, args ...any) (batch.RunInfo, json.RawMessage, error) {
	var info, settings string
	found, err := l.row(ctx, query, args, &info, &settings)
	if err != nil {
		return batch.RunInfo{}, nil, err
	}
	if !found {
		return batch.RunInfo{}, nil, ErrNoRun
	}
	var r batch.RunInfo
	if err := json.Unmarshal([]byte(info), &r); err != nil {
		return batch.RunInfo{}, nil, storage(l.path, err)
	}
	return r, json.RawMessage(settings), nil
}

// Unfinished returns the runs that began and never ended, oldest first, without
// the one that opened the ledger: they died.
func (l *Ledger) Unfinished(ctx context.Context) ([]batch.RunInfo, error) {
	rows, err := l.read.QueryContext(ctx, sqlUnfinished, l.run)
	if err != nil {
		return nil, storage(l.path, err)
	}
	defer rows.Close()
	var runs []batch.RunInfo
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, storage(l.path, err)
		}
		var r batch.RunInfo
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			return nil, storage(l.path, err)
		}
		runs = append(runs, r)
	}
	return runs, storage(l.path, rows.Err())
}

// FindRun looks through the ledgers of all environments in stateDir for a run
// and returns it with its settings; ErrNoRun when none knows it. A ledger that
// cannot be read is an error only when no other one has the run.
func FindRun(ctx context.Context, stateDir, runID string) (batch.RunInfo, json.RawMessage, error) {
	folders, err := os.ReadDir(stateDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return batch.RunInfo{}, nil, storage(stateDir, err)
	}
	failures := []error{ErrNoRun}
	for _, f := range folders {
		info, settings, err := findRunIn(ctx, filepath.Join(stateDir, f.Name(), FileName), runID)
		if err == nil {
			return info, settings, nil
		}
		if !errors.Is(err, ErrNoRun) {
			failures = append(failures, err)
		}
	}
	return batch.RunInfo{}, nil, errors.Join(failures...)
}

func findRunIn(ctx context.Context, path, runID string) (batch.RunInfo, json.RawMessage, error) {
	switch _, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return batch.RunInfo{}, nil, ErrNoRun
	case err != nil:
		return batch.RunInfo{}, nil, storage(path, err)
	}
	db, err := openReaders(path)
	if err != nil {
		return batch.RunInfo{}, nil, storage(path, err)
	}
	defer db.Close()
	l := &Ledger{path: path, read: db}
	return l.runRow(ctx, sqlFindRun, runID)
}
