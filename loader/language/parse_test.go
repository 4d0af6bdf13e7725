package language

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

//go:embed testdata/news.txt
var newsText string

var update = flag.Bool("update", false, "write what is found as what is expected")

// TestParseOfNews keeps how many of the arcs of testdata/news.txt are found,
// and which are not, in testdata/parse.golden.
func TestParseOfNews(t *testing.T) {
	const golden = "testdata/parse.golden"
	m := loaded()
	var missed strings.Builder
	arcs, found := 0, 0
	var sentence Sentence
	var words []string
	for line := range strings.Lines(newsText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			words = nil
			continue
		case line[0] == '#':
			continue
		case words == nil:
			sentence = m.Parse(line, 0)
			words = numbered(sentence)
			continue
		}
		arc := strings.Fields(line)
		if len(arc) != 3 {
			t.Fatalf("no arc: %q", line)
		}
		d, h := slices.Index(words, arc[0]), slices.Index(words, arc[2])
		if d < 0 || h < 0 && arc[2] != "ROOT" {
			t.Fatalf("no such word: %q in %q", line, words)
		}
		arcs++
		got := sentence.Tokens[d]
		if got.Head == h && got.Relation == arc[1] {
			found++
			continue
		}
		head := "ROOT"
		if got.Head >= 0 {
			head = words[got.Head]
		}
		fmt.Fprintf(&missed, "%s, found %s %s\n", line, got.Relation, head)
	}
	got := fmt.Sprintf("%d of %d arcs found; missed:\n%s", found, arcs, missed.String())
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("other arcs than in %s (go test -run TestParseOfNews -update takes them over):\n%s", golden, diff)
	}
}

// numbered gives the words of a sentence, from the second occurrence on with a number.
func numbered(s Sentence) []string {
	seen := map[string]int{}
	var out []string
	for _, w := range s.Tokens {
		seen[w.Text]++
		if n := seen[w.Text]; n > 1 {
			out = append(out, fmt.Sprint(w.Text, "/", n))
			continue
		}
		out = append(out, w.Text)
	}
	return out
}

func TestTags(t *testing.T) {
	m := loaded()
	for _, c := range []struct{ text, want string }{
		{"Militants attacked the base.", "Militants/NOUN/NNS/militant attacked/VERB/VBD/attack the/DET/DT/the base/NOUN/NN/base ./PUNCT/./."},
		{"Two men were shot.", "Two/NUM/CD/two men/NOUN/NNS/man were/AUX/VBD/be shot/VERB/VBN/shoot ./PUNCT/./."},
		{"She hasn't left Kabul.", "She/PRON/PRP/she has/AUX/VBZ/have n't/PART/RB/not left/VERB/VBN/leave Kabul/PROPN/NNP/Kabul ./PUNCT/./."},
		{"They may leave in May.", "They/PRON/PRP/they may/AUX/MD/may leave/VERB/VB/leave in/ADP/IN/in May/PROPN/NNP/May ./PUNCT/./."},
	} {
		var got []string
		for _, w := range m.Parse(c.text, 0).Tokens {
			got = append(got, w.Text+"/"+w.Tag+"/"+w.Penn+"/"+w.Lemma)
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("got  %s\nwant %s", g, c.want)
		}
	}
}

// Sentences of the length of newswire, about 22 words, and of the web treebank, about 12.
var newswire = []string{
	"The defence ministry said on Thursday that two of its patrol boats had exchanged fire with armed smugglers near the disputed islands, wounding one sailor.",
	"Thousands of demonstrators marched through the capital for a third day, demanding that the interim government name a date for elections before the end of the year.",
	"A spokesman for the rebels, who control most of the eastern highlands, denied that their fighters had blocked a convoy carrying food and medicine to the besieged town.",
	"Neighbouring states urged both sides to return to negotiations after the ceasefire, which was brokered in March, collapsed within hours of coming into force.",
	"The central bank raised interest rates by half a percentage point.",
	"Police arrested at least 14 people, including a former deputy mayor, after protesters threw stones at the regional governor's car outside the courthouse.",
	"In a joint statement, the two presidents condemned the bombing, promised to share intelligence about the network behind it and called for an international inquiry.",
	"The airline, whose fleet was grounded in the spring, hopes to resume flights to the islands next month if the aviation authority lifts its ban.",
}

var short = []string{
	"I would not go back there, the food was cold.",
	"Thanks for your help with the report!",
	"Does anyone know a good dentist who works on Saturdays?",
	"My brother bought the same phone last year and he still loves it.",
	"Please call me tomorrow morning before the meeting starts.",
	"The staff were friendly, but we waited more than an hour for a table.",
	"Yes, that is right.",
	"We drove to the coast because the weather was so nice and the children wanted to swim in the sea.",
}

func BenchmarkParse(b *testing.B) {
	m := loaded()
	for _, set := range []struct {
		name      string
		sentences []string
	}{{"newswire", newswire}, {"short", short}} {
		b.Run(set.name, func(b *testing.B) {
			words := 0
			for b.Loop() {
				for _, s := range set.sentences {
					words += len(m.Parse(s, 0).Tokens)
				}
			}
			n := float64(b.N * len(set.sentences))
			b.ReportMetric(n/b.Elapsed().Seconds(), "sentences/s")
			b.ReportMetric(float64(words)/n, "words/sentence")
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}
