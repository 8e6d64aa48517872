package csvmap

// Row is one record of the roster as it was read: raw cells and coordinates.
type Row struct {
	Line      int      // line on which the record starts, 1-based; the row's number in a sheet
	Offset    int64    // byte offset of the record's start in the text, of UTF-16 as UTF-8; 0 in a workbook
	Raw       string   // the record without its line end: its own bytes, of UTF-16 as UTF-8, of a sheet as CSV
	Cells     []string // in header order, in UTF-8; nil when Malformed
	Answer    string   // of a rerun file: what HR has put into AnswerColumn, as it stands
	Malformed *Problem // set when the record could not be read as cells
	Skip      *Skipped // set when the record is nobody's row, or is filtered out; there is nothing to check or to send then
}
