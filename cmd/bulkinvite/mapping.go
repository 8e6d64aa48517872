package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"

	"bulkinvite/csvmap"
)

// readMapping reads the mapping file, where there is one. Its error is a usage
// error, or a [csvmap.MappingError].
func (s *Settings) readMapping() error {
	if s.Map == "" {
		return nil
	}
	text, err := readBounded(s.Map, maxConfig)
	if err != nil {
		origin, _ := s.Given("map")
		return usagef("map: the mapping file cannot be read: %s: %s%s", s.Map, err, origin)
	}
	s.mapping, err = parseMapping(s.Map, string(text))
	return err
}

// parseMapping is [csvmap.ParseMapping] with the memory that it needs. The YAML
// reader copies the entries of a section once for each of them: 16,384 columns are
// 1 GiB of garbage, which takes 10 s to clear away within the program's own limit,
// and 1 s without it.
func parseMapping(path, text string) (*csvmap.Mapping, error) {
	defer unboundMemory()()
	return csvmap.ParseMapping(path, text)
}

// mustBeFree says that there is something at path already.
func mustBeFree(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return usagef("write: %s exists: give another name, or --force to replace it", path)
	}
	return nil
}

// writeMapping writes a mapping file, whole or not at all.
func writeMapping(path, text string) error {
	file, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(0o600))
	if err != nil {
		return fmt.Errorf("the mapping file cannot be written: %s: %w", path, bare(err))
	}
	defer file.Cleanup() //nolint:errcheck // of what was not published; the first error is the one to tell
	if _, err = file.WriteString(text); err == nil {
		err = file.CloseAtomicallyReplace() // syncs it first
	}
	if err != nil {
		return fmt.Errorf("the mapping file cannot be written: %s: %w", path, bare(err))
	}
	return nil
}
