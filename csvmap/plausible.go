package csvmap

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// judge says how unlikely text is: a wrong encoding makes signs out of letters,
// capitals out of small ones, and letters stand together that no language has
// together.
func judge(name, text string) reading {
	r := reading{name: name, text: text}
	for _, word := range strings.FieldsFunc(text, parts) {
		if isASCII([]byte(word)) {
			continue
		}
		doubt := doubtOf([]rune(word), name)
		r.words++
		r.doubt += doubt
		if doubt >= 2 {
			r.odd++
		}
	}
	return r
}

// parts reports whether r stands between words. Signs beyond ASCII are taken as
// parts of words: a wrong encoding puts them there.
func parts(r rune) bool { return r < utf8.RuneSelf && !unicode.IsLetter(r) }

// doubtOf says in nats how unlikely a word is.
func doubtOf(word []rune, encoding string) float64 {
	doubt := 0.0
	for i, r := range word {
		if r < utf8.RuneSelf {
			continue
		}
		before, after := around(word, i)
		switch {
		case r == utf8.RuneError:
			doubt += 4
		case !unicode.IsLetter(r) && !unicode.IsMark(r):
			doubt += doubtOfSign(r, before, after)
		case unicode.IsUpper(r) && unicode.IsLower(before), unicode.IsLower(r) && unicode.IsUpper(before) && unicode.IsUpper(after):
			doubt += 3
		default:
			doubt += doubtOfNeighbours(r, before, after, encoding)
		}
	}
	switch scripts := scriptsOf(word); {
	case scripts > 1:
		doubt += 3
	case scripts == 1 && unicode.In(firstLetter(word), unicode.Latin) && !oneLanguage(word, encoding):
		doubt += 2
	}
	return doubt
}

func around(word []rune, i int) (before, after rune) {
	if i > 0 {
		before = word[i-1]
	}
	if i < len(word)-1 {
		after = word[i+1]
	}
	return before, after
}

// doubtOfSign judges what is no letter: quotes, dashes and the like stand between
// words, and an apostrophe within one.
func doubtOfSign(r, before, after rune) float64 {
	switch {
	case r < 0xa0: // a control character
		return 4
	case !unicode.IsLetter(before) && !unicode.IsLetter(after):
		return 0.2
	case r == '’' && unicode.IsLetter(before), r == '\u00a0':
		return 0.2
	case strings.ContainsRune("‘“«„", r) && !unicode.IsLetter(before), strings.ContainsRune("”»", r) && !unicode.IsLetter(after):
		return 0.5
	case strings.ContainsRune("–—…®™©·", r) && !(unicode.IsLetter(before) && unicode.IsLetter(after)):
		return 1.5
	}
	return 3
}

// firstLetter returns the first letter of word, 0 when there is none.
func firstLetter(word []rune) rune {
	for _, r := range word {
		if unicode.IsLetter(r) {
			return r
		}
	}
	return 0
}

// scriptsOf counts the scripts that a word is written in. Those of Japanese stand
// together.
func scriptsOf(word []rune) int {
	var latin, cyrillic, japanese, others int
	for _, r := range word {
		switch {
		case !unicode.IsLetter(r):
		case unicode.Is(unicode.Latin, r):
			latin = 1
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic = 1
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー' || r == 'ｰ':
			japanese = 1
		default:
			others = 1
		}
	}
	return latin + cyrillic + japanese + others
}

// The letters beyond ASCII of the languages that an encoding is made for, each
// line one language or a few that agree.
var (
	western = strings.Fields("áéíóúüñ áéíóúýðþæö âàçéèêëîïôœùûüÿ äöüßé áâãàçéêíóôõúü àèéìíîòóùú àçèéíïòóúü " +
		"åäöæøéèü éëïöçñ éèêëïóíúâô áàéèíìóòúù äöõüšž")
	central = strings.Fields("ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű čćđšž ăâîşţ äöüßé çëé")
	turkish = []string{"çğıiöşüâîû"} // İ has i for its small letter
)

// oneLanguage reports whether a word in Latin letters can be of one language.
func oneLanguage(word []rune, encoding string) bool {
	languages := western
	switch encoding {
	case win1250:
		languages = central
	case win1254:
		languages = turkish
	}
	return slices.ContainsFunc(languages, func(letters string) bool {
		return !slices.ContainsFunc(word, func(r rune) bool {
			return r >= utf8.RuneSelf && unicode.IsLetter(r) && !strings.ContainsRune(letters, unicode.ToLower(r))
		})
	})
}

// doubtOfNeighbours judges a letter by those beside it. The letters are those
// that two encodings put on one byte, where one of them would be out of place: è
// and č, ø and ř, ñ and ń in Windows-1252 and 1250, ý and ı in 1252 and 1254.
func doubtOfNeighbours(r, before, after rune, encoding string) float64 {
	odd := false
	switch encoding {
	case win1250:
		odd = isOddCentral(unicode.ToLower(r), before, after)
	case win1251, win1254, shiftJIS:
	default:
		if strings.ContainsRune("ýðþ", unicode.ToLower(r)) {
			return 1
		}
		odd = isOddWestern(r, before, after)
	}
	if odd {
		return 1.5
	}
	return 0
}

func isOddCentral(r, before, after rune) bool {
	switch r {
	case 'ř', 'č', 'ć':
		return !isVowel(before) && after != 0 && !isVowel(after)
	case 'ń':
		return isVowel(after)
	case 'ă':
		return after != 0 && strings.ContainsRune("aoe", unicode.ToLower(after))
	case 'ĺ', 'ŕ':
		return true
	}
	return false
}

func isOddWestern(r, before, after rune) bool {
	within := before != 0 && after != 0
	switch unicode.ToLower(r) {
	case 'è', 'ø', 'ê', 'û':
		return isVowel(before) && isVowel(after) || r == 'È' && before == 0
	case 'ì', 'ò', 'ù':
		return within || unicode.IsUpper(r)
	case 'õ':
		return unicode.ToLower(after) != 'e'
	case 'ã':
		return after != 0 && !strings.ContainsRune("eo", unicode.ToLower(after))
	case 'ñ':
		return !isVowel(after)
	case 'æ':
		return !within && before != 0
	case 'ÿ':
		return before == 0
	}
	return false
}

const vowels = "aeiouyæøœàáâãäåèéêëìíîïòóôõöùúûüýÿāăąēęěīįőōūůűųı"

func isVowel(r rune) bool { return r != 0 && strings.ContainsRune(vowels, unicode.ToLower(r)) }
