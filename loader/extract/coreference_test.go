package extract

import (
	"strings"
	"testing"
)

// TestWhoIsMeant holds whom the last mention that is written so stands for, by its names
// joined with " & ", "" for nobody.
func TestWhoIsMeant(t *testing.T) {
	const is = "Islamic State has held Raqqa since 2014. "
	for _, c := range []struct{ name, text, mention, want string }{
		{"the coalition against a foe", is + "Coalition jets hit the city on Monday.", "Coalition jets", "US-led coalition"},
		{"a coalition's noun before another", is + "Nine people died in a coalition airstrike.", "coalition", "US-led coalition"},
		{"another coalition", is + "The opposition coalition met in Istanbul.", "The opposition coalition", "opposition"},
		{"against, not of", is + "Ministers of the counter-ISIL coalition met in Rome.", "counter-ISIL coalition", "US-led coalition"},
		{"a regime", "The Assad regime of Syria bombed Douma. The United States condemned it. “The regime has gone too far,” Rex Tillerson said.", "regime", "Syria"},
		{"a regime before a noun", "The Assad regime of Syria bombed Douma. A regime offensive began in Idlib.", "regime", "Syria"},
		{"described, not pointing back", "Syria and Iran signed an accord. Western powers condemned it.", "Western powers", "Western powers"},
		{"pointing back", "Syria and Iran signed an accord. The two countries promised more.", "The two countries", "Iran & Syria"},
		{"neighbours point back", "Syria fought Iran. The warring countries agreed to talk.", "The warring countries", "Iran & Syria"},
		{"an armed group's men", "UNITA said its men blew up a bridge near Huambo.", "men", "UNITA"},
		{"who asks is not whom he asks", "The United Nations sanctioned Russia. It called on Russia to stop.", "It", "United Nations"},
		{"a coordinated subject", "Boris Johnson and Ibrahim al-Jaafari met in London. They agreed to work together.", "They", "Boris Johnson & Ibrahim al-Jaafari"},
		{"she has a woman's given name", "Yulia Skripal met Boris Johnson in London. She thanked the hospital.", "She", "Yulia Skripal"},
		{"a subject of two, not those it speaks of", "The governments of Burkina Faso and Mali rejected sanctions on the people of Niger. They warned France.", "They", "Burkina Faso & Mali"},
		{"a subject named before as two", "Burkina Faso and Mali rejected the sanctions. They warned France. They condemned it too.", "They", "Burkina Faso & Mali"},
		{"an object of several", "Burkina Faso and Mali shelled gunmen in Niger. France arrested them.", "them", "gunmen"},
		{"the two of one phrase", "Niger thanked Mali. Niger was calm. The governments of Burkina Faso and Mali spoke in Niger. The two governments warned France.", "The two governments", "Mali & Burkina Faso"},
		{"rebels named before as an adjective", "Saudi jets struck Houthi positions after the rebels fired a missile at Riyadh.", "the rebels", "Houthis"},
		{"no part of the United States", "Felipe González began a tour of Latin America.", "Latin America", ""},
		{"officials of an aid organisation", "Red Cross officials suspended deliveries in Baghdad.", "Red Cross officials", "Red Cross"},
		{"another state's body", "Peru's Congress condemned Chile.", "Congress", "Peruvian Congress"},
		{"the body of the state that is meant", "The Venezuelan Congress condemned the United States.", "Congress", "Venezuelan Congress"},
		{"a body by its name alone", "Ronald Reagan of the United States spoke. Congress condemned Iran.", "Congress", "US Congress"},
		{"two surnames are one name", "Pakistani Foreign Secretary Asad Khan met Imran Khan.", "Asad Khan", "Asad Khan"},
		{"a member of an alliance", "NATO-member Norway will help Saudi Arabia.", "NATO", "no such mention"},
		{"a group's network", "Osama bin Laden's al-Qaeda terror network threatened Israel.", "al-Qaeda terror network", "al-Qaeda"},
		{"a visitor's hosts", "Bulgarian Foreign Minister Petar Vadev ended a visit to Paris. His hosts promised a credit.", "hosts", "France"},
		{"a body of an alliance", "The EU's delegation criticised the arrest of a judge.", "delegation", "European Union"},
		{"opposition leaders are no pair told before", "Syria met Iran. A Gambian court sentenced two opposition leaders.", "opposition leaders", "opposition leaders"},
		{"the envoy told before", "The British ambassador criticised a Gambian court. President Samuel Njie expelled the envoy.", "envoy", "British ambassador"},
		{"dead and wounded are nobody", "The Iraqi army suffered heavy casualties near Basra.", "casualties", "no such mention"},
		{"a name behind an article of Arabic", "The envoy met Kuwaiti Foreign Undersecretary Suliman Majed al-Shaheen.", "Suliman Majed al-Shaheen", "Suliman Majed al-Shaheen"},
		{"a name that looks like a verb", "Denmark protested. Foreign minister Mads Ravn condemned the plan.", "Mads Ravn", "Mads Ravn"},
		{"the government and people of a state", "The United States supports the government and people of Iraq.", "government", "Iraq"},
		{"the alliance", "NATO and Russia held talks in Brussels. The alliance urged Moscow to withdraw.", "The alliance", "NATO"},
		{"a convoy of troops", "Gunmen ambushed a convoy of NATO troops near Kandahar.", "convoy", "NATO forces"},
		{"forces of somebody", "Forces loyal to General Khalifa Haftar attacked Benghazi.", "Forces", "Forces"},
		{"one of a people", "Israeli troops killed a Palestinian in Hebron.", "Palestinian", "Palestinian"},
		{"a number for people", "Thousands rallied in Minsk.", "Thousands", "Thousands"},
		{"a number of people", "Thousands of miners rallied in Minsk.", "Thousands", "no such mention"},
		{"a hyphen in a given name", "Foreign Minister Kim Sung-hwan condemned North Korea.", "Kim Sung-hwan", "Kim Sung-hwan"},
		{"a pope with a number", "Pope John Paul II met Lech Walesa.", "Pope John Paul II", "Pope John Paul II"},
		{"who is taken hostage", "Gunmen took two Italian nuns hostage in Cameroon.", "hostage", "no such mention"},
		{"one of the people by his name", "Gunmen shot dead a lawyer, Ahmed Sharif, in Quetta.", "a lawyer", "Ahmed Sharif"},
		{"a party by its name", "The main opposition party, the Movement for Democratic Change, accused Robert Mugabe.", "opposition party", "Movement for Democratic Change"},
		{"rulers of several states", "The presidents of Russia and Turkey agreed on a truce.", "presidents", "Russia & Turkey"},
		{"three states of one list", "France, Germany and Italy imposed sanctions on Syria. The three countries expelled envoys.", "The three countries", "France & Germany & Italy"},
		{"a children's hospital", "A missile hit a children's hospital in Kyiv.", "children", "no such mention"},
		{"two ministers", "John Kerry and Sergei Lavrov met in Vienna. The two ministers agreed to meet again.", "The two ministers", "John Kerry & Sergei Lavrov"},
		{"a union's name goes on", "Police raided the Korean Confederation of Trade Unions.", "Korean Confederation of Trade Unions", "Korean Confederation of Trade Unions"},
		{"the leader in office without his first name", "Viktor Orban called on Putin to end the war.", "Putin", "Vladimir Putin"},
		{"Congress elsewhere", "Debt vote\n\nLIMA, June 10 - Congress voted to suspend payments on the debt.", "Congress", "Peruvian Congress"},
		{"a dozen less one", "Twelve people were killed in Sudan.", "Twelve", "no such mention"},
		{"warplanes of a government", "Government warplanes bombed rebels near Aleppo.", "Government warplanes", "Government warplanes"},
		{"he has none", "Boris Johnson was in London. Yulia Skripal spoke to reporters. He thanked the hospital.", "He", "Boris Johnson"},
		{"a gloss", "Officials spoke to Reuters. They (the Kuwaitis) have asked Britain for tankers.", "They", "Kuwait"},
		{"no object of its own subject", "Syria attacked Turkey. Iran condemned it.", "it", "Syria"},
		{"jihadists of the group", "Islamic State took Raqqa. Islamic State took Mosul. Jihadists killed a judge.", "Jihadists", "Islamic State"},
		{"jihadists of a state", "Islamic State took Raqqa. Islamic State took Mosul. British jihadists killed a judge.", "British jihadists", "British jihadists"},
		{"a ship's flag", "Iran attacked a Kuwaiti tanker in the Gulf.", "Kuwaiti tanker", "Kuwait"},
		{"a ship's name", "Iraq hit the U.S. frigate Stark in the Gulf.", "U.S. frigate Stark", "United States"},
		{"an apposition", "Gunmen killed Mehmet Aksoy, the British film-maker and activist, in Raqqa.", "activist", "Mehmet Aksoy"},
		{"a predicate", "Jac Holmes was a British soldier.", "a British soldier", "Jac Holmes"},
		{"no predicate", "Jac Holmes was not a British soldier.", "a British soldier", "British soldier"},
		{"Kurds under one name", "Kurds fled. The Kurdish assault failed.", "Kurdish", "Kurds"},
		{"a shorter full name", "The plan is Recep Erdoğan's, Turkey said.", "Recep Erdoğan", "Recep Tayyip Erdoğan"},
		{"kin", "Joe Robinson was jailed in Turkey. His family appealed for his release.", "family", "Joe Robinson's family"},
		{"kin by name", "Shamima Begum married in Raqqa. Her husband, Yago Riedijk, surrendered. Begum said her husband was tortured.", "husband", "Yago Riedijk"},
		{"a speaker's own government", "Ministers in Washington and the United States army rejected the plan of the United States. “The government is confident,” British Foreign Secretary Boris Johnson said.", "government", "United Kingdom"},
		{"a surname that is a place", "Hoda Muthana, 24, was held in Syria. Muthana said she was sorry.", "Muthana", "Hoda Muthana"},
		{"a surname of two", "Jack Letts was held in Syria. Jack Letts spoke to his parents. Jack Letts was ill. The father, John Letts, wept. Letts appealed for help.", "Letts", "Jack Letts"},
		{"a surname of two named as often", "Jack Letts was held in Syria. The father, John Letts, wept. Letts appealed for help.", "Letts", "Jack Letts"},
		{"a surname the list knows of somebody else", "Charles H. Keating IV was killed in Iraq. The navy mourned Keating.", "Keating", "Charles H. Keating IV"},
		{"a place before a name", "Reporters were in Salisbury. Ambassador Alexander Yakovenko spoke. In Salisbury Yakovenko said nothing.", "Yakovenko", "Alexander Yakovenko"},
		{"an office before its holder", "The Foreign Secretary welcomed the truce in Syria. British Foreign Secretary Boris Johnson said it must last. Boris Johnson praised Turkey.", "The Foreign Secretary", "Boris Johnson"},
		{"a state's leader", "Recep Tayyip Erdoğan spoke in Ankara. He threatened Syria. The Turkish leader met Vladimir Putin.", "The Turkish leader", "Recep Tayyip Erdoğan"},
		{"no holder of an office that many hold", "Judge Emmet Sullivan of the United States spoke. The US judge rejected the plan of the United States.", "The US judge", "Emmet Sullivan"},
		{"a president who was", "Barack Obama criticised the plan of the United States. Donald Trump defended it. The US president called Barack Obama weak.", "The US president", "Donald Trump"},
		{"no president in a spokesman", "Turkish presidential spokesman Ibrahim Kalin spoke. The Turkish president condemned Israel.", "The Turkish president", "Turkish president"},
		{"who says what is quoted", "Guillermo Bedregal of Bolivia spoke in La Paz. \"We will meet Ronald Reagan in May,\" he said.", "he", "Guillermo Bedregal"},
		{"who is quoted before", "Guillermo Bedregal of Bolivia spoke in La Paz. Ronald Reagan of the United States said \"no\" when he left.", "he", "Ronald Reagan"},
		{"a surname that looks like a plural", "Labour spokesman George Foulkes spoke in London. Foulkes condemned Iran.", "Foulkes", "George Foulkes"},
		{"a plural and no surname", "Labour spokesman Leonard Price spoke in London. Prices rose in Iran.", "Prices", "no such mention"},
		{"one name in two spellings", "Mohammad El Hindawi fled Syria. Mohammed El Hindawi works in Edmonton.", "Mohammad El Hindawi", "Mohammad El Hindawi"},
		{"two given names", "Mark Campbell fled Syria. Mary Campbell works in London.", "Mark Campbell", "Mark Campbell"},
		{"a place before a person", "Minister for the Middle East Tobias Ellwood condemned the attack.", "Tobias Ellwood", "Tobias Ellwood"},
		{"beside a person", "Alexanda Kotey, 34, was held in Syria with Aine Davis. Kotey said he was sorry. The two, Kotey and Zoghbi Elsheikh, were jailed.", "Zoghbi Elsheikh", "Zoghbi Elsheikh"},
		{"a council inside a council's name", "The national security council of Colombia met. Colombia was calm.", "The national security council", "Colombian national security council"},
		{"the Security Council", "Colombia asked the Security Council for help.", "Security Council", "United Nations Security Council"},
		{"a commissioner's office", "Turkey asked the UN High Commissioner for Refugees for help.", "UN High Commissioner for Refugees", "United Nations High Commissioner for Refugees"},
		{"a faith", "The group is a threat to Islam, Iran said.", "Islam", ""},
		{"an operation", "The troops took part in Operation Matador.", "Operation Matador", ""},
		{"a unit of things", "Workers left the production unit in Qatar.", "the production unit", "no such mention"},
		{"an armed unit", "A tank unit of Iraq attacked Basra.", "A tank unit", "Iraqi unit"},
		{"a part of the world", "Turkey has abandoned the west.", "West", "West"},
		{"a direction", "Troops left the west of Iraq.", "West", "no such mention"},
		{"rebels hold it", "Syria bombed the rebel-held town of Douma.", "rebel", "rebels"},
		{"the two men", "Boris Johnson met Ibrahim al-Jaafari in London. The two men agreed to work together.", "The two men", "Boris Johnson & Ibrahim al-Jaafari"},
		{"the two men of a phrase", "Donald Trump spoke. Jeremy Hunt said two British Isis fighters, Alexanda Kotey and Zoghbi Elsheikh, must be tried. The two men are held in Syria.", "The two men", "Alexanda Kotey & Zoghbi Elsheikh"},
		{"the two men of before", "Kurdish forces hold Alexanda Kotey, 34, and Zoghbi Elsheikh, 29. The two men were jailed. Ken MacDonald, a lawyer, spoke. Boris Johnson spoke. Judges will try the two men.", "the two men", "Alexanda Kotey & Zoghbi Elsheikh"},
		{"who was once of a government", "Former US officials condemned Iran.", "former US officials", "former US officials"},
		{"who was once of a group", "Former members of Hamas condemned Iran.", "Former members", "former members of Hamas"},
		{"who is of a group that is told by more words", "Fighters of the Shia group Hezbollah attacked Haifa.", "Fighters", "Hezbollah"},
		{"who is of a group", "Members of Hamas condemned Iran.", "Members", "Hamas"},
		{"a former office", "The former Turkish president condemned Israel.", "The former Turkish president", "former Turkish president"},
		{"two other men", "Boris Johnson met Ibrahim al-Jaafari in London. Two men were killed in Basra.", "Two men", "men"},
		{"rebels are not Islamic State", "Islamic State lost Raqqa. Syria bombed the last rebel-held province.", "rebel", "rebels"},
		{"fighters of a people before a noun", "Israel bombed Palestinian guerrilla bases near Sidon.", "guerrilla", "Palestinian guerrillas"},
		{"fighters of one people and another", "Rebels shelled Homs. Syrian rebel positions were hit, and Chechen rebel hideouts.", "Chechen rebels", "Chechen rebels"},
		{"armies of two states", "Iraq was attacked by the Iranian and Syrian armies.", "Syrian armies", "Iranian armies & Syrian armies"},
		{"armies of three states", "Syria was bombed by American, British and French jets.", "French jets", "American jets & British jets & French jets"},
		{"armies of three states, of which one has a name", "Syria condemned strikes by US, British and French forces.", "French forces", "US military & British forces & French Army"},
		{"states and a people", "Isis fought Turkish and Kurdish forces.", "Kurdish forces", "Turkish forces & Kurdish forces"},
		{"states beside forces", "The attack on the US and Syrian forces failed.", "Syrian forces", "Syrian forces"},
		{"an office before an unknown name", "The court jailed deputy prime minister Alpaslan Turkes in Ankara.", "Alpaslan Turkes", "Alpaslan Turkes"},
		{"those told by a clause", "We mourn those killed in Basra.", "those killed in Basra", "those killed in Basra"},
		{"those before a noun", "We mourn those victims of the attack.", "those victims of the attack", "no such mention"},
		{"merchant ships together", "Iran attacked neutral shipping in the Gulf.", "neutral shipping", "neutral shipping"},
		{"soldiers of who says so", "Pakistan said India killed three of its soldiers.", "its", "Pakistan"},
		{"soldiers of whom it is according to", "According to Iraq, Iran attacked its soldiers.", "its", "Iraq"},
		{"its own people", "Iraq said Iran had attacked its own people.", "its", "Iran"},
		{"what is no attack", "Iraq said Iran had recalled its soldiers.", "its", "Iran"},
		{"fighters are people", "Turkey shelled Afrin. It killed 40 foreign fighters.", "40 foreign fighters", "foreign fighters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := coder(t).read(document(t, c.text, "2018-01-17"), false, nil)
			got := "no such mention"
			for _, s := range r.sentences {
				for _, m := range s.mentions {
					if s.text(r.doc.Text, m.first, m.last) != c.mention && m.name != c.mention {
						continue
					}
					var names []string
					for _, a := range m.actors {
						names = append(names, a.name)
					}
					got = strings.Join(names, " & ")
				}
			}
			if got != c.want {
				t.Errorf("%q is %q, want %q", c.mention, got, c.want)
			}
		})
	}
}

// TestDescriptionsAreNames holds that an actor without a name is called as the text does.
func TestDescriptionsAreNames(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Gunmen killed two sheikhs in Ramadi.", "two sheikhs"},
		{"Turkey bombed anti-Baghdad Kurdish guerrillas.", "anti-Baghdad Kurdish guerrillas"},
		{"Barack Obama congratulated the people of Turkey.", "people of Turkey"},
		{"Iran summoned the ambassador to Tehran.", "ambassador to Tehran"},
		{"Turkish jets hit PKK forces in Iraq.", "PKK"},
		{"Turkey bombed US-allied Kurdish militias.", "Kurdish militias"},
		{"Iran arrested 50 former Iraqi police officers.", "former Iraqi police officers"},
		{"Iran arrested four Britons.", "four Britons"},
		{"Iran killed 1,800 women and children.", "women and children"},
		{"Iran killed 1,800 women and children.", "1,800 women and children"},
		{"Iran killed more than 2,000 people in Basra.", "more than 2,000 people"},
		{"Iran killed more than 2,000 people in Basra.", "2,000 people"},
		{"At least four people were killed in Basra.", "At least four people"},
		{"Isis captured Bafrin and her three brothers.", "three brothers"},
		{"Isis captured Bafrin and her three brothers.", "her three brothers"},
		{"Hundreds fled areas won by forces allied to Bashar al-Assad.", "forces allied to Bashar al-Assad"},
		{"Barack Obama mourned with the victims' families and friends.", "victims' families and friends"},
		{"Barack Obama mourned with the families of those who died in Ankara.", "families of those who died in Ankara"},
		{"Tonroe's commanding officer praised him.", "Tonroe's commanding officer"},
		{"Women who chose to leave the UK are held.", "Women who chose to leave the UK"},
		{"Idlib is the last rebel-held province.", "rebels"},
	} {
		r := coder(t).read(document(t, c.text, "2018-01-17"), false, nil)
		found := false
		for _, a := range r.cast.actors {
			for _, n := range append([]string{a.name}, a.aliases...) {
				found = found || n == c.want
			}
		}
		if !found {
			t.Errorf("%s: nobody is called %q", c.text, c.want)
		}
	}
}

// TestNoNames holds by which of its words an actor without a name is not called.
func TestNoNames(t *testing.T) {
	for _, c := range []struct{ text, not string }{
		{"Iran killed 15 other soldiers.", "other soldiers"},
		{"A 12-month-old child was killed in Basra.", "month-old child"},
		{"Iran attacked women, children in Basra.", "women, children"},
		{"Iran arrested a man who left the UK.", "man who left the UK"},
	} {
		r := coder(t).read(document(t, c.text, "2018-01-17"), false, nil)
		for _, a := range r.cast.actors {
			for _, n := range append([]string{a.name}, a.aliases...) {
				if strings.TrimPrefix(n, "-") == c.not {
					t.Errorf("%s: somebody is called %q", c.text, n)
				}
			}
		}
	}
}

// TestIssuer holds who says "I" in a government's statement.
func TestIssuer(t *testing.T) {
	for _, c := range []struct{ publisher, title, want string }{
		{"US State Department", "Statement by Secretary of Defense Ash Carter on Dabiq", "Ashton Carter"},
		{"US State Department", "Liberation of Dabiq", "United States"},
		{"UK Government", "Statement by Secretary of Defense Ash Carter on Dabiq", "United Kingdom"},
		{"Foreign & Commonwealth Office", "Liberation of Dabiq", "United Kingdom"},
		{"Delegation of the European Union to Syria", "Liberation of Dabiq", ""},
		{"The Guardian", "Statement by Secretary of Defense Ash Carter on Dabiq", ""},
	} {
		doc := document(t, "I congratulate the Syrians who fought for Dabiq.", "2016-10-16")
		doc.Publisher, doc.Title = c.publisher, c.title
		got := ""
		for _, m := range coder(t).read(doc, false, nil).sentences[0].mentions {
			if m.shape == pronoun && m.name == "I" && len(m.actors) == 1 {
				got = m.actors[0].name
			}
		}
		if got != c.want {
			t.Errorf("%s, %s: \"I\" is %q, want %q", c.publisher, c.title, got, c.want)
		}
	}
}

// TestPublishersMinister holds of what state a minister without a name is whom a ministry writes of.
func TestPublishersMinister(t *testing.T) {
	for _, c := range []struct{ publisher, text, want string }{
		{"US State Department", "The Secretary met Foreign Minister Lavrov of Russia in Geneva.", "USA"},
		{"Ministry of Foreign Affairs of Pakistan", "The Foreign Minister met his Iranian counterpart in Geneva.", "PAK"},
		{"DFAT", "The Minister met her Filipino counterpart Alan Peter Cayetano in Manila.", "AUS"},
		{"The Guardian", "The Foreign Minister met his Iranian counterpart.", ""},
	} {
		doc := document(t, c.text, "2024-01-16")
		doc.Publisher = c.publisher
		if m := coder(t).read(doc, false, nil).sentences[0].mentions[0]; len(m.actors) != 1 || m.actors[0].country != c.want {
			t.Errorf("%s: %s: %s, want of %q", c.publisher, c.text, nameList(m.actors), c.want)
		}
	}
}

// TestWhereFrom holds the state of an actor, by its name.
func TestWhereFrom(t *testing.T) {
	for _, c := range []struct{ name, text, actor, want string }{
		{"a person among states", "Yago Riedijk met Dutch officials in Syria. Riedijk said Dutch courts should try him.", "Yago Riedijk", "NLD"},
		{"a given name tells", "Oliver Hall left the United Kingdom for Syria. Hall died in Syria.", "Oliver Hall", "GBR"},
		{"rebels where they are", "Rebels attacked an army base near Aleppo.", "Rebels", "SYR"},
		{"a group of many states", "Islamic State attacked an army base near Aleppo.", "Islamic State", ""},
		{"a backer's rebels", "Turkish-backed rebels took the town of Afrin.", "Turkish-backed rebels", "SYR"},
		{"a state's own rebels", "Syrian rebels fled to Turkey.", "Syrian rebels", "SYR"},
		{"whose they are before where they are", "France withdrew its soldiers from Mali.", "French soldiers", "FRA"},
		{"a state's proxies", "Iran armed its proxies in Lebanon.", "proxies", "LBN"},
		{"Kurds where their groups are", "Turkey attacked the YPG in Afrin. Turkey said Turkey was safe. The Kurds asked for help.", "Kurds", "SYR"},
		{"who serves the United Nations", "The UN special envoy for Syria, Staffan de Mistura, resigned.", "Staffan de Mistura", ""},
		{"an office-holder behind a possessive", "Syria was bombed. Syria fell. Russia's deputy prime minister Ivan Petrov arrived.", "Ivan Petrov", "RUS"},
		{"a guest of a state", "Syria was bombed. Syria fell. Deputy prime minister Ivan Petrov arrived.", "Ivan Petrov", "SYR"},
		{"an adviser to a ministry", "Ivan Petrov, an adviser to the Syrian Ministry of Information, accused Israel.", "Ivan Petrov", "SYR"},
		{"an envoy to a state", "Ivan Petrov, an envoy to Syria, went home.", "Ivan Petrov", ""},
		{"who speaks for the United Nations", "UN spokesman John Brown accused Iran.", "John Brown", ""},
		{"who leads an armed group", "Israel struck Beirut. Israel said a senior Hamas commander was killed.", "Hamas commander", "PSE"},
		{"who fights an armed group", "Israel struck Beirut. Israel said an anti-Hamas commander was killed.", "commander", "ISR"},
		{"nobody is accused by his own", "The president condemned Israel.", "president", ""},
		{"a president in his land", "Israel voted. The president spoke.", "president", "ISR"},
		{"some of a people", "Thousands of Algerians marched in Paris.", "Algerians", "DZA"},
		{"a city taken for a common noun", "A bomb killed 30 worshippers in Peshawar.", "worshippers", "PAK"},
		{"a city taken for an adverb", "A bomb killed 30 people in Agartala on Friday.", "people", "IND"},
		{"a city with a surname in it", "A bomb killed 30 people in Bandar Abbas.", "people", "IRN"},
		{"a surname behind a city", "Mahmoud Abbas visited Nablus.", "Mahmoud Abbas", "PSE"},
		{"whom an attack on a city costs", "Russian missiles hit Kharkiv, wounding six residents.", "residents", "UKR"},
		{"whom an attack on a capital costs", "Saudi warplanes bombed Sanaa, killing 20 people.", "people", "YEM"},
		{"whom a stroke and a second one cost", "Russian jets struck Idlib and killed nine civilians.", "civilians", "SYR"},
		{"who were killed elsewhere", "Russia left Kharkiv. Russia said six residents were hurt.", "residents", "RUS"},
		{"the ministers of two states", "The troops of Chad and Niger attacked.", "Nigerien troops", "NER"},
		{"who is sent to another land", "Nicaragua released political prisoners and put them on a plane to Washington.", "political prisoners", "NIC"},
		{"whom police detain", "Pakistani police detained an opposition leader.", "opposition leader", "PAK"},
		{"whose dead are told of from afar", "Rebels shelled Goma on Monday, killing 12 people, aid officials in Geneva said.", "people", "COD"},
		{"who struck as is told from afar", "Rebels shelled Goma on Monday, killing 12 people, aid officials in Geneva said.", "Rebels", "COD"},
		{"a city beside what it is", "Rebels shelled the southern capital Juba, killing 20 people, relief officials in Nairobi said.", "people", "SSD"},
		{"a part of a state before a time", "Israel shelled insurgents in southern Lebanon last month.", "insurgents", "LBN"},
		{"rebels beside one state", "The government of Mozambique accepted demands of rebels.", "rebels", "MOZ"},
		{"rebels beside two states", "Malawi and Mozambique met rebels.", "rebels", ""},
		{"rebels whom foreign soldiers fight", "US troops killed twelve rebels last week.", "rebels", ""},
		{"in the West Bank, which is no bank", "Israeli troops killed a man in the West Bank.", "man", "PSE"},
		{"a king of a state", "King Hakim of Morocco spoke of Israel, and of the Israeli army.", "Hakim", "MAR"},
		{"a part of the world", "European leaders condemned Kenya on Friday.", "European leaders", ""},
		{"a part of America", "Latin American presidents met in Quito.", "Latin American presidents", ""},
		{"officials of a part of the world", "Arab foreign ministers condemned Israel in Cairo.", "Arab foreign ministers", ""},
		{"who comes from an organisation of states", "A delegation from the IMF arrived in Accra.", "International Monetary Fund", ""},
		{"ministers of an alliance", "US officials met defence ministers of the Global Coalition.", "defence ministers", ""},
		{"an office-holder where an envoy is", "Norway summoned the Chinese ambassador. Foreign minister Torvald Krog condemned the espionage.", "Torvald Krog", "NOR"},
		{"a guest", "Angola's president received his Cuban guest, General Ochoa, in Luanda.", "Ochoa", "CUB"},
		{"ships of any flag", "Iraqi warplanes hit two ships off the Iranian coast.", "ship", ""},
		{"an army at home", "KAMPALA, March 3 - Government troops killed 40 rebels.", "Government troops", "UGA"},
		{"rebels at home", "BOGOTA, March 3 - Leftist rebels killed a judge.", "Leftist rebels", "COL"},
		{"a minister at home", "ATHENS, June 10 - Foreign Minister Stavros Dimopoulos met his Albanian counterpart.", "Stavros Dimopoulos", "GRC"},
		{"police where they arrest a foreigner", "Police arrested a British teacher in Khartoum.", "Police", "SDN"},
		{"soldiers of the convoy that is struck", "Kurdish rebels attacked a Turkish army post in Iraq, killing eight soldiers.", "Turkish soldiers", "TUR"},
		{"peacekeepers of no state", "Rebels killed three peacekeepers in Mali.", "peacekeepers", ""},
		{"a court of many states", "Sudan rejected the warrant of the court in The Hague.", "court", ""},
		{"counterparts from elsewhere", "US Secretary of State John Kerry met his counterparts from France and Italy.", "counterparts", "FRA"},
		{"whom a state strikes in what another says", "Hamas said Israel had bombed a school sheltering displaced families.", "displaced families", ""},
		{"whom a ship struck costs", "An Iraqi missile hit the frigate USS Stark, killing 37 sailors.", "American sailors", "USA"},
		{"Maoists of a state", "Nepal's Maoists killed two judges.", "Maoists", "NPL"},
		{"an army that a text begins with", "The army killed nine fighters near Maiduguri. Residents said they were farmers. The army denied it.", "Nigerian army", "NGA"},
		{"the Indians of another state", "Ecuadorean Indians occupied the cathedral in Quito.", "Indians", "ECU"},
		{"whom a given name does not give a state", "Michael Carver visited Niger.", "Michael Carver", ""},
		{"a senator of another state", "A senator was shot dead in Manila.", "senator", "PHL"},
		{"a senator", "A senator was shot dead. The United States mourned.", "senator", "USA"},
		{"rebels named with a government", "The Philippine government and Muslim rebels signed a truce in Kuala Lumpur.", "Muslim rebels", "PHL"},
		{"nobody warns his own", "President Kimbo warned Iran on Friday.", "Kimbo", ""},
		{"who rules a state", "President Kimbo ruled Chad.", "Kimbo", "TCD"},
		{"a king before his state's possessive", "Jordan's King Abdullah met Bashar al-Assad of Syria.", "King Abdullah II", "JOR"},
		{"who meets his counterpart", "The foreign minister met his Iranian counterpart.", "foreign minister", ""},
		{"who is a minister for a part of the world", "Minister for Europe David Lidington of the United Kingdom condemned Iran.", "David Lidington", "GBR"},
		{"a ship called after somebody", "The USS Carney shot down Houthi drones.", "United States", "USA"},
		{"who is of a state's descent", "Russia killed an Isis fighter with Somali heritage.", "Isis fighter", ""},
		{"a body that does something to a state", "The Senate voted to impose sanctions on Iran.", "Senate", ""},
		{"a body that accuses a state", "The cabinet accused Iran of arms smuggling.", "cabinet", ""},
		{"whom a guest meets", "Secretary of State John Kerry met senior officials on his trip to Cairo.", "Egyptian senior officials", "EGY"},
		{"with whom a guest talks", "Chinese envoy Li Wei visited Myanmar and held talks with military leaders.", "Myanmar military leaders", "MMR"},
		{"whom an armed group displaced", "Britain has provided food to families displaced by the Taliban.", "families", "AFG"},
		{"a body that charges foreigners", "The justice department charged two Chinese hackers.", "justice ministry", ""},
		{"one man of a group, abroad", "A Hamas gunman shot two Israelis in Jerusalem.", "Hamas gunman", "PSE"},
		{"an envoy of a state", "The British special envoy for Syria, Martin Longden, resigned.", "Martin Longden", "GBR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := coder(t).read(document(t, c.text, "2018-01-17"), false, nil)
			for _, a := range r.cast.actors {
				if a.name == c.actor {
					if a.country != c.want {
						t.Errorf("%s is of %q, want %q", c.actor, a.country, c.want)
					}
					return
				}
			}
			t.Errorf("no actor %q", c.actor)
		})
	}
}

// TestWhoWasInOffice holds of whom of one name, or of nobody in particular, an article of a day speaks.
func TestWhoWasInOffice(t *testing.T) {
	for _, c := range []struct{ day, text, want string }{
		{"1987-05-04", "Moscow called the test a provocation.", "Soviet Union"},
		{"1992-05-04", "Moscow called the test a provocation.", "Russia"},
		{"1990-08-10", "President Bush condemned Iraq.", "George H. W. Bush"},
		{"2003-02-01", "President Bush condemned Iraq.", "George W. Bush"},
		{"1986-05-04", "President Assad condemned Israel.", "Hafez al-Assad"},
		{"1986-05-04", "President Reagan praised Margaret Thatcher of Britain.", "Ronald Reagan"},
		{"2016-05-04", "Secretary Carter met Angela Merkel of Germany.", "Ashton Carter"},
		{"2020-05-04", "President Reagan praised Margaret Thatcher of Britain.", "Reagan"},
	} {
		r := coder(t).read(document(t, c.text, c.day), false, nil)
		if m := r.sentences[0].mentions[0]; len(m.actors) != 1 || m.actors[0].name != c.want {
			t.Errorf("%s, %s: %q, want %q", c.day, c.text, nameList(m.actors), c.want)
		}
	}
}

// TestOfficesInYear holds which offices a gazetteer's note tells of a year.
func TestOfficesInYear(t *testing.T) {
	for _, c := range []struct {
		note string
		year int
		want string
	}{
		{"foreign secretary 2016-2018, prime minister 2019-2022", 2017, "foreign secretary"},
		{"foreign secretary 2016-2018, prime minister 2019-2022", 2020, "prime minister"},
		{"foreign secretary 2016-2018, prime minister 2019-2022", 2025, "former prime minister"},
		{"foreign secretary 2016-2018, prime minister 2019-2022", 0, "foreign secretary, prime minister"},
		{"president 2017-2021, 2025-", 2026, "president"},
		{"president 2017-2021, 2025-", 2023, "former president"},
		{"army chief, leader 2019-", 2023, "army chief, leader"},
		{"Army of Islam leader, killed 2015", 2014, "Army of Islam leader"},
		{"president 2009-2017", 2005, ""},
	} {
		if got := strings.Join(officesIn(c.note, c.year), ", "); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.note, c.year, got, c.want)
		}
	}
}
