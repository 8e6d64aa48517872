package csvmap

// Why a line of the roster is nobody's row, or a row that does not count. The codes
// are stable.
const (
	TitleLine   Code = "title_line"   // above the header
	HeaderAgain Code = "header_again" // the header once more
	LabelLine   Code = "label_line"   // the header in other words, right below it
	TotalLine   Code = "total_line"   // a count or a sum
	RemarkLine  Code = "remark_line"  // a page's number, the end of a report, dashes
	EmptyRow    Code = "empty_row"
	Filtered    Code = "filtered" // the mapping file's filter leaves it out
)

// Skipped says why a line is nobody's row, or does not count. It is shared: do not
// change it.
type Skipped struct {
	Code    Code
	Message string
}

var skips = map[Code]*Skipped{
	TitleLine:   {TitleLine, "the line stands above the header"},
	HeaderAgain: {HeaderAgain, "the line is the header once more"},
	LabelLine:   {LabelLine, "the line repeats the header in other words"},
	TotalLine:   {TotalLine, "the line counts or sums up rows"},
	RemarkLine:  {RemarkLine, "the line is a remark: it has no name, no contact and no ID"},
	EmptyRow:    {EmptyRow, "the row is empty"},
	Filtered:    {Filtered, "the filter in the mapping file leaves the row out"},
}

// skipped returns what there is to say of a line with that code, nil when it is
// a row.
func skipped(code Code) *Skipped {
	if code == "" {
		return nil
	}
	return skips[code]
}
