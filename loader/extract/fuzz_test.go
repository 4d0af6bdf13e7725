package extract

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"incidentgraph/loader/article"
)

// nasty gives texts that no publisher means to send, by what is wrong with them. The longest have about size bytes.
func nasty(size int) map[string]string {
	fill := func(piece string) string { return strings.Repeat(piece, size/len(piece)+1) }
	return map[string]string{
		"one sentence":       "Iran attacked Iraq and " + fill("Turkey condemned the strike by Syria and ") + "left.",
		"one name":           "Iran attacked " + fill("Ahmad al-") + "Jaish.",
		"one word":           "Iran attacked " + fill("a") + ".",
		"commas":             "Iran attacked" + fill(",") + " Iraq.",
		"commas and names":   "Iran, " + fill("Iraq, Syria, ") + "and Turkey attacked Israel.",
		"quotes in quotes":   "Iran said: " + fill("“") + "we attacked Iraq" + fill("”") + ".",
		"straight quotes":    fill(`"`) + " Iran attacked Iraq.",
		"brackets":           "Iran " + fill("(") + "attacked Iraq" + fill(")") + ".",
		"relative clauses":   "Iran attacked the army " + fill("that attacked the group that was attacked by Iraq ") + ".",
		"of of of":           "The minister " + fill("of the ministry of Iran ") + "attacked Iraq.",
		"right to left":      "\u200fإيران هاجمت العراق. Iran \u202eattacked\u202c Iraq. " + fill("ا") + ".",
		"control characters": "Iran\x01 attacked\x02 Iraq\x07\x1b[31m on\u0085 Tuesday\u2028." + fill("\x03 "),
		"marks":              "Iran a\u0301\u0301\u0301ttacked Iraq " + fill("\u0301") + ".",
		"numbers":            "Iran killed " + fill("99999999999999999999 thousand ") + "people in Iraq on 31 February 99999.",
		"capitals":           fill("IRAN ATTACKED IRAQ AND SYRIA "),
		"paragraphs":         fill("Iran attacked Iraq.\n\nHe condemned it.\n\n"),
		"emoji":              fill("🚀") + " Iran attacked Iraq 💥.",
	}
}

func TestNastyTexts(t *testing.T) {
	for name, text := range nasty(6_000) {
		t.Run(name, func(t *testing.T) {
			read := 0
			for doc, err := range article.Read("nasty.txt", strings.NewReader(text), article.Overrides{Published: "2024-01-17"}) {
				if err != nil {
					continue // refused in words
				}
				read++
				for _, f := range faults(doc, coder(t).Extract(doc)) {
					t.Error(f)
				}
			}
			if read > 1 {
				t.Errorf("%d articles in one text", read)
			}
		})
	}
}

// TestLoneSurrogates reads JSON that names half a character, beside an article that is sound.
func TestLoneSurrogates(t *testing.T) {
	lines := `{"id":"a","publishedAt":"2024-01-17","text":"Iran \ud83d attacked Iraq on \udc00Tuesday. \ud800\ud800"}
{"id":"b","publishedAt":"2024-01-17","text":"Iran attacked Iraq on Tuesday."}
`
	var ids []string
	for doc, err := range article.Read("a.jsonl", strings.NewReader(lines), article.Overrides{}) {
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		g := coder(t).Extract(doc)
		for _, f := range faults(doc, g) {
			t.Error(f)
		}
		if len(g.Incidents) > 0 {
			ids = append(ids, doc.ID)
		}
	}
	if len(ids) != 2 {
		t.Errorf("the attack is found in %q, want it in a and b", ids)
	}
}

// TestOddDocuments reads documents that the article package would never make.
func TestOddDocuments(t *testing.T) {
	text := "Iran attacked Iraq."
	for _, doc := range []article.Document{
		{},
		{Text: text},
		{Text: text, Published: "soon", Sentences: []article.Sentence{{End: len(text)}}},
		{Text: text, Published: "2024-99-99T", Sentences: []article.Sentence{{End: len(text)}, {End: len(text)}}},
		{Text: text, Sentences: []article.Sentence{{}, {Start: 4, End: 4}, {Start: len(text), End: len(text)}, {End: len(text)}}},
	} {
		for _, f := range faults(doc, coder(t).Extract(doc)) {
			t.Errorf("%+v: %s", doc, f)
		}
	}
}

// FuzzExtract looks for texts that make extraction panic or break the contract.
func FuzzExtract(f *testing.F) {
	for _, s := range samples(f) {
		f.Add(s.doc.Text, s.doc.Published)
	}
	for _, text := range nasty(300) {
		f.Add(text, "2024-01-17")
	}
	c := coder(f)
	f.Fuzz(func(t *testing.T, text, published string) {
		for doc, err := range article.Read("fuzz.txt", strings.NewReader(text), article.Overrides{Published: published}) {
			if err != nil {
				continue
			}
			g := c.Extract(doc)
			for _, fault := range faults(doc, g) {
				t.Error(fault)
			}
			out, err := json.Marshal(g)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(out, []byte(`\ufffd`)) && !strings.ContainsRune(doc.Text, '\ufffd') {
				t.Error("a character was cut in two")
			}
		}
	})
}
