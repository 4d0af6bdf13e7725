package graph

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSearch(t *testing.T) {
	s, w := service(t), small()
	hub := w.actors[0]
	for _, c := range []struct{ text, kind, id string }{
		{hub.name, "ACTOR", hub.key},
		{strings.ToUpper(hub.alias), "ACTOR", hub.key},
		{hub.name[:4], "ACTOR", hub.key},
		{strings.ToLower(hub.code), "ACTOR", hub.key},
		{w.places[3].name, "LOCATION", w.places[3].key},
		{hub.name + " army", "ACTOR", "military/0"},
	} {
		got := ask[struct {
			Search []struct {
				Kind  string
				Score float64
				Node  struct{ ID string }
			}
		}](t, s, `query($t: String!) {search(text: $t) {kind score node {id}}}`, map[string]any{"t": c.text})
		if len(got.Search) == 0 || got.Search[0].Node.ID != c.id || got.Search[0].Kind != c.kind {
			t.Errorf("%q: want %s first: %+v", c.text, c.id, got.Search)
		}
		for i := 1; i < len(got.Search); i++ {
			if got.Search[i].Score > got.Search[i-1].Score {
				t.Errorf("%q: not in order of score: %+v", c.text, got.Search)
			}
		}
	}
	got := ask[struct {
		Search []struct {
			Kind, Snippet string
			Marks         []struct{ Start, End int }
			Node          struct{ ID, Title string }
		}
	}](t, s, fmt.Sprintf(`{search(text: "reports talk %s", kinds: [ARTICLE], first: 3) {kind snippet marks {start end} node {id ... on Article {title}}}}`, w.places[0].name), nil)
	for _, h := range got.Search {
		if h.Kind != "ARTICLE" || h.Node.Title == "" || len(h.Marks) < 2 {
			t.Errorf("%+v", h)
		}
	}
	if len(got.Search) == 0 {
		t.Error("no article holds the words")
	}
}

func TestSnippet(t *testing.T) {
	marked := func(text string, marks [][2]int) string {
		r := []rune(text)
		for i := len(marks) - 1; i >= 0; i-- {
			m := marks[i]
			r = []rune(string(r[:m[0]]) + "[" + string(r[m[0]:m[1]]) + "]" + string(r[m[1]:]))
		}
		return string(r)
	}
	for _, c := range []struct {
		text, folded string
		most         int
		want         string
	}{
		{"Jaish al-Adl", "jaish", 200, "[Jaish] al-Adl"},
		{"Jaïsh al-Adl", "jaish al adl", 200, "[Jaïsh] [al]-[Adl]"},
		{"They attacked; attacks went on", "attack", 200, "They [attacked]; [attacks] went on"},
		{"The attic ate", "attack", 200, "The attic ate"},
		{strings.Repeat("x ", 100) + "strike " + strings.Repeat("y ", 100), "strike", 20, "x x [strike] y y y y"},
		{"", "a", 20, ""},
	} {
		text, marks := snippet(c.text, c.folded, c.most)
		got := strings.TrimSpace(marked(text, marks))
		if diff := cmp.Diff(c.want, got); diff != "" && !(c.most == 20 && strings.Contains(got, "[strike]")) {
			t.Errorf("%q: %s", c.folded, diff)
		}
		if len([]rune(text)) > c.most {
			t.Errorf("%d characters, at most %d", len([]rune(text)), c.most)
		}
	}
}
