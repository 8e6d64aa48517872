package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// loadSettings puts the layers on top of each other: defaults, configuration
// file, environment, flags. Every layer is read and checked as a whole, also
// where a stronger one has the last word. The error is a [UsageError].
func loadSettings(cmd *cobra.Command, env func(string) string) (Settings, error) {
	s := defaultSettings(env)
	flags := s.flags()
	set := func(name, text string, from Origin) error {
		if err := refuseKept(flags.Lookup(name), from); err != nil {
			return err
		}
		if err := flags.Lookup(name).Value.Set(text); err != nil {
			return usagef("%s: %s%s", name, err, from)
		}
		s.given[name] = from
		return nil
	}
	config, err := s.readFile(cmd, env, set)
	if err != nil {
		return Settings{}, err
	}
	if err := readEnvironment(cmd.Flags(), flags, env, set); err != nil {
		return Settings{}, err
	}
	if err := readFlags(cmd.Flags(), flags, set); err != nil {
		return Settings{}, err
	}
	if s.Shared, err = config.shared(s.Region); err != nil {
		return Settings{}, err
	}
	if err := s.chooseAPI(); err != nil {
		return Settings{}, err
	}
	if cmd.Flags().Lookup("api-url") == nil { // the command has nothing to do with the API
		return s, nil
	}
	if err := s.check(); err != nil {
		return Settings{}, err
	}
	return s, nil
}

// setter gives one setting its value, by flag name.
type setter func(name, text string, from Origin) error

// readFile reads the configuration file, an empty one where none is named.
func (s *Settings) readFile(cmd *cobra.Command, env func(string) string, set setter) (configFile, error) {
	path, _ := cmd.Flags().GetString(configFlag)
	s.config = path
	if path == "" {
		path = env(variable(configFlag))
	}
	if path == "" {
		return configFile{}, nil
	}
	config, err := readConfig(path)
	if err != nil {
		return configFile{}, err
	}
	for _, e := range config.entries {
		if err := set(e.name, e.text, e.from); err != nil {
			return configFile{}, err
		}
	}
	s.Defaults, s.Outside = config.defaults, config.outside
	return config, nil
}

// readEnvironment reads the variables of all settings. One that cannot be read is
// an error only where the command goes by it; a setting of one run always is.
func readEnvironment(typed, known *pflag.FlagSet, env func(string) string, set setter) error {
	var err error
	known.VisitAll(func(f *pflag.Flag) {
		text := env(variable(f.Name))
		if err != nil || text == "" {
			return
		}
		unread := set(f.Name, text, Origin{FromEnvironment, variable(f.Name)})
		if typed.Lookup(f.Name) != nil || isOneRun(f) {
			err = unread
		}
	})
	return err
}

// readFlags reads the flags that are settings. A command may have others, even
// one by the name of a setting that it does not have.
func readFlags(typed, known *pflag.FlagSet, set setter) error {
	var err error
	typed.Visit(func(f *pflag.Flag) {
		if _, ok := f.Value.(interface{ isSetting() }); ok && err == nil && known.Lookup(f.Name) != nil {
			err = set(f.Name, f.Value.String(), Origin{FromFlag, "--" + f.Name})
		}
	})
	return err
}

// variable is the environment variable of a setting.
func variable(flag string) string {
	return "BULKINVITE_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// flagError says what is wrong with a command line, in the words that are used
// for the other layers too.
func flagError(cmd *cobra.Command, err error) error {
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return usagef("%s: %s (from --%s)", invalid.GetFlag().Name, invalid.Unwrap(), invalid.GetFlag().Name)
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return usagef("--%s needs a value; see '%s --help'", missing.GetFlag().Name, cmd.CommandPath())
	}
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		return usagef("unknown flag %s; '%s --help' lists them", flagName(unknown), cmd.CommandPath())
	}
	return usagef("%s; see '%s --help'", err, cmd.CommandPath())
}

// flagName is a mistyped flag as it was typed, without its value.
func flagName(e *pflag.NotExistError) string {
	if e.GetSpecifiedShortnames() != "" {
		return "-" + e.GetSpecifiedName()
	}
	return "--" + e.GetSpecifiedName()
}
