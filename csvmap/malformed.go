package csvmap

import "fmt"

// malformed is the problem of a record that could not be read as cells: found
// cells where the header has want.
func malformed(code Code, line, found, want int) *Problem {
	return &Problem{Line: line, Code: code, Message: malformedMessage(code, found, want)}
}

func malformedMessage(code Code, found, want int) string {
	switch code {
	case ShortRow:
		return fmt.Sprintf("the row has %s, the header has %d: put in what is missing, if only the delimiters", count(found, "cell"), want)
	case LongRow:
		return fmt.Sprintf("the row has %s, the header has %d: put double quotes around a cell that holds the delimiter", count(found, "cell"), want)
	case BadQuote:
		return "a double quote stands where none may: write it twice, and put double quotes around the whole cell"
	case UnclosedQuote:
		return "a double quote opens a cell and does not close it: close it or remove it"
	case CellTooLong:
		return fmt.Sprintf("a cell is longer than %d KiB: shorten it", MaxCell>>10)
	case RowTooLong:
		return fmt.Sprintf("the row was longer than %d KiB and is shown cut: fill in its cells anew", MaxRecord>>10)
	case CutRow:
		return "the roster was cut off within the row: fill in its cells anew"
	case AboveHeader:
		return "the row has somebody's contact and stands above the header: fill in its cells anew"
	case OtherRun:
		return "the row belongs to another run's file: run that file by itself"
	default:
		return "the raw text holds more than one row: leave one row in it"
	}
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
