package csvmap

import (
	"bytes"
	"errors"
	"io"
)

// xmlScanner gives the tags and texts of an XML document as they come. It knows
// what workbooks are made of and no more: no DTD, no entities of one's own, no
// namespaces (a prefix is dropped). encoding/xml is five times slower, which is
// most of the time that a workbook takes, and has no bound on its memory.
type xmlScanner struct {
	src  io.Reader
	buf  []byte // buf[pos:] is read and not yet scanned
	pos  int
	err  error
	name []byte // of the last tag, without its prefix; valid until the next call
	rest []byte // of the last start tag: its attributes
	text []byte // the last text, decoded; valid until the next call
	open bool   // the last start tag closed itself: its end comes next
}

type xmlToken int

const (
	xmlStart xmlToken = iota
	xmlEnd
	xmlText
)

// maxToken is how long a tag or a text may be, in bytes. A cell has 32,767
// characters at the most.
const maxToken = 1 << 20

var errXML = errors.New("the workbook is damaged: open it in Excel and save it again")

func newXMLScanner(src io.Reader) *xmlScanner {
	return &xmlScanner{src: src, buf: make([]byte, 0, 64<<10)}
}

// next returns the next tag or text. The error is io.EOF at the end.
func (x *xmlScanner) next() (xmlToken, error) {
	if x.open {
		x.open = false
		return xmlEnd, nil
	}
	for {
		if err := x.need(1); err != nil {
			return 0, err
		}
		if x.buf[x.pos] != '<' {
			return x.readText()
		}
		if err := x.need(2); err != nil {
			return 0, errXML
		}
		switch x.buf[x.pos+1] {
		case '?':
			if _, err := x.until("?>"); err != nil {
				return 0, err
			}
		case '!':
			if token, done, err := x.declaration(); done || err != nil {
				return token, err
			}
		default:
			return x.tag()
		}
	}
}

// declaration reads over a comment, and takes what stands in CDATA.
func (x *xmlScanner) declaration() (token xmlToken, done bool, err error) {
	const comment, cdata = "<!--", "<![CDATA["
	if err := x.need(len(cdata)); err != nil {
		return 0, false, errXML
	}
	switch head := x.buf[x.pos:]; {
	case bytes.HasPrefix(head, []byte(comment)):
		_, err = x.until("-->")
		return 0, false, err
	case bytes.HasPrefix(head, []byte(cdata)):
		text, err := x.until("]]>")
		if err == nil {
			x.text = append(x.text[:0], text[len(cdata):len(text)-len("]]>")]...)
		}
		return xmlText, true, err
	}
	return 0, false, errXML
}

// tag reads a tag. A > may stand in an attribute's value.
func (x *xmlScanner) tag() (xmlToken, error) {
	for end := 1; ; end++ {
		i, err := x.find('>', end)
		if err != nil {
			return 0, err
		}
		end = i
		tag := x.buf[x.pos+1 : x.pos+end]
		if bytes.Count(tag, []byte(`"`))%2 != 0 || bytes.IndexByte(tag, '"') < 0 && bytes.Count(tag, []byte("'"))%2 != 0 {
			continue
		}
		x.advance(end + 1)
		if len(tag) > 0 && tag[0] == '/' {
			x.name, x.rest = localName(trimSpaces(tag[1:])), nil
			return xmlEnd, nil
		}
		if len(tag) > 0 && tag[len(tag)-1] == '/' {
			tag, x.open = tag[:len(tag)-1], true
		}
		n := 0
		for n < len(tag) && tag[n] > ' ' {
			n++
		}
		x.name, x.rest = localName(tag[:n]), tag[n:]
		return xmlStart, nil
	}
}

func trimSpaces(text []byte) []byte {
	for len(text) > 0 && text[0] <= ' ' {
		text = text[1:]
	}
	for len(text) > 0 && text[len(text)-1] <= ' ' {
		text = text[:len(text)-1]
	}
	return text
}

func localName(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}

// attribute returns the value of the last start tag's attribute, undecoded: none
// that is asked for here holds an entity.
func (x *xmlScanner) attribute(name string) []byte {
	rest := x.rest
	for {
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 {
			return nil
		}
		key := trimSpaces(rest[:equals])
		rest = trimSpaces(rest[equals+1:])
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : 1+end]
		}
		rest = rest[end+2:]
	}
}

// readText reads a text up to the next tag.
func (x *xmlScanner) readText() (xmlToken, error) {
	end, err := x.find('<', 0)
	if errors.Is(err, io.EOF) {
		end = len(x.buf) - x.pos
	} else if err != nil {
		return 0, err
	}
	x.text = appendUnescaped(x.text[:0], x.buf[x.pos:x.pos+end])
	x.advance(end)
	return xmlText, nil
}

// until takes the bytes up to the end of mark.
func (x *xmlScanner) until(mark string) ([]byte, error) {
	for from := 0; ; {
		i, err := x.find(mark[len(mark)-1], from)
		if err != nil {
			return nil, err
		}
		if taken := x.buf[x.pos : x.pos+i+1]; bytes.HasSuffix(taken, []byte(mark)) {
			x.advance(i + 1)
			return taken, nil
		}
		from = i + 1
	}
}

// find returns the place of b in what is not yet scanned, at from or later. The
// error is io.EOF when it does not come, and errXML when it does not come soon.
func (x *xmlScanner) find(b byte, from int) (int, error) {
	for {
		if i := bytes.IndexByte(x.buf[x.pos+from:], b); i >= 0 {
			return from + i, nil
		}
		from = len(x.buf) - x.pos
		if from > maxToken {
			return 0, errXML
		}
		if err := x.fill(); err != nil {
			return 0, err
		}
	}
}

func (x *xmlScanner) need(n int) error {
	for len(x.buf)-x.pos < n {
		if err := x.fill(); err != nil {
			return err
		}
	}
	return nil
}

func (x *xmlScanner) advance(n int) { x.pos += n }

// fill reads more.
func (x *xmlScanner) fill() error {
	if x.err != nil {
		return x.err
	}
	kept := x.buf[x.pos:]
	if len(kept) == cap(x.buf) {
		x.buf = append(make([]byte, 0, 2*cap(x.buf)), kept...)
	} else {
		x.buf = append(x.buf[:0], kept...)
	}
	x.pos = 0
	for x.err == nil && len(x.buf) < cap(x.buf) {
		n, err := x.src.Read(x.buf[len(x.buf):cap(x.buf)])
		x.buf, x.err = x.buf[:len(x.buf)+n], err
	}
	return nil
}
