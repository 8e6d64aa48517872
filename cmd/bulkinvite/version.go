package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release is set by the linker in a release: -ldflags "-X main.release=v1.2.3".
var release string

func (p program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		GroupID: groupTool,
		Short:   "Print the version of the program",
		Example: "  bulkinvite version",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.stdout, "bulkinvite %s (%s, %s/%s)\n",
				version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// version is one word: the release's, else the module's, else the
// commit that the program was built from, else "devel".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return cmp.Or(release, "devel")
	}
	module := info.Main.Version
	if module == "(devel)" {
		module = ""
	}
	commit := ""
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			commit = "devel-" + s.Value[:12]
		}
	}
	return cmp.Or(release, module, commit, "devel")
}
