package main

import (
	"cmp"
	"encoding/csv"
	"slices"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// The forms of the list of problems.
const (
	formText = "text"
	formCSV  = "csv"
	formJSON = "json"
)

// validate's --format says how the problems are printed. What the roster itself
// is, which --format says for a run, is --roster-format here.
const (
	formFlag   = "format"
	rosterFlag = "roster-format"
)

func addFormFlags(f *pflag.FlagSet) {
	f.String(formFlag, "", "print the problems as `text|csv|json`")
	f.String(rosterFlag, "", "the roster's form: `csv|xlsx|csv.gz|zip`, which is --format for a run; found out by itself")
}

// outputForm reads these flags. A form that a roster can have and a list of problems
// cannot is taken for the roster's.
func outputForm(cmd *cobra.Command, s *Settings) (string, error) {
	form, _ := cmd.Flags().GetString(formFlag)
	roster, _ := cmd.Flags().GetString(rosterFlag)
	if roster == "" && slices.Contains([]string{"xlsx", "csv.gz", "zip"}, form) {
		roster, form = form, ""
	}
	s.Format = cmp.Or(roster, s.Format)
	asked, _ := s.Given("json")
	switch {
	case !slices.Contains([]string{"", formText, formCSV, formJSON}, form):
		return "", usagef("%s: must be text, csv or json; --%s says what the roster is (from --%s)", formFlag, rosterFlag, formFlag)
	case form != "" && form != formJSON && asked.Source == FromFlag && s.JSON:
		return "", usagef("%s: is %s, but --json says otherwise; leave one of them out (from --%s)", formFlag, form, formFlag)
	case form == "" && s.JSON:
		return formJSON, nil
	}
	return cmp.Or(form, formText), nil
}

// newPrinter prints problems in a form.
func newPrinter(form string, list *draft, roster string) problemPrinter {
	switch form {
	case formJSON:
		return &problemJSON{out: list.out, roster: roster}
	case formCSV:
		return &problemCSV{out: csv.NewWriter(list.out)}
	default:
		return &problemText{out: list.out, roster: roster}
	}
}

// problemCSV prints a header and one line for each problem, and no counts. column
// is 0 and field blank for the whole row; severity is error or warning; owner is
// who must act, as in results.csv.
type problemCSV struct {
	out   *csv.Writer
	begun bool
}

func (c *problemCSV) problem(p csvmap.Problem) error {
	c.begin()
	severity := "error"
	if p.Warning {
		severity = "warning"
	}
	return c.out.Write([]string{
		strconv.Itoa(p.Line), strconv.Itoa(p.Column), string(p.Field), string(p.Code), p.Message, severity, string(batch.HR),
	})
}

func (c *problemCSV) begin() {
	if !c.begun {
		c.begun = true
		_ = c.out.Write([]string{"line", "column", "field", "code", "message", "severity", "owner"}) // kept by the draft
	}
}

func (c *problemCSV) restart() {
	c.out.Flush()
	c.begun = false
}

func (c *problemCSV) end(tally, error) {
	c.begin()
	c.out.Flush()
}
