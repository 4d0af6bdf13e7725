package gazetteer

import (
	"strings"
	"sync"
	"testing"
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

func TestLookupFindsSpellings(t *testing.T) {
	p := testPlaces(t)
	for _, c := range []struct{ name, country string }{
		{"Hama", "SYR"},
		{"Hamah", "SYR"},
		{"Hodeida", "YEM"},
		{"Al Hudaydah", "YEM"},
		{"al-Hudaydah", "YEM"},
		{"Deir al-Zor", "SYR"},
		{"Deir ez-Zor", "SYR"},
		{"Raqqa", "SYR"},
		{"Sana'a", "YEM"},
		{"Sanaa", "YEM"},
		{"Khan Younis", "PSE"},
		{"Mykolaiv", "UKR"},
		{"MYKOLAIV", "UKR"},
		{"Jenin", "PSE"},
		{"Luhansk", "UKR"},
		{"Düsseldorf", "DEU"},
		{"Dusseldorf", "DEU"},
	} {
		got := p.Lookup(c.name)
		if len(got) == 0 {
			t.Errorf("%s: nothing found", c.name)
		} else if got[0].Country != c.country {
			t.Errorf("%s: best known is %s in %s, want one in %s", c.name, got[0].Name, got[0].Country, c.country)
		}
	}
	for _, name := range []string{"", " ", "-", "Hamas", "Hezbollah"} {
		if got := p.Lookup(name); len(got) > 0 {
			t.Errorf("%q: found %v, want nothing", name, got[0])
		}
	}
}

func TestFind(t *testing.T) {
	p := testPlaces(t)
	for _, c := range []struct{ text, want string }{
		{"A strike in Deir al - Zor hit Hama .", "Deir al - Zor|Hama"},
		{"A strike in Deir al-Zor hit Hama .", "Deir al-Zor|Hama"},
		{"They fled Sana 'a and al-Hudaydah .", "Sana 'a|al-Hudaydah"},
		{"As he left Tripoli , Lebanon", "Tripoli|Lebanon"},
		{"hama and tripoli", ""},
	} {
		words := strings.Fields(c.text)
		var got []string
		for _, m := range p.Find(words) {
			got = append(got, strings.Join(words[m.Start:m.End], " "))
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
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
