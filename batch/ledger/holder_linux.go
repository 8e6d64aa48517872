package ledger

import (
	"bytes"
	"os"
	"strconv"
	"time"
)

// ticksPerSecond is in what Linux tells times to programs, on every machine.
const ticksPerSecond = 100

// processBegan is when a process began; false where that cannot be told.
func processBegan(pid int) (time.Time, bool) {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return time.Time{}, false
	}
	// The second field is the program's name in parentheses, which may hold
	// anything; the 22nd is the time from the start of the machine.
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 20 {
		return time.Time{}, false
	}
	ticks, err := strconv.ParseInt(string(fields[19]), 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	up, ok := machineBegan()
	return up.Add(time.Duration(ticks) * time.Second / ticksPerSecond), ok
}

func machineBegan() (time.Time, bool) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return time.Time{}, false
	}
	for line := range bytes.Lines(text) {
		if after, ok := bytes.CutPrefix(line, []byte("btime ")); ok {
			seconds, err := strconv.ParseInt(string(bytes.TrimSpace(after)), 10, 64)
			return time.Unix(seconds, 0), err == nil
		}
	}
	return time.Time{}, false
}
