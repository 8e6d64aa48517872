package csvmap_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bulkinvite/csvmap"
)

// Cells are read as a person sees them.
func TestWorkbookCells(t *testing.T) {
	tests := []struct {
		name   string
		value  any
		format int
		custom string
		want   string
	}{
		{"text", "Ada & <Bob> \"x\"", 0, "", "Ada & <Bob> \"x\""},
		{"text with a line break", "a\nb", 0, "", "a\nb"},
		{"text like a number", "00123", 0, "", "00123"},
		{"text that is spaces", "  a ", 0, "", "  a "},
		{"phone number", 2125550123, 0, "", "2125550123"},
		{"long number", 442079460958, 0, "", "442079460958"},
		{"longer number", 1234567890123456, 0, "", "1234567890123460"},
		{"number with an exponent", 2.12555e9, 0, "", "2125550000"},
		{"whole number as a fraction", 7.0, 0, "", "7"},
		{"fraction", 0.1 + 0.2, 0, "", "0.3"},
		{"negative", -1.5, 0, "", "-1.5"},
		{"with two digits", 12.5, 2, "", "12.5"},
		{"leading zeros", 123, 0, "00000", "00123"},
		{"leading zeros that are too few", 123456, 0, "00000", "123456"},
		{"date", time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), 14, "", "2026-01-31"},
		{"date and time", time.Date(2026, 1, 31, 13, 45, 0, 0, time.UTC), 22, "", "2026-01-31 13:45"},
		{"time", 0.5 + 1.0/86_400, 21, "", "12:00:01"},
		{"own date", 46053, 0, `[$-409]d\-mmm\-yyyy;@`, "2026-01-31"},
		{"month and year", 46053, 0, "mmm yy", "2026-01-31"},
		{"no date", 46053, 0, `#,##0.00 "days"`, "46053"},
		{"no date in red", 46053, 0, `[Red]0.00E+00`, "46053"},
		{"before March 1900", 31, 14, "", "1900-01-31"},
		{"no day", -1, 14, "", "-1"},
		{"yes", true, 0, "", "TRUE"},
		{"no", false, 0, "", "FALSE"},
		{"blank", "", 0, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := book(t, func(f *excelize.File) {
				fill(t, f, "Sheet1", [][]any{{"Name", "Email", "Value"}, {"A", "a@example.com", tt.value}})
				formatCell(t, f, "C2", tt.format, tt.custom)
			})
			got := rows(t, openWith(t, file, csvmap.OpenOptions{}))
			if diff := cmp.Diff([]string{"A", "a@example.com", tt.want}, got[0].Cells); diff != "" || got[0].Line != 2 {
				t.Error(diff)
			}
		})
	}
}
