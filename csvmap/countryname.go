package csvmap

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
