package emulator

import "strings"

// name is a given or family name and how it is written in an address.
type name struct {
	text  string // as people write it
	lower string // for searching and sorting
	latin string // for email addresses and usernames
}

// region holds names that go together, so that nobody looks made by a dice roll.
type region struct {
	first, last []name
}

// newRegions lists the names of most users. Where the Latin spelling of a name is
// not its own letters, it follows a colon.
func newRegions() []region {
	lists := [][2]string{
		{
			"Ingrid Freja Astrid Maja Sigrid Elin Karin Tuva Lars Erik Nils Anders Bjørn:bjorn Søren:soren Henrik Oskar Håkon:hakon Mikkel Jonas Åsa:asa",
			"Solheim Nygaard Lindgren Bergström:bergstrom Dahl Haugen Jørgensen:jorgensen Lund Nyström:nystrom Eklund Hansen Berg Holm Sjöberg:sjoberg Vik Strand Møller:moller Lindholm Ødegård:odegard Moen",
		},
		{
			"Sofía:sofia Lucía:lucia Camila Valentina Beatriz Inés:ines Mariana Carmen Tomás:tomas Mateo Diego Rafael Javier Andrés:andres João:joao Tiago Miguel Álvaro:alvaro Núria:nuria Gonçalo:goncalo",
			"Herrera Ferreira Almeida Castillo Navarro Ortega Ramírez:ramirez Vidal Fuentes Moreno Carvalho Peña:pena Ibáñez:ibanez Cardoso Rocha Delgado Núñez:nunez Pires Salazar Torres",
		},
		{
			"Camille Élodie:elodie Chloé:chloe Margaux Juliette Océane:oceane Manon Claire Luc Thibault Mathieu Étienne:etienne Baptiste Rémi:remi Hugo François:francois Chiara Giulia Matteo Lorenzo",
			"Laurent Moreau Lefèvre:lefevre Girard Chevalier Fontaine Rousseau Marchand Bianchi Ricci Conti Gallo Romano Mercier Perrin Renaud Caruso Leclerc Bellini Fournier",
		},
		{
			"Hannah Lena Greta Annika Lotte Sanne Femke Johanna Lukas Felix Jürgen:juergen Moritz Sebastian Matthias Pieter Daan Bram Tessa Ruben Götz:goetz",
			"Schneider Weber Keller Fischer Brandt Vogel Krüger:krueger Huber Lehmann Maier DeVries Jansen Bakker Visser Mulder Schäfer:schaefer Winkler Zimmermann Bosch Richter",
		},
		{
			"Marta Zofia Agnieszka Katarzyna Alexander Dmitri Olena Irina Yuliya Piotr Paweł:pawel Jakub Milan Tomáš:tomas Jana Łukasz:lukasz Ana Marko Ivana Nikola",
			"Kowalczyk Nowak Petrov Wójcik:wojcik Dvořák:dvorak Horvat Kovač:kovac Shevchenko Melnyk Zielińska:zielinska Jovanović:jovanovic Novotný:novotny Marković:markovic Bondarenko Sokolov Mazur Babić:babic Dąbrowski:dabrowski Volkov Procházka:prochazka",
		},
		{
			"Priya Ananya Kavya Meera Aisha Divya Lakshmi Sunita Arjun Rohan Vikram Sanjay Rahul Aditya Imran Farhan Nadia Tariq Ishaan Deepa",
			"Raman Mehta Sharma Iyer Kapoor Reddy Nair Chowdhury Banerjee Desai Gupta Hussain Khan Malik Patel Perera Rao Singh Verma Joshi",
		},
		{
			"Wei Mei Jing Xiu Hui Li Yuki Haruka Kenji Sakura Aiko Takumi Hiroshi Ji-woo Min-jun Seo-yeon Hana Ren Tao Jun",
			"Zhang Wang Chen Liu Huang Zhao Watanabe Tanaka Sato Suzuki Yamamoto Kobayashi Kim Park Choi Lee Nakamura Lin Wu Jeong",
		},
		{
			"Noor Layla Yasmin Fatima Amira Salma Rania Huda Omar Yusuf Karim Hassan Khalid Samir Elif Zeynep Emre Mehmet Çağla:cagla İbrahim:ibrahim",
			"Haddad Mansour Nasser Khoury Saleh Farouk Demir Yılmaz:yilmaz Kaya Şahin:sahin Öztürk:ozturk Aydın:aydin Abboud Darwish Hakimi Rahimi Najjar Aziz Çelik:celik Bakir",
		},
		{
			"Oluwaseun Chiamaka Ngozi Adaeze Amara Zanele Thandiwe Wanjiru Daniel Emeka Kwame Kofi Tunde Sipho Tendai Baraka Abena Makena Jabari Ayodele",
			"Adeyemi Okafor Nwosu Eze Mensah Boateng Dlamini Nkosi Kamau Otieno Mwangi Balogun Asante Moyo Abiodun Owusu Diallo Traoré:traore Keita Ndiaye",
		},
		{
			"Linh Thảo:thao Hương:huong Ngọc:ngoc Minh Tuấn:tuan Hải:hai Quang Siti Dewi Budi Agus Leilani Kai Malia Mahealani Somchai Nattaya Maria Jose",
			"Trần:tran Nguyễn:nguyen Phạm:pham Hoàng:hoang Đặng:dang Bùi:bui Wijaya Santoso Kusuma Hartono Kahananui Kealoha Kalani Suwan Chaiyasit Reyes Santos Bautista Cruz Aquino",
		},
		{
			"Samuel Emily Charlotte Olivia Grace Harriet Imogen Niamh Saoirse Aoife Owen Callum Rhys George Thomas Elijah Marcus Jordan Avery Siobhán:siobhan",
			"Goldberg MacLeod Bennett Hughes O'Connor:oconnor O’Brien:obrien Campbell Davies Whitfield Ashworth Carter Morgan Price Sinclair Walker Thornton Reid Brooks Palmer Kelly",
		},
	}
	regions := make([]region, len(lists))
	for i, l := range lists {
		regions[i] = region{first: parseNames(l[0]), last: parseNames(l[1])}
	}
	return regions
}

func parseNames(list string) []name {
	fields := strings.Fields(list)
	names := make([]name, len(fields))
	for i, f := range fields {
		text, latin, found := strings.Cut(f, ":")
		lower := strings.ToLower(text)
		if !found {
			latin = lower
		}
		names[i] = name{text: text, lower: lower, latin: latin}
	}
	return names
}

// mailHosts are where most addresses are. The .example domain belongs to nobody
// (RFC 2606), so no invented person has a real mailbox.
func mailHosts() []string {
	return []string{
		"postbox.example", "inbox.example", "mailhaus.example", "correo.example",
		"courrier.example", "letterbox.example", "quickmail.example", "post.example",
	}
}
