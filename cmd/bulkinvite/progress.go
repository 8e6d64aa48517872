package main

import (
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"go.uber.org/zap"

	"bulkinvite/reports"
)

// progressEvery is how often a run without a terminal logs how far it is.
const progressEvery = 30 * time.Second

// watcher shows how far a run is: a bar on a terminal, a log line from time to
// time elsewhere, nothing with --quiet.
type watcher struct {
	out      io.Writer
	terminal bool
	quiet    bool
	log      *zap.Logger
}

func newWatcher(out io.Writer, quiet bool, log *zap.Logger) *watcher {
	return &watcher{out: reports.Unplain(out), terminal: isTerminal(out), quiet: quiet, log: log}
}

// planning shows rows being read; how many there are is not known yet.
func (w *watcher) planning() *watch { return w.start("reading", 0) }

// sending shows people being settled.
func (w *watcher) sending(total int) *watch { return w.start("sending", total) }

// watch counts one part of a run. It is safe for concurrent use; done ends it.
type watch struct {
	count atomic.Int64
	over  chan struct{}
	shown sync.WaitGroup
}

func (w *watcher) start(what string, total int) *watch {
	h := &watch{over: make(chan struct{})}
	switch {
	case w.quiet || what == "sending" && total == 0:
	case w.terminal:
		h.shown.Go(func() { h.bar(w.out, what, total) })
	default:
		h.shown.Go(func() { h.lines(w.log, what, total) })
	}
	return h
}

func (h *watch) add(n int64) { h.count.Add(n) }

func (h *watch) set(n int) { h.count.Store(int64(n)) }

func (h *watch) done() {
	close(h.over)
	h.shown.Wait()
}

func (h *watch) lines(log *zap.Logger, what string, total int) {
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-h.over:
			return
		case <-tick.C:
			how := []zap.Field{zap.Int64("done", h.count.Load())}
			if total > 0 {
				how = append(how, zap.Int("of", total))
			}
			log.Info(what, how...)
		}
	}
}

// bar draws ten times a second and vanishes when it is over.
func (h *watch) bar(out io.Writer, what string, total int) {
	bars := mpb.New(mpb.WithOutput(out), mpb.WithWidth(60))
	counter := decor.CurrentNoUnit(" %d rows ")
	if total > 0 {
		counter = decor.CountersNoUnit(" %d of %d ")
	}
	bar := bars.AddBar(int64(total),
		mpb.PrependDecorators(decor.Name(what), counter),
		mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_GO)),
		mpb.BarRemoveOnComplete())
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-h.over:
			bar.Abort(true)
			bars.Wait()
			return
		case <-tick.C:
			bar.SetCurrent(h.count.Load())
		}
	}
}
