package csvmap

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/publicsuffix"
)

func TestDomainSlip(t *testing.T) {
	tests := map[string]string{
		"gmial.com": "gmail.com", "gamil.com": "gmail.com", "gmai.com": "gmail.com", "gmal.com": "gmail.com", "gnail.com": "gmail.com",
		"gmaill.com": "gmail.com", "ggmail.com": "gmail.com", "gmali.com": "gmail.com", "gmail.co": "gmail.com", "gmail.cm": "gmail.com",
		"gmail.con": "gmail.com", "gmail.comm": "gmail.com", "gmail.cmo": "gmail.com", "gmial.con": "gmail.com", "googlmail.com": "googlemail.com",
		"hotmial.com": "hotmail.com", "hotmal.com": "hotmail.com", "hotmai.com": "hotmail.com", "hotmil.com": "hotmail.com",
		"hotmaul.com": "hotmail.com", "hotmial.co.uk": "hotmail.co.uk", "hotmail.om": "hotmail.com",
		"yahoo.con": "yahoo.com", "yaho.com": "yahoo.com", "yahooo.com": "yahoo.com", "yhaoo.com": "yahoo.com", "yahoo.ocm": "yahoo.com",
		"outlok.com": "outlook.com", "outloook.com": "outlook.com", "outlool.com": "outlook.com", "outlook.co": "outlook.com",
		"iclod.com": "icloud.com", "icoud.com": "icloud.com", "icluod.com": "icloud.com", "aol.con": "aol.com",
		"comcst.net": "comcast.net", "comcast.ent": "comcast.net", "verzion.net": "verizon.net", "sbcgobal.net": "sbcglobal.net",
		"t-onlne.de": "t-online.de", "freenett.de": "freenet.de",

		"example.con": ".com", "mail.example.cmo": ".com", "example.rog": ".org", "example.nte": ".net", "example.co.con": ".com",
	}
	for domain, want := range tests {
		if got := domainSlip(domain); !strings.Contains(got, "is "+want+" meant?") {
			t.Errorf("%s: %q", domain, got)
		}
	}
	if got := domainSlip("longfield.con"); strings.Contains(got, "longfield") {
		t.Errorf("%q repeats what may be a person's name", got)
	}
}

func TestNoDomainSlip(t *testing.T) {
	const others = `
		example.com example.org mail.example.com example.co example.cm example.om example.co.uk example.com.br example.cam
		example.net example.edu example.gov example.us example.io example.ai example.company example.community example.comcast
		gmx.net gmx.de gmx.at mail.com email.com ymail.com hmail.com mail.de web.de live.com live.de love.com cloud.com clouds.net
		grail.com gail.com gmail.example.com gmail.org yahoo.co.jp yahoo.co.in yahoo.co.id yahoo.com.mx yahoo.com.br yahoo.in yahoo.it
		hotmail.it hotmail.be hotmail.com.ar hotmail.co.jp hotmail.co.nz outlook.com.br outlook.it outlook.jp outlook.in live.nl
		protonmail.ch proton.me pm.me fastmail.fm icloud.com.cn me.com mac.com aol.co.uk aon.com aol.de cox.com cox.net fox.net
		comcast.com verizon.com att.com att.net orange.com orange.fr orange.es range.fr free.fr sfr.fr tree.fr bell.net bell.ca
		shaw.ca rogers.com telus.net sympatico.ca videotron.ca btinternet.com sky.com virginmedia.com talktalk.net ntlworld.com
		libero.it tiscali.it alice.it virgilio.it telefonica.net terra.es wp.pl o2.pl onet.pl seznam.cz mail.ru yandex.ru
		qq.com 163.com 126.com naver.com daum.net hanmail.net docomo.ne.jp ezweb.ne.jp rediffmail.com bigpond.com optusnet.com.au
		uni-hamburg.de tu-berlin.de cam.ac.uk ox.ac.uk mit.edu amazon.com walmart.com target.com apple.com microsoft.com google.com
		oracle.com workday.com adp.com ups.com fedex.com usps.gov army.mil va.gov ny.gov outbrook.com hotels.com hotjar.com
		gmbh.com gmac.com yale.edu yahtzee.com iclub.com verona.net earthlink.com charter.com t-mobile.de t-systems.com
		xn--bcher-kva.example one.com two.net de.com uk.com
	`
	for domain := range strings.FieldsSeq(others) {
		if remark := domainSlip(domain); remark != "" {
			t.Errorf("%s: %s", domain, remark)
		}
	}
	for domain := range commonDomains {
		if remark := domainSlip(domain); remark != "" {
			t.Errorf("%s: %s", domain, remark)
		}
	}
	for _, domain := range slippery {
		if !commonDomains[domain] {
			t.Errorf("%s is slippery and not common", domain)
		}
	}
}

func TestWrongEndingsDoNotExist(t *testing.T) {
	for _, ending := range slices.Sorted(maps.Keys(wrongEndings)) {
		if _, exists := publicsuffix.PublicSuffix("example." + ending); exists {
			t.Errorf(".%s exists", ending)
		}
		if _, exists := publicsuffix.PublicSuffix("example." + wrongEndings[ending]); !exists {
			t.Errorf(".%s does not exist", wrongEndings[ending])
		}
	}
}
