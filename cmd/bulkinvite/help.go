package main

import "fmt"

const rootText = `bulkinvite reads the employee roster that HR exports, sends one Argyle invite to
everyone who has not been invited yet, by e-mail, SMS or both, and writes what
became of every row. Run it again as often as you like: nobody is invited twice.

A flag such as --retry-rejected can also be set as BULKINVITE_RETRY_REJECTED in
the environment, or as retry_rejected in the YAML file that --config names. Flags
beat the environment, which beats the file. What a person answers for one run can
be typed only:
  %s`

func rootLong() string { return fmt.Sprintf(rootText, oneRunFlags()) }

// exitCodes ends every help text: the codes are an API for cron and scripts.
const exitCodes = `Exit codes:
  0        every row is sent, already_invited, duplicate or skipped, nobody is in doubt
  1        could not do it: internal error, disk, ledger
  3        finished, but some rows or people need attention (failed.csv, in_doubt.csv)
  4        stopped early: refused by the API, the API was down for too long, or the deadline
  5        held: a person must decide; nothing was sent
  64       wrong usage or configuration
  65       the roster cannot be read
  75       another run holds the ledger
  130/143  stopped by SIGINT/SIGTERM after finishing what was in flight
`

const helpTemplate = `{{with or .Long .Short}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}
` + exitCodes

const usageTemplate = `Usage:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} COMMAND{{else}}{{.UseLine}}{{end}}
{{- if .HasExample}}

Example:
{{.Example}}
{{- end}}
{{- $commands := .Commands}}
{{- range $group := .Groups}}

{{.Title}}
{{- range $commands}}{{if and (eq .GroupID $group.ID) .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}
{{- end}}{{end}}
{{- end}}
{{- if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{- end}}
`
