package csvmap

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	yamlparser "github.com/goccy/go-yaml/parser"
)

// maxMappingLines bounds the time for a mapping file, which grows with the square
// of its entries. The draft for the widest sheet there is, of 16,384 columns, fits.
const maxMappingLines = 20_000

// ParseMapping reads the text of a mapping file; path is for messages. All its
// keys may be left out:
//
//	columns:                           # header: field; ignore leaves a column out
//	  Dienst-Mail: email
//	  Notes: ignore
//	constants:                         # field: text for every row
//	  country: DE
//	templates:                         # field: text with {Header}; {Header?} may be blank
//	  full_name: "{Last}, {First}"
//	split:                             # a name in one column
//	  column: Name
//	  as: last, first                  # or: first last, last first, "first, last"
//	values:                            # header: other texts for its cells
//	  Site:
//	    map: {HQ: Berlin}
//	    others: keep                   # or: problem
//	filter: Status == "Active"         # the rows that count; see parseFilter
//
// Headers are compared without regard to case and spaces. The error is a
// *[MappingError]; it names the line, and nothing is let pass: an unknown key is
// one, and a field that is filled twice.
func ParseMapping(path, text string) (*Mapping, error) {
	m := &Mapping{path: path, text: text}
	if !utf8.ValidString(text) {
		return nil, m.wrong(0, "is not UTF-8: save it as UTF-8")
	}
	if strings.Count(text, "\n") > maxMappingLines {
		return nil, m.wrong(maxMappingLines+1, "has more than %d lines: list only the columns that are not understood without it", maxMappingLines)
	}
	file, err := yamlparser.ParseBytes([]byte(strings.TrimPrefix(text, bom)), 0, yamlparser.AllowDuplicateMapKey())
	if err != nil {
		return nil, m.yamlError(err)
	}
	if len(file.Docs) > 1 {
		return nil, m.wrong(0, "must hold one YAML document, not %d", len(file.Docs))
	}
	if len(file.Docs) == 1 && file.Docs[0].Body != nil {
		if err := m.read(file.Docs[0].Body); err != nil {
			return nil, err
		}
	}
	return m, m.checkOnce()
}

func (m *Mapping) yamlError(err error) error {
	y, ok := errors.AsType[yaml.Error](err)
	if !ok || y.GetToken() == nil {
		return m.wrong(0, "is not valid YAML")
	}
	line := y.GetToken().Position.Line
	if lines := strings.Split(m.text, "\n"); line <= len(lines) && strings.HasPrefix(strings.TrimLeft(lines[line-1], " "), "\t") {
		return m.wrong(line, "begins with a tab: put spaces in its place")
	}
	message, _, _ := strings.Cut(y.GetMessage(), "\n")
	return m.wrong(line, "is not valid YAML: %s", message)
}

// read takes the sections of the file.
func (m *Mapping) read(body ast.Node) error {
	sections := map[string]func(entry) error{
		"columns":   each(m, m.addColumn),
		"constants": each(m, m.addConstant),
		"templates": each(m, m.addTemplate),
		"values":    each(m, m.addValues),
		"split":     m.setSplit,
		"filter":    m.setFilter,
	}
	return m.keys("the file", entry{line: 1, node: body}, sections)
}

// entry is one "key: value" of the file.
type entry struct {
	key  string
	line int
	node ast.Node
}

// each is add for every entry of a section.
func each(m *Mapping, add func(entry) error) func(entry) error {
	return func(section entry) error {
		entries, err := m.entries(section.key, section)
		for _, e := range entries {
			if err == nil {
				err = add(e)
			}
		}
		return err
	}
}

// keys hands the entries of an object that has fixed keys to those who know them.
func (m *Mapping) keys(what string, object entry, known map[string]func(entry) error) error {
	entries, err := m.entries(what, object)
	if err != nil {
		return err
	}
	for _, e := range entries {
		set := known[e.key]
		if set == nil {
			names := make([]string, 0, len(known))
			for name := range known {
				names = append(names, name)
			}
			slices.Sort(names)
			return m.wrong(e.line, "%q is no key of %s: it has %s", e.key, what, strings.Join(names, ", "))
		}
		if err := set(e); err != nil {
			return err
		}
	}
	return nil
}

// entries takes an object apart; what names it in a message.
func (m *Mapping) entries(what string, object entry) ([]entry, error) {
	node, ok := object.node.(*ast.MappingNode)
	if _, empty := object.node.(*ast.NullNode); empty {
		return nil, nil
	}
	if !ok {
		return nil, m.wrong(object.line, "%s must be lines of the form \"name: value\"", what)
	}
	entries := make([]entry, 0, len(node.Values))
	seen := make(map[string]bool, len(node.Values))
	for _, pair := range node.Values {
		line := pair.Key.GetToken().Position.Line
		key, ok := scalar(pair.Key)
		if !ok {
			return nil, m.wrong(line, "the names in %s must be plain text", what)
		}
		key = strings.TrimSpace(key)
		if seen[key] {
			return nil, m.wrong(line, "%s stands twice in %s", quoteHeader(key), what)
		}
		seen[key] = true
		entries = append(entries, entry{key, line, pair.Value})
	}
	return entries, nil
}

// textOf takes a value as it is written: 0010 is not 8.
func (m *Mapping) textOf(e entry) (string, error) {
	text, ok := scalar(e.node)
	if !ok {
		return "", m.wrong(e.line, "the value of %q must be a single text", e.key)
	}
	if text = strings.TrimSpace(text); !isClean(text, '\n', '\t') {
		return "", m.wrong(e.line, "the value of %q holds control characters", e.key)
	}
	return text, nil
}

func scalar(node any) (text string, ok bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.NullNode:
		return "", true
	case *ast.IntegerNode:
		return n.GetToken().Value, true
	case *ast.FloatNode:
		return n.GetToken().Value, true
	case *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}
