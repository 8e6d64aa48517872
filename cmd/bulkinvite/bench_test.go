package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"bulkinvite/reports"
)

// The benchmarks run the program as users get it, each time as a whole process,
// beside something bare that does the least part of the same work: gocsv alone,
// net/http alone. What counts is the ratio: both sides suffer alike from a slow
// or busy machine, and the load is printed with them.
//
//	BENCH_BIG=1   BenchmarkValidate also with 10,000,000 rows, BenchmarkReconcile
//	              with a list of 1,000,000 invites in place of 100,000
//	BENCH_ROWS=n  rows of BenchmarkUsualNight, 200,000 without it, and of
//	              BenchmarkResume, 100,000 without it
//	BENCH_GATE=1  small sizes, and failure beyond the bounds of bench_gate_test.go

// executable is the program built as `make build` does, with a home of its own.
type executable struct {
	path string
	home string
}

func buildProgram(b *testing.B) executable {
	b.Helper()
	home := b.TempDir()
	x := executable{path: filepath.Join(home, "bulkinvite"), home: home}
	x.build(b, ".")
	return x
}

func (x executable) build(b *testing.B, source string) {
	b.Helper()
	build := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", x.path, source)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, text)
	}
}

func (x executable) command(b *testing.B, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(b.Context(), x.path, args...)
	cmd.Dir = x.home
	cmd.Env = []string{"HOME=" + x.home, "ARGYLE_API_KEY_ID=try", "ARGYLE_API_KEY_SECRET=try-it-out"}
	return cmd
}

// run runs the program to its end, which must be good, and returns what it
// printed.
func (x executable) run(b *testing.B, args ...string) (stdout []byte, c cost) {
	b.Helper()
	return x.runTo(b, exitOK, args...)
}

// runTo is run for an end with another exit code.
func (x executable) runTo(b *testing.B, code int, args ...string) (stdout []byte, c cost) {
	b.Helper()
	cmd := x.command(b, args...)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	resetPeak()
	began := time.Now()
	if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != code {
		b.Fatalf("bulkinvite %s: %v, want exit code %d\n%s%s", args[0], err, code, &out, &log)
	}
	return out.Bytes(), cost{
		wall: time.Since(began),
		cpu:  cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		peak: peakOf(cmd.ProcessState.SysUsage().(*syscall.Rusage)),
	}
}

// send is run for `bulkinvite run`; all rows must have been sent or be known.
func (x executable) send(b *testing.B, roster string, args ...string) (reports.Summary, cost) {
	b.Helper()
	return x.summary(b, exitOK, append([]string{"run", roster, "--json", "--quiet"}, args...)...)
}

// summary is runTo for a command that prints the summary of a run.
func (x executable) summary(b *testing.B, code int, args ...string) (reports.Summary, cost) {
	b.Helper()
	text, c := x.runTo(b, code, args...)
	var s reports.Summary
	if err := json.Unmarshal(text, &s); err != nil {
		b.Fatal(err)
	}
	return s, c
}

// simulate serves the simulated API from another process until b ends, and
// returns its base URL.
func (x executable) simulate(b *testing.B) string {
	b.Helper()
	cmd := x.command(b, "simulate", "--addr", "127.0.0.1:0", "--quiet")
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	url, err := bufio.NewReader(stdout).ReadString('\n')
	b.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_, _ = io.Copy(io.Discard, stdout)
		_ = cmd.Wait()
	})
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(url)
}

// cost is what a piece of work took.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // of the resident memory, bytes; 0 when it was no process
}

// spent is the cost of do within this process.
func spent(do func()) cost {
	before, began := usage(), time.Now()
	do()
	return cost{wall: time.Since(began), cpu: usage() - before}
}

// usage is the processor time of this process.
func usage() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // cannot fail for oneself
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func peakOf(u *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" {
		return u.Maxrss
	}
	return u.Maxrss << 10
}

// resetPeak makes this process small. Linux starts the count of a new process at
// the peak of the one that it was forked from, so that a child looks at least as
// large as its parent has ever been.
func resetPeak() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o200) // Linux only
}
