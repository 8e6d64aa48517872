package csvmap

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Defaults are values for the fields that a row leaves blank. The zero value has
// none.
type Defaults struct {
	text      map[Field]string
	flowItems []string
	dds       map[string]any
	template  map[string]any
}

// textDefaults are the fields that may have a string as default.
var textDefaults = []Field{FirstName, LastName, FullName, Email, Phone, ExternalID, FlowID}

const (
	ddsName      = "dds_config"
	templateName = "override_invite_template"
)

// ParseDefaults reads defaults as a configuration file gives them: strings,
// lists and nested objects, the latter also with dotted keys. The error is a
// *[RulesError] that names the key.
func ParseDefaults(values map[string]any) (Defaults, error) {
	d := Defaults{text: make(map[Field]string)}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if err := d.set(Field(strings.ToLower(strings.TrimSpace(key))), values[key]); err != nil {
			return Defaults{}, err
		}
	}
	return d, nil
}

func (d *Defaults) set(key Field, value any) error {
	switch {
	case slices.Contains(textDefaults, key):
		text, ok := value.(string)
		if !ok {
			return defaultError(key, "must be text: put it into quotes")
		}
		if text = strings.TrimSpace(text); !isClean(text) {
			return defaultError(key, "holds control characters, or is not UTF-8")
		}
		d.text[key] = text
	case key == FlowItems:
		items, ok := stringList(value)
		if !ok {
			return defaultError(key, "must be a list of texts")
		}
		d.flowItems = items
	case key == ddsName || key == templateName || key.Nested():
		return d.setNested(key, value)
	case key == EmployeeID:
		return defaultError(key, "cannot be: an employee ID belongs to one person")
	default:
		return defaultError(key, "is unknown: use a field of the request body")
	}
	return nil
}

// setNested takes objects apart and sets their values one by one.
func (d *Defaults) setNested(key Field, value any) error {
	if object, ok := value.(map[string]any); ok {
		for _, name := range slices.Sorted(maps.Keys(object)) {
			inner := key + "." + Field(strings.ToLower(strings.TrimSpace(name)))
			if err := d.setNested(inner, object[name]); err != nil {
				return err
			}
		}
		return nil
	}
	if !key.Nested() {
		return defaultError(key, "must be an object")
	}
	if err := checkPath(key); err != nil {
		return &RulesError{"defaults: " + err.Error()}
	}
	root, path := splitPath(key)
	if root == ddsName {
		if _, err := json.Marshal(value); err != nil {
			return defaultError(key, "cannot be sent as JSON")
		}
		return d.put(&d.dds, key, path, value)
	}
	if isList(key) {
		items, ok := stringList(value)
		if !ok {
			return defaultError(key, "must be a list of texts")
		}
		return d.put(&d.template, key, path, items)
	}
	if _, ok := value.(string); !ok {
		return defaultError(key, "must be text: put it into quotes")
	}
	return d.put(&d.template, key, path, value)
}

func (d *Defaults) put(object *map[string]any, key Field, path []string, value any) error {
	if *object == nil {
		*object = make(map[string]any)
	}
	if clashes(*object, path) {
		return defaultError(key, "is given twice, or as a value and as an object")
	}
	setPath(*object, path, value)
	return nil
}

// clashes reports whether path leads to or through a value that is there.
func clashes(object map[string]any, path []string) bool {
	for _, part := range path {
		value, taken := object[part]
		inner, isObject := value.(map[string]any)
		if !taken || !isObject {
			return taken
		}
		object = inner
	}
	return true
}

// splitPath splits a nested field into the object's name and the path in it.
func splitPath(f Field) (root string, path []string) {
	parts := strings.Split(string(f), ".")
	return parts[0], parts[1:]
}

// stringList takes a list of strings, or one string split on ; and |.
func stringList(value any) ([]string, bool) {
	switch value := value.(type) {
	case string:
		return splitList(value), true
	case []string:
		return value, true
	case []any:
		items := make([]string, 0, len(value))
		for _, item := range value {
			text, ok := item.(string)
			if !ok {
				return nil, false
			}
			items = append(items, text)
		}
		return items, true
	}
	return nil, false
}

func defaultError(key Field, message string) error {
	return &RulesError{fmt.Sprintf("the default for %q %s", key, message)}
}
