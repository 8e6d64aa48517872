package csvmap

import "strings"

// commonDomains are where people have their mail. None of them is a slip of
// another.
var commonDomains = setOf(`
	gmail.com googlemail.com yahoo.com ymail.com rocketmail.com hotmail.com outlook.com live.com msn.com
	icloud.com me.com mac.com aol.com mail.com email.com proton.me protonmail.com zoho.com fastmail.com
	comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net
	gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de yahoo.de hotmail.de outlook.de live.de
	orange.fr wanadoo.fr free.fr laposte.net sfr.fr yahoo.fr hotmail.fr outlook.fr live.fr
	yahoo.es hotmail.es outlook.es yahoo.ca hotmail.ca yahoo.co.uk hotmail.co.uk outlook.co.uk live.co.uk btinternet.com
`)

// slippery are the common domains whose name is long enough that a name one slip
// away is hardly ever somebody else's.
var slippery = strings.Fields(`
	gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de hotmail.com hotmail.co.uk hotmail.fr
	outlook.com icloud.com rocketmail.com protonmail.com fastmail.com btinternet.com
	comcast.net verizon.net sbcglobal.net bellsouth.net earthlink.net laposte.net
	t-online.de freenet.de wanadoo.fr
`)

// namesakes are real domains one slip away from a slippery one.
var namesakes = setOf(`grail.com gail.com`)

// wrongEndings are last labels that no domain has, and what was meant.
var wrongEndings = map[string]string{
	"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "coom": "com", "cpm": "com", "cim": "com", "vom": "com",
	"xom": "com", "conm": "com", "comn": "com", "ccom": "com", "c0m": "com", "dom": "com", "som": "com",
	"nte": "net", "ent": "net", "nett": "net", "ner": "net", "met": "net",
	"rog": "org", "ogr": "org", "orgg": "org", "edy": "edu", "eud": "edu", "eduu": "edu",
}

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// domainSlip says that a valid domain looks like a slip of another, in words
// that follow the address's name; "" when it does not. Nothing is corrected: the
// domain may be real.
func domainSlip(domain string) (remark string) {
	if commonDomains[domain] || namesakes[domain] {
		return ""
	}
	end := strings.LastIndexByte(domain, '.') + 1
	meant, wrong := wrongEndings[domain[end:]]
	if wrong {
		domain = domain[:end] + meant
	}
	if !commonDomains[domain] {
		if common := closest(domain); common != "" {
			domain = common
		} else if wrong {
			return "ends in a way that no domain does: is ." + meant + " meant?"
		} else {
			return ""
		}
	}
	return "has a domain that looks like a slip: is " + domain + " meant?"
}

// endsWrongly reports whether a domain ends in a way that none does.
func endsWrongly(domain string) bool {
	return wrongEndings[domain[strings.LastIndexByte(domain, '.')+1:]] != ""
}

// differsInDigit reports whether two domains one slip apart differ in a digit, as
// those of plants and shops do.
func differsInDigit(a, b string) bool {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] <= '9' && a[i] >= '0' || b[i] <= '9' && b[i] >= '0'
		}
	}
	return false
}

// closest returns the slippery domain that is one slip away in its name or in
// its ending. People rarely get the first letter wrong, and there are many real
// domains that differ in it: it must be right.
func closest(domain string) string {
	name, ending, _ := strings.Cut(domain, ".")
	for _, common := range slippery {
		if domain[0] != common[0] {
			continue
		}
		commonName, commonEnding, _ := strings.Cut(common, ".")
		switch {
		case ending == commonEnding && oneSlip(name, commonName),
			name == commonName && commonEnding == "com" && oneSlip(ending, commonEnding):
			return common
		}
	}
	return ""
}

// oneSlip reports whether one letter too many, too few or wrong, or two that
// changed places, make b of a.
func oneSlip(a, b string) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch {
	case len(a) == 2 && len(b) == 2:
		return a[0] == b[1] && a[1] == b[0]
	default:
		return max(len(a), len(b)) == 1
	}
}
