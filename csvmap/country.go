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

// countryNames are the names of countries, behind their codes: those of the most
// common ones in four languages.
//
//nolint:misspell // four languages
const countryNames = `
	US United States; United States of America; The United States; Vereinigte Staaten; États-Unis; Estados Unidos
	US America
	GB UK; United Kingdom; The United Kingdom; Great Britain; England; Scotland; Wales; Northern Ireland
	GB United Kingdom of Great Britain and Northern Ireland; Großbritannien; Vereinigtes Königreich; Royaume-Uni
	GB Reino Unido
	CA Canada; Kanada
	AU Australia; Australien; Australie
	NZ New Zealand
	IE Ireland; Republic of Ireland; Éire; Irland; Irlande; Irlanda
	DE Germany; Deutschland; Allemagne; Alemania
	AT Austria; Österreich; Autriche
	CH Switzerland; Schweiz; Suisse; Svizzera; Suiza
	FR France; Frankreich; Francia
	BE Belgium; Belgien; Belgique; België; Bélgica
	NL Netherlands; The Netherlands; Holland; Nederland; Niederlande; Pays-Bas; Países Bajos
	LU Luxembourg; Luxemburg; Luxemburgo
	ES Spain; España; Spanien; Espagne
	PT Portugal
	IT Italy; Italia; Italien; Italie
	MX Mexico; Mexiko; Mexique
	PR Puerto Rico
	BR Brazil; Brasil; Brasilien; Brésil
	AR Argentina; Argentinien; Argentine
	CL Chile; Chili
	CO Colombia; Kolumbien; Colombie
	PE Peru; Pérou
	EC Ecuador
	UY Uruguay
	VE Venezuela
	BO Bolivia
	PY Paraguay
	CR Costa Rica
	PA Panama
	GT Guatemala
	HN Honduras
	SV El Salvador
	NI Nicaragua
	DO Dominican Republic; República Dominicana
	CU Cuba
	JM Jamaica
	HT Haiti
	DK Denmark; Danmark; Dänemark; Dinamarca
	SE Sweden; Sverige; Schweden; Suède; Suecia
	NO Norway; Norge; Norwegen; Norvège; Noruega
	FI Finland; Suomi; Finnland; Finlande; Finlandia
	IS Iceland
	PL Poland; Polska; Polen; Pologne; Polonia
	CZ Czechia; Czech Republic; Tschechien; République tchèque
	SK Slovakia
	SI Slovenia
	HU Hungary; Ungarn; Hongrie
	RO Romania; Rumänien; Roumanie
	BG Bulgaria
	HR Croatia; Kroatien; Croatie
	RS Serbia; Serbien
	GR Greece; EL; Griechenland; Grèce; Grecia
	CY Cyprus
	MT Malta
	EE Estonia
	LV Latvia
	LT Lithuania
	UA Ukraine
	RU Russia; Russian Federation
	TR Turkey; Türkiye; Türkei; Turquie
	IL Israel
	AE United Arab Emirates; UAE
	SA Saudi Arabia
	QA Qatar
	EG Egypt
	MA Morocco; Maroc
	TN Tunisia
	DZ Algeria
	ZA South Africa
	NG Nigeria
	KE Kenya
	GH Ghana
	IN India
	PK Pakistan
	BD Bangladesh
	LK Sri Lanka
	NP Nepal
	CN China; People's Republic of China
	HK Hong Kong; Hong Kong SAR
	TW Taiwan
	JP Japan; Japon
	KR South Korea; Korea, Republic of; Republic of Korea; Korea
	SG Singapore
	MY Malaysia
	TH Thailand
	PH Philippines; The Philippines
	ID Indonesia
	VN Vietnam; Viet Nam
	AF Afghanistan
	AL Albania
	AD Andorra
	AO Angola
	AG Antigua and Barbuda
	AM Armenia
	AW Aruba
	AZ Azerbaijan
	BS Bahamas; The Bahamas
	BH Bahrain
	BB Barbados
	BY Belarus
	BZ Belize
	BJ Benin
	BM Bermuda
	BT Bhutan
	BA Bosnia and Herzegovina; Bosnia
	BW Botswana
	BN Brunei; Brunei Darussalam
	BF Burkina Faso
	BI Burundi
	KH Cambodia
	CM Cameroon; Cameroun
	CV Cape Verde; Cabo Verde
	KY Cayman Islands
	CF Central African Republic
	TD Chad
	KM Comoros
	CG Congo; Republic of the Congo
	CD Democratic Republic of the Congo; DR Congo
	CI Ivory Coast; Côte d'Ivoire
	CW Curaçao
	DJ Djibouti
	DM Dominica
	GQ Equatorial Guinea
	ER Eritrea
	SZ Eswatini; Swaziland
	ET Ethiopia
	FJ Fiji
	GF French Guiana
	PF French Polynesia
	GA Gabon
	GM Gambia; The Gambia
	GI Gibraltar
	GL Greenland
	GD Grenada
	GP Guadeloupe
	GU Guam
	GG Guernsey
	GN Guinea
	GW Guinea-Bissau
	GY Guyana
	IM Isle of Man
	IQ Iraq
	IR Iran
	JO Jordan
	KZ Kazakhstan
	XK Kosovo
	KW Kuwait
	KG Kyrgyzstan
	LA Laos
	LB Lebanon; Liban
	LS Lesotho
	LR Liberia
	LY Libya
	LI Liechtenstein
	MO Macau; Macao
	MG Madagascar
	MW Malawi
	MV Maldives
	ML Mali
	MH Marshall Islands
	MQ Martinique
	MR Mauritania
	MU Mauritius
	FM Micronesia
	MD Moldova
	MC Monaco
	MN Mongolia
	ME Montenegro
	MZ Mozambique
	MM Myanmar; Burma
	NA Namibia
	NR Nauru
	NC New Caledonia
	NE Niger
	KP North Korea
	MK North Macedonia; Macedonia
	MP Northern Mariana Islands
	OM Oman
	PW Palau
	PS Palestine
	PG Papua New Guinea
	RE Réunion
	RW Rwanda
	KN Saint Kitts and Nevis
	LC Saint Lucia
	VC Saint Vincent and the Grenadines
	WS Samoa
	AS American Samoa
	SM San Marino
	SN Senegal; Sénégal
	SC Seychelles
	SL Sierra Leone
	SX Sint Maarten
	SB Solomon Islands
	SO Somalia
	SS South Sudan
	SD Sudan
	SR Suriname
	SY Syria
	TJ Tajikistan
	TZ Tanzania
	TL Timor-Leste; East Timor
	TG Togo
	TO Tonga
	TT Trinidad and Tobago; Trinidad
	TM Turkmenistan
	TC Turks and Caicos Islands
	UG Uganda
	UZ Uzbekistan
	VU Vanuatu
	VA Vatican City
	VG British Virgin Islands
	VI US Virgin Islands; U.S. Virgin Islands; Virgin Islands
	YE Yemen
	ZM Zambia
	ZW Zimbabwe
`
