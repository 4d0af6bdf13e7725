package gazetteer

import "testing"

func TestTry(t *testing.T) {
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range g.Find([]string{"Iran", "'s", "South", "Korean", "allies", "in", "Washington", "told", "us", "that", "the", "U.S.", "and", "Sudan"}) {
		t.Log(m, m.Entries[0])
	}
	for _, m := range g.Nouns([]string{"Defense", "ministries", "and", "Army", "chiefs", "of", "staff", ",", "forces", "by", "force", "Lt.", "Gen."}) {
		t.Log(m, m.Noun)
	}
}
