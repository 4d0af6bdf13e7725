package gazetteer

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// loadPlaces reads the gazetteer once for all tests.
var loadPlaces = sync.OnceValues(LoadPlaces)

func testPlaces(t testing.TB) *Places {
	t.Helper()
	p, err := loadPlaces()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// place gives the best known place of a name, as a test writes it: "Tripoli LBN".
func place(t *testing.T, p *Places, written string) Place {
	t.Helper()
	name, country := written, ""
	if i := strings.LastIndexByte(written, ' '); i > 0 && isAlpha3(written[i+1:]) {
		name, country = written[:i], written[i+1:]
	}
	for _, c := range p.Lookup(name) {
		if country == "" || c.Country == country {
			return c
		}
	}
	t.Fatalf("no place %s", written)
	return Place{}
}

func TestLookupFindsSpellings(t *testing.T) {
	p := testPlaces(t)
	for _, c := range []struct{ name, country string }{
		// by writing
		{"Düsseldorf", "DEU"}, {"Dusseldorf", "DEU"}, {"MYKOLAIV", "UKR"}, {"Luhansk", "UKR"}, {"Sanaa", "YEM"},
		{"St. Petersburg", "RUS"}, {"Saint Petersburg", "RUS"}, {"Xi'an", "CHN"}, {"N'Djamena", "TCD"}, {"Ndjamena", "TCD"},
		{"Port-au-Prince", "HTI"}, {"Port au Prince", "HTI"}, {"Zürich", "CHE"}, {"Łódź", "POL"}, {"Lodz", "POL"},
		{"Sana'a", "YEM"}, {"Sana’a", "YEM"}, {"São Paulo", "BRA"}, {"Tromsø", "NOR"}, {"The Hague", "NLD"},
		// by spellings.tsv
		{"Kiev", "UKR"}, {"Kyiv", "UKR"}, {"Nikolaev", "UKR"}, {"Artemivsk", "UKR"}, {"Bakhmut", "UKR"}, {"Kobani", "SYR"}, {"Kobane", "SYR"},
		{"Halab", "SYR"}, {"Palmyra", "SYR"}, {"Gaza City", "PSE"}, {"Rask", "IRN"}, {"Bombay", "IND"}, {"Stepanakert", "AZE"},
		{"Mazar-e-Sharif", "AFG"}, {"Mazar-i-Sharif", "AFG"}, {"Ahvaz", "IRN"}, {"Ahwaz", "IRN"}, {"Deir ez-Zor", "SYR"}, {"Deir al-Zor", "SYR"},
		{"Deir Ezzor", "SYR"}, {"El Fasher", "SDN"}, {"al-Fashir", "SDN"}, {"Gaza", "PSE"}, {"Yeonpyeong", "KOR"},
		// by sound
		{"Hudaida", "YEM"}, {"Khan Yoonis", "PSE"}, {"Beit Lahiyya", "PSE"}, {"Al-Mansura", "EGY"}, {"Shaikh Zuwaid", "EGY"},
		{"al-Qamishli", "SYR"}, {"Kamishli", "SYR"}, {"Bengazi", "LBY"}, {"Balakliya", "UKR"},
	} {
		got := p.Lookup(c.name)
		if len(got) == 0 {
			t.Errorf("%s: nothing found", c.name)
		} else if got[0].Country != c.country {
			t.Errorf("%s: best known is %s in %s, want one in %s", c.name, got[0].Name, got[0].Country, c.country)
		}
	}
}

func TestLookupKeepsNamesApart(t *testing.T) {
	p := testPlaces(t)
	for _, name := range []string{"", " ", "-", "'", "Hamas", "Hezbollah", "But I", "And I", "The Book", "A Home", "Blackjack", "Xyzzyx"} {
		if got := p.Lookup(name); len(got) > 0 {
			t.Errorf("%q: found %s in %s, want nothing", name, got[0].Name, got[0].Country)
		}
	}
	for _, c := range []struct{ name, not string }{
		{"Niger", "NGA"}, {"Nigeria", "NER"}, {"Iran", "IRQ"}, {"Iraq", "IRN"}, {"Austria", "AUS"}, {"Australia", "AUT"},
		{"Sudan", "SSD"}, {"North Korea", "KOR"}, {"South Korea", "PRK"}, {"Guinea-Bissau", "GIN"}, {"Dominica", "DOM"},
		{"Slovakia", "SVN"}, {"Mali", "MWI"}, {"Republic of the Congo", "COD"}, {"Qayyarah", "SYR"}, {"Maliki", "SYR"},
	} {
		for _, got := range p.Lookup(c.name) {
			if got.Country == c.not && got.Kind == StatePlace || got.Sounds && got.Country == c.not {
				t.Errorf("%s: found %s in %s", c.name, got.Name, got.Country)
			}
		}
	}
}

func TestLookupMarksWordsAndNames(t *testing.T) {
	p := testPlaces(t)
	for name, want := range map[string]bool{
		"Of": true, "March": true, "Police": true, "Union": true, "Nancy": true, "Victoria": true, "Mary": true, "Young": true,
		"Rask": false, "Paris": false, "Mosul": false, "Baghdad": false, "Geneva": false, "Georgia": false, "Washington": false,
	} {
		got := p.Lookup(name)
		if len(got) == 0 {
			t.Errorf("%s: nothing found", name)
		} else if also := got[0].Common || got[0].Personal; also != want {
			t.Errorf("%s: Common %v, Personal %v, want %v", name, got[0].Common, got[0].Personal, want)
		}
	}
}

func TestContestedPlaces(t *testing.T) {
	p := testPlaces(t)
	for written, want := range map[string]string{
		"Sevastopol": "UKR", "Simferopol": "UKR", "Kerch": "UKR", "Donetsk": "UKR", "Luhansk": "UKR", "Mariupol": "UKR",
		"East Jerusalem": "PSE", "Hebron": "PSE", "Ramallah": "PSE", "Gaza City": "PSE", "Modiin Ilit": "PSE", "Golan Heights": "SYR",
		"Laayoune": "ESH", "Dakhla": "ESH", "Smara": "ESH", "Sukhumi": "GEO", "Tskhinvali": "GEO", "Taipei": "TWN", "Kaohsiung": "TWN",
		"Pristina": "XKX", "Mitrovica": "XKX", "Hong Kong": "HKG", "Stepanakert": "AZE", "Tiraspol": "MDA", "Kyrenia": "CYP",
		"Srinagar": "IND", "Muzaffarabad": "PAK", "Gilgit": "PAK", "Hargeisa": "SOM", "Crimea": "UKR", "West Bank": "PSE", "Abkhazia": "GEO",
	} {
		if got := place(t, p, written); got.Country != want {
			t.Errorf("%s is in %s, want %s", written, got.Country, want)
		}
	}
}

func TestFind(t *testing.T) {
	p := testPlaces(t)
	for _, c := range []struct{ text, want string }{
		{"A strike in Deir al - Zor hit Hama .", "Deir al - Zor|Hama"},
		{"A strike in Deir al-Zor hit Hama .", "Deir al-Zor|Hama"},
		{"They fled Sana 'a and al-Hudaydah .", "Sana 'a|al-Hudaydah"},
		{"They fled Sana ' a and al - Hudaydah .", "Sana ' a|al - Hudaydah"},
		{"As he left Tripoli , Lebanon", "Tripoli|Lebanon"},
		{"hama and tripoli", ""},
		{"the Strait of Hormuz and the Gulf of Aden", "Strait of Hormuz|Gulf of Aden"},
		{"the Zaporizhzhia nuclear power plant", "Zaporizhzhia nuclear power plant"},
		{"in southeast Iran and northern Syria", "southeast Iran|northern Syria"},
		{"in south - eastern Turkey", "south - eastern Turkey"},
		{"North Korea and Northern Ireland", "North Korea|Northern Ireland"},
		{"St . Petersburg and St. Louis", "St . Petersburg|St. Louis"},
		{"But I saw the Book", "But|Book"},
		{"in Port - au - Prince", "Port - au - Prince"},
		{"the al-Tanf garrison", "al-Tanf"},
		{"Pakistan 's Balochistan province", "Pakistan|Balochistan"},
		{"a U.S.-Iraq pact", ""},
		{"Hamas , Houthi and al-Qaeda fighters", ""},
	} {
		words := strings.Fields(c.text)
		var got []string
		for _, m := range p.Find(words) {
			if m.Candidates[0].Common || m.Candidates[0].Personal {
				continue
			}
			got = append(got, strings.Join(words[m.Start:m.End], " "))
		}
		want := c.want
		if c.text == "But I saw the Book" {
			want = "" // both are common words at most
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, want)
		}
	}
}

func TestPart(t *testing.T) {
	p := testPlaces(t)
	for _, c := range []struct {
		text string
		n    int
		want Place
	}{
		{"southeast Iran said", 2, Place{Key: "part/IRN/southeast", Name: "southeast Iran", Kind: PartPlace, Country: "IRN"}},
		{"south - eastern Iran", 4, Place{Key: "part/IRN/southeast", Name: "south-eastern Iran", Kind: PartPlace, Country: "IRN"}},
		{"Northern Syria", 2, Place{Key: "part/SYR/north", Name: "Northern Syria", Kind: PartPlace, Country: "SYR"}},
		{"eastern Ukraine", 2, Place{Key: "part/UKR/east", Name: "eastern Ukraine", Kind: PartPlace, Country: "UKR"}},
		{"northern Helmand", 2, Place{Key: "part/iso/AF-HEL/north", Name: "northern Helmand", Kind: PartPlace, Country: "AFG", Region: "iso/AF-HEL"}},
		{"North Korea", 0, Place{}},
		{"Northern Ireland", 0, Place{}},
		{"South Africa", 0, Place{}},
		{"northern and", 0, Place{}},
		{"northern", 0, Place{}},
		{"north , Iran", 0, Place{}},
		{"Northern Front", 0, Place{}},
		{"Iran", 0, Place{}},
		{", Iran", 0, Place{}},
	} {
		got, n := p.Part(strings.Fields(c.text))
		if n != c.n {
			t.Errorf("%s: read %d words, want %d", c.text, n, c.n)
			continue
		}
		if n == 0 {
			continue
		}
		whole := p.Lookup(strings.Fields(c.text)[n-1])[0]
		c.want.Latitude, c.want.Longitude, c.want.Known = whole.Latitude, whole.Longitude, true
		if diff := cmp.Diff(c.want, got[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, diff)
		}
		if !p.Within(got[0], whole) {
			t.Errorf("%s is not within %s", got[0].Name, whole.Name)
		}
	}
}

// TestChoose reads the first name of each text, with what the words beside it
// say and the states the article speaks of.
func TestChoose(t *testing.T) {
	p := testPlaces(t)
	for _, c := range []struct {
		text      string
		countries string // most spoken of first
		others    []string
		want      string // key or state
		reason    string
	}{
		{text: "Tripoli fell", want: "LBY", reason: "known"},
		{text: "Tripoli fell", countries: "LBN", want: "LBN", reason: "context"},
		{text: "Tripoli , Lebanon", want: "LBN", reason: "beside"},
		{text: "Tripoli , Lebanon", countries: "LBY", want: "LBN", reason: "beside"},
		{text: "Tripoli fell", countries: "USA", want: "LBY", reason: "known"},
		{text: "Tripoli fell", countries: "LBY", others: []string{"Tripoli LBN"}, want: "LBN", reason: "again"},
		{text: "Tripoli , Libya", others: []string{"Tripoli LBN"}, want: "LBY", reason: "beside"},
		{text: "Georgia said", want: "GEO", reason: "known"},
		{text: "Georgia said", countries: "GEO RUS", want: "GEO", reason: "context"},
		{text: "Georgia , USA", want: "iso/US-GA", reason: "beside"},
		{text: "Atlanta , Georgia", want: "USA", reason: "beside"},
		{text: "Tbilisi , Georgia", want: "GEO", reason: "beside"},
		{text: "Georgia voted", countries: "USA", others: []string{"Atlanta"}, want: "iso/US-GA", reason: "context"},
		{text: "Victoria burned", countries: "AUS", want: "iso/AU-VIC", reason: "context"},
		{text: "Victoria , British Columbia", want: "CAN", reason: "beside"},
		{text: "Victoria , Seychelles", want: "SYC", reason: "beside"},
		{text: "Hama was shelled", want: "SYR", reason: "known"},
		{text: "Hama was shelled", countries: "TUR", want: "SYR", reason: "known"},
		{text: "Niger said", want: "NER", reason: "known"},
		{text: "Niger said", countries: "NGA", want: "NER", reason: "known"},
		{text: "Niger River", countries: "MLI", want: "water/niger-river", reason: "known"},
		{text: "Niger State", countries: "NGA", want: "iso/NG-NI", reason: "context"},
		{text: "Jordan said", countries: "ISR", want: "JOR", reason: "known"},
		{text: "Jordan River", countries: "ISR", want: "water/jordan-river", reason: "known"},
		{text: "Jordan , Minnesota", want: "USA", reason: "beside"},
		{text: "Lebanon , Tennessee", want: "USA", reason: "beside"},
		{text: "Mexico , Philippines and Japan", want: "MEX", reason: "known"},
		{text: "Syria , Iran and Iraq", want: "SYR", reason: "known"},
		{text: "Santiago protests", want: "CHL", reason: "known"},
		{text: "Santiago protests", countries: "DOM", want: "DOM", reason: "context"},
		{text: "San Jose police", countries: "CRI", want: "CRI", reason: "context"},
		{text: "San Jose , California", want: "USA", reason: "beside"},
		{text: "Cordoba strike", countries: "ARG", want: "ARG", reason: "context"},
		{text: "Cordoba strike", countries: "ESP", want: "ESP", reason: "context"},
		{text: "Hyderabad blast", countries: "PAK", want: "PAK", reason: "context"},
		{text: "Hyderabad blast", countries: "IND", want: "IND", reason: "context"},
		{text: "Hyderabad blast", countries: "IND PAK", want: "IND", reason: "context"},
		{text: "Birmingham riots", want: "GBR", reason: "known"},
		{text: "Birmingham , Alabama", want: "USA", reason: "beside"},
		{text: "Paris talks", countries: "USA", want: "FRA", reason: "known"},
		{text: "Paris , Texas", want: "USA", reason: "beside"},
		{text: "Moscow , Idaho", want: "USA", reason: "beside"},
		{text: "Moscow said", countries: "USA", want: "RUS", reason: "known"},
		{text: "Basra oil", want: "IRQ", reason: "known"},
		{text: "Rask , southeast Iran", want: "IRN", reason: "beside"},
		{text: "Rask in Sistan-Baluchestan province", want: "IRN", reason: "beside"},
		{text: "Geneva talks", countries: "USA", want: "CHE", reason: "known"},
		{text: "Palmyra fell", countries: "SYR USA", want: "SYR", reason: "context"},
		{text: "Punjab police", countries: "PAK", want: "iso/PK-PB", reason: "context"},
		{text: "Punjab police", countries: "IND", want: "iso/IN-PB", reason: "context"},
		{text: "Kandahar province", want: "iso/AF-KAN", reason: "known"},
		{text: "Kandahar fell", want: "geonames/1138336", reason: "known"},
		{text: "Raqqa governorate", want: "iso/SY-RA", reason: "known"},
		{text: "Gaza was bombed", want: "region/gaza-strip", reason: "known"},
		{text: "Gaza City was bombed", want: "geonames/281133", reason: "known"},
		{text: "Bari fell", others: []string{"Bosaso"}, countries: "SOM", want: "iso/SO-BR", reason: "context"},
		{text: "Alexandra , Johannesburg", want: "ZAF", reason: "beside"},
		{text: "Jalalabad blast", countries: "AFG", want: "AFG", reason: "context"},
	} {
		words := strings.Fields(c.text)
		matches := p.Find(words)
		if len(matches) == 0 || matches[0].Start != 0 {
			t.Errorf("%s: no name at the start", c.text)
			continue
		}
		ctx := PlaceContext{Beside: matches[0].Beside, Grain: matches[0].Grain, Spatial: matches[0].Spatial, Countries: map[string]float64{}}
		for i, country := range strings.Fields(c.countries) {
			ctx.Countries[country] = 1 / float64(i+1)
		}
		for _, o := range c.others {
			ctx.Others = append(ctx.Others, place(t, p, o))
		}
		got, ok := p.Choose(matches[0].Candidates, ctx)
		if !ok || got.Key != c.want && got.Country != c.want || got.Reason != c.reason {
			t.Errorf("%s (%s): %s in %s because %s, want %s because %s", c.text, c.countries, got.Key, got.Country, got.Reason, c.want, c.reason)
		}
	}
}

func TestChooseConfidence(t *testing.T) {
	p := testPlaces(t)
	confidence := func(name string, ctx PlaceContext) float64 {
		got, ok := p.Choose(p.Lookup(name), ctx)
		if !ok {
			t.Fatalf("%s: nothing found", name)
		}
		return got.Confidence
	}
	iran := PlaceContext{Countries: map[string]float64{"IRN": 1}}
	spatial := PlaceContext{Spatial: true}
	for _, c := range []struct {
		what       string
		less, more float64
	}{
		{"a town in the context before one that is not", confidence("Rask", PlaceContext{}), confidence("Rask", iran)},
		{"a state before a common word", confidence("Police", PlaceContext{}), confidence("Iran", PlaceContext{})},
		{"a common word marked as a place before one that is not", confidence("Nancy", PlaceContext{}), confidence("Nancy", spatial)},
		{"a name before what only sounds like it", confidence("Kamishli", PlaceContext{}), confidence("Qamishli", PlaceContext{})},
		{"a capital before a village", confidence("Göd", PlaceContext{}), confidence("Budapest", PlaceContext{})},
	} {
		if c.less >= c.more {
			t.Errorf("%s: %g is not less than %g", c.what, c.less, c.more)
		}
	}
	for _, name := range []string{"Police", "August", "University"} {
		if got := confidence(name, spatial); got > .3 {
			t.Errorf("in %s: confidence %g, want at most .3", name, got)
		}
	}
	if _, ok := p.Choose(nil, PlaceContext{}); ok {
		t.Error("chose a place out of none")
	}
}

func TestChooseDoesNotDependOnOrder(t *testing.T) {
	p := testPlaces(t)
	names := []string{"San Jose", "Victoria", "Tripoli", "Paris", "Union", "Springfield", "Santiago"}
	rapid.Check(t, func(t *rapid.T) {
		candidates := p.Lookup(rapid.SampledFrom(names).Draw(t, "name"))
		ctx := PlaceContext{Countries: map[string]float64{rapid.SampledFrom([]string{"USA", "LBN", "CRI", "SYR"}).Draw(t, "country"): 1}}
		want, _ := p.Choose(candidates, ctx)
		got, _ := p.Choose(rapid.Permutation(candidates).Draw(t, "candidates"), ctx)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestBeside(t *testing.T) {
	p := testPlaces(t)
	for _, c := range []struct{ text, name, want string }{
		{"in Tripoli , Lebanon", "Tripoli", "LBN"},
		{"in Pakistan 's Balochistan province", "Balochistan", "PAK"},
		{"in Pakistan ’s restive Balochistan province", "Balochistan", "PAK"},
		{"Syria 's northern city of Aleppo", "Aleppo", "SYR"},
		{"the town of Rask in southeast Iran", "Rask", "IRN"},
		{"Rask , Sistan-Baluchestan , Iran", "Rask", "IRN IRN"},
		{"Aleppo and Iran", "Aleppo", ""},
		{"Aleppo , said Iran", "Aleppo", ""},
		{"Iran 's talks , and Aleppo", "Aleppo", ""},
	} {
		words := strings.Fields(c.text)
		var got []string
		for _, m := range p.Find(words) {
			if words[m.Start] != c.name {
				continue
			}
			for _, b := range m.Beside {
				if b.Kind != CityPlace && (b.Country == "LBN" || b.Country == "PAK" || b.Country == "SYR" || b.Country == "IRN") {
					got = append(got, b.Country)
				}
			}
		}
		if s := strings.Join(slices.Compact(got), " "); s != strings.Join(slices.Compact(strings.Fields(c.want)), " ") {
			t.Errorf("%s: %s lies in %q, want %q", c.text, c.name, s, c.want)
		}
	}
}

func TestSpatial(t *testing.T) {
	p := testPlaces(t)
	for text, want := range map[string]bool{
		"in Nancy": true, "the town of Nancy": true, "Nancy , France": true, "north of Nancy": true, "near the Nancy": true,
		"with Nancy": false, "Nancy said": false, "because of Nancy": false,
	} {
		matches := p.Find(strings.Fields(text))
		if len(matches) == 0 || matches[0].Spatial != want {
			t.Errorf("%s: got %v, want Spatial %v", text, matches, want)
		}
	}
}

func TestWithin(t *testing.T) {
	p := testPlaces(t)
	region := func(key string) Place {
		out, ok := p.Place(key)
		if !ok {
			t.Fatalf("no place %s", key)
		}
		return out
	}
	part := func(text string) Place {
		out, n := p.Part(strings.Fields(text))
		if n == 0 {
			t.Fatalf("no part %s", text)
		}
		return out[0]
	}
	rask := place(t, p, "Rask IRN")
	for _, c := range []struct {
		a, b Place
		want bool
	}{
		{rask, rask, true},
		{rask, region("iso/IR-13"), true},
		{rask, region("IRN"), true},
		{rask, part("southeast Iran"), true},
		{region("iso/IR-13"), rask, false},
		{rask, region("iso/IR-15"), false},
		{rask, region("PAK"), false},
		{rask, part("northern Syria"), false},
		{region("IRN"), part("southeast Iran"), false},
		{part("southeast Iran"), region("IRN"), true},
		{part("northern Helmand"), region("iso/AF-HEL"), true},
		{part("northern Helmand"), region("AFG"), true},
		{place(t, p, "Bakhmut"), region("region/donbas"), true},
		{place(t, p, "Kharkiv"), region("region/donbas"), false},
		{place(t, p, "Goma COD"), region("region/kivu"), true},
		{place(t, p, "Jenin PSE"), region("region/west-bank"), true},
		{place(t, p, "East Jerusalem"), region("region/west-bank"), true},
		{place(t, p, "Rafah PSE"), region("region/gaza-strip"), true},
		{place(t, p, "Rafah EGY"), region("region/gaza-strip"), false},
		{region("site/natanz"), region("iso/IR-04"), true},
		{region("region/south-caucasus"), region("GEO"), false},
		{place(t, p, "Tbilisi"), region("region/south-caucasus"), true},
	} {
		if got := p.Within(c.a, c.b); got != c.want {
			t.Errorf("%s within %s: %v, want %v", c.a.Name, c.b.Name, got, c.want)
		}
	}
}

func TestKilometres(t *testing.T) {
	p := testPlaces(t)
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"London GBR", "Paris FRA", 343},
		{"Tehran", "Zahedan", 1110},
		{"Suva", "Apia", 1150},
	} {
		got := Kilometres(place(t, p, c.a), place(t, p, c.b))
		if math.Abs(got-c.want) > c.want/30 {
			t.Errorf("%s to %s: %.0f km, want about %.0f", c.a, c.b, got, c.want)
		}
	}
}

func TestPlaceByKey(t *testing.T) {
	p := testPlaces(t)
	for key, want := range map[string]string{"IRN": "Iran", "iso/PK-BA": "Balochistan", "region/donbas": "Donbas", "water/red-sea": "Red Sea",
		"site/natanz": "Natanz", "geonames/703448": "Kyiv", "geonames/1": "", "": "", "geonames/": ""} {
		got, ok := p.Place(key)
		if got.Name != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", key, got.Name, ok, want)
		}
	}
	for _, name := range []string{"Rask", "Kyiv", "Tripoli", "Sistan-Baluchestan"} {
		for _, want := range p.Lookup(name) {
			got, ok := p.Place(want.Key)
			want.Common, want.Personal, want.Sounds = false, false, false
			if diff := cmp.Diff(want, got); !ok || diff != "" {
				t.Errorf("%s (-want +got):\n%s", want.Key, diff)
			}
		}
	}
}

func TestCapital(t *testing.T) {
	p := testPlaces(t)
	for country, want := range map[string]string{"PAK": "Islamabad", "IRN": "Tehran", "UKR": "Kyiv", "USA": "Washington", "ZZZ": ""} {
		got, ok := p.Capital(country)
		if got.Name != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", country, got.Name, ok, want)
		}
	}
}

func TestPlacesWith(t *testing.T) {
	p := testPlaces(t)
	own, err := p.With(strings.NewReader(
		"# ours\n\nown/hill-402\tland\tHill 402\tSYR\tiso/SY-LA\t35.5\t36.1\t\tTank Hill|Tell Dabbabat\n" +
			"own/sector-x\tregion\tSector Xray\tSYR\t\t35\t36\t\t\tiso/SY-LA|iso/SY-ID\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := Place{Key: "own/hill-402", Name: "Hill 402", Kind: LandPlace, Country: "SYR", Region: "iso/SY-LA", Latitude: 35.5, Longitude: 36.1, Known: true}
	for _, name := range []string{"Hill 402", "Tank Hill"} {
		if diff := cmp.Diff([]Place{want}, own.Lookup(name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	sector := own.Lookup("Sector Xray")[0]
	if !own.Within(want, sector) || !own.Within(place(t, p, "Idlib SYR"), sector) || own.Within(place(t, p, "Homs SYR"), sector) {
		t.Error("Sector Xray does not hold what it is made of")
	}
	if got := p.Lookup("Tank Hill"); got != nil {
		t.Errorf("the gazetteer it was made from knows Tank Hill: %v", got)
	}
	for in, want := range map[string]string{
		"own/x\tregion\tX\n":                                      "places:1: 3 cells",
		"\n# x\nown/x\tplanet\tX\t\t\t1\t1\n":                     `places:3: no kind "planet"`,
		"\tcity\tX\t\t\t1\t1\n":                                   `places:1: the key ""`,
		"IRN\tcity\tX\t\t\t1\t1\n":                                "places:1: the key IRN is there already",
		"geonames/1\tcity\tX\t\t\t1\t1\n":                         "places:1: the key geonames/1 is one of cities.tsv",
		"own/x\tcity\t\tIRN\t\t1\t1\n":                            "places:1: the name is empty",
		"own/x\tcity\tX\tIran\t\t1\t1\n":                          `places:1: the state "Iran"`,
		"own/x\tcity\tX\tIRN\t\t91\t1\n":                          "places:1: latitude",
		"own/x\tcity\tX\tIRN\t\t1\tNaN\n":                         "places:1: longitude",
		"own/x\tcity\tX\tIRN\t\t1\t1\tmany\n":                     `places:1: the population "many"`,
		"own/x\tcity\tX\tIRN\tiso/IR-99\t1\t1\n":                  `places:1: no region "iso/IR-99"`,
		"own/x\tregion\tX\tIRN\t\t1\t1\t\t\tiso/IR-99\n":          `places:1: made of "iso/IR-99"`,
		"own/x\tcity\tX\t\t\t1\t1\t" + strings.Repeat("1", 1<<21): "places:1:",
	} {
		if _, err := p.With(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: error %v, want one with %q", in, err, want)
		}
	}
}

func FuzzPlaces(f *testing.F) {
	p := testPlaces(f)
	for _, s := range []string{"Deir al - Zor", "in southeast Iran", "\xff\xfe Hama", "- ' .", "St . Petersburg", "شمال سوريا", "Sana 'a", strings.Repeat("North ", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Split(text, " ")
		end := 0
		for _, m := range p.Find(words) {
			if m.Start < end || m.End <= m.Start || m.End > len(words) || len(m.Candidates) == 0 {
				t.Fatalf("%q: match %d:%d after %d with %d candidates", words, m.Start, m.End, end, len(m.Candidates))
			}
			end = m.End
			if _, ok := p.Choose(m.Candidates, PlaceContext{Beside: m.Beside}); !ok {
				t.Fatalf("%q: nothing chosen", words)
			}
		}
		p.Lookup(text)
	})
}

// TestPlaceFiles holds the files to what the code takes for granted.
func TestPlaceFiles(t *testing.T) {
	p := testPlaces(t)
	states := make(map[string]bool)
	for _, s := range p.table {
		if s.Kind == StatePlace {
			states[s.Key] = true
		}
	}
	ids := make(map[string]bool)
	lastKey := ""
	var cities, capitals int
	for line := range strings.Lines(p.cities) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 8 || !utf8.ValidString(line) {
			t.Fatalf("cities.tsv: %q: want 8 cells of UTF-8", line)
		}
		if ids[cells[0]] {
			t.Errorf("cities.tsv: the id %s is there twice", cells[0])
		}
		ids[cells[0]] = true
		if !states[cells[2]] {
			t.Errorf("cities.tsv: %s: no state %s in states.tsv", cells[1], cells[2])
		}
		if len(appendWritten(nil, cells[1])) == 0 {
			t.Errorf("cities.tsv: %q has no letters", cells[1])
		}
		if _, err := degrees(cells[4], 90); err != nil {
			t.Errorf("cities.tsv: %s: %v", cells[1], err)
		}
		if _, err := degrees(cells[5], 180); err != nil {
			t.Errorf("cities.tsv: %s: %v", cells[1], err)
		}
		if key := cells[2] + "\t" + cells[1]; key < lastKey {
			t.Errorf("cities.tsv: %q stands after %q", key, lastKey)
		} else {
			lastKey = key
		}
		cities++
		if cells[7] == "PPLC" {
			capitals++
		}
	}
	if cities < 100_000 || capitals < 190 {
		t.Errorf("%d cities and %d capitals, want 100,000 and 190 at least", cities, capitals)
	}
	for _, place := range p.table {
		if place.Country != "" && !states[place.Country] {
			t.Errorf("%s: no state %s in states.tsv", place.Key, place.Country)
		}
		if err := p.checkReferences(place); err != nil {
			t.Errorf("%s: %v", place.Key, err)
		}
		if strings.HasPrefix(place.Key, "iso/") && place.Country == "" {
			t.Errorf("%s: a division without a state", place.Key)
		}
	}
	for id := range p.mended {
		if !ids[strconv.Itoa(id)] {
			t.Errorf("overrides.tsv: no city %d in cities.tsv", id)
		}
	}
	for country := range p.sounding {
		if !states[country] {
			t.Errorf("transliterated.txt: no state %s", country)
		}
	}
	for _, name := range []string{"common.txt", "personal.txt", "transliterated.txt", "states.tsv", "towns.tsv", "regions.tsv", "sites.tsv"} {
		last := ""
		err := readPlaceFile(name, func(_ int, cells []string) error {
			if cells[0] <= last {
				t.Errorf("%s: %q stands after %q", name, cells[0], last)
			}
			last = cells[0]
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// TestPlaceHashes shows that names may be compared by their hashes alone.
func TestPlaceHashes(t *testing.T) {
	p := testPlaces(t)
	keys := make(map[uint64]string)
	check := func(seed uint64, prefix string, key []byte) {
		h := placeHash(seed, key)
		if other, ok := keys[h]; ok && other != prefix+string(key) {
			t.Errorf("%q and %q have the same hash", other, prefix+string(key))
		}
		keys[h] = prefix + string(key)
	}
	for line := range strings.Lines(p.cities) {
		if cells := strings.Split(line, "\t"); len(cells) == 8 {
			check(writtenSeed, "w ", appendWritten(nil, cells[1]))
			check(soundSeed, "s ", appendSound(nil, cells[1]))
		}
	}
}

func BenchmarkLoadPlaces(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := LoadPlaces(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFindPlaces finds the places of one sentence of news.
func BenchmarkFindPlaces(b *testing.B) {
	p := testPlaces(b)
	words := strings.Fields("Iran fired missiles at Rask and Erbil late on Monday , state media said , hours after a strike in Deir al-Zor killed two officers of the Guards .")
	b.ReportAllocs()
	for b.Loop() {
		p.Find(words)
	}
}

// BenchmarkChoosePlace chooses among the many places of one name.
func BenchmarkChoosePlace(b *testing.B) {
	p := testPlaces(b)
	candidates := p.Lookup("San Jose")
	ctx := PlaceContext{Countries: map[string]float64{"CRI": 1}}
	b.ReportAllocs()
	for b.Loop() {
		p.Choose(candidates, ctx)
	}
}
