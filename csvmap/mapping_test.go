package csvmap_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkinvite/csvmap"
)

func mapping(t testing.TB, text string) *csvmap.Mapping {
	t.Helper()
	m, err := csvmap.ParseMapping("mapping.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// mapped opens a roster by a mapping.
func mapped(t testing.TB, roster, text string) *csvmap.Roster {
	t.Helper()
	r := open(t, roster)
	if err := r.Map(mapping(t, text)); err != nil {
		t.Fatal(err)
	}
	return r
}

// outcome is a row in short: the recipient, or what is wrong.
func outcomes(t *testing.T, roster *csvmap.Roster) []string {
	t.Helper()
	c := checker(t, roster, csvmap.Rules{})
	var lines []string
	for _, row := range rows(t, roster) {
		if row.Skip != nil {
			lines = append(lines, string(row.Skip.Code))
			continue
		}
		r, problems := c.Check(row)
		line := strings.Join([]string{r.FirstName, r.LastName, r.FullName, r.Email, r.Phone, r.ExternalID, r.FlowID}, "|")
		for _, p := range problems {
			line = p.Where() + " " + string(p.Field) + " " + string(p.Code)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestMapping(t *testing.T) {
	tests := []struct{ name, mapping, roster, want string }{
		{"columns", "columns: {Wer: full_name, dienst mail: email, Email: ignore, Gone: ignore}",
			"Wer,DIENST\u00a0MAIL,Email\nAda,ada@example.com,wrong\n",
			"||Ada|ada@example.com|||"},
		{"a column left out by nothing", "columns:\n  Mobile:\n", "Name,Phone,Mobile\nAda,212 555 0123,x\n", "||Ada||+12125550123||"},
		{"the mapping goes before the header", "columns: {Private: email}",
			"Name,Work Email,Private\nAda,work@example.com,ada@example.com\n", "||Ada|ada@example.com|||"},
		{"constants", "constants: {flow_id: 0010, country: Germany}",
			"Name,Phone,Country,Flow ID\nAda,030 901820,US,X\n", "||Ada||+4930901820||0010"},
		{"template", "templates: {full_name: '{Last}, {First} {Middle?}', external_id: '{{{Site}}}-{ID?}'}",
			"Last,First,Middle,Email,Site,ID\nLongfield,Ada,,ada@example.com,HQ,7\nLongfield,,M,b@example.com,,8\n",
			"||Longfield, Ada|ada@example.com||{HQ}-7|\n3 MISSING"},
		{"a question mark of the header's own", "templates: {external_id: 'x{Active?}'}",
			"Name,Email,Active?\nAda,ada@example.com,\n", "||Ada|ada@example.com|||"},
		{"split", "split: {column: Name, as: 'Last , First'}",
			"Name,Email\n\"Longfield, Ada\",ada@example.com\nAda Longfield,b@example.com\n\"Longfield, Ada, Dr.\",c@example.com\n\"Longfield,\",d@example.com\n,e@example.com\nSuharto,f@example.com\n",
			"Ada|Longfield||ada@example.com|||\n3:1 full_name unsplit_name\n4:1 full_name unsplit_name\n5:1 full_name unsplit_name\n6 MISSING\n||Suharto|f@example.com|||"},
		{"split at a space", "split: {column: Who, as: last first}",
			"Who,Email\n Longfield  Ada ,ada@example.com\nvan Longfield Ada,b@example.com\n",
			"Ada|Longfield||ada@example.com|||\n3:1 full_name unsplit_name"},
		{"values", "values: {Plan: {map: {Full: A1, part time: B2}, others: problem}, Name: {map: {x: ''}}}\ncolumns: {Plan: flow_id}",
			"Name,Email,Plan\nAda,ada@example.com, PART TIME\nBo,bo@example.com,full\nX,c@example.com,Full\nCy,d@example.com,none\nDi,e@example.com,\n",
			"||Ada|ada@example.com|||B2\n||Bo|bo@example.com|||A1\n4 MISSING\n5:3 flow_id unlisted_value\n||Di|e@example.com|||"},
		{"values before split and template", "values: {Name: {map: {?: 'Longfield, Ada'}}}\nsplit: {column: Name, as: 'last, first'}\ntemplates: {external_id: '{Name}'}",
			"Name,Email\n?,ada@example.com\n", "Ada|Longfield||ada@example.com||Longfield, Ada|"},
		{"filter", "filter: Status == Active && Site not in (\"Plant 2\", x)",
			"Name,Email,Status,Site\nAda,ada@example.com, ACTIVE ,HQ\nBo,bo@example.com,Left,HQ\nCy,c@example.com,active,plant 2\n\"\n",
			"||Ada|ada@example.com|||\nfiltered\nfiltered\n5  unclosed_quote"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := strings.ReplaceAll(tt.want, "MISSING", " missing_name")
			if diff := cmp.Diff(strings.Split(want, "\n"), outcomes(t, mapped(t, tt.roster, tt.mapping))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMappingErrors(t *testing.T) {
	tests := []struct{ mapping, want string }{
		{"column: {}", `mapping.yaml:1: "column" is no key of the file: it has columns, constants, filter, split, templates, values`},
		{"\n- Name", `mapping.yaml:1: the file must be lines of the form "name: value"`},
		{"a: [", "is not valid YAML: "},
		{"columns: {}\n---\ncolumns: {}", "must hold one YAML document, not 2"},
		{"columns: {}\ncolumns: {}", `mapping.yaml:2: "columns" stands twice in the file`},
		{"columns: email", `mapping.yaml:1: columns must be lines of the form "name: value"`},
		{"columns:\n  Name: name", `mapping.yaml:2: there is no field "name": there are employee_id, company, first_name,`},
		{"columns: {Name: [email]}", `the value of "Name" must be a single text`},
		{"columns:\n  Name: full_name\n  NA ME: email", `mapping.yaml:3: the column "Name" stands twice under columns`},
		{"columns:\n  Name: email\n  Mail: email", "mapping.yaml:3: email is filled twice: leave one of them"},
		{"columns: {A: flow_id}\nconstants:\n  flow_id: X", "mapping.yaml:3: flow_id is filled twice"},
		{"columns: {A: last_name}\nsplit: {column: Name, as: first last}", "mapping.yaml:2: last_name is filled twice"},
		{"columns: {Wer: full_name}", `mapping.yaml:1: the roster has no column "Wer" (found "Name", "Email", "No Tes", "Notes")`},
		{"columns: {e-m ail: email}", `mapping.yaml:1: the roster has no column`},
		{"columns: {n OTES: email}", `"n OTES" could be the column "No Tes" or "Notes": write it as it stands in the roster`},
		{"columns: {override_invite_template.x: ignore, Notes: override_invite_template.x}", "override_invite_template.x is no field of the invite template"},
		{"constants: {email: ada@example.com}", "email cannot be a constant: it belongs to one person"},
		{"constants: {dds_config.a: x}", "put it under defaults in the configuration file"},
		{"constants: {country: Atlantis}", `"Atlantis" is no country that is known`},
		{"constants: {flow_id: }", "the constant for flow_id is blank"},
		{"constants: {external_id: " + strings.Repeat("x", 101) + "}", "the constant for external_id is longer than 100 characters"},
		{"templates: {full_name: Ada}", "the template for full_name names no column, such as {Last Name}"},
		{"templates: {full_name: '{Name'}", "the template for full_name has a { that no column and } follow"},
		{"templates: {full_name: 'Name}'}", "the template for full_name has a } without its {"},
		{"constants: {flow_id: x}\ntemplates: {full_name: '{Last}'}", `mapping.yaml:2: the template for full_name: the roster has no column "Last" (found "Name"`},
		{"split: {column: Name}", `as must be one of last, first; first last; last first; first, last`},
		{"split: {as: first last}", "split needs a column"},
		{"split: {column: Name, at: x}", `"at" is no key of split: it has as, column`},
		{"split: {column: Names, as: first last}", `split: the roster has no column "Names"`},
		{"values: {Name: {map: {a: b, A: c}}}", `the values of "Name" have "A" twice`},
		{"values: {Name: {others: keep}}", `the values of "Name" have no map`},
		{"values: {Name: {map: {a: b}, others: drop}}", "others must be keep or problem"},
		{"values: {Names: {map: {a: b}}}", `values: the roster has no column "Names"`},
		{"filter: Stat == x", `the filter: the roster has no column "Stat"`},
		{"filter: Name = x", `the filter cannot be read: at character 6: expected ==, !=, in or not in behind the column "Name", found "="; two texts are compared with ==`},
		{"columns: {Notes: dds_config.a, No Tes: dds_config.a.b}", "is part of the column"},
	}
	for _, tt := range tests {
		m, err := csvmap.ParseMapping("mapping.yaml", tt.mapping)
		if err == nil {
			err = open(t, "Name,Email,No Tes,Notes\nAda,ada@example.com,,\n").Map(m)
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s\ngot  %v\nwant %s", tt.mapping, err, tt.want)
		}
		if _, typed := errors.AsType[*csvmap.MappingError](err); !typed && !strings.Contains(tt.want, "part of") {
			t.Errorf("%s: %T", tt.mapping, err)
		}
	}
}
