//go:build !linux && !darwin

package main

import "errors"

// freeBytes cannot tell on this system.
func freeBytes(string) (uint64, error) { return 0, errors.New("not on this system") }
