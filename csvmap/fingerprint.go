package csvmap

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"slices"
)

// Fingerprint identifies what the row asks for: its mapped cells as they stand,
// the fields they are mapped to, the mapping's recipes, and the rules. Two rows with the same one lead
// to the same recipient. It is far cheaper than [Checker.Check], and is the zero
// Digest for a malformed row.
func (c *Checker) Fingerprint(row Row) Digest {
	if row.Malformed != nil {
		return Digest{}
	}
	var space [512]byte // on the stack; enough for nearly all rows
	text := append(space[:0], c.salt[:]...)
	for _, index := range c.mapped {
		cell := row.Cells[index]
		text = binary.AppendUvarint(text, uint64(len(cell)))
		text = append(text, cell...)
	}
	return digest(text)
}

func (c *Checker) prepareFingerprint() {
	var mapped []Column
	for _, column := range c.columns {
		if column.Field != "" {
			mapped = append(mapped, column)
		}
	}
	slices.SortFunc(mapped, func(a, b Column) int { return cmp.Compare(a.Field, b.Field) })
	fields := make([]Field, 0, len(mapped))
	for _, column := range mapped {
		c.mapped = append(c.mapped, column.Index-1)
		fields = append(fields, column.Field)
	}
	d := c.rules.Defaults
	rules := []any{c.rules.Region, c.rules.Channel, fields, d.text, d.flowItems, d.dds, d.template}
	if c.dials || len(c.countries) > 0 {
		rules = append(rules, c.dials, len(c.countries))
		c.mapped = append(c.mapped, c.countries...)
	}
	if salts, reads := c.kitchen.salts(); len(salts) > 0 {
		rules = append(rules, salts)
		for _, at := range reads {
			if c.columns[at].Field == "" {
				c.mapped = append(c.mapped, at)
			}
		}
	}
	text, err := json.Marshal(rules)
	if err != nil {
		panic("csvmap: ParseDefaults let a value pass that JSON cannot carry: " + err.Error())
	}
	c.salt = digest(text)
}
