package language

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var loaded = sync.OnceValue(func() *Model {
	m, err := Load()
	if err != nil {
		panic(err)
	}
	return m
})

// wellFormed tells what is wrong with a sentence, or nothing.
func wellFormed(s Sentence, text string, offset int) string {
	if s.Start != offset || s.End != offset+len(text) {
		return "sentence span"
	}
	at, roots := offset, 0
	for i, t := range s.Tokens {
		if t.Start < at || t.End <= t.Start || t.End > s.End {
			return "span of " + t.Text
		}
		at = t.End
		if text[t.Start-offset:t.End-offset] != t.Text {
			return "text of " + t.Text
		}
		if t.Lemma == "" || t.Tag == "" || t.Penn == "" || t.Relation == "" {
			return "empty field of " + t.Text
		}
		if t.Head < -1 || t.Head >= len(s.Tokens) || t.Head == i {
			return "head of " + t.Text
		}
		if (t.Head == -1) != (t.Relation == "root") {
			return "root relation of " + t.Text
		}
		if t.Head == -1 {
			roots++
		}
	}
	if len(s.Tokens) > 0 && roots != 1 {
		return "number of roots"
	}
	// Each word must reach the root; a depth once found is kept.
	depth := make([]int, len(s.Tokens))
	for i := range s.Tokens {
		steps := 0
		for j := i; s.Tokens[j].Head >= 0 && depth[j] == 0; j = s.Tokens[j].Head {
			if steps++; steps > len(s.Tokens) {
				return "cycle"
			}
		}
		for j := i; s.Tokens[j].Head >= 0 && depth[j] == 0; j = s.Tokens[j].Head {
			depth[j] = 1
		}
	}
	return ""
}

func TestParseIsAlwaysATree(t *testing.T) {
	m := loaded()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
				"the", "Army", "said", "killed", "U.S.", "who", "-", "\"", "’s", "n't", ",", ".", "2,000", "and", "on", "$5bn", "\n", "🙂", "\xff",
			}), 0, 60).Draw(t, "words"), " ")
		})).Draw(t, "text")
		offset := rapid.IntRange(0, 1000).Draw(t, "offset")
		s := m.Parse(text, offset)
		if wrong := wellFormed(s, text, offset); wrong != "" {
			t.Fatal(wrong)
		}
		if diff := cmp.Diff(s, m.Parse(text, offset)); diff != "" {
			t.Fatal("parsed again:", diff)
		}
	})
}

func TestParseBoundsLongInput(t *testing.T) {
	m := loaded()
	for name, text := range map[string]string{
		"commas":  strings.Repeat(",", 1_000_000),
		"quotes":  strings.Repeat("\" ", 500_000),
		"letters": strings.Repeat("a", 5_000_000),
		"dots":    strings.Repeat("1.", 500_000),
		"hyphens": strings.Repeat("a-", 500_000),
		"words":   strings.Repeat("the soldiers fired ", 50_000),
		"clauses": strings.Repeat("the soldiers fired, ", 400),
	} {
		if wrong := wellFormed(m.Parse(text, 3), text, 3); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
	}
}

func TestParseConcurrently(t *testing.T) {
	m := loaded()
	texts := []string{
		"Gunmen attacked a convoy near the border on Monday, killing three soldiers.",
		"The president, who was visiting the region, called on both sides to end the fighting.",
		"Talks collapse",
	}
	want := make([]Sentence, len(texts))
	for i, s := range texts {
		want[i] = m.Parse(s, i)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, s := range texts {
				if diff := cmp.Diff(want[i], m.Parse(s, i)); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "He didn't go.", "“U.S.-led” F-16s, $5bn; 10:30pm", "a\x00b\xff", "שלום عليكم", strings.Repeat("(", 50)} {
		f.Add(s)
	}
	m := loaded()
	f.Fuzz(func(t *testing.T, text string) {
		if wrong := wellFormed(m.Parse(text, 7), text, 7); wrong != "" {
			t.Fatal(wrong)
		}
		if !utf8.ValidString(text) {
			return
		}
		for _, tok := range m.Parse(text, 0).Tokens {
			if !utf8.ValidString(tok.Text) {
				t.Fatalf("word %q cuts a character", tok.Text)
			}
		}
	})
}
