package csvmap

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

// people are names as people have them.
var people = strings.Split(`Ana|Lee|Suharto|O'Brien|O’Brien-Løngfield Jr.|José Luis|García Márquez|Siobhán|Ní Bhriain|Zoë|Müller|Łukasz|Wiśniewski|小雨|陈|Юлия|Иванова|`+
	`محمد|الهاشمي|अनन्या|शर्मा|Thị Mai|Nguyễn|St. Clair|Smith, Jr.|Ada (Addie)|Ada "Addie"|van der Berg|D'Angelo|Mª Carmen|Nuñez|JOÃO|SÃO|Ângela|Ângelo|IRMÃ|CONCEIÇÃO|`+
	`Ærø|Åsa|Ågren|Öztürk|ÖZTÜRK|Şahin|ŞAHİN|Çelik|Dvořák|DVOŘÁK|Šimůnek|ŠIMŮNEK|Kővári|RĂŞCANU|Răşcanu|Ţepeş|Žižek|BENEŠ|VÍŠEK|Þórður|ÞÓRÐUR|Guðrún|Straße|ΓΙΩΡΓΟΣ|Παπαδόπουλος|`+
	`Jean-François|Noël|Renée|L'Hôpital|Ñuño|Peña|Agüero|Ada1|Henry VIII|Henry 3rd|Null|None|Nan|Na|April|May|June|August|Jan|Mar Lee|Marco|December|Ng|O|X Æ A-12|Li’l Bob|Ana & Bob|A/B Lee|`+
	`Nguyễn Thị|Đặng|Ђорђе|Љубиша|Ana-María|Mc Donald|N'Golo|T´Pau|da Silva|Þór|Đoković|Ḥasan|Ṣāliḥ|Lee 李|Lee李|Kim(Alex)`, "|")

func TestNamesOfPeople(t *testing.T) {
	for _, name := range people {
		if complaint := notAName(name); complaint != "" {
			t.Errorf("%q %s", name, complaint)
		}
	}
}

func TestNoNames(t *testing.T) {
	for want, names := range map[string]string{
		"error":    "#N/A|#REF!|#VALUE!|#NAME?|#DIV/0!|#NULL!|#NUM!|#SPILL!|#CALC!|#GETTING_DATA|#NV|#BEZUG!|#WERT!|#¡REF!|#¿NOMBRE?|#NOM?|#VALEUR!|#####|Err:502",
		"address":  "ana@example.com|Ana <ana@example.com>|mailto:ana@example.com",
		"number":   "7|1001|(212) 555-0123|+1 212 555 0123|1,234.50|Ana 2125550123|100%",
		"date":     "2026-03-01|3/1/2026|01.03.2026|1-Mar|Mar-26|01-Mar-2026|March 1, 2026|1. März 2026|2026-03-01 00:00:00|Mai 2026|1 ene 2026|Sept. 4",
		"garbled":  "JosÃ©|NÃºÃ±ez|MÃ¼ller|FranÃ§ois|Oâ€™Brien|JosÃƒÂ©|Ãlvarez|JosÃ|Å\u0081ukasz|Ð˜Ð²Ð°Ð½|РќРёРєРѕР»Р°Р№|MĂĽller|JosĂ©|Jos√©|Jos├®|Jos®|Jos©|Josй Иvanov|LՃcuyer|Jos\\u00e9|Jos=C3=A9|Jos%C3%A9|Jos+AOk-|O&#39 Neil&foo;",
		"question": "Jos?|N?ñez|?lvarez|Mu?oz|Jos¿|Ren??",
	} {
		for name := range strings.SplitSeq(names, "|") {
			complaint := notAName(name)
			if !strings.Contains(complaint, want) {
				t.Errorf("%q: %q, want one of %s", name, complaint, want)
			}
		}
	}
}

// Whatever is read in a wrong encoding is never taken for a name, where the letters
// show it.
func TestDoubleEncodedNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(strings.Split("José|Núñez|Müller|François|Zoë|Åsa|Søren|Peña|Łukasz|Dvořák|Šimůnek|Öztürk|O’Brien|Иванова|Παπαδόπουλος|Nguyễn Thị", "|")).Draw(t, "name")
		misread, err := charmap.Windows1252.NewDecoder().String(name)
		if err != nil {
			t.Fatal(err)
		}
		if notAName(misread) == "" && !strings.Contains(misread, "\uFFFD") { // which is told before

			t.Fatalf("%q, which is %q, passes for a name", misread, name)
		}
	})
}

func TestEntities(t *testing.T) {
	for text, want := range map[string]string{
		"O&#39;Neil": "O'Neil", "Zo&euml;": "Zoë", "O&apos;Brien": "O'Brien", "O&amp;#39;Neil": "O'Neil", "Jos&#xe9;": "José", "Ana&nbsp;Lee": "Ana Lee",
		"Smith &amp; Lee": "Smith & Lee", "Ana & Bob": "Ana & Bob", "AT&T": "AT&T", "&copy Lee": "&copy Lee", "Smith&Notley": "Smith&Notley", "&#7;Ana": "&#7;Ana",
	} {
		got, ok := resolveEntities(text)
		if ok != (want != text) || ok && got != want {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
}
