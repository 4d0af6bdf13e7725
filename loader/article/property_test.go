package article

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// checkDocument holds a document against what its type promises.
func checkDocument(t interface{ Fatalf(string, ...any) }, d Document) {
	if !utf8.ValidString(d.Text) {
		t.Fatalf("the text is not UTF-8: %q", d.Text)
	}
	at, block := 0, 0
	for i, s := range d.Sentences {
		switch {
		case s.Start < at || s.End <= s.Start || s.End > len(d.Text):
			t.Fatalf("sentence %d [%d,%d) after %d in a text of %d bytes", i, s.Start, s.End, at, len(d.Text))
		case !utf8.RuneStart(d.Text[s.Start]) || s.End < len(d.Text) && !utf8.RuneStart(d.Text[s.End]):
			t.Fatalf("sentence %d [%d,%d) cuts a character", i, s.Start, s.End)
		case s.Block < block:
			t.Fatalf("sentence %d in block %d after block %d", i, s.Block, block)
		case s.Role > Promotion:
			t.Fatalf("sentence %d has role %d", i, s.Role)
		case s.End-s.Start > 2*maxSentence:
			t.Fatalf("sentence %d has %d bytes", i, s.End-s.Start)
		}
		text := d.Text[s.Start:s.End]
		if strings.TrimFunc(text, isBlank) != text || strings.IndexFunc(text, isWord) < 0 {
			t.Fatalf("sentence %d is %q", i, text)
		}
		// All words between two sentences would be lost.
		if lost := d.Text[at:s.Start]; strings.IndexFunc(lost, isWord) >= 0 && !listNumber(lost) {
			t.Fatalf("%q before sentence %d is in no sentence", lost, i)
		}
		at, block = s.End, s.Block
	}
	if rest := d.Text[at:]; strings.IndexFunc(rest, isWord) >= 0 && !listNumber(rest) {
		t.Fatalf("%q at the end is in no sentence", rest)
	}
}

// listNumber tells of what may lie between sentences: numbers of list items and tabs left as letters.
func listNumber(s string) bool {
	s = strings.NewReplacer(`\t`, " ", `\n`, " ", `\r`, " ").Replace(s)
	return strings.IndexFunc(s, func(r rune) bool { return isWord(r) && (r < '0' || r > '9') }) < 0
}

// pieces are what texts of the properties are made of.
var pieces = []string{
	"Iran", "said", "the U.S.", "Gen.", "no", "\"", "“", "”", "'", "’", ".", "!", "?", "...", "…", ",", ";", ":", "-", "—", "(", ")", "[3]", " ", " ", " ", "\n", "\n\n", "\r\n", "\t", "&\t", `\t`,
	"•", "1.", "2)", "#", "17", "January 17, 2024", "TEHRAN, Jan 17 (IRNA) - ", "By Anna Rao", "Read more", "Related", "Photo:", "(L)", "FILE -", "WORLD", "said.", "He", "al-Shabaab",
	"伊朗。", "نعم؟", "\u200e", "\u00a0", "\ufeff", "\x00", "é", "😀", "\u2028", "www.example.com", "a.m.", "No.", "Title: x\n", "---\n", "http://a.example/2024/01/17/x", "{", "\\",
}

func TestDocumentsKeepTheirPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.String()), 0, 60).Draw(t, "text"), "")
		title := rapid.SampledFrom([]string{"", "Iran said no", text}).Draw(t, "title")
		d, err := finish(Document{Text: strings.ToValidUTF8(text, "\ufffd"), Title: title}, Overrides{})
		if err != nil {
			return
		}
		checkDocument(t, d)
		again, _ := finish(Document{Text: d.Text, Title: title}, Overrides{})
		if diff := cmp.Diff(d, again); diff != "" {
			t.Fatalf("the same text, read twice:\n%s", diff)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("x.txt", []byte("Title\n\nTEHRAN, Jan 17 (IRNA) - Iran said \"no\". Oman said yes.\n"))
	f.Add("x.jsonl", []byte("{\"text\":\"Iran \\ud83d said no.\"}\n{\n[]\n"))
	f.Add("x.json", []byte("[{\"text\":\"Iran\",\"publishedAt\":\"17 Jan 2024\"}]"))
	f.Add("x", []byte("\xff\xfeI\x00"))
	f.Add("x.md", []byte("---\ntitle: a\n---\n# A\n\n- b\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		for d, err := range Read(name, bytes.NewReader(data), Overrides{}) {
			if err == nil {
				checkDocument(t, d)
			} else if !strings.HasPrefix(err.Error(), name) {
				t.Fatalf("%q does not name %q", err, name)
			}
		}
	})
}

func FuzzSentences(f *testing.F) {
	f.Add("He met Gen. Votel. \"We agree,\" he said... Yes.", "He")
	f.Add("A (b. C. d.\n• E & F.&\tG\n17. H", "A")
	f.Fuzz(func(t *testing.T, text, title string) {
		if d, err := finish(Document{Text: strings.ToValidUTF8(text, "?"), Title: title}, Overrides{}); err == nil {
			checkDocument(t, d)
		}
	})
}

// Texts made to be slow: anything that is not linear in their length would not come to an end here.
func TestHostileTexts(t *testing.T) {
	for _, unit := range []string{",", "(", "\"", "“a", "'a ", ". ", ".(", "a.\"", "[1]", "a\t", "\n", "a\n", "• ", "& ", "1. ", "?!", "...", "A.", "A. B", "A (b. ", "Gen. ", "al-", "a-", "\u200e", "伊。", "a b\r\n", "Iran said \"no. ", "\"A. ", "a [b. ", "Iran ", "\"\"a\""} {
		d, err := finish(Document{Text: "Iran " + strings.Repeat(unit, 1<<18/len(unit))}, Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		checkDocument(t, d)
	}
}

func benchmarkText(b *testing.B, text string) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		d, err := finish(Document{ID: "a", Text: text}, Overrides{})
		if err != nil {
			b.Fatal(err)
		}
		n = len(d.Sentences)
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
}

func BenchmarkArticle(b *testing.B) {
	text, err := os.ReadFile("testdata/page.txt")
	if err != nil {
		b.Fatal(err)
	}
	benchmarkText(b, string(text))
}

func BenchmarkFiveMegabytes(b *testing.B) {
	const sentence = `Iran said, "We will respond. We always do." The U.S. Embassy in Baghdad, led by Gen. Smith, did not reply (it was closed). `
	benchmarkText(b, strings.Repeat(sentence, 5<<20/len(sentence)))
}

// One stretch of five megabytes without a full stop.
func BenchmarkFiveMegabytesOfCommas(b *testing.B) { benchmarkText(b, strings.Repeat("a,", 5<<19)) }
func BenchmarkFiveMegabytesOfQuotes(b *testing.B) { benchmarkText(b, strings.Repeat("\"a. ", 5<<18)) }
