package main

import (
	"strings"

	"github.com/spf13/pflag"
)

// oneRun is a setting by which a person answers for one run, a guard's question for
// example. It can be typed only: where settings are kept, in the environment or in a
// file, it would answer every night, also what nobody has asked yet.
type oneRun struct{ value[bool] }

// isOneRun tells it from a setting that may be kept.
func (oneRun) isOneRun() {}

// addOneRun is add for a setting of one run.
func addOneRun(f *pflag.FlagSet, to *bool, name, usage string) {
	flag := f.VarPF(oneRun{value[bool]{to: to, parse: parseToggle}}, name, "", usage+"; a flag only")
	flag.NoOptDefVal = "true"
}

func isOneRun(f *pflag.Flag) bool {
	_, is := f.Value.(interface{ isOneRun() })
	return is
}

// refuseKept refuses a setting of one run that was not typed, whatever it says.
func refuseKept(f *pflag.Flag, from Origin) error {
	if !isOneRun(f) || from.Source == FromFlag {
		return nil
	}
	return usagef("%s: an answer to one run; as a setting it would answer every night: give --%s on the command line%s", f.Name, f.Name, from)
}

// oneRunFlags lists the settings of one run as they are typed.
func oneRunFlags() string {
	var names []string
	new(Settings).flags().VisitAll(func(f *pflag.Flag) {
		if isOneRun(f) {
			names = append(names, "--"+f.Name)
		}
	})
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
