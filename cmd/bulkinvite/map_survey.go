package main

import (
	"slices"

	"bulkinvite/csvmap"
)

// mapSurvey is what map has found out; as JSON it is what --json prints.
type mapSurvey struct {
	Roster    string      `json:"roster"`
	ReadAs    string      `json:"read_as"`
	Header    int         `json:"header_row"`
	Columns   []mapColumn `json:"columns"`
	Made      []mapMade   `json:"made"`      // fields that are not just the cell of a column
	Filter    string      `json:"filter"`    // that rows must pass to count; "" for none
	Usable    bool        `json:"usable"`    // as it is, without the proposals
	Notes     []string    `json:"notes"`     // on what was found out, as it is without the proposals
	Doubts    []string    `json:"doubts"`    // that hold a run until a mapping file, or --accept-header, settles them
	Missing   string      `json:"missing"`   // with the proposals too, so that no row can be sent; "" for nothing
	Proposals []string    `json:"proposals"` // that hold once they are in a mapping file
	Rows      []mapRow    `json:"rows"`      // the first ones, as they are read by Mapping
	Mapping   string      `json:"mapping"`   // the text of a mapping file
	Written   string      `json:"written"`   // the file that it was written to; "" for none

	given string // the mapping file that was given; "" for none
}

type mapColumn struct {
	Column   int            `json:"column"`
	Header   string         `json:"header"`
	Fields   []csvmap.Field `json:"fields"` // that it goes into, as a whole or as a part
	Why      csvmap.Reason  `json:"why"`
	Holds    csvmap.Field   `json:"holds,omitempty"` // of a column that is not used: what most of its cells are
	Proposed bool           `json:"proposed"`        // it goes into these by a proposal only
}

type mapMade struct {
	Field csvmap.Field `json:"field"`
	How   string       `json:"how"`
}

type mapRow struct {
	Line     int                     `json:"line"`
	Values   map[csvmap.Field]string `json:"values"`
	Problems []jsonProblem           `json:"problems"`
}

// shownFields are the fields that map shows of a row, in this order. Bank details
// and invite templates are not among them.
var shownFields = []csvmap.Field{
	csvmap.EmployeeID, csvmap.FirstName, csvmap.LastName, csvmap.FullName, csvmap.Email, csvmap.Phone,
	csvmap.ExternalID, csvmap.FlowID,
}

// columnsOf is what the columns of a roster are by now.
func columnsOf(roster *csvmap.Roster) []mapColumn {
	made := roster.Made()
	columns := []mapColumn{}
	for _, column := range roster.Columns() {
		c := mapColumn{Column: column.Index, Header: column.Header, Fields: []csvmap.Field{}, Why: column.Why, Holds: column.Holds}
		if column.Field != "" {
			c.Fields = append(c.Fields, column.Field)
		}
		for _, made := range made {
			if slices.Contains(made.Columns, column.Index) && made.Field != column.Field {
				c.Fields = append(c.Fields, made.Field)
			}
		}
		columns = append(columns, c)
	}
	return columns
}

// doubtsOf are the roster's columns that a person has to look at.
func doubtsOf(roster *csvmap.Roster) []string {
	doubts := []string{}
	for _, d := range roster.Doubts() {
		doubts = append(doubts, d.Message)
	}
	return doubts
}

// fill takes in what the columns were before, and what they and the rows are by
// the draft, which roster is mapped by.
func (m *mapSurvey) fill(before []mapColumn, rows []csvmap.Row, roster *csvmap.Roster, rules csvmap.Rules) error {
	m.Columns, m.Made, m.Rows = columnsOf(roster), []mapMade{}, []mapRow{}
	m.Proposals = append([]string{}, m.Proposals...)
	for i := range m.Columns {
		c := &m.Columns[i]
		c.Why, c.Holds, c.Proposed = before[i].Why, before[i].Holds, !slices.Equal(c.Fields, before[i].Fields)
	}
	for _, made := range roster.Made() {
		m.Made = append(m.Made, mapMade{made.Field, made.How})
	}
	if m.Missing != "" {
		return nil
	}
	check, missing, err := roster.Preview(rules)
	if err != nil {
		return err
	}
	if missing != "" {
		m.Missing = "nothing gives " + missing + ", and without that no row can be sent"
	}
	for _, row := range rows[:min(len(rows), shownRows)] {
		m.Rows = append(m.Rows, readRow(check, row))
	}
	return nil
}

// readRow is a row as it is read, or, where it has a problem, as it stands.
func readRow(check *csvmap.Checker, row csvmap.Row) mapRow {
	r, found := check.CheckAll(row)
	if len(found.Problems) > 0 {
		r = check.Cells(row)
	}
	shown := mapRow{Line: row.Line, Values: map[csvmap.Field]string{}, Problems: []jsonProblem{}}
	for i, text := range []string{r.EmployeeID, r.FirstName, r.LastName, r.FullName, r.Email, r.Phone, r.ExternalID, r.FlowID} {
		if text != "" {
			shown.Values[shownFields[i]] = text
		}
	}
	for _, p := range slices.Concat(found.Problems, found.Warnings) {
		shown.Problems = append(shown.Problems, jsonProblem{p.Line, p.Column, p.Field, p.Code, p.Message, p.Warning})
	}
	return shown
}
