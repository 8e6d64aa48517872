package csvmap

import (
	"fmt"
	"strings"
)

// templatePart is a piece of a template: literal text, or a column.
type templatePart struct {
	text     string // literal, or what stands between the braces
	isColumn bool
	cell     cellReader // of a column, once the header is known
	optional bool       // the column may be blank
}

// parseTemplate takes a template apart: {Header} stands for the cell of that
// column, {{ and }} for a brace. complaint goes on where the subject ends; "" when
// there is none.
func parseTemplate(text string) (parts []templatePart, complaint string) {
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			parts = append(parts, templatePart{text: literal.String()})
			literal.Reset()
		}
	}
	for rest := text; rest != ""; {
		switch {
		case strings.HasPrefix(rest, "{{"), strings.HasPrefix(rest, "}}"):
			literal.WriteByte(rest[0])
			rest = rest[2:]
		case rest[0] == '}':
			return nil, "has a } without its {: write }} for a brace"
		case rest[0] != '{':
			literal.WriteByte(rest[0])
			rest = rest[1:]
		default:
			name, after, closed := strings.Cut(rest[1:], "}")
			name = strings.TrimSpace(name)
			if !closed || name == "" || strings.Contains(name, "{") {
				return nil, "has a { that no column and } follow: write {{ for a brace"
			}
			flush()
			parts = append(parts, templatePart{text: name, isColumn: true})
			rest = after
		}
	}
	flush()
	return parts, ""
}

// bindTemplate finds the columns of a template. {Header?} is the column Header,
// which may be blank, unless a column has the question mark in its own header.
func bindTemplate(text string, find func(header string) (cellReader, error)) ([]templatePart, error) {
	parts, complaint := parseTemplate(text)
	if complaint != "" {
		return nil, fmt.Errorf("the template %s", complaint)
	}
	for i := range parts {
		p := &parts[i]
		if !p.isColumn {
			continue
		}
		cell, err := find(p.text)
		if bare, marked := strings.CutSuffix(p.text, "?"); err != nil && marked {
			p.optional = true
			cell, err = find(bare)
		}
		if err != nil {
			return nil, err
		}
		p.cell = cell
	}
	return parts, nil
}

// render fills a template in. It is "" when a column is blank that may not be. A
// blank one that may be takes the spaces before it along.
func render(parts []templatePart, cells []string) string {
	var out strings.Builder
	any := false
	for i := range parts {
		p := &parts[i]
		if !p.isColumn {
			out.WriteString(p.text)
			continue
		}
		switch text := p.cell.read(cells); {
		case text != "":
			any = true
			out.WriteString(text)
		case !p.optional:
			return ""
		default:
			kept := strings.TrimRight(out.String(), " ")
			out.Reset()
			out.WriteString(kept)
		}
	}
	if !any {
		return ""
	}
	return strings.TrimSpace(out.String())
}
