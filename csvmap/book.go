package csvmap

// openBook opens a roster that is a workbook: it finds the sheet and its header.
func (r *Roster) openBook() error {
	book, err := openWorkbook(r.unpacked.book)
	if err != nil {
		return err
	}
	texts, err := book.texts()
	if err != nil {
		return err
	}
	entry, err := r.chooseSheet(book, texts)
	if err == nil {
		r.sheet, err = openSheet(book, entry, texts)
	}
	if err != nil {
		_ = texts.Close()
		return err
	}
	r.detected.Sheet = entry.name
	err = r.openTable(r.sheet, sheetTable)
	r.format.BOM, r.format.Newline = true, "\r\n"
	r.sheet.least = len(r.columns)
	return err
}

// sheetTable is how a sheet's records are read: it gives them as guarded CSV.
var sheetTable = table{
	encoding: newEncoding(utf8Name), delimiter: ',', asText: true, isSheet: true, cut: func() bool { return false },
}

// chooseSheet finds the sheet that was asked for, or the first that can be seen
// and has a header that will do, or the first that can be seen and has cells.
func (r *Roster) chooseSheet(book *workbook, texts *stringTable) (*sheetEntry, error) {
	if r.settings.Sheet != "" {
		return book.named(r.settings.Sheet)
	}
	var visible, filled []*sheetEntry
	for i := range book.sheets {
		if entry := &book.sheets[i]; !entry.hidden {
			visible = append(visible, entry)
		}
	}
	for _, entry := range visible {
		header, err := r.peekHeader(book, entry, texts)
		if err != nil {
			continue // what is wrong with it comes up when it is the one to read
		}
		filled = append(filled, entry)
		if usable(header) {
			filled = []*sheetEntry{entry}
			break
		}
	}
	switch {
	case len(visible) == 0:
		return nil, refusal("has only hidden sheets: show the one with the roster, or give --sheet")
	case len(filled) == 0:
		return visible[0], nil
	case len(visible) > 1:
		r.note("the sheet %q was taken, of %d; --sheet takes another", filled[0].name, len(visible))
	}
	return filled[0], nil
}

// peekHeader reads a sheet's header.
func (r *Roster) peekHeader(book *workbook, entry *sheetEntry, texts *stringTable) ([]string, error) {
	s, err := openSheet(book, entry, texts)
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.part.Close() }()
	d := &decoder{records: s, table: sheetTable, parser: newParser(',')}
	heading, err := findHeading(s, d.cellsOf, r.settings.HeaderRow)
	if err != nil {
		return nil, err
	}
	return d.unguarded(d.cellsOf(heading.top)), nil
}
