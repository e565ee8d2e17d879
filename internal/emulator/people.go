package emulator

import (
	"strings"
	"time"
)

// person is a user with a story: staff, the faces on the first page, and names
// that have broken other people's tables. All the others come from numbers alone.
type person struct {
	first, last string
	email       string
	others      []string // further addresses, before the primary one in the list, which may be missing
	username    string
	external    string
	phone       string
	wallet      string
	passkeys    []string // their names
	sso         string   // the address at the company that signs them in
	title       string   // of a role that the instance made, in all of orgs
	devices     []device // where they are signed in
	orgs        []membership
	banned      bool
	locked      bool
	// deprovisioned: the company's directory has them no more.
	deprovisioned bool
	role          string // in the public metadata, as the sample app has it
	// noImpersonation: the private metadata says so.
	noImpersonation bool
	twoFactor       bool
	google          bool
	signedIn        time.Duration // how long ago; never if negative
}

const never = -1

// staff are the people of the sample company, and the first users. The operator of
// the sample workspace is the first of them.
func staff() []person {
	admin := []membership{{orgNorthwind, true}}
	member := []membership{{orgNorthwind, false}}
	return []person{
		{first: "Maya", last: "Lindqvist", email: "maya@northwind.example", username: "maya", orgs: admin, twoFactor: true, google: true, signedIn: 4 * time.Minute},
		{first: "Jonas", last: "Weber", email: "jonas@northwind.example", username: "jonas", orgs: admin, twoFactor: true, signedIn: 41 * time.Minute},
		{first: "Tessa", last: "Okonkwo", email: "tessa@northwind.example", username: "tessa", orgs: member, twoFactor: true, signedIn: 26 * time.Hour},
	}
}

// newcomers are the last users to sign up, newest first: the first page of the
// sample workspace.
func newcomers() []person {
	const hour, day = time.Hour, 24 * time.Hour
	in := func(org int) []membership { return []membership{{org, false}} }
	runs := func(org int) []membership { return []membership{{org, true}} }
	return []person{
		{first: "Noor", last: "Haddad", email: "noor.haddad@northwind.example", orgs: in(orgNorthwind), google: true, signedIn: 2 * time.Minute},
		{first: "Tomás", last: "Ferreira", email: "tomas@ferreira-studio.example", username: "tomasf", signedIn: 30 * time.Second},
		{first: "Ingrid", last: "Solheim", email: "ingrid.solheim@fjordbank.example", orgs: runs(orgFjordbank), twoFactor: true, signedIn: 18 * time.Minute},
		{first: "Wei", last: "Zhang", email: "wei.zhang@lumenhq.example", others: []string{"wei@mail.zhang-labs.example"}, role: "admin", orgs: runs(orgLumen), google: true, signedIn: hour},
		{
			first: "Priya", last: "Raman", email: "priya.raman@meridianhealth.example", others: []string{"priya@clinicpartners.example"},
			username: "priya.r", external: "crm-884120", phone: "+442079460911", twoFactor: true, google: true, signedIn: 3 * time.Minute,
			passkeys: []string{"Priya’s MacBook"},
			devices: []device{
				{"Chrome", "Macintosh", "Leeds", "GB", false, 3 * time.Minute},
				{"Safari", "iPhone", "Leeds", "GB", true, 18 * time.Hour},
			},
			orgs: []membership{{orgMeridian, true}, {orgClinic, false}},
		},
		{first: "Oluwaseun", last: "Adeyemi", email: "seun@paystackers.example", orgs: runs(orgPaystackers), signedIn: 5 * hour},
		{first: "Camille", last: "Laurent", email: "camille.laurent@ateliernord.example", signedIn: never},
		{first: "Kenji", last: "Watanabe", email: "k.watanabe@hinode.example", orgs: in(orgHinode), twoFactor: true, signedIn: 22 * hour},
		{first: "Marta", last: "Kowalczyk", email: "marta.kowalczyk@poczta-dom.example", locked: true, signedIn: 27 * hour},
		{first: "Daniel", last: "Okafor", email: "daniel.okafor@postbox.example", google: true, signedIn: 2 * day},
		{first: "Sofía", last: "Herrera Díaz", email: "sofia.herrera@cielo.example", signedIn: 2*day + hour},
		{first: "Alexander", last: "Petrov", email: "a.petrov.1988@inbox.example", banned: true, signedIn: never},
		{first: "Hannah", last: "Schneider", email: "hannah@schneider-partner.example", orgs: runs(orgSchneider), twoFactor: true, signedIn: 2*day + 3*hour},
		{first: "Yusuf", last: "Demir", email: "yusuf.demir@bosphorus.example", orgs: in(orgBosphorus), signedIn: 3 * day},
		{first: "Leilani", last: "Kahananui", email: "leilani@surfline.example", signedIn: 3*day + 2*hour},
		{first: "Arjun", last: "Mehta", email: "arjun.mehta@quantaclass.example", orgs: runs(orgQuanta), google: true, signedIn: 4 * day},
		{first: "Freja", last: "Nygaard", email: "freja@nygaard.example", username: "freja", signedIn: 4*day + 5*hour},
		{first: "Samuel", last: "Goldberg", email: "sam.goldberg@eastgate.example", orgs: in(orgEastgate), twoFactor: true, signedIn: 5 * day},
		{first: "Linh", last: "Trần", email: "linh.tran@saigonlabs.example", orgs: runs(orgSaigon), signedIn: 5*day + hour},
		{first: "Beatriz", last: "Almeida", email: "bea.almeida@cortica.example", noImpersonation: true, signedIn: 6 * day},
		{first: "Owen", last: "MacLeod", email: "owen@macleod.example", deprovisioned: true, signedIn: 6*day + 4*hour},
		{first: "Chiara", last: "Bianchi", email: "chiara.bianchi@correo.example", username: "chiarab", signedIn: 7 * day},
	}
}

// hostiles are names that users of real apps have entered. Nothing may run, turn
// the line round, push the layout or start a formula because of them.
func hostiles() []person {
	const day = 24 * time.Hour
	return []person{
		{first: "<script>alert('name')</script>", last: "Script", email: "script.tag@inbox.example", signedIn: day},
		{first: `"><img src=x onerror=alert(1)>`, last: "Image", email: "onerror@inbox.example", signedIn: day},
		{first: "=HYPERLINK(\"https://evil.example\",\"Click\")", last: "Formula", email: "formula@inbox.example", signedIn: day},
		{first: "@SUM(1+1)*cmd|' /C calc'!A0", last: "-2+3", email: "sum@inbox.example", signedIn: 2 * day},
		// A right-to-left override: shown unguarded, the address reads backwards.
		{first: "Anna", last: "\u202Egpj.ecilA\u202C", email: "bidi@inbox.example", signedIn: 2 * day},
		{first: "\u2066Isolate\u2069", last: "\u200FMark\u200E", email: "isolates@inbox.example", signedIn: 3 * day},
		{first: "محمد عبد الله", last: "الخوارزمي", email: "mohammed.alkhwarizmi@inbox.example", signedIn: 3 * day},
		{first: "שירה", last: "בן־דוד", email: "shira.bendavid@inbox.example", signedIn: 3 * day},
		{first: "Z" + strings.Repeat("\u0351\u0342\u0317", 12), last: "a" + strings.Repeat("\u0350\u031B", 12) + "lgo", email: "zalgo@inbox.example", signedIn: 4 * day},
		{first: strings.Repeat("Wolfeschlegelsteinhausenbergerdorff ", 7), last: strings.Repeat("Llanfairpwllgwyngyll", 12), email: strings.Repeat("very.long.", 6) + "address@" + strings.Repeat("subdomain.", 14) + "example", signedIn: 4 * day},
		{first: "Аdmin", last: "Suрport", email: "homograph@inbox.example", signedIn: 5 * day}, // Cyrillic А and р
		{first: "\u200B\u200B", last: "\uFEFF", email: "zero.width@inbox.example", signedIn: 5 * day},
		{first: "👩🏽‍🚀", last: "🏳️‍🌈🇺🇳", email: "emoji@inbox.example", signedIn: 6 * day},
		{first: "Tab\tand", last: "line\nbreak", email: "control@inbox.example", signedIn: 6 * day},
		{first: "null", last: "undefined", email: "null@inbox.example", signedIn: 6 * day},
		{first: "Robert'); DROP TABLE users;--", last: "Tables", email: "bobby.tables@inbox.example", signedIn: 7 * day},
		{first: "{{7*7}}${7*7}", last: "%s%n%x", email: "template@inbox.example", signedIn: 7 * day},
		{first: "Jean-Luc", last: "d’Artagnan–Ōe", email: "jean-luc+tag@inbox.example", signedIn: 8 * day},
		{email: "no.name@inbox.example", signedIn: 8 * day},
		{first: "Nomail", last: "Phoneonly", phone: "+442079460912", signedIn: 9 * day},
		{username: "only-a-username", signedIn: never},
		{signedIn: never}, // nothing at all but an id
	}
}

// unusual are users without what most have, and with what most have not. An app
// decides what its users sign up with.
func unusual() []person {
	const day = 24 * time.Hour
	return []person{
		{first: "Addie", last: "Noprimary", others: []string{"addie@old-postbox.example", "addie.noprimary@postbox.example"}, signedIn: day},
		{phone: "+442079460913", signedIn: 2 * day},
		{wallet: "0x52908400098527886E0F7030069857D2E4169EE7", signedIn: 2 * day, devices: []device{{"", "", "", "", false, 2 * day}}},
		{sso: "hana.sato@hinode.example", orgs: []membership{{orgHinode, false}}, signedIn: 3 * day},
		{first: "Paz", last: "Llave", passkeys: []string{"Pixel 9", ""}, signedIn: 3 * day, devices: []device{{"Chrome Mobile", "Android", "", "ES", true, 3 * day}}},
		{first: "Rowan", last: "Ledger", email: "rowan.ledger@eastgate.example", title: "Billing manager, EMEA", orgs: []membership{{orgEastgate, false}, {orgSaigon, false}}, signedIn: 4 * day},
	}
}

// Where the unusual users stand among the newest ones: on the first screens.
const (
	unusualFrom  = 23
	unusualEvery = 2
)

// Where the hostile names stand among the newest users: not on the first screen,
// but all on the first page of 200.
const (
	hostileFrom  = 40
	hostileEvery = 6
)

// placePeople decides which index is whom. A directory too small for everybody
// has the staff first.
func placePeople(n int) map[int]*person {
	placed := map[int]*person{}
	put := func(i int, p person) {
		if i >= 0 && i < n && placed[i] == nil {
			placed[i] = &p
		}
	}
	for i, p := range staff() {
		put(i, p)
	}
	for k, p := range newcomers() {
		put(n-1-k, p)
	}
	for k, p := range unusual() {
		put(n-1-unusualFrom-k*unusualEvery, p)
	}
	for k, p := range hostiles() {
		put(n-1-hostileFrom-k*hostileEvery, p)
	}
	return placed
}
