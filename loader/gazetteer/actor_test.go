package gazetteer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// show writes matches as "words=form:key,key" with ? for doubt and @ for a city.
func show(words []string, matches []Match) []string {
	var out []string
	for _, m := range matches {
		var keys []string
		for _, e := range m.Entries {
			keys = append(keys, e.Key)
		}
		s := fmt.Sprintf("%s=%s:%s", strings.Join(words[m.First:m.Last], " "), m.Form, strings.Join(keys, ","))
		if m.Doubtful {
			s += "?"
		}
		if m.City {
			s += "@"
		}
		out = append(out, s)
	}
	return out
}

func TestFindActors(t *testing.T) {
	g := load(t)
	for _, c := range []struct {
		text string // words parted by blanks as a tokenizer gives them
		want []string
	}{
		{"Iran 's forces struck Iraq", []string{"Iran=name:IRN", "Iraq=name:IRQ"}},
		{"Niger and Nigeria", []string{"Niger=name:NER", "Nigeria=name:NGA"}},
		{"Sudan , South Sudan and Sudanese", []string{"Sudan=name:SDN", "South Sudan=name:SSD", "Sudanese=adjective:SDN"}},
		{"the South Sudanese and the North Koreans", []string{"South Sudanese=adjective:SSD", "North Koreans=people:PRK"}},
		{"Guinea-Bissau , Equatorial Guinea , Papua New Guinea", []string{"Guinea-Bissau=name:GNB", "Equatorial Guinea=name:GNQ", "Papua New Guinea=name:PNG"}},
		{"Guinea - Bissau", []string{"Guinea - Bissau=name:GNB"}},
		{"the Republic of the Congo and the Democratic Republic of the Congo", []string{"Republic of the Congo=name:COG", "Democratic Republic of the Congo=name:COD"}},
		{"Congo said", []string{"Congo=name:COD,COG?"}},
		{"Georgia and Jordan", []string{"Georgia=name:GEO?", "Jordan=name:JOR?"}},
		{"they told us that the US and the U.S. left", []string{"US=abbreviation:USA", "U.S.=abbreviation:USA"}},
		{"Who said so ? The WHO", []string{"WHO=abbreviation:org/who"}},
		{"WHO IS TO BLAME FOR THE ATTACK IN IRAQ", []string{"WHO=abbreviation:org/who?", "IS=abbreviation:group/isis?", "IRAQ=name:IRQ"}},
		{"IRAN STRIKES JAISH AL-ADL BASES", []string{"IRAN=name:IRN", "JAISH AL-ADL=name:group/jaish-al-adl"}},
		{"Tehran said , the Kremlin and Washington agreed", []string{"Tehran=seat:IRN@", "Kremlin=seat:RUS", "Washington=seat:USA?@"}},
		{"Brussels said", []string{"Brussels=seat:org/european-union,BEL?@"}},
		{"Swedes , a Dane and Dutchmen", []string{"Swedes=people:SWE", "Dane=people:DNK", "Dutchmen=people:NLD"}},
		{"Jaysh al - Adl and Jeish ul-Adl", []string{"Jaysh al - Adl=name:group/jaish-al-adl", "Jeish ul-Adl=name:group/jaish-al-adl"}},
		{"al Qaida , al-Qaeda and Al-Qa'ida", []string{"al Qaida=name:group/al-qaeda", "al-Qaeda=name:group/al-qaeda", "Al-Qa'ida=name:group/al-qaeda"}},
		{"Huthi and Hoothi rebels ; Hizballah , Hizbullah , Hezbollah", []string{"Huthi=name:group/houthis", "Hoothi rebels=name:group/houthis", "Hizballah=name:group/hezbollah", "Hizbullah=name:group/hezbollah", "Hezbollah=name:group/hezbollah"}},
		{"Hamas in Hama", []string{"Hamas=name:group/hamas"}},
		{"Islamic State West Africa Province", []string{"Islamic State West Africa Province=name:group/iswap"}},
		{"Islamic State of Iraq and the Levant", []string{"Islamic State of Iraq and the Levant=name:group/isis"}},
		{"an Islamic state", nil},
		{"the UN Security council , the Free Syrian army", []string{"UN Security council=name:org/un-security-council", "Free Syrian army=name:group/fsa"}},
		{"People 's Protection Units", []string{"People 's Protection Units=name:group/ypg"}},
		{"the People’s Protection Units", []string{"People’s Protection Units=name:group/ypg"}},
		{"Lord 's Resistance Army", []string{"Lord 's Resistance Army=name:group/lra"}},
		{"Kata'ib Hezbollah", []string{"Kata'ib Hezbollah=name:group/kataib-hezbollah"}},
		{"Cote d'Ivoire , Côte d’Ivoire , Cote d' Ivoire", []string{"Cote d'Ivoire=name:CIV", "Côte d’Ivoire=name:CIV", "Cote d' Ivoire=name:CIV"}},
		{"a sudden turkey feast in chad", nil},
		{"Sandinista and contra rebels", []string{"Sandinista=name:group/sandinistas", "contra rebels=name:group/contras"}},
		{"Presidents Vladimir Putin , Xi Jinping and Assad", []string{"Vladimir Putin=name:person/vladimir-putin", "Xi Jinping=name:person/xi-jinping", "Assad=surname:person/bashar-al-assad,person/hafez-al-assad?"}},
		{"Hossein Amir - Abdollahian", []string{"Hossein Amir - Abdollahian=name:person/hossein-amirabdollahian"}},
		{"Qassem Sulaimani , Moammar Gadhafi , Hasan Rohani", []string{"Qassem Sulaimani=name:person/qasem-soleimani", "Moammar Gadhafi=name:person/muammar-gaddafi", "Hasan Rohani=name:person/hassan-rouhani"}},
		{"he may go , as Bush said", []string{"Bush=surname:person/george-h-w-bush,person/george-w-bush?"}},
		{"Let Sally and Kane go , LeT", []string{"LeT=abbreviation:group/lashkar-e-taiba"}},
		{"South , Sudan", []string{"Sudan=name:SDN"}},
		{"", nil},
	} {
		words := strings.Fields(c.text)
		if diff := cmp.Diff(c.want, show(words, g.Find(words))); diff != "" {
			t.Errorf("%s:\n%s", c.text, diff)
		}
	}
}

func TestNouns(t *testing.T) {
	g := load(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"the Defense Ministry", []string{"Defense Ministry=body:government:defence ministry"}},
		{"ministry of foreign affairs", []string{"ministry of foreign affairs=body:government:foreign ministry"}},
		{"11 border guards by force", []string{"border guards=body:military:border guards"}},
		{"forces", []string{"forces=body:military:forces"}},
		{"the army chief of staff said", []string{"army chief of staff=office:military:army chief"}},
		{"two children and three policemen", []string{"children=folk:civilians:children", "policemen=body:government:police"}},
		{"masked gunmen", []string{"masked gunmen=folk:armed_group:gunmen"}},
		{"a diplomat met diplomats", []string{"diplomat=office:government:diplomat", "diplomats=folk:government:diplomats"}},
		{"Lt. Gen. Smith", []string{"Lt. Gen.=office:military:lieutenant general"}},
		{"pro-democracy activists", []string{"pro-democracy activists=folk:civilians:activists"}},
		{"vice - president", []string{"vice - president=office:government:vice president"}},
		{"armies and navies", []string{"armies=body:military:army", "navies=body:military:navy"}},
		{"a forceful report", nil},
	} {
		words := strings.Fields(c.text)
		var got []string
		for _, m := range g.Nouns(words) {
			got = append(got, fmt.Sprintf("%s=%s:%s:%s", strings.Join(words[m.First:m.Last], " "), m.Noun.Class, m.Noun.Kind, m.Noun.Same))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", c.text, diff)
		}
	}
	if n, ok := g.Noun([]string{"prime", "minister"}); !ok || !n.Has("head-of-government") || n.Has("military") {
		t.Errorf("prime minister: %+v, %v", n, ok)
	}
	if n, ok := g.Noun([]string{"prime", "number"}); ok {
		t.Errorf("prime number: %+v", n)
	}
	for text, want := range map[string]bool{"chargé d'affaires": false, "ambassadors": true, "chiefs of staff": true, "chief of staff": false} {
		if m := g.Nouns(strings.Fields(text)); len(m) != 1 || m[0].Plural != want {
			t.Errorf("%s: %v, want one of plural %v", text, m, want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"Jaish", "Jaysh", "Jeysh", "Jeish", "jaesh"},
		{"al-Qaeda", "el-Qaida", "al Qa'ida"},
		{"Houthi", "Huthi", "Hoothi"},
		{"Khomeini", "Khomeyni"},
		{"Islamiyya", "Islamiyah", "Islamiya", "Islamiah"},
		{"Chebab", "Shebab"},
		{"Rouhani", "Ruhani", "Rohani"},
		{"Erdoğan", "Erdogan"},
		{"bin Salman", "ibn Salman", "ben Salman"},
	} {
		for _, s := range same[1:] {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("%s is %q, %s is %q", same[0], Fold(same[0]), s, Fold(s))
			}
		}
	}
	for _, apart := range [][2]string{
		{"Iran", "Iraq"}, {"Niger", "Nigeria"}, {"Hama", "Hamas"}, {"Sudan", "South Sudan"},
		{"Mali", "Malawi"}, {"Austria", "Australia"}, {"Fatah", "Fath"}, {"Assad", "Saad"},
	} {
		if Fold(apart[0]) == Fold(apart[1]) {
			t.Errorf("%s and %s fold to %q", apart[0], apart[1], Fold(apart[0]))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if f := Fold(s); Fold(strings.ToUpper(s)) != Fold(strings.ToLower(s)) && isASCII(s) {
			t.Fatalf("%q folds to %q, its capitals otherwise", s, f)
		}
	})
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 126 || r < 32 }) < 0
}

func TestWith(t *testing.T) {
	g := load(t)
	own, err := g.With(strings.NewReader("# mine\n\tNorth Rask Front\tarmed_group\tIRN\tNRF\ngroup/hamas\t\t\t\tGreen Ones\n\tOmani Taxi Union\tngo\tOMN\tUN?\n"))
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields("the NRF and the Green Ones called the UN and North Rask Front and Hamas")
	want := []string{"NRF=abbreviation:armed_group/north-rask-front", "Green Ones=name:group/hamas", "UN=abbreviation:org/united-nations,ngo/omani-taxi-union?", "North Rask Front=name:armed_group/north-rask-front", "Hamas=name:group/hamas"}
	if diff := cmp.Diff(want, show(words, own.Find(words))); diff != "" {
		t.Error(diff)
	}
	if !slices.Contains(own.Entry("group/hamas").Aliases, "Green Ones") || slices.Contains(g.Entry("group/hamas").Aliases, "Green Ones") {
		t.Error("the alias is not in the new gazetteer alone")
	}
	want = []string{"NRF=abbreviation:group/nrf-afghanistan", "UN=abbreviation:org/united-nations", "Hamas=name:group/hamas"}
	if diff := cmp.Diff(want, show(words, g.Find(words))); diff != "" {
		t.Errorf("the first gazetteer changed:\n%s", diff)
	}
	for _, c := range []struct{ file, want string }{
		{"\tX Front\tarmy\tIRN\n", `actors:1:10: "army" is not a kind of actor`},
		{"\n\tX Front\tarmed_group\tIran\n", `actors:2:22: "Iran" is not an ISO 3166 alpha-3 code`},
		{"\tX Front\tarmed_group\tQQQ\n", `actors:1:22: no state has the code "QQQ"`},
		{"\t\tarmed_group\tIRN\n", `actors:1:2: an actor needs one name`},
		{"\tX Front\n", `actors:1:9: an actor needs a kind`},
		{"a\tb\tother\tIRN\tc\td\n", `actors:1:17: 6 columns, the file has 5`},
		{"group/hamas\n", `actors:1:12: no name to add to "group/hamas"`},
		{"\tX\tother\tIRN\ta|!!\n", `actors:1:14: the name "!!" holds punctuation that parts names`},
	} {
		if _, err := g.With(strings.NewReader(c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.file, err, c.want)
		}
	}
}

func TestServedIn(t *testing.T) {
	for _, c := range []struct {
		office string
		year   int
		want   bool
	}{
		{"president 1993-2001", 1993, true},
		{"president 1993-2001", 2001, true},
		{"president 1993-2001", 1992, false},
		{"president 2017-2021, 2025-", 2023, false},
		{"president 2017-2021, 2025-", 2030, true},
		{"leader until 1985", 1980, true},
		{"leader until 1985", 1986, false},
		{"prime minister 1979, party leader", 1979, true},
		{"prime minister 1979, party leader", 1980, false},
		{"Hezbollah leader, killed 1992", 1991, false},
		{"cleric", 2000, false},
		{"", 2000, false},
	} {
		if got := (&Entry{Office: c.office}).ServedIn(c.year); got != c.want {
			t.Errorf("%q in %d: %v", c.office, c.year, got)
		}
	}
}

// TestFindSpans checks that any words give matches in range, in order and apart.
func TestFindSpans(t *testing.T) {
	g := load(t)
	some := []string{"Iran", "'s", "-", "al", "al-Adl", "Jaish", ",", "U.S.", "South", "Sudan", "\xff", "", "’", "İran", "of", "the", "Congo"}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(some), rapid.String())).Draw(t, "words")
		at := 0
		for _, m := range g.Find(words) {
			if m.First < at || m.Last <= m.First || m.Last > len(words) || len(m.Entries) == 0 || m.Form == 0 {
				t.Fatalf("%+v in %q", m, words)
			}
			at = m.Last
		}
		at = 0
		for _, m := range g.Nouns(words) {
			if m.First < at || m.Last <= m.First || m.Last > len(words) || m.Noun == nil {
				t.Fatalf("%+v in %q", m, words)
			}
			at = m.Last
		}
	})
}

func FuzzWith(f *testing.F) {
	g := load(f)
	f.Add("\tNorth Rask Front\tarmed_group\tIRN\tNRF|N.R.F.?\n# c\n")
	f.Add("group/hamas\t\t\t\tGreen Ones\r\n")
	f.Fuzz(func(t *testing.T, s string) {
		own, err := g.With(strings.NewReader(s))
		if err != nil {
			return
		}
		for _, m := range own.Find(strings.Fields(s)) {
			if m.First >= m.Last {
				t.Errorf("%+v", m)
			}
		}
	})
}

const passage = `Iran launched missile and drone strikes on bases of Jaish al - Adl in Pakistan on Tuesday , state media reported , ` +
	`a day after its elite Revolutionary Guards attacked targets in Iraq and Syria . Pakistan 's foreign ministry said the attack killed two children ` +
	`and summoned the Iranian charge d'affaires to protest against what it called an unprovoked violation of its airspace . The United States , the U.N. ` +
	`Security Council and the European Union called on both sides to show restraint as tensions across the Middle East rise over the war in Gaza between Israel and Hamas .`

func BenchmarkFindActors(b *testing.B) {
	g := load(b)
	words := strings.Fields(passage)
	b.ReportAllocs()
	for b.Loop() {
		g.Find(words)
	}
	b.ReportMetric(float64(len(words))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkNouns(b *testing.B) {
	g := load(b)
	words := strings.Fields(passage)
	b.ReportAllocs()
	for b.Loop() {
		g.Nouns(words)
	}
	b.ReportMetric(float64(len(words))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkLoadActors(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}
