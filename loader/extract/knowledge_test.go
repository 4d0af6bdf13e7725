package extract

import (
	"strings"
	"testing"

	"incidentgraph/loader/article"
)

func TestKnowledge(t *testing.T) {
	c, err := New(strings.NewReader(`# of our desk
[actors]
group/blue-river	Blue River Brigade	armed_group	SYR	BRB
[ASSAULT]
zap	v
`))
	if err != nil {
		t.Fatal(err)
	}
	text := "The BRB zapped the Syrian army near Aleppo on Tuesday."
	doc := article.Document{ID: "a", Text: text, Published: "2024-01-17", Sentences: []article.Sentence{{Start: 0, End: len(text)}}}
	g := c.Extract(doc)
	if len(g.Incidents) != 1 || g.Incidents[0].Type != "ASSAULT" || len(g.Incidents[0].Initiators) != 1 || g.Incidents[0].Initiators[0] != "group/blue-river" {
		t.Errorf("got %+v", g.Incidents)
	}
	if n := len(coder(t).Extract(doc).Incidents); n != 0 {
		t.Errorf("without the file the words are unknown, yet %d incidents", n)
	}
	for _, tt := range []struct{ file, want string }{
		{"[acts]\n", "line 1"},
		{"zap\tv\n", "line 1"},
		{"\n[ASSAULT]\nzap\n", ":3"},
	} {
		if _, err := New(strings.NewReader(tt.file)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error %v, want one that names %s", tt.file, err, tt.want)
		}
	}
}
