// Command bulkinvite sends one Argyle invite to everyone on a roster who has
// not been invited yet, and says what became of every row.
package main

import (
	"os"

	"bulkinvite/reports"
)

func main() {
	frugal()
	hushLibraries()
	p := program{
		stdin:     os.Stdin,
		stdout:    reports.Plain(os.Stdout),
		stderr:    reports.Plain(os.Stderr),
		env:       os.Getenv,
		interrupt: catchSignals(os.Exit),
	}
	os.Exit(p.exec(os.Args[1:]))
}
