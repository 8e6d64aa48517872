package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"bulkinvite/batch"
)

// scanJSON is what reconcile --json prints.
type scanJSON struct {
	Schema   int         `json:"schema"`
	Listed   int         `json:"listed"`   // invites read
	Found    int         `json:"found"`    // people who hold one
	Absent   int         `json:"absent"`   // people who provably hold none
	Obstacle string      `json:"obstacle"` // why nobody's absence can be proved; "" for nothing but time
	InDoubt  []doubtJSON `json:"in_doubt"` // people who are left

	Reasons map[string]int `json:"reasons,omitempty"` // what else keeps how many of them in doubt
}

func (p program) printScan(scan batch.Scan, left []batch.Doubt, inJSON bool, place string) error {
	text := scanText(scan, left, place)
	if inJSON {
		text = string(asJSON(scanJSON{1, scan.Listed, scan.Found, scan.Absent, scan.Obstacle, doubtsJSON(left), scan.Reasons}))
	}
	if _, err := fmt.Fprintln(p.stdout, text); err != nil {
		return fmt.Errorf("the result cannot be printed: %w", err)
	}
	return nil
}

func scanText(scan batch.Scan, left []batch.Doubt, place string) string {
	if scan.Found+scan.Absent+len(left) == 0 {
		return "Nobody is in doubt."
	}
	lines := []string{fmt.Sprintf(
		"%s read, nothing sent. Of the people in doubt: %d with an invite, %d provably without one, whom the next run may invite, %d still in doubt.",
		plural(scan.Listed, "invite"), scan.Found, scan.Absent, len(left))}
	if len(left) > 0 && scan.Obstacle != "" {
		lines = append(lines, "Nobody's absence could be proved: "+scan.Obstacle+".")
	}
	for _, why := range slices.Sorted(maps.Keys(scan.Reasons)) {
		lines = append(lines, fmt.Sprintf("%s for a person to look at: %s.", peopleAre(scan.Reasons[why]), why))
	}
	if len(left) > 0 {
		lines = append(lines, "'bulkinvite unknown"+place+"' lists them, with the evidence and what to do.")
	}
	return strings.Join(lines, "\n")
}
