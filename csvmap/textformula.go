package csvmap

import "strings"

// A cell ="00123" is a formula of a spreadsheet whose value is a text: programs
// write it so that the zeros stay.

// unwrapTexts puts the texts in the place of such formulas.
func unwrapTexts(cells []string) []string {
	for i, cell := range cells {
		if len(cell) > 2 && cell[0] == '=' {
			cells[i] = unwrapText(cell)
		}
	}
	return cells
}

func unwrapText(cell string) string {
	inside, ok := strings.CutPrefix(cell, `="`)
	inside, closed := strings.CutSuffix(inside, `"`)
	if !ok || !closed || strings.Contains(strings.ReplaceAll(inside, `""`, ""), `"`) {
		return cell
	}
	return strings.ReplaceAll(inside, `""`, `"`)
}
