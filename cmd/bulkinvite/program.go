package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// program is all that a command may touch of the outside world. Only main knows
// the process: a program never exits, it returns a code.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            func(name string) string
	interrupt      *Interrupt
}

// exec runs the command that args name and returns the exit code. An error
// becomes one line on standard error.
func (p program) exec(args []string) int {
	ctx := p.interrupt.Context()
	p.stdin = &untilStopped{ctx: ctx, from: p.stdin}
	root := p.rootCommand()
	root.SetArgs(args)
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := interrupted(ctx, root.ExecuteContext(ctx))
	if line := errorLine(err); line != "" {
		fmt.Fprintln(p.stderr, line)
	}
	return exitCode(err)
}

// Groups of commands in the help text.
const (
	groupInvite = "invite"
	groupDoubt  = "doubt"
	groupTool   = "tool"
)

// rootCommand is the tree of commands. Each command has a file of its own; a new
// one is added here and nowhere else.
func (p program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "bulkinvite",
		Short:         "Invite everyone on a roster once, and account for every row",
		Long:          rootLong(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE:          noCommand,
	}
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpTemplate(helpTemplate)
	root.AddGroup(
		&cobra.Group{ID: groupInvite, Title: "Inviting:"},
		&cobra.Group{ID: groupDoubt, Title: "People in doubt, to leave out, or taken for each other:"},
		&cobra.Group{ID: groupTool, Title: "Tools:"},
	)
	root.SuggestionsMinimumDistance = 2
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(helpCommand(root))
	root.AddCommand(
		p.runCommand(),
		p.planCommand(),
		p.validateCommand(),
		p.mapCommand(),
		p.adoptCommand(),
		p.unknownCommand(),
		p.settleCommand(),
		p.reconcileCommand(),
		p.skipCommand(),
		p.unskipCommand(),
		p.sameCommand(),
		p.otherCommand(),
		p.doctorCommand(),
		p.backupCommand(),
		p.restoreCommand(),
		p.selftestCommand(),
		p.simulateCommand(),
		p.versionCommand(),
	)
	return root
}

// helpCommand refuses unknown commands, which cobra's own would overlook.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		RunE: func(_ *cobra.Command, args []string) error {
			command, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return noCommand(root, rest)
			}
			return command.Help()
		},
	}
}

// noCommand answers a command line that names no command, or an unknown one.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usagef("no command given; 'bulkinvite --help' lists them")
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usagef("unknown command %q, did you mean %s?", args[0], strings.Join(near, " or "))
	}
	return usagef("unknown command %q; 'bulkinvite --help' lists them", args[0])
}

// oneRoster is the argument check of the commands that read a roster.
func oneRoster(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 || args[0] == "":
		return usagef("%s needs a roster: a file, or - for standard input; see '%s --help'", cmd.Name(), cmd.CommandPath())
	case len(args) > 1:
		return usagef("%s takes one roster, not %d; see '%s --help'", cmd.Name(), len(args), cmd.CommandPath())
	default:
		return nil
	}
}

// noArguments is the argument check of the commands that take flags only.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no arguments, only flags; see '%s --help'", cmd.Name(), cmd.CommandPath())
	}
	return nil
}
