package csvmap

import (
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/nyaruka/phonenumbers"
)

// nanp reads well-formed numbers of the North American plan (country code 1) at
// a small part of the library's cost: 14 µs a number and 80 allocations were
// most of what a row took. What it says, the library says too:
//
//   - which digits a spelling stands for is simple here, for nothing but digits,
//     spaces, dots, dashes and parentheses is taken, and no number of ten digits
//     from 2 to 9 starts with a prefix that the library would cut off;
//   - whether they are a number in use, and one that takes messages, depends on the
//     first four digits alone, except under the area codes in deepAreas, and is asked of the library
//     itself, once for each four.
//
// A test proves the latter from the library's own patterns, so that a new
// version of it cannot differ unnoticed.
type nanp struct {
	known [10_000]atomic.Uint32 // by the first four digits; notAsked, inUse or leave
}

const (
	notAsked uint32 = iota
	inUse
	leave // to the library
)

// deepAreas are area codes where more than four digits decide: those of single
// islands, and of numbers that follow the person.
const deepAreas = "242 246 264 268 284 340 345 441 473 523 524 649 658 664 670 671 684 721 758 767 784 800 829 868 869 876 "

// maxSpelling is longer than any usual spelling of ten digits.
const maxSpelling = 24

// read returns a number as E.164; ok is false when it must be left to the
// library: it may be valid all the same.
func (n *nanp) read(text string, national bool) (e164 string, ok bool) {
	digits, ok := nanpDigits(text, national)
	if !ok || !n.inUse(digits) {
		return "", false
	}
	if len(text) == len("+12125550123") && text[0] == '+' {
		return text, true
	}
	return "+1" + string(digits[:]), true
}

// nanpDigits takes a usual spelling apart: "+1" and ten digits, where national
// also ten digits by themselves or behind a 1.
func nanpDigits(text string, national bool) (digits [10]byte, ok bool) {
	if len(text) < len(digits) || len(text) > maxSpelling {
		return digits, false
	}
	plus := text[0] == '+'
	if plus {
		text = text[1:]
	}
	n, dots, one := 0, 0, false
	for i := range len(text) {
		switch b := text[i]; {
		case b == '1' && n == 0 && !one:
			one = true
		case b >= '0' && b <= '9':
			if n == len(digits) {
				return digits, false
			}
			digits[n] = b
			n++
		case b == '.':
			dots++
		case b != ' ' && b != '-' && b != '(' && b != ')':
			return digits, false
		}
	}
	// A single dot may be a decimal point.
	ok = n == len(digits) && digits[0] >= '2' && dots != 1 && (plus && one || national && !plus)
	return digits, ok
}

func (n *nanp) inUse(digits [10]byte) bool {
	first := 0
	for _, b := range digits[:4] {
		first = first*10 + int(b-'0')
	}
	known := n.known[first].Load()
	if known == notAsked {
		known = ask(first)
		n.known[first].Store(known)
	}
	return known == inUse
}

// ask asks the library about the numbers that start with four digits.
func ask(first int) uint32 {
	number := &phonenumbers.PhoneNumber{CountryCode: new(int32(1)), NationalNumber: new(uint64(first) * 1_000_000)}
	if strings.Contains(deepAreas, strconv.Itoa(first/10)) || !phonenumbers.IsValidNumber(number) ||
		silentKinds[phonenumbers.GetNumberType(number)] != "" {
		return leave
	}
	return inUse
}
