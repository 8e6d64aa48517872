//go:build !failpoint

package main

import "bulkinvite/batch"

// failpoints changes nothing: only a build with the tag failpoint can be told to
// die in the middle of its work.
func failpoints(e batch.Engine) batch.Engine { return e }
