package csvmap

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
)

// yaml writes the mapping as a file, with what may be added as comments.
func (m *Mapping) yaml() string {
	var out strings.Builder
	out.WriteString(aboutMapping)
	out.WriteString("columns:\n")
	for _, c := range m.columns {
		if c.header != "" {
			fmt.Fprintf(&out, "  %s: %s\n", quoted(c.header), cmp.Or(string(c.field), ignored))
		}
	}
	section := func(about, name string, filled bool, example string) {
		out.WriteString("\n" + about)
		if filled {
			out.WriteString(name + ":\n")
		} else {
			out.WriteString(example)
		}
	}
	section(aboutConstants, "constants", len(m.constants) > 0, exampleConstants)
	writeTexts(&out, m.constants)
	section(aboutTemplates, "templates", len(m.templates) > 0, exampleTemplates)
	writeTexts(&out, m.templates)
	section(aboutSplit, "split", m.split != nil, exampleSplit)
	if m.split != nil {
		fmt.Fprintf(&out, "  column: %s\n  as: %s\n", quoted(m.split.header), quoted(m.split.as))
	}
	section(aboutValues, "values", len(m.values) > 0, exampleValues)
	for i := range m.values {
		writeValues(&out, &m.values[i])
	}
	out.WriteString("\n" + aboutFilter)
	if m.filter != nil {
		fmt.Fprintf(&out, "filter: %s\n", quoted(m.filter.text))
	} else {
		out.WriteString(exampleFilter)
	}
	return out.String()
}

func writeTexts(out *strings.Builder, texts []mappedText) {
	for _, t := range texts {
		fmt.Fprintf(out, "  %s: %s\n", t.field, quoted(t.text))
	}
}

func writeValues(out *strings.Builder, v *valueMap) {
	fmt.Fprintf(out, "  %s:\n    map:\n", quoted(v.header))
	for _, p := range v.pairs {
		fmt.Fprintf(out, "      %s: %s\n", quoted(p.from), quoted(p.to))
	}
	if v.strict {
		out.WriteString("    others: problem\n")
	}
}

// quoted is a text in quotes: what JSON writes is YAML too.
func quoted(text string) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string always has a JSON form
	return strings.TrimSuffix(out.String(), "\n")
}

// The comments of a draft, and the examples in the place of sections without
// content.
const (
	aboutMapping = `# What the columns of a roster mean, for: bulkinvite run --map FILE roster.csv
#
# Column: field. "ignore" leaves a column out, apart from the sections below that
# name it. The fields are employee_id, first_name and last_name, or full_name in
# their place, email, phone_number, country, external_id, flow_id, flow_items, and
# those that begin with dds_config. or override_invite_template. Case and spaces in
# the names of columns do not count. A column that is not listed is taken for what
# its header says.
`
	aboutConstants = `# Field: the same text for every row. It goes before the configuration's defaults.
`
	exampleConstants = `# constants:
#   country: US
`
	aboutTemplates = `# Field: a text made of columns. {Last Name} stands for that column's cell; with
# {Middle Name?} it may be blank, else the field is blank too. {{ and }} are braces.
`
	exampleTemplates = `# templates:
#   full_name: "{Last Name}, {First Name}"
`
	aboutSplit = `# A column that holds first and last name: "last, first", "first last",
# "last first" or "first, last". A name that is not of that form is a problem.
`
	exampleSplit = `# split:
#   column: Name
#   as: "last, first"
`
	aboutValues = `# Other texts for the cells of a column, whatever their case. With others: problem,
# a row with a text that is not listed is not sent; with others: keep, it stays.
`
	exampleValues = `# values:
#   Site:
#     map:
#       HQ: Berlin
#       Plant 2: Leipzig
#     others: keep
`
	aboutFilter = `# The rows that count; the others are skipped. Compared with ==, !=, in (...) and
# not in (...), whatever their case; combined with &&, || and parentheses. Names and
# texts with spaces go into quotes: '"Job Status" in ("Active", "On leave")'
`
	exampleFilter = `# filter: Status == "Active"
`
)
