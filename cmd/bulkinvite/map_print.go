package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode"

	"bulkinvite/csvmap"
	"bulkinvite/reports"
)

func (m *mapSurvey) json(out *bufio.Writer) {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(m) // texts always have a JSON form, and Flush tells what went wrong
}

// text prints the survey for a person.
func (m *mapSurvey) text(out *bufio.Writer) {
	mapped := ""
	if m.given != "" {
		mapped = ", mapped by " + m.given
	}
	fmt.Fprintf(out, "%s: %s, the header is on line %d%s\n\nColumns\n", m.Roster, m.ReadAs, m.Header, mapped)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, c := range m.Columns {
		fmt.Fprintf(table, "  %d\t%s\t%s\t%s\n", c.Column, onScreen(c.Header), c.goesInto(), c.reason())
	}
	_ = table.Flush() // out keeps what went wrong
	if len(m.Made) > 0 {
		fmt.Fprint(out, "\nNot just a column\n")
		for _, made := range m.Made {
			fmt.Fprintf(table, "  %s\t%s\n", made.Field, onScreen(made.How))
		}
		_ = table.Flush()
	}
	if m.Filter != "" {
		fmt.Fprintf(out, "\nOnly rows that pass the filter\n  %s\n", onScreen(m.Filter))
	}
	if len(m.Proposals) > 0 {
		fmt.Fprint(out, "\nProposed: this holds once it is in a mapping file\n")
		for _, p := range m.Proposals {
			fmt.Fprintf(out, "  %s\n", onScreen(p))
		}
	}
	m.remarks(out)
	if m.Missing != "" {
		fmt.Fprintf(out, "\nMissing\n  %s\n", onScreen(m.Missing))
		fmt.Fprintf(out, "  if another line than %d is the header, say which with --header-row\n", m.Header)
	}
	m.rowsText(out, table)
	fmt.Fprintf(out, "\n%s\n", m.next())
}

// remarks prints what a person should know, and what a run asks them.
func (m *mapSurvey) remarks(out *bufio.Writer) {
	for _, part := range []struct {
		title string
		lines []string
	}{
		{"Notes", m.Notes},
		{"A run is held for this, until a mapping file says which column is right, or --accept-header is given", m.Doubts},
	} {
		if len(part.lines) > 0 {
			fmt.Fprintf(out, "\n%s\n", part.title)
		}
		for _, line := range part.lines {
			fmt.Fprintf(out, "  %s\n", onScreen(line))
		}
	}
}

func (m *mapSurvey) rowsText(out *bufio.Writer, table *tabwriter.Writer) {
	if len(m.Rows) == 0 {
		return
	}
	fmt.Fprint(out, "\nThe first rows, as they are read\n")
	var fields []csvmap.Field
	for _, field := range shownFields {
		if m.has(field) {
			fields = append(fields, field)
		}
	}
	fmt.Fprint(table, "  line")
	for _, field := range fields {
		fmt.Fprintf(table, "\t%s", field)
	}
	fmt.Fprintln(table)
	for _, row := range m.Rows {
		fmt.Fprintf(table, "  %d", row.Line)
		for _, field := range fields {
			fmt.Fprintf(table, "\t%s", onScreen(row.Values[field]))
		}
		fmt.Fprintln(table)
	}
	_ = table.Flush()
	for _, row := range m.Rows {
		for _, p := range row.Problems {
			fmt.Fprintf(out, "  line %d: %s\n", p.Line, p.Message)
		}
	}
}

func (m *mapSurvey) has(field csvmap.Field) bool {
	for _, row := range m.Rows {
		if row.Values[field] != "" {
			return true
		}
	}
	return false
}

// next is what to do next.
func (m *mapSurvey) next() string {
	roster := reports.ShellWord(m.Roster)
	switch {
	case m.Written != "" && m.Missing != "":
		return fmt.Sprintf("Written to %s. Put in what is missing, then type:\n  bulkinvite map --map %s %s", m.Written, reports.ShellWord(m.Written), roster)
	case m.Written != "":
		return fmt.Sprintf("Written to %s. To go on with it, type:\n  bulkinvite validate --map %s %s", m.Written, reports.ShellWord(m.Written), roster)
	case m.given != "":
		return fmt.Sprintf("To change that, edit %s and look again.", m.given)
	default:
		return fmt.Sprintf("To change that, write it to a mapping file, edit the file, and give it to run, plan and validate with --map:\n  bulkinvite map --write mapping.yaml %s", roster)
	}
}

func (c *mapColumn) goesInto() string {
	if len(c.Fields) == 0 {
		return "-"
	}
	fields := make([]string, len(c.Fields))
	for i, f := range c.Fields {
		fields[i] = string(f)
	}
	return strings.Join(fields, ", ")
}

func (c *mapColumn) reason() string {
	switch {
	case c.Proposed:
		return "proposed"
	case len(c.Fields) > 0 && (c.Why == csvmap.ByNothing || c.Why == csvmap.Overruled):
		return "the mapping file says so" // by another section than columns
	}
	why := map[csvmap.Reason]string{
		csvmap.ByNothing:   "left out: no field has such a header",
		csvmap.ByFieldName: "the field's own name",
		csvmap.ByAlias:     "another name of the field",
		csvmap.ByPath:      "the field's path",
		csvmap.ByMapping:   "the mapping file says so",
		csvmap.Overruled:   "the mapping file takes the field from elsewhere",
		csvmap.ManyOfKind:  "left out: several columns have a country",
		csvmap.BesideOther: "half a name beside the other half",
		csvmap.ByExport:    "a known export has it there",
		csvmap.LeftAlone:   "left out: another column goes before it",
		csvmap.DeskPhone:   "left out: a desk phone, which takes no SMS",
		csvmap.Theirs:      "left out: somebody else's",
		csvmap.ByCells:     "its cells are such",
		csvmap.AsBefore:    "as in the run that the file comes from",
	}[c.Why]
	if c.Holds != "" {
		why += "; most of its cells are " + map[csvmap.Field]string{csvmap.Email: "e-mail addresses", csvmap.Phone: "phone numbers"}[c.Holds]
	}
	return why
}

// onScreen shows a text of the roster's on one line, and nothing that a terminal
// would take for a command.
func onScreen(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
