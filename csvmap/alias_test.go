package csvmap

import (
	"slices"
	"testing"
)

func TestNoHeaderMeansTwoFields(t *testing.T) {
	fields := make(map[string]Field)
	for field, headers := range aliases {
		for _, header := range append(headers, string(field)) {
			key := headerKey(header)
			if other, taken := fields[key]; key == "" || taken && other != field {
				t.Errorf("%q means %s and %s", header, field, other)
			}
			fields[key] = field
		}
	}
	for field, lines := range secondChoices {
		for _, header := range slices.Concat(lines...) {
			key := headerKey(header)
			if other, taken := fields[key]; key == "" || taken {
				t.Errorf("%q means %s and %s", header, field, other)
			}
			fields[key] = field
		}
	}
	for _, h := range halves {
		for _, key := range h.whole {
			if fields[key] != FullName {
				t.Errorf("%q by itself is %q", key, fields[key])
			}
		}
		for _, key := range h.beside {
			if fields[key] != FirstName && fields[key] != LastName {
				t.Errorf("%q is %q", key, fields[key])
			}
		}
	}
}
