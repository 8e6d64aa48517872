package main

import (
	"cmp"
	"path/filepath"

	"bulkinvite/batch/argyle"
	"bulkinvite/batch/ledger"
)

// Where the invites go: to one of Argyle's environments, to the API at a URL, or
// to the simulator inside the program. Exactly one of Settings.Env, APIURL and
// Simulate is set once chooseAPI has run.

// The environments.
const (
	envSandbox    = "sandbox"
	envProduction = "production"
	envSimulated  = "simulated" // what the ledger of --simulate is kept under
)

// chooseAPI leaves one of simulate, api-url and env. The one from the strongest
// source wins; two from the same source contradict each other.
func (s *Settings) chooseAPI() error {
	choice, from := "env", Origin{}
	s.unsimulated = !s.Simulate && s.given["simulate"].Source == FromFlag
	for _, name := range []string{"env", "api-url", "simulate"} {
		origin, ok := s.given[name]
		if !ok || name == "simulate" && !s.Simulate || origin.Source < from.Source {
			continue
		}
		if origin.Source == from.Source {
			return usagef("%s and %s contradict each other: give one of them%s", choice, name, origin)
		}
		choice, from = name, origin
	}
	if choice != "env" {
		s.Env = ""
	}
	if choice != "api-url" {
		s.APIURL = ""
	}
	s.Simulate = choice == "simulate"
	for _, name := range []string{"env", "api-url", "simulate"} {
		if name != choice {
			delete(s.given, name)
		}
	}
	return nil
}

// apiURL is the base URL of the API, "" for the simulator inside the program.
func (s Settings) apiURL() string {
	switch {
	case s.Simulate:
		return ""
	case s.Env == envProduction:
		return argyle.ProductionURL
	default:
		return cmp.Or(s.APIURL, argyle.SandboxURL)
	}
}

// environment names the API that the invites go to: each has its own ledger.
func (s Settings) environment() string {
	if s.Simulate {
		return envSimulated
	}
	return argyle.EnvironmentName(s.apiURL())
}

// stateFolder is where the ledger of this environment is kept.
func (s Settings) stateFolder() (string, error) {
	if s.State == "" {
		return "", usagef("state: there is no home folder to keep the ledger in; set --state to a folder on a local disk")
	}
	dir := filepath.Join(s.State, s.environment())
	return dir, trustFolder(dir, s.Simulate)
}

// ledgerPath is where the ledger of this environment is, or will be.
func (s Settings) ledgerPath() (string, error) {
	dir, err := s.stateFolder()
	return filepath.Join(dir, ledger.FileName), err
}

// local reports whether the API is on this machine, so that no real message is
// sent.
func (s Settings) local() bool { return s.Simulate || argyle.Local(s.apiURL()) }
