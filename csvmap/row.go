package csvmap

// Row is one record of the roster as it was read: raw cells and coordinates.
type Row struct {
	Line      int      // line on which the record starts, 1-based
	Offset    int64    // byte offset of the record's start in the decoded text
	Raw       string   // the record's text without its line end
	Cells     []string // in header order; nil when Malformed
	Malformed *Problem // set when the record could not be read as cells
}
