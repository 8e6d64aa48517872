package csvmap

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// stringTable holds the texts that a workbook's cells refer to by number. A
// sheet of a million rows has millions of them, so they go into a spool, with a
// mark for every few; and since cells refer to them nearly in order, or to a few
// again and again, the pages that were read last are kept.
type stringTable struct {
	kept  *spool
	marks []int64 // offset of every markEvery-th text
	count int
	pages [pageCount]page
}

const (
	markEvery = 16
	pageSize  = 16 << 10
	pageCount = 64
)

type page struct {
	number int64 // 0 for an empty slot, else one more than the page's
	bytes  []byte
}

// readStrings reads the part of a workbook that holds the texts; nil for none.
func readStrings(part io.Reader) (*stringTable, error) {
	t := &stringTable{kept: newSpool(nil)}
	if part == nil {
		return t, nil
	}
	out := bufio.NewWriterSize(t.kept, 64<<10)
	size := int64(0)
	err := eachString(newXMLScanner(part), func(text []byte) error {
		if t.count%markEvery == 0 {
			t.marks = append(t.marks, size)
		}
		t.count++
		var head [binary.MaxVarintLen64]byte
		n := binary.PutUvarint(head[:], uint64(len(text)))
		size += int64(n + len(text))
		_, err := out.Write(head[:n])
		if err == nil {
			_, err = out.Write(text)
		}
		return err
	})
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		_ = t.kept.Close()
		return nil, err
	}
	return t, nil
}

// eachString hands out the texts, in order: what stands in the <t> of an <si>,
// but for the readings (<rPh>) that Japanese names have.
func eachString(x *xmlScanner, take func([]byte) error) error {
	var text []byte
	var inText, inReading bool
	for {
		token, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch name := string(x.name); {
		case token == xmlText:
			if inText && !inReading {
				text = append(text, x.text...)
			}
		case name == "si" && token == xmlStart:
			text = text[:0]
		case name == "si":
			if err := take(unescapeControls(text)); err != nil {
				return err
			}
		case name == "t":
			inText = token == xmlStart
		case name == "rPh":
			inReading = token == xmlStart
		}
	}
}

// appendTo appends the text with that number, counted from 0, to to.
func (t *stringTable) appendTo(to []byte, number int) ([]byte, error) {
	if number < 0 || number >= t.count {
		return nil, errXML
	}
	at := t.marks[number/markEvery]
	for skip := number % markEvery; ; skip-- {
		var length uint64
		var shift uint
		for {
			b, err := t.byteAt(at)
			if err != nil {
				return nil, err
			}
			at++
			length |= uint64(b&0x7f) << shift
			if shift += 7; b < 0x80 {
				break
			}
		}
		if skip == 0 {
			return t.appendBytes(to, at, int(length))
		}
		at += int64(length)
	}
}

func (t *stringTable) byteAt(at int64) (byte, error) {
	p, err := t.page(at / pageSize)
	if err != nil {
		return 0, err
	}
	return p[at%pageSize], nil
}

func (t *stringTable) appendBytes(to []byte, at int64, n int) ([]byte, error) {
	for n > 0 {
		p, err := t.page(at / pageSize)
		if err != nil {
			return nil, err
		}
		piece := p[at%pageSize:]
		piece = piece[:min(n, len(piece))]
		to = append(to, piece...)
		at, n = at+int64(len(piece)), n-len(piece)
	}
	return to, nil
}

func (t *stringTable) page(number int64) ([]byte, error) {
	slot := &t.pages[number%pageCount]
	if slot.number == number+1 {
		return slot.bytes, nil
	}
	if slot.bytes == nil {
		slot.bytes = make([]byte, pageSize)
	}
	n, err := t.kept.ReadAt(slot.bytes[:pageSize], number*pageSize)
	if n == 0 && err != nil {
		return nil, err
	}
	slot.number, slot.bytes = number+1, slot.bytes[:n]
	return slot.bytes, nil
}

// Close gives the room back.
func (t *stringTable) Close() error { return t.kept.Close() }
