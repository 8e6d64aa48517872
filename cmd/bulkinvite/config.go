package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

// configFile is a configuration file as it was read. Its keys are the settings'
// names with underscores; "defaults": an object of request fields, dotted or
// nested, for rows that leave them empty; "shared_contacts": a list of e-mail
// addresses and phone numbers that several people use on purpose; and of invites made
// without this ledger, "outside_invites_before": the date before which they do not
// count, and "outside_flow_ids": a list of the templates of those that do.
type configFile struct {
	entries    []configEntry
	defaults   csvmap.Defaults
	contacts   []string // shared ones, as they are written
	contactsAt Origin
	outside    batch.OutsideRule
}

type configEntry struct {
	name string // of the setting's flag
	text string
	from Origin
}

const (
	defaultsKey = "defaults"
	sharedKey   = "shared_contacts"
	beforeKey   = "outside_invites_before"
	flowsKey    = "outside_flow_ids"
)

// maxConfig bounds a configuration file, in bytes.
const maxConfig = 1 << 20

// readConfig reads the YAML file at path. Its errors are usage errors that name
// the line and never show the file's text: it may hold what is nobody's business.
func readConfig(path string) (configFile, error) {
	text, err := readBounded(path, maxConfig)
	if err != nil {
		return configFile{}, usagef("the configuration file cannot be read: %s: %s", path, err)
	}
	root, err := parseConfig(path, text)
	if err != nil || root == nil {
		return configFile{}, err
	}
	var c configFile
	known := new(Settings).flags()
	for _, pair := range root.Values {
		key := pair.Key.GetToken().Value
		from := Origin{FromFile, fmt.Sprintf("%s:%d", path, pair.Key.GetToken().Position.Line)}
		name := strings.ReplaceAll(key, "_", "-")
		switch {
		case key == defaultsKey:
			c.defaults, err = parseDefaults(pair.Value, from)
		case key == sharedKey:
			c.contacts, err = textList(sharedKey, "an e-mail address or a phone number", pair.Value, from)
			c.contactsAt = from
		case key == beforeKey:
			c.outside.Since, err = parseDay(pair.Value, from)
		case key == flowsKey:
			c.outside.FlowIDs, err = textList(flowsKey, "the ID of a template", pair.Value, from)
		case known.Lookup(name) == nil || strings.Contains(key, "-"):
			err = unknownKey(key, from)
		default:
			err = c.add(name, pair.Value, from)
		}
		if err != nil {
			return configFile{}, err
		}
	}
	return c, nil
}

// parseConfig returns nil for a file that holds nothing but comments.
func parseConfig(path string, text []byte) (*ast.MappingNode, error) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, yamlError(path, err)
	}
	switch {
	case len(file.Docs) == 0 || len(file.Docs) == 1 && file.Docs[0].Body == nil:
		return nil, nil
	case len(file.Docs) > 1:
		return nil, usagef("%s: must hold one YAML document, not %d", path, len(file.Docs))
	}
	root, ok := file.Docs[0].Body.(*ast.MappingNode)
	if !ok {
		return nil, usagef("%s: must be a list of settings, one \"name: value\" a line", path)
	}
	return root, nil
}

func (c *configFile) add(name string, node ast.Node, from Origin) error {
	var text string
	switch n := node.(type) {
	case *ast.StringNode:
		text = n.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		text = n.GetToken().Value // as written: campaign 0010 is not campaign 8
	default:
		return usagef("%s: must be a single value%s", name, from)
	}
	c.entries = append(c.entries, configEntry{name, text, from})
	return nil
}

func parseDefaults(node ast.Node, from Origin) (csvmap.Defaults, error) {
	var none csvmap.Defaults
	var object map[string]any
	if err := yaml.NodeToValue(node, &object); err != nil {
		return none, usagef("%s: must be an object of fields%s", defaultsKey, from)
	}
	defaults, err := csvmap.ParseDefaults(object)
	if err != nil {
		return none, usagef("%s: %s%s", defaultsKey, err, from)
	}
	return defaults, nil
}

// shared are the shared contacts; numbers without a country code are region's.
func (c configFile) shared(region string) (csvmap.SharedContacts, error) {
	contacts, err := csvmap.ParseSharedContacts(c.contacts, region)
	if err != nil {
		return contacts, usagef("%s: %s%s", sharedKey, err, c.contactsAt)
	}
	return contacts, nil
}

// parseDay reads a day, which begins at midnight of this machine's time zone.
func parseDay(node ast.Node, from Origin) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, node.GetToken().Value, time.Local)
	if _, scalar := node.(ast.ScalarNode); !scalar || err != nil {
		return time.Time{}, usagef("%s: must be a date such as 2026-11-30%s", beforeKey, from)
	}
	return day, nil
}

// textList reads a list of texts, each of which is what. A phone number that is not
// quoted looks like a number to YAML; its digits are taken as they are written.
func textList(key, what string, node ast.Node, from Origin) ([]string, error) {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return nil, usagef("%s: must be a list, one \"- entry\" a line%s", key, from)
	}
	var texts []string
	for _, entry := range list.Values {
		switch n := entry.(type) {
		case *ast.StringNode:
			texts = append(texts, n.Value)
		case *ast.IntegerNode, *ast.FloatNode:
			texts = append(texts, n.GetToken().Value)
		default:
			return nil, usagef("%s: each entry must be %s%s", key, what, from)
		}
	}
	return texts, nil
}

// unknownKey names the key only: whatever stands behind it may be a secret.
func unknownKey(key string, from Origin) error {
	if strings.Contains(strings.ToLower(key), "api_key") {
		return usagef("%s: credentials do not belong into a configuration file; set ARGYLE_API_KEY_ID and ARGYLE_API_KEY_SECRET%s", key, from)
	}
	return usagef("%s: there is no such setting; see 'bulkinvite run --help'%s", key, from)
}

func yamlError(path string, err error) error {
	y, ok := errors.AsType[yaml.Error](err)
	if !ok || y.GetToken() == nil {
		return usagef("%s: is not valid YAML", path)
	}
	message, _, _ := strings.Cut(y.GetMessage(), "\n")
	return usagef("%s:%d: is not valid YAML: %s", path, y.GetToken().Position.Line, message)
}

// readBounded reads a small file whole, if nobody else can have written it. Its error
// does not repeat the path.
func readBounded(path string, most int64) ([]byte, error) {
	if err := trustFile(path); err != nil {
		return nil, bareTrust(path, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, bare(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, bare(err)
	}
	if int64(len(text)) > most {
		return nil, fmt.Errorf("is larger than %d bytes", most)
	}
	return text, nil
}

// bare is the reason of a file error without the path.
func bare(err error) error {
	if e, ok := errors.AsType[*os.PathError](err); ok {
		return e.Err
	}
	return err
}
