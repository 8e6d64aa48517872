package csvmap

// Why a line of the roster is nobody's row, or a row that does not count. The codes
// are stable.
const (
	TitleLine   Code = "title_line"   // above the header
	HeaderAgain Code = "header_again" // the header once more
	LabelLine   Code = "label_line"   // the header in other words, right below it
	TotalLine   Code = "total_line"   // a count or a sum below the last row
	EmptyRow    Code = "empty_row"    // below the last row
	Filtered    Code = "filtered"     // the mapping file's filter leaves it out
)

// Skipped says why a line is nobody's row, or does not count.
type Skipped struct {
	Code    Code
	Message string
}

// skipped returns what there is to say of a line with that code, nil when it is
// a row.
func skipped(code Code) *Skipped {
	switch code {
	case TitleLine:
		return &Skipped{code, "the line stands above the header"}
	case HeaderAgain:
		return &Skipped{code, "the line is the header once more"}
	case LabelLine:
		return &Skipped{code, "the line repeats the header in other words"}
	case TotalLine:
		return &Skipped{code, "the line counts or sums up the rows above it"}
	case EmptyRow:
		return &Skipped{code, "the row is empty, like all that follow"}
	case Filtered:
		return &Skipped{code, "the filter in the mapping file leaves the row out"}
	}
	return nil
}
