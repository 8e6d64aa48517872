package argyle

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"bulkinvite/batch"
	"bulkinvite/csvmap"
)

const (
	maxFieldErrors = 50
	maxErrorDepth  = 8

	wholeBody = "non_field_errors" // the API's name for an error of no single field
)

// rowFields are the fields of a request: an error under another name, such as
// "detail", is not about the row.
var rowFields = []string{
	"first_name", "last_name", "full_name", "email", "phone_number", "external_id",
	"flow_id", "flow_items", "dds_config", "override_invite_template", wholeBody,
}

// fieldErrors reads the body of a 4xx answer, which names fields and says what
// is wrong with them: as a text, a list of texts, or nested in objects and in
// lists of objects. They come sorted by field, at most maxFieldErrors of them;
// none when body is something else. Values of r that the API repeats are masked.
func fieldErrors(body []byte, r csvmap.Recipient) []batch.FieldError {
	var top map[string]any
	if json.Unmarshal(body, &top) != nil {
		return nil
	}
	var found []batch.FieldError
	for _, name := range rowFields {
		found = flatten(found, name, top[name], 0)
	}
	slices.SortStableFunc(found, func(a, b batch.FieldError) int { return cmp.Compare(a.Field, b.Field) })
	found = found[:min(len(found), maxFieldErrors)]

	mask := newMask(r)
	for i, e := range found {
		found[i] = batch.FieldError{Field: mask.clean(e.Field), Message: mask.clean(e.Message)}
	}
	return found
}

// flatten appends the errors under path.
func flatten(found []batch.FieldError, path string, value any, depth int) []batch.FieldError {
	if depth > maxErrorDepth {
		return found
	}
	switch v := value.(type) {
	case nil:
	case map[string]any:
		for name, inner := range v {
			found = flatten(found, join(path, name), inner, depth+1)
		}
	case []any:
		for i, inner := range v {
			found = flatten(found, element(path, i, inner), inner, depth+1)
		}
	default: // a text; a number or a bool says something too
		found = append(found, batch.FieldError{Field: strings.TrimPrefix(path, wholeBody), Message: fmt.Sprint(v)})
	}
	return found
}

// join makes a dotted path. An error of no single field belongs to what holds it.
func join(path, name string) string {
	if name == wholeBody {
		return path
	}
	return path + "." + name
}

// element is the path of a list's element: messages belong to the list's own
// field, anything deeper to the place in the list.
func element(path string, i int, value any) string {
	switch value.(type) {
	case map[string]any, []any:
		return fmt.Sprintf("%s.%d", path, i)
	default:
		return path
	}
}
