package csvmap

import (
	"fmt"
	"maps"
	"strings"
)

// templatePaths are the documented fields of override_invite_template. true
// stands for a list of strings, false for a string.
var templatePaths = map[string]bool{
	"brand.color": false, "brand.logo": false,
	"email.reply_to": true, "email.subject": false, "email.sender": false,
	"email.header": false, "email.subheader": false,
	"email.body_text_icon_1": false, "email.body_text_icon_2": false, "email.body_text_icon_3": false,
	"email.body_text_header_1": false, "email.body_text_header_2": false, "email.body_text_header_3": false,
	"email.body_text_subheader_1": false, "email.body_text_subheader_2": false, "email.body_text_subheader_3": false,
	"sms_text":            false,
	"landing_page.header": false, "landing_page.subheader": false,
	"landing_page.step_1": false, "landing_page.step_2": false, "landing_page.step_3": false,
	"flow_id":             false,
	"success_page.header": false, "success_page.subheader": false,
	"success_page.button_text": false, "success_page.button_url": false,
}

// checkPath says what is wrong with a nested field. override_invite_template is
// checked against the documented fields, for an unknown one would be useless
// without anybody noticing; dds_config is open.
func checkPath(f Field) error {
	path, isTemplate := strings.CutPrefix(string(f), templatePrefix)
	if _, known := templatePaths[path]; isTemplate && !known {
		return fmt.Errorf("%s is no field of the invite template: check its spelling", f)
	}
	for part := range strings.SplitSeq(string(f), ".") {
		if part == "" {
			return fmt.Errorf("%s has an empty part between its dots", f)
		}
	}
	return nil
}

// isList reports whether a field holds a list, written in one cell with ; or |.
func isList(f Field) bool {
	path, isTemplate := strings.CutPrefix(string(f), templatePrefix)
	return f == FlowItems || isTemplate && templatePaths[path]
}

// splitList splits a cell on ; and |, and leaves out what is blank.
func splitList(cell string) []string {
	var items []string
	for item := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == '|' }) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// setPath puts value at path into object, which must belong to the caller as
// deep as its maps go. What stands in the way gives way.
func setPath(object map[string]any, path []string, value any) {
	for ; len(path) > 1; path = path[1:] {
		inner, ok := object[path[0]].(map[string]any)
		if !ok {
			inner = make(map[string]any)
			object[path[0]] = inner
		}
		object = inner
	}
	object[path[0]] = value
}

// cloneObject copies object as deep as its maps go, so that setPath on the copy
// leaves the original alone. A nil object becomes an empty one.
func cloneObject(object map[string]any) map[string]any {
	clone := make(map[string]any, len(object)+1)
	maps.Copy(clone, object)
	for key, value := range clone {
		if inner, ok := value.(map[string]any); ok {
			clone[key] = cloneObject(inner)
		}
	}
	return clone
}
