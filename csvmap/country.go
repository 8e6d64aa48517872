package csvmap

import (
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// regionOf finds the region that a text names: by its ISO 3166 code of two or three
// letters, a name, or its calling code behind a +. The names are in English and in the languages of the
// headers that the table knows.
func regionOf(country string) (region string, known bool) {
	if len(country) == 2 && phonenumbers.GetSupportedRegions()[country] {
		return country, true
	}
	if code, ok := strings.CutPrefix(country, "+"); ok && isCallingCode(code) {
		return regionOfCallingCode(code), true
	}
	region, known = regionByName()[headerKey(country)]
	return region, known
}

// regionByName knows all that countryCodes and countryNames hold, as headerKey
// leaves it.
var regionByName = sync.OnceValue(func() map[string]string {
	regions := make(map[string]string)
	for codes := range strings.FieldsSeq(countryCodes) {
		three, two := codes[:3], codes[3:]
		regions[headerKey(three)], regions[headerKey(two)] = two, two
	}
	for line := range strings.Lines(strings.TrimSpace(countryNames)) {
		region, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		for name := range strings.SplitSeq(names, ";") {
			regions[headerKey(name)] = region
		}
	}
	return regions
})

// countryCodes are the codes of three and two letters of all regions that have
// phone numbers.
const countryCodes = `
	ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASCAC ASMAS ATGAG AUSAU AUTAT AZEAZ BDIBI BELBE
	BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BWABW
	CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX
	CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ
	FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL
	GTMGT GUFGF GUMGU GUYGY HKGHK HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL
	ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC
	LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT
	MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI
	NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY
	PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO
	SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TAATA TCATC TCDTD TGOTG THATH TJKTJ
	TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA URYUY USAUS UZBUZ VATVA VCTVC VENVE
	VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS XKXXK YEMYE ZAFZA ZMBZM ZWEZW
`
