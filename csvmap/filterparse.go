package csvmap

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parseFilter reads a filter:
//
//	filter     = all { "||" all }
//	all        = one { "&&" one }
//	one        = "(" filter ")" | column ( "==" | "!=" ) text | column [ "not" ] "in" "(" text { "," text } ")"
//	column     = word | quoted          text = word | quoted
//
// A word is letters, digits and any of _ - . @ + in a row; anything else goes
// into quotes, single or double, with \ before a quote or a \ in them. complaint
// says what is wrong and at which character; "" when nothing is.
func parseFilter(text string) (c *condition, complaint string) {
	p := &filterParser{text: text}
	p.advance()
	c = p.any(0)
	if p.complaint == "" && p.next.kind != tokenEnd {
		p.expected("&& or ||, or the end")
	}
	if p.complaint != "" {
		return nil, p.complaint
	}
	return c, ""
}

// maxNesting is how many parentheses may be open at once.
const maxNesting = 50

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenWord
	tokenQuoted
	tokenSign // one of ( ) , == != && ||, or one that is none of the filter's
)

type token struct {
	kind tokenKind
	text string
	at   int // in bytes
}

// filterParser keeps its first complaint, after which all that follows is the end.
type filterParser struct {
	text      string
	at        int
	next      token
	complaint string
}

func (p *filterParser) any(depth int) *condition {
	c := p.all(depth)
	for p.takes("||") {
		c = &condition{op: opOr, left: c, right: p.all(depth)}
	}
	return c
}

func (p *filterParser) all(depth int) *condition {
	c := p.one(depth)
	for p.takes("&&") {
		c = &condition{op: opAnd, left: c, right: p.one(depth)}
	}
	return c
}

func (p *filterParser) one(depth int) *condition {
	if p.takes("(") {
		if depth == maxNesting {
			p.fail(p.next.at, fmt.Sprintf("more than %d parentheses are open", maxNesting))
		}
		c := p.any(depth + 1)
		p.want(")")
		return c
	}
	c := &condition{column: p.operand("a column")}
	switch {
	case p.takes("=="):
		c.op, c.values = opIs, []string{p.operand("a text")}
	case p.takes("!="):
		c.op, c.values = opIsNot, []string{p.operand("a text")}
	case p.takes("in"):
		c.op, c.values = opIn, p.list()
	case p.takes("not"):
		p.want("in")
		c.op, c.values = opNotIn, p.list()
	default:
		p.expected("==, !=, in or not in behind the column " + quoteHeader(c.column))
	}
	return c
}

func (p *filterParser) list() []string {
	p.want("(")
	values := []string{p.operand("a text")}
	for p.takes(",") {
		values = append(values, p.operand("a text"))
	}
	p.want(")")
	return values
}

// operand takes a column or a text.
func (p *filterParser) operand(what string) string {
	t := p.next
	if t.kind != tokenWord && t.kind != tokenQuoted {
		p.expected(what)
		return ""
	}
	p.advance()
	return strings.TrimSpace(t.text)
}

// takes passes over a sign or a word that has a meaning of its own, if it is next.
func (p *filterParser) takes(text string) bool {
	if p.next.kind == tokenEnd || p.next.kind == tokenQuoted || !strings.EqualFold(p.next.text, text) {
		return false
	}
	p.advance()
	return true
}

func (p *filterParser) want(text string) {
	if !p.takes(text) {
		p.expected(text)
	}
}

func (p *filterParser) expected(what string) {
	found := "the end"
	if p.next.kind != tokenEnd {
		found = quoteHeader(p.next.text)
	}
	hint := ""
	switch {
	case p.next.text == "=":
		hint = "; two texts are compared with =="
	case p.next.kind == tokenWord:
		hint = "; what has spaces goes into quotes"
	}
	p.fail(p.next.at, fmt.Sprintf("expected %s, found %s%s", what, found, hint))
}

func (p *filterParser) fail(at int, message string) {
	if p.complaint == "" {
		p.complaint = fmt.Sprintf("at character %d: %s", utf8.RuneCountInString(p.text[:at])+1, message)
	}
	p.at, p.next = len(p.text), token{kind: tokenEnd, at: at}
}

// advance reads the next token.
func (p *filterParser) advance() {
	p.at += len(p.text[p.at:]) - len(strings.TrimLeftFunc(p.text[p.at:], unicode.IsSpace))
	rest := p.text[p.at:]
	word := strings.IndexFunc(rest, func(r rune) bool { return !isWordRune(r) })
	if word < 0 {
		word = len(rest)
	}
	switch {
	case rest == "":
		p.next = token{kind: tokenEnd, at: p.at}
	case word > 0:
		p.accept(tokenWord, rest[:word], word)
	case rest[0] == '"' || rest[0] == '\'':
		p.quoted(rest)
	default:
		sign := signAt(rest)
		p.accept(tokenSign, sign, len(sign))
	}
}

func (p *filterParser) accept(kind tokenKind, text string, size int) {
	p.next = token{kind, text, p.at}
	p.at += size
}

func (p *filterParser) quoted(rest string) {
	var text strings.Builder
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == '\\' && i+1 < len(rest) && strings.IndexByte(`"'\`, rest[i+1]) >= 0:
			i++
			text.WriteByte(rest[i])
		case rest[i] == rest[0]:
			p.accept(tokenQuoted, text.String(), i+1)
			return
		default:
			text.WriteByte(rest[i])
		}
	}
	p.fail(p.at, "the quote is never closed")
}

func signAt(rest string) string {
	for _, sign := range []string{"==", "!=", "&&", "||"} {
		if strings.HasPrefix(rest, sign) {
			return sign
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	return rest[:size]
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r != utf8.RuneError && strings.ContainsRune("_-.@+", r)
}
