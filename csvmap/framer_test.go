package csvmap

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// framed is a frame that is safe to keep.
type framed struct {
	Line   int
	Offset int64
	Text   string
	Code   Code
}

func frameAll(t testing.TB, src io.Reader, g grammar) []framed {
	t.Helper()
	f := newFramer(src)
	f.grammar = g
	var all []framed
	for {
		next, err := f.next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, framed{next.line, next.offset, string(next.text), next.code})
	}
}

var comma = grammar{',', MaxCell, MaxRecord}

func TestFramer(t *testing.T) {
	long := strings.Repeat("x", MaxCell+1)
	huge := strings.Repeat("y,", MaxRecord/2+1)
	manyLines := strings.Repeat("z\n", MaxCell/2+1)
	tests := []struct {
		name, text string
		want       []framed
	}{
		{"nothing", "", nil},
		{"only blank lines", "\n\r\n\r", nil},
		{"LF", "a,b\n1,2\n", []framed{{1, 0, "a,b", ""}, {2, 4, "1,2", ""}}},
		{"no last line end", "a\nb", []framed{{1, 0, "a", ""}, {2, 2, "b", ""}}},
		{"CRLF", "a,b\r\n1,2\r\n", []framed{{1, 0, "a,b", ""}, {2, 5, "1,2", ""}}},
		{"CR", "a,b\r1,2\r", []framed{{1, 0, "a,b", ""}, {2, 4, "1,2", ""}}},
		{"mixed ends", "a\rb\nc\r\nd", []framed{{1, 0, "a", ""}, {2, 2, "b", ""}, {3, 4, "c", ""}, {4, 7, "d", ""}}},
		{"blank lines count", "a\n\n\r\nb\n", []framed{{1, 0, "a", ""}, {4, 5, "b", ""}}},
		{"quoted newlines", "\"a\nb\r\nc\",d\ne\n", []framed{{1, 0, "\"a\nb\r\nc\",d", ""}, {4, 11, "e", ""}}},
		{"escaped quotes", "\"a\"\"b\",\"\"\nc\n", []framed{{1, 0, `"a""b",""`, ""}, {2, 10, "c", ""}}},
		{"quoted to the end", `"a"`, []framed{{1, 0, `"a"`, ""}}},
		{"bare quote", "a,b\"c\nd\n", []framed{{1, 0, `a,b"c`, BadQuote}, {2, 6, "d", ""}}},
		{"text after a quote", "\"a\"b,c\nd\n", []framed{{1, 0, `"a"b,c`, BadQuote}, {2, 7, "d", ""}}},
		{"blanks around quotes", "a, \t\"b,\n\"\t ,\"c\" \nd\n", []framed{{1, 0, "a, \t\"b,\n\"\t ,\"c\" ", ""}, {3, 17, "d", ""}}},
		{"text after a quote and blanks", "a, \"b\" c\nd\n", []framed{{1, 0, `a, "b" c`, BadQuote}, {2, 9, "d", ""}}},
		{"Excel's text formula", "=\"1,\"\"2\", =\"3\"\n=4\n", []framed{{1, 0, `="1,""2", ="3"`, ""}, {2, 15, "=4", ""}}},
		{"text after such a formula", "=\"1\"&\"2\"\nd\n", []framed{{1, 0, `="1"&"2"`, BadQuote}, {2, 9, "d", ""}}},
		{"blanks at the end", "a,  ", []framed{{1, 0, "a,  ", ""}}},
		{"marks within", "\xef\xbb\xbfa\n\xef\xbb\xbf\"b\"\n\xef\xbb\xbf\n\xef\xbbc\n\xef\xbb", []framed{
			{1, 3, "a", ""}, {2, 8, `"b"`, ""}, {4, 16, "\xef\xbbc", ""}, {5, 20, "\xef\xbb", ""},
		}},
		{"bad on its second line", "a,\"b\nc\"d\n1,2\n", []framed{{1, 0, `a,"b`, BadQuote}, {2, 5, `c"d`, BadQuote}, {3, 9, "1,2", ""}}},
		{"unclosed", "a,\"b\nc,d\ne,f\n", []framed{{1, 0, `a,"b`, UnclosedQuote}, {2, 5, "c,d", ""}, {3, 9, "e,f", ""}}},
		{"unclosed in the last line", "a\n\"b", []framed{{1, 0, "a", ""}, {2, 2, `"b`, UnclosedQuote}}},
		{"unclosed far from the end", "\"a\n" + manyLines + "b\n", append(append(
			[]framed{{1, 0, `"a`, UnclosedQuote}}, lines(2, 3, "z", MaxCell/2+1)...),
			framed{MaxCell/2 + 3, int64(3 + len(manyLines)), "b", ""})},
		{"longest cell", long[1:] + ",a\nb\n", []framed{{1, 0, long[1:] + ",a", ""}, {2, int64(len(long)) + 2, "b", ""}}},
		{"cell too long", long + ",a\nb\n", []framed{{1, 0, long + ",a", CellTooLong}, {2, int64(len(long)) + 3, "b", ""}}},
		{"last cell too long", "a," + long, []framed{{1, 0, "a," + long, CellTooLong}}},
		{"longest quoted cell", `"` + long[1:] + `"` + "\nb\n", []framed{{1, 0, `"` + long[1:] + `"`, ""}, {2, int64(len(long)) + 2, "b", ""}}},
		{"quoted cell too long", `"` + long + `"` + "\nb\n", []framed{{1, 0, `"` + long + `"`, CellTooLong}, {2, int64(len(long)) + 3, "b", ""}}},
		{"line too long", huge + "\r\nb\n", []framed{{1, 0, huge[:MaxCell], RowTooLong}, {2, int64(len(huge)) + 2, "b", ""}}},
		{"last line too long", huge, []framed{{1, 0, huge[:MaxCell], RowTooLong}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, frameAll(t, strings.NewReader(tt.text), comma)); diff != "" {
				t.Error(diff)
			}
			if len(tt.text) > 1<<10 {
				return
			}
			if diff := cmp.Diff(tt.want, frameAll(t, iotest.OneByteReader(strings.NewReader(tt.text)), comma)); diff != "" {
				t.Error("byte by byte:", diff)
			}
		})
	}
}

func lines(line int, offset int64, text string, n int) []framed {
	all := make([]framed, n)
	for i := range all {
		all[i] = framed{line + i, offset + int64(i*(len(text)+1)), text, ""}
	}
	return all
}

// A record may lie across the buffer's end in any way; what is framed is the same.
func TestFramerAcrossBuffers(t *testing.T) {
	for pad := range 24 {
		text := strings.Repeat("p", firstBuffer-12-pad%2) + ",\n" + strings.Repeat("q", pad) + "\r\n\"a\r\nb\"\"\"\r\nc\r\n"
		got := frameAll(t, strings.NewReader(text), comma)
		got = got[len(got)-2:]
		if got[0].Text != "\"a\r\nb\"\"\"" || got[1].Text != "c" || got[1].Line != 5 {
			t.Fatalf("pad %d: %+v", pad, got)
		}
	}
}

func TestFramerBoundsMemory(t *testing.T) {
	f := newFramer(io.LimitReader(endless{}, 64<<20))
	f.grammar = comma
	if got, err := f.next(); err != nil || got.code != RowTooLong || len(got.text) != MaxCell {
		t.Fatal(got.code, len(got.text), err)
	}
	if cap(f.buf) > 2*MaxRecord {
		t.Errorf("a line of 64 MiB took a buffer of %d bytes", cap(f.buf))
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestFramerReadError(t *testing.T) {
	broken := errors.New("broken disk")
	f := newFramer(io.MultiReader(strings.NewReader("a,b\nc,"), iotest.ErrReader(broken)))
	f.grammar = comma
	if got, err := f.next(); err != nil || string(got.text) != "a,b" {
		t.Fatal(got, err)
	}
	for range 2 {
		if _, err := f.next(); !errors.Is(err, broken) {
			t.Fatal(err)
		}
	}
}

// A source that breaks off with io.ErrUnexpectedEOF, as an archive does that was
// cut, has not come to its end.
func TestFramerTellsACutFromTheEnd(t *testing.T) {
	f := newFramer(io.MultiReader(strings.NewReader("a,b\nc,"), iotest.ErrReader(io.ErrUnexpectedEOF)))
	f.grammar = comma
	if got, err := f.next(); err != nil || string(got.text) != "a,b" {
		t.Fatal(got, err)
	}
	if got, err := f.next(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%q, %v", got.text, err)
	}
}

func TestSniffDelimiter(t *testing.T) {
	tests := map[string]byte{
		"a,b,c\n": ',', "a;b;c": ';', "a\tb\r\n": '\t', "a|b|c\n": '|', "email\nx;y;z\n": ',', "": ',',
		"\"a;b;c;d\",e\n": ',', "\"Last, First, Middle\";b\n": ';', "\r\n\na;b\n": ';', "a,b;c\n": ',',
	}
	for head, want := range tests {
		if got := sniffDelimiter([]byte(head)); got != want {
			t.Errorf("%q: %q, want %q", head, got, want)
		}
	}
}
