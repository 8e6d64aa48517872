package batch

import (
	"slices"
	"strings"
)

// isShortFor reports whether one word is a known short form of the other, or both are
// of one name.
func isShortFor(a, b string) bool {
	of, with := fullNames[a], fullNames[b]
	return slices.Contains(of, b) || slices.Contains(with, a) ||
		slices.ContainsFunc(of, func(full string) bool { return slices.Contains(with, full) })
}

// fullNames are the names that a short form stands for.
var fullNames = func() map[string][]string {
	full := make(map[string][]string)
	for line := range strings.Lines(shortForms) {
		name, short, _ := strings.Cut(strings.TrimSpace(line), ":")
		for form := range strings.FieldsSeq(short) {
			full[form] = append(full[form], name)
		}
	}
	return full
}()

// shortForms lists a name in each line, and behind it the forms that people use for it.
const shortForms = `abigail: abby abbie gail
adelaide: addie
agnieszka: aga
albert: al bert bertie
alejandro: alex ale jandro
alexander: alex al sandy xander alec sasha lex
alexandra: alex sandra sandy lexi alexa sasha
alfred: al fred alf freddie
alison: ali allie
amanda: mandy
andrea: andi andy
andreas: andi andy
andrew: andy drew
angela: angie
anna: annie ann anne
anthony: tony
antonio: tony toni tono
arthur: art artie
barbara: barb babs
beatrice: bea
benjamin: ben benny benji
bernard: bernie
bradley: brad
calvin: cal
cameron: cam
carolina: caro
caroline: carol carrie caro
catherine: cathy cate cat kate kathy katie
charles: charlie chuck chas chaz
charlotte: charlie lottie char
christian: chris
christina: chris tina chrissy christy
christine: chris tina chrissy christy
christopher: chris topher kit
clifford: cliff
concepcion: concha conchita
cynthia: cindy
daniel: dan danny
daniela: dani
david: dave davy
deborah: deb debbie debby
dennis: denny
dolores: lola
donald: don donny
dorothy: dot dottie dolly
douglas: doug
edmund: ed eddie ned
eduardo: edu lalo
edward: ed eddie ted teddy ned
eleanor: ellie nora nell
elisabeth: liz lisa beth betty lizzy elsa
elizabeth: liz lizzie lizzy beth betsy betty eliza libby lisa liza
emanuel: manny
emily: em emmy
enrique: kike quique
eugene: gene
florence: flo
frances: fran franny
francesca: fran
francis: frank fran
francisco: paco pancho fran frank kiko
franklin: frank
frederick: fred freddie rick
gabriel: gabe
gabriela: gaby gabi
gabrielle: gaby gabi
geoffrey: geoff jeff
gerald: gerry jerry
gerard: gerry jerry
giovanni: gianni
giuseppe: peppe beppe
gregory: greg
guadalupe: lupe lupita
guillermo: memo
gustavo: gus
hannah: hanna
harold: harry hal
helen: nell
henry: harry hank hal
ignacio: nacho
isabel: isa bella
isabella: bella izzy isa
jacob: jake
jacqueline: jackie
james: jim jimmy jamie jem
janet: jan
jeffrey: jeff
jennifer: jen jenny jenn
jeremiah: jerry
jeremy: jerry
jessica: jess jessie
jesus: chuy
joanna: jo joey
johannes: hannes hans
john: johnny jack jon
jonathan: jon jonny nathan
jose: pepe
josef: sepp
joseph: joe joey jo
josephine: jo josie
joshua: josh
juan: juanito
judith: judy
julia: jules julie
karl: kalle
katherine: kate katie kathy kat kitty kathryn
kathleen: kathy kate katie
kenneth: ken kenny
kimberly: kim
krzysztof: krzys
kristina: kris tina
laura: laurie
lawrence: larry laurie
leonard: len lenny leo
leonardo: leo
leslie: les
lillian: lil lily
louis: lou louie
louise: lou
luis: lucho
magdalena: magda lena
malgorzata: gosia
manuel: manolo manny manu
margaret: maggie meg peggy marge margie madge greta rita
maria: mary
mario: mayito
martha: marty
martin: marty
mary: molly polly
matthew: matt matty
matthias: matt hias
maximilian: max
megan: meg
melissa: mel missy
michael: mike mikey mick mickey mitch
michelle: shelly
miguel: mike migue
miriam: mim
mitchell: mitch
mohammed: mo
nancy: nan
natalie: nat
nathan: nate nat
nathaniel: nate nat nathan
nicholas: nick nicky nico
nicola: nicky
nicolas: nico nick
nicole: nicky nikki
olivia: liv livvy
oliver: ollie
pamela: pam
patricia: pat patty trish tricia patsy
patrick: pat paddy
penelope: penny
peter: pete
philip: phil pip
phillip: phil pip
rachel: rach
rafael: rafa
ramona: mona
randall: randy
raymond: ray
rebecca: becky becca
ricardo: rick ricky
richard: rick ricky rich dick richie
robert: rob bob bobby robbie bert
roberto: beto rob
roderick: rod
rodney: rod
roger: rodge
roland: rollie
ronald: ron ronny
rosemary: rose rosie
rudolf: rudi
rudolph: rudy
russell: russ
salvador: chava sal
salvatore: sal
samantha: sam sammy
samuel: sam sammy
sandra: sandy
sarah: sally sadie
sebastian: seb basti
sergio: checo
sidney: sid
simon: si
sophia: sophie
stanley: stan
stefan: steff
stephanie: steph steffi stevie
stephen: steve stevie
steven: steve stevie
stuart: stu
susan: sue suzie susie
susanna: sue susie
terence: terry
teresa: tere terry tess
theodore: ted teddy theo
theresa: terry tess tessa
thomas: tom tommy
timothy: tim timmy
tobias: toby tobi
ulrich: uli
valentina: val
valerie: val
vanessa: nessa
veronica: ronnie vero
victor: vic
victoria: vicky tori
vincent: vince vinny
virginia: ginny
walter: walt wally
wilhelm: willi
william: bill will billy willy liam
wolfgang: wolf
yolanda: yoli
yvonne: evi
zachary: zach zack
`
