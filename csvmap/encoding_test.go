package csvmap_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"bulkinvite/csvmap"
)

// coders encode as other programs do.
var coders = map[string]encoding.Encoding{
	"UTF-8": encoding.Nop, "Windows-1252": charmap.Windows1252, "ISO-8859-15": charmap.ISO8859_15,
	"MacRoman": charmap.Macintosh, "Windows-1250": charmap.Windows1250, "Windows-1251": charmap.Windows1251,
	"Windows-1254": charmap.Windows1254,
	"Shift-JIS":    japanese.ShiftJIS,
	"UTF-16LE":     unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

func coded(t testing.TB, name, text string) string {
	t.Helper()
	out, err := coders[name].NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const (
	latins      = "José Muñoz\nFrançoise Lefèvre\nJürgen Groß\nSøren Kjær\nÉva Åberg\nJoão Magalhães\n"
	westerners  = latins + "Noëlle D’Alù\n"
	poles       = "Łukasz Żółkiewski\nAgnieszka Wójcik-Kamińska\nStanisław Wiśniewski\nBożena Dąbrowska\n"
	czechs      = "Jiří Dvořák\nVěra Nováková\nTomáš Procházka\nZdeněk Kovář\nJan Horáček\nMarie Němcová\n"
	hungarians  = "Erdős Pál\nSzőke Éva\nKovács Jenő\nSzűcs Ágnes\nGergő Lőrincz\nÖrdögh Béla\nFőző László\nHegedűsné Tőkés Márta\n"
	turks       = "Şule Yılmaz\nİbrahim Çelik\nGökhan Öztürk\nAyşe Doğan\nIşıl Kılıç\nBarış Şahin\nÇağla Yıldız\nTuğba Kaplan\n"
	russians    = "Иван Петров\nМария Сидорова\nАлексей Щукин\n"
	japaneseTwo = "山田 太郎\n髙橋 ソノ子\nサトウ ヨシコ\n"
)

// Whatever an HR system writes is read rightly, or not at all, and is told.
func TestEncodingsAreDetected(t *testing.T) {
	tests := []struct{ name, people, want string }{
		{"UTF-8", westerners + poles + russians + japaneseTwo, "UTF-8"},
		{"UTF-16LE", westerners + russians, "UTF-16LE"},
		{"UTF-16BE", japaneseTwo, "UTF-16BE"},
		{"Windows-1252", westerners, "Windows-1252"},
		{"Windows-1252", "Geneviève\n", "Windows-1252"},
		{"Windows-1252", "Éva\n", "Windows-1252"},
		{"Windows-1252", "Muñoz\n", "Windows-1252"},
		{"Windows-1252", "MUÑOZ IBÁÑEZ, JOSÉ\n", "Windows-1252"},
		{"Windows-1252", "Søren Østergaard\n", "Windows-1252"},
		{"Windows-1252", "O’Brien “Bob”\nAnn – Marie\n", "Windows-1252"},
		{"ISO-8859-15", latins + "Anu Šmidt\nIgor Žukov\nAnne Lebœuf\n", "ISO-8859-15"},
		{"MacRoman", westerners, "MacRoman"},
		{"MacRoman", "José Muñoz\n", "MacRoman"},
		{"Windows-1250", poles, "Windows-1250"},
		{"Windows-1250", czechs, "Windows-1250"},
		{"Windows-1250", hungarians, "Windows-1250"},
		{"Windows-1251", russians, "Windows-1251"},
		{"Windows-1254", turks, "Windows-1254"},
		{"Windows-1252", "Þór Guðmundsson\nJón Sigurðsson\nDavíð Árnason\nHörður Ægisson\n", "Windows-1252"},
		{"Windows-1252", "Pavel Novotný\nJosé Pérez\n", "Windows-1252"},
		{"Shift-JIS", japaneseTwo, "Shift-JIS"},
	}
	for _, tt := range tests {
		t.Run(tt.name+" "+tt.people[:5], func(t *testing.T) {
			text := "Name;Email\n" + strings.ReplaceAll(tt.people, "\n", ";a@example.com\n")
			roster := openWith(t, coded(t, tt.name, text), csvmap.OpenOptions{})
			if got := roster.Detected(); got.Encoding != tt.want || got.Delimiter != "semicolon" || got.HeaderRow != 1 || got.Format != "csv" {
				t.Errorf("%+v", got)
			}
			var names []string
			for _, row := range rows(t, roster) {
				names = append(names, row.Cells[0])
			}
			if diff := cmp.Diff(tt.people, strings.Join(names, "\n")+"\n"); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Where the letters leave a doubt, the rows are held in which they count, and the
// others are read.
func TestEncodingsInDoubt(t *testing.T) {
	tests := []struct{ name, people, note string }{
		{"Greek in ISO-8859-7", "\xc9\xf9\xdc\xed\xed\xe7\xf2 \xd0\xe1\xf0\xe1\xe4\xfc\xf0\xef\xf5\xeb\xef\xf2", "cannot be told"},
		{"Chinese in GB 18030", "\xcd\xf5\xd0\xa1\xc3\xf7,\xc0\xee\xc7\xbf,\xd5\xc5\xce\xb0", ""},
		{"Russian in KOI8-R", "\xe9\xd7\xc1\xce \xf0\xc5\xd4\xd2\xcf\xd7,\xed\xc1\xd2\xc9\xd1 \xf3\xc9\xc4\xcf\xd2\xcf\xd7\xc1", ""},
		{"Korean in EUC-KR", "\xb1\xe8\xb9\xce\xbc\xf6,\xc0\xcc\xbf\xb5\xc8\xf1,\xb9\xda\xc1\xf6\xbf\xb5", ""},
		{"Polish in ISO-8859-2", "Wi\xb6niewski,W\xb1sik,\xacr\xf3d\xb3owski", ""},
		{"nothing", "\x81\x8d\x9d\x81", "cannot be told"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := "Name,Email,Note\nAda Longfield,ada@example.com,Jos\xe9\n"
			want := []string{"2 Ada Longfield ada@example.com"}
			for i, name := range strings.Split(tt.people, ",") {
				text += name + ",a@example.com,\n"
				want = append(want, fmt.Sprint(i+3, " invalid unclear_letters:1"))
			}
			roster := openWith(t, text, csvmap.OpenOptions{})
			if diff := cmp.Diff(want, verdicts(t, roster)); diff != "" {
				t.Error(diff)
			}
			if notes := notesOf(roster); len(notes) != 1 || !strings.Contains(notes[0], tt.note) {
				t.Error(notes)
			}
		})
	}
}

// A byte order mark says it, and nobody may say otherwise.
func TestMarks(t *testing.T) {
	for name, mark := range map[string]string{"UTF-8": "\xef\xbb\xbf", "UTF-16LE": "\xff\xfe", "UTF-16BE": "\xfe\xff"} {
		file := mark + coded(t, name, "Name\tEmail\r\nJosé\ta@example.com\r\n")
		roster := openWith(t, file, csvmap.OpenOptions{Encoding: name})
		if got := roster.Format(); !got.BOM || got.Newline != "\r\n" || roster.Detected().Encoding != name {
			t.Error(got)
		}
		if all := rows(t, roster); all[0].Cells[0] != "José" || all[0].Line != 2 || all[0].Offset != 12 {
			t.Error(all)
		}
		_, err := csvmap.OpenWith("-", strings.NewReader(file), csvmap.OpenOptions{Encoding: "macroman"})
		if _, ok := errors.AsType[*csvmap.RosterError](err); !ok || !strings.Contains(err.Error(), "leave --encoding out") {
			t.Error(err)
		}
	}
}

// The rows of a rerun file are the roster's, byte for byte, in every encoding,
// whatever bytes there are, and the file is read as it was written.
func TestRerunKeepsTheEncoding(t *testing.T) {
	all := func(from, to int) string {
		var bytes []byte
		for b := from; b <= to; b++ {
			bytes = append(bytes, byte(b))
		}
		return string(bytes)
	}
	tests := []struct{ name, row string }{
		{"UTF-8", "José 山田 \xe9"}, {"Windows-1252", all(0x80, 0xff)}, {"ISO-8859-15", all(0x80, 0xff)}, {"MacRoman", all(0x80, 0xff)},
		{"Windows-1250", all(0x80, 0xff)}, {"Windows-1251", all(0x80, 0xff)}, {"Windows-1254", all(0x80, 0xff)}, {"ISO-8859-1", all(0x80, 0xff)},
		{"Shift-JIS", "\x87\x90\xed\xee\xfa\xfc\x81\x81\x83\x5c\x85\xff\x80 " + all(0xa0, 0xdf)},
		{"UTF-16LE", "J\x00\xe9\x00\x00\xd8x\x00=\xd8\x00\xde\x42\xdc"}, {"UTF-16BE", "\x00J\xd8\x00\x00x\xdc\x01\xd8\x3d\xde\x00"},
	}
	for _, tt := range tests {
		for _, sep := range []string{"", "sep=;\r\n"} {
			t.Run(tt.name+sep, func(t *testing.T) {
				code := func(text string) string {
					if strings.HasPrefix(tt.name, "UTF-16") {
						return coded(t, tt.name, text)
					}
					return text
				}
				file := code(sep+"Name;E-mail;\"Note\"\r\n") + tt.row + code(";a@example.com;\"x\r\ny\"\r\nA;a\"b;") + tt.row + code("\r\n")
				o := csvmap.OpenOptions{Encoding: tt.name}
				roster := openWith(t, file, o)
				first := csvmap.RerunFile(t, roster.Format(), rows(t, roster), csvmap.Marks{Run: "r1", Message: "Größe"})
				own, _, _ := strings.Cut(first, code(";r1;;;"))
				header, _, _ := strings.Cut(own, code(";bulkinvite_run"))
				if want := code(sep + "Name;E-mail;\"Note\""); header != want {
					t.Errorf("the header is %q, want %q", header, want)
				}
				if want := tt.row + code(";a@example.com;\"x\r\ny\""); !strings.HasSuffix(own, want) {
					t.Errorf("the row is %q, want %q", own, want)
				}
				if !strings.Contains(first, code(`;"A;a""b;`)+tt.row+code(`"`)) {
					t.Errorf("the malformed row is not in %q", first)
				}
				if tt.name == "UTF-8" {
					o.Encoding = "utf8" // the broken row would not be known for one otherwise
				} else if !strings.HasPrefix(tt.name, "UTF-16") {
					o.Encoding = ""
				}
				again := openWith(t, first, o)
				second := csvmap.RerunFile(t, again.Format(), rows(t, again), csvmap.Marks{Run: "r1", Message: "Größe"})
				if diff := cmp.Diff(first, second); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}
