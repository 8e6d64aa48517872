package csvmap

import (
	"strings"
	"sync"
)

// sense is what a word of a header can mean. A word can mean several things; the
// words beside it decide.
type sense uint64

const (
	ofEmail sense = 1 << iota
	ofPhone
	ofMobile
	ofTexting  // a mobile number, beside a word for a number only
	ofLandline // a phone that takes no SMS
	ofCountry
	ofDialing
	ofName
	ofFirst
	ofLast
	ofFull
	ofHalf   // a name by itself, where first or last alone is none
	ofBeside // such a half, beside which Name is the other one
	ofNom    // the French or Spanish name: the whole one, or a half beside the other half
	ofPreferred
	ofLegal
	ofNumber
	ofID
	ofCode
	ofRef
	ofEmployee
	ofPerson
	ofPersonal // private beside a contact, a person's beside a number
	ofPayroll
	ofSystem
	ofUser
	ofUnique
	ofContact
	ofAddress
	ofElectronic
	ofWork
	ofHome
	ofPrimary
	ofOther
	ofPlace  // beside a country only
	ofFiller // says nothing, but beside a name it says of what
	ofLead   // goes before its noun: an employee phone, but no mobile employee
	ofHR     // somebody else's contact, but an employee's number
	ofOthers // takes the column away from the person: somebody else's, or theirs of earlier days

	ofNothing sense = 0
)

// words are all words that are understood in headers, in English, German, French
// and Spanish. A header with any other word in it, outside of brackets, is not
// understood: no mapping is better than a wrong one. Words that were written
// together, as in EMAILADDR or Mobiltelefonnummer, need no line of their own.
//
//nolint:misspell // four languages
var words = map[sense]string{
	ofEmail: `email emails emial mail mails eml smtp mailadresse courriel courriels courrier messagerie correo correos mél`,
	ofPhone: `phone phones telephone telphone telephones tel tele ph fon telefon téléphone teléfono rufnummer rufnr`,
	ofMobile: `mobile mobiles moblie mobil mob mbl wireless cell cellular cel cellphone handphone hp handy portable gsm smartphone natel
		mobilfunk mobiltelefon cellulaire celular móvil`,
	ofTexting:            `sms text texting message messaging whatsapp hand`,
	ofPhone | ofLandline: `landline festnetz`,
	ofLandline:           `desk direct fixed fixe fijo`,
	ofCountry:            `country countries ctry land länder pays país`,
	ofDialing:            `dial dialing dialling calling isd prefix vorwahl indicatif prefijo`,

	ofName:                      `name names nm namen`,
	ofNom:                       `nom noms nombre nombres`,
	ofFirst:                     `first frist fisrt given fore christian vor pila`,
	ofLast:                      `last family sur famille`,
	ofFirst | ofHalf | ofBeside: `vorname vornamen`,
	ofLast | ofHalf | ofBeside:  `nachname familienname zuname`,
	ofFirst | ofHalf:            `fname gname prénom prénoms forename forenames`,
	ofLast | ofHalf:             `lname surname surnames apellido apellidos`,
	ofFull:                      `full complete display formatted whole vollständiger anzeige complet completo`,
	ofPreferred:                 `preferred chosen best default nick known bevorzugter bevorzugte préféré préférée preferido preferida`,
	ofLegal:                     `legal legally`,

	ofNumber:            `number numbers nubmer no nos num nr nbr nummer nummern numero numéro número núm nro`,
	ofID:                `id ids identifier identification ident oid uid uuid guid kennung identifiant identificador`,
	ofRef:               `key ref reference identity référence clave`,
	ofCode:              `code cd código cód`,
	ofEmployee | ofLead: `employee emplyee employeee emp empl ee`,
	ofPerson | ofLead:   `worker associate assoc staff colleague teammate crew crewmember person`,
	ofEmployee: `mitarbeiter mitarbeiters mitarbeiterin mitarbeitenden mitarb ma angestellten arbeitnehmer
		employé salarié salariée empleado empleada trabajador trabajadora`,
	ofPersonal:        `personal personnel pers perso`,
	ofEmployee | ofID: `matricule matricula matrícula legajo pernr pnr persnr emplid aoid`,
	ofPayroll:         `payroll pay clock timeclock timecard badge works file time paie nómina`,
	ofUser | ofLead:   `user login logon network sso`,
	ofUnique:          `unique universal global workforce`,
	ofSystem: `hris hcm hrms workday adp ukg ultipro paycom paylocity paychex gusto rippling bamboohr dayforce ceridian
		oracle sap peoplesoft kronos paycor namely zenefits hibob personio zoho keka
		darwinbox quickbooks xero sage square toast homebase okta windows
		justworks deel datev`,

	ofFiller | ofLead: `communication communications comm notification invite contacts account active current`,
	ofContact:         `contact kontakt contacto contactos`,
	ofAddress:         `address addresses adress adres addess addres add addr addrs adresse adressen dirección`,
	ofElectronic:      `electronic elektronische électronique electrónico electrónica`,
	ofWork: `work wk workplace business buisness bussiness bus biz official company co corporate corp office ofc organization organisation organizational organisational org offical
		professional prof internal institutional dienst dienstl dienstlich dienstliche dienstliches geschäft geschäftlich
		geschäftliche geschäftliches beruflich berufliche firma firmen betrieblich büro arbeits geschäfts interne
		pro professionnel professionnelle travail bureau entreprise
		corporativo corporativa empresarial laboral trabajo empresa profesional institucional oficina`,
	ofHome: `home hm private priv residence residential house privat private privater privates persönliche persönlich
		personelle personnelle privé privée domicile particular casa residencia`,
	ofPrimary: `primary prim main principal principale haupt`,
	ofOther: `secondary second sec alternate alternative alt other additional addl external zweite weitere autre secondaire
		otro otra alternativo adicional secundario`,

	ofHR: `hr`,

	ofOthers: `manager managers mgr mgrs supervisor supervisors superior superiors boss lead leader leaders chief head hod
		director directors reports reporting report approver approvers recruiter recruiters recruiting hiring hrbp
		assistant secretary delegate proxy admin administrator owner creator created modified updated requester requestor
		emergency ice kin nok spouse spouses husband wife partner partners dependent dependents dependant child parent
		parents father fathers mother mothers guardian guardians son daughter sibling beneficiary doctor physician
		attorney referrer referee mentor buddy coach sponsor teacher broker agent
		recovery backup fax facsimile telefax pager
		previous former old past prior legacy ex maiden birth
		customer client vendor supplier school group list shared distribution department support helpdesk
		vorgesetzter vorgesetzte vorgesetzten führungskraft chef chefs teamleiter leiter leitung ansprechpartner notfall
		notfallkontakt ehepartner ehegatte stellvertreter geburts geburtsname
		responsable supérieur hiérarchique urgence conjoint conjointe époux épouse naissance fille
		jefe jefa gerente encargado emergencia cónyuge esposo esposa recuperación nacimiento`,

	ofPlace: `iso region location`,
	ofFiller: `value values information info details detail data field public profile basic general internet system employment issued assigned provided
		master record card`,
	ofNothing: `required mandatory optional member rh
		the a of in if as to for s c d l de du des la le les el los del der die das den dem für pour para
		or and oder und ou et au o y e u
		with incl including mit inkl avec con`,
}

// joined are words that people write apart, or with a hyphen.
var joined = map[string]string{
	"e mail": "email", "e mails": "email", "correo e": "correo", "n o": "no", "land line": "landline",
	"sign in": "login", "log in": "login", "log on": "login", "f name": "fname", "l name": "lname", "cell phone": "cell",
	"team member": "colleague", "x ref": "ref", "office 365": "office", "non work": "private", "non company": "private",
	"1 st": "first", "2 nd": "second", "# 1": "1", "# 2": "2", "# 3": "3",
}

// short are what a single letter in brackets means, as in Phone (C).
var short = map[string]sense{"c": ofMobile, "m": ofMobile, "h": ofHome, "w": ofWork, "o": ofWork, "b": ofWork}

// phrases are headers whose words mean something else together, or nothing by
// themselves.
//
//nolint:misspell // four languages
var phrases = map[Field]string{
	EmployeeID: `Personal-ID; E Code; Matricule agent; Person ID External`,
	FirstName:  `First; Given; Employee First; Legal First; Primer nombre; Prénom usuel`,
	LastName:   `Last; Employee Last; Legal Last; Nom d'usage; Nom usuel; Primer apellido; Apellido paterno; sn`,
	FullName:   `cn`,
	ExternalID: `External ID; External Identifier; Externe ID; Externe Kennung; ID externe; Identifiant externe; ID externo; Identificador externo`,
	FlowID:     `Flow ID`,
	FlowItems:  `Flow Items; Item IDs`,
	Country:    `Beschäftigungsland; Länderkürzel; Länderschlüssel; Pays d'emploi; Nation`,
}

// nicknames are headers of a first name that is not the one in the payroll.
const nicknames = `Nickname; Rufname; Known As; Goes By; Nombre preferido`

// vocabulary is words turned round.
var vocabulary = sync.OnceValue(func() map[string]sense {
	all := make(map[string]sense)
	for meaning, list := range words {
		for word := range strings.FieldsSeq(list) {
			all[headerKey(word)] |= meaning
		}
	}
	return all
})

// fieldByPhrase is phrases turned round, with the fields' own names.
var fieldByPhrase = sync.OnceValue(func() map[string]Field {
	all := make(map[string]Field)
	for field, list := range phrases {
		for phrase := range strings.SplitSeq(list, ";") {
			all[headerKey(phrase)] = field
		}
	}
	for _, field := range plainFields {
		all[headerKey(string(field))] = field
	}
	delete(all, headerKey(string(Company))) // which is one beside an ID only, see takeCompany
	return all
})
