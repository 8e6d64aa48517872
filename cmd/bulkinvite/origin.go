package main

import "fmt"

// Source is a layer of settings; a greater one beats a lesser one.
type Source int

// The sources, the weakest first.
const (
	FromDefault Source = iota
	FromFile
	FromEnvironment
	FromFlag
)

// Origin is where a setting's value came from.
type Origin struct {
	Source Source
	Name   string // what to look for: "--rate", "BULKINVITE_RATE", "config.yaml:3"
}

// String ends an error message; it is empty for a default.
func (o Origin) String() string {
	if o.Source == FromDefault {
		return ""
	}
	return fmt.Sprintf(" (from %s)", o.Name)
}
