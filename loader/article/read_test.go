package article

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// readAll collects what Read yields: "id" for a document, the message for an error.
func readAll(name string, r io.Reader, o Overrides) (docs []Document, seen []string) {
	for d, err := range Read(name, r, o) {
		if err != nil {
			seen = append(seen, err.Error())
			continue
		}
		docs = append(docs, d)
		seen = append(seen, d.ID)
	}
	return docs, seen
}

func TestReadForms(t *testing.T) {
	const one = `{"id":"a","text":"Iran said no."}`
	const two = `{"id":"b","text":"Oman said yes.","extra":{"deep":[1]}}`
	for _, test := range []struct {
		name, input string
		want        []string
	}{
		{"x.jsonl", one + "\n" + two + "\n", []string{"a", "b"}},
		{"x.jsonl", one + "\r\n\r\n" + two, []string{"a", "b"}},
		{"x.ndjson", "\ufeff" + one, []string{"a"}},
		{"x.json", one, []string{"a"}},
		{"x.json", "{\n  \"id\": \"a\",\n  \"text\": \"Iran said no.\"\n}\n", []string{"a"}},
		{"x.json", "[" + one + "," + two + "]", []string{"a", "b"}},
		{"x.json", one + "\n" + two, []string{"a", "b"}},
		{"-", one + "\n" + two, []string{"a", "b"}},
		{"-", "\n\n" + one + "\n{broken}\n" + two, []string{"a", "- line 4: broken JSON at byte 2", "b"}},
		{"-", "Id: c\n\nA title\n\nIran said no.\n", []string{"c"}},
		{"x.TXT", "Id: c\n\nA title\n\nIran said no.\n", []string{"c"}},
	} {
		_, got := readAll(test.name, strings.NewReader(test.input), Overrides{})
		checkMessages(t, test.name+" "+test.input, got, test.want)
	}
}

// checkMessages wants each message to begin with what is wanted.
func checkMessages(t *testing.T, what string, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%.60s: got %q, want %q", what, got, want)
		return
	}
	for i := range got {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("%.60s: got %q, want %q", what, got[i], want[i])
		}
	}
}

func TestReadBadInput(t *testing.T) {
	const good = `{"id":"a","text":"Iran said no."}`
	line := func(s string) string { return good + "\n" + s + "\n" + good + "\n" }
	bad := "x.jsonl line 2: "
	for _, test := range []struct {
		what, name, input string
		want              []string
	}{
		{"empty text", "x.txt", "", []string{"x.txt: the file is empty"}},
		{"blank text", "x.txt", " \r\n\t\n", []string{"x.txt: the file is empty"}},
		{"empty lines", "x.jsonl", "", []string{"x.jsonl: the file is empty"}},
		{"blank lines", "x.jsonl", "\n\n", []string{"x.jsonl: the file is empty"}},
		{"empty object file", "x.json", "", []string{"x.json: the file is empty"}},
		{"empty array", "x.json", "[]", []string{"x.json: the file is empty"}},
		{"not JSON", "x.json", "Iran said no.", []string{"x.json: this is not JSON"}},
		{"PNG", "x.txt", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", []string{"x.txt: this is not text but a binary file"}},
		{"control characters", "x.md", strings.Repeat("\x01\x02a", 9), []string{"x.md: this is not text but a binary file"}},
		{"Cyrillic in Windows-1251", "x.txt", "\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0", []string{"x.txt: the text is neither UTF-8 nor Windows-1252"}},
		{"broken line", "x.jsonl", line(`{"id":"b","text":"Iran`), []string{"a", bad + "broken JSON at byte", "a"}},
		{"prose line", "x.jsonl", line(`Iran said no.`), []string{"a", bad + "broken JSON at byte 1", "a"}},
		{"number line", "x.jsonl", line(`17`), []string{"a", bad + "not an article", "a"}},
		{"text of another kind", "x.jsonl", line(`{"text":["a"]}`), []string{"a", bad + "not an article", "a"}},
		{"no text", "x.jsonl", line(`{"id":"b"}`), []string{"a", bad + "the article has no text", "a"}},
		{"no words", "x.jsonl", line(`{"id":"b","text":"... --"}`), []string{"a", bad + "the article's text has no words", "a"}},
		{"bad day", "x.jsonl", line(`{"id":"b","text":"Iran","publishedAt":"soon"}`), []string{"a", bad + `the publication date "soon" is not understood: write it as`, "a"}},
		{"broken array", "x.json", "[" + good + ", {]", []string{"a", "x.json: article 2: broken JSON"}},
		{"bad element", "x.json", "[" + good + `, {"id":"b"}, ` + good + "]", []string{"a", "x.json: article 2: the article has no text", "a"}},
		{"array cut off", "x.json", "[" + good, []string{"a", "x.json: after article 1: the JSON breaks off"}},
		{"head alone", "x.txt", "Title: a\n\n", []string{"x.txt: the article has no text"}},
	} {
		_, got := readAll(test.name, strings.NewReader(test.input), Overrides{})
		checkMessages(t, test.what, got, test.want)
	}
	_, got := readAll("x.txt", strings.NewReader("Iran said no."), Overrides{Published: "one day"})
	checkMessages(t, "override", got, []string{`x.txt: the publication date "one day"`})
	broken := errors.New("disk on fire")
	for _, name := range []string{"x.txt", "x.jsonl", "x.json", "x"} {
		for _, err := range Read(name, iotest.ErrReader(broken), Overrides{}) {
			if !errors.Is(err, broken) {
				t.Errorf("%s: got %v, want %v", name, err, broken)
			}
		}
	}
}

func TestReadLarge(t *testing.T) {
	sentence := "Iran carried out strikes on two bases in Pakistan on Tuesday, its state media said. "
	text := strings.Repeat(sentence, 5<<20/len(sentence)+1)
	docs, seen := readAll("x.txt", strings.NewReader(text), Overrides{})
	if len(docs) != 1 || len(docs[0].Text) != len(text) {
		t.Fatalf("5 MB of plain text: %.100q", seen)
	}
	line, _ := json.Marshal(map[string]string{"id": "b", "text": text})
	long := `{"id":"c","text":"` + strings.Repeat("a", maxInput) + `"}`
	input := string(line) + "\n" + long + "\n" + `{"id":"d","text":"Iran said no."}` + "\n"
	_, seen = readAll("x.jsonl", strings.NewReader(input), Overrides{})
	checkMessages(t, "lines", seen, []string{"b", "x.jsonl line 2: the article is longer than 16 MiB", "d"})
	_, seen = readAll("x.txt", io.LimitReader(endless{}, MaxText+1), Overrides{})
	checkMessages(t, "too long", seen, []string{"x.txt: the article is longer than 16 MiB"})
}

// endless is a reader of the letter a.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte("a"), len(p)))
	return len(p), nil
}

// A source with a million lines must never be held as a whole: reading stops where the caller stops.
func TestReadOneAtATime(t *testing.T) {
	r, w := io.Pipe()
	done := make(chan error)
	go func() {
		for i := 0; ; i++ {
			if _, err := fmt.Fprintf(w, `{"id":"%d","text":"Iran said no."}`+"\n", i); err != nil {
				done <- err
				return
			}
		}
	}()
	n := 0
	for d, err := range Read("x.jsonl", r, Overrides{}) {
		if err != nil || d.ID != fmt.Sprint(n) {
			t.Fatal(d.ID, err)
		}
		if n++; n == 20000 {
			break
		}
	}
	r.CloseWithError(io.ErrClosedPipe)
	if err := <-done; !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

func TestReadEncodings(t *testing.T) {
	for _, test := range []struct{ what, name, input, want string }{
		{"byte order mark", "x.txt", "\ufeffIran said no.", "Iran said no."},
		{"UTF-16, little end first", "x.txt", "\xff\xfeI\x00r\x00a\x00n\x00", "Iran"},
		{"UTF-16, big end first", "x.txt", "\xfe\xff\x00I\x00r\x00a\x00n", "Iran"},
		{"quotation marks of Windows-1252", "x.txt", "Iran said \x93no\x94 to the proposal.", "Iran said “no” to the proposal."},
		{"accent of Latin-1 in JSON", "x.json", "{\"text\":\"The caf\xe9 in Paris was hit.\"}", "The café in Paris was hit."},
		{"lone surrogate", "x.json", `{"text":"Iran \ud83d said no."}`, "Iran \ufffd said no."},
		{"NUL in JSON", "x.json", `{"text":"Iran\u0000 said no."}`, "Iran\x00 said no."},
		{"line ends", "x.txt", "Iran\r\nsaid\r\n", "Iran\r\nsaid\r\n"},
	} {
		docs, seen := readAll(test.name, strings.NewReader(test.input), Overrides{})
		if len(docs) != 1 || docs[0].Text != test.want {
			t.Errorf("%s: got %v %q, want %q", test.what, docs, seen, test.want)
		}
	}
}

func TestReadFields(t *testing.T) {
	type fields struct{ ID, URL, Title, Publisher, Published, Language, Text string }
	for _, test := range []struct {
		what, name, input string
		overrides         Overrides
		want              fields
	}{
		{"all given", "x.json", `{"id":7,"url":"https://a.example/1","title":"T","publisher":"P","publishedAt":"2024-01-17T10:00:00+05:00","language":"EN","text":"Iran said no."}`, Overrides{},
			fields{"7", "https://a.example/1", "T", "P", "2024-01-17T10:00:00+05:00", "en", "Iran said no."}},
		{"null and missing", "x.json", `{"id":"a","publishedAt":null,"publisher":"","text":"Iran said no."}`, Overrides{},
			fields{ID: "a", Language: "en", Text: "Iran said no."}},
		{"host is publisher", "x.json", `{"id":"a","url":"https://www.Wire.example/2024/jan/17/strike","text":"Iran said no."}`, Overrides{},
			fields{"a", "https://www.Wire.example/2024/jan/17/strike", "", "wire.example", "2024-01-17", "en", "Iran said no."}},
		{"overrides", "x.json", `{"id":"a","title":"T","publishedAt":"soon","text":"Iran said no."}`, Overrides{Title: "U", Publisher: "Q", Published: "17 January 2024", URL: "u", Language: "fr"},
			fields{"a", "u", "U", "Q", "2024-01-17", "fr", "Iran said no."}},
		{"head", "x.txt", "Title: T\nPublisher: Harbour Wire\nPublished: 2024-01-17\nURL: https://a.example/1\nId: a\n\nIran said no.\n", Overrides{},
			fields{"a", "https://a.example/1", "T", "Harbour Wire", "2024-01-17", "en", "Iran said no.\n"}},
		{"front matter", "x.md", "---\ntitle: \"T\"\nslug: t\nid: a\ndate: 2024-01-17 09:00:00\n---\n# T\n\nIran said no.\n", Overrides{},
			fields{"a", "", "T", "", "2024-01-17", "en", "# T\n\nIran said no.\n"}},
		{"no head", "x.txt", "Iran: a new war\n\nIran said no.\n", Overrides{URL: "https://a.example/"},
			fields{AddressID("https://a.example"), "https://a.example/", "Iran: a new war", "a.example", "", "en", "Iran: a new war\n\nIran said no.\n"}},
		{"bylines", "x.txt", "Iran hits Pakistan\nHarbour Wire bureau\n09:39 AM, January 17, 2024\n\nIran said no.\n", Overrides{URL: "https://a.example/"},
			fields{AddressID("https://a.example"), "https://a.example/", "Iran hits Pakistan", "Harbour Wire", "2024-01-17", "en", "Iran hits Pakistan\nHarbour Wire bureau\n09:39 AM, January 17, 2024\n\nIran said no.\n"}},
	} {
		docs, seen := readAll(test.name, strings.NewReader(test.input), test.overrides)
		if len(docs) != 1 {
			t.Errorf("%s: %q", test.what, seen)
			continue
		}
		d := docs[0]
		if diff := cmp.Diff(test.want, fields{d.ID, d.URL, d.Title, d.Publisher, d.Published, d.Language, d.Text}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.what, diff)
		}
	}
}

func TestIdentify(t *testing.T) {
	id := func(url, publisher, text string) string {
		docs, _ := readAll("x.json", strings.NewReader(fmt.Sprintf(`{"url":%q,"publisher":%q,"text":%q}`, url, publisher, text)), Overrides{})
		return docs[0].ID
	}
	if a, b := id("https://A.example/1/#top", "P", "one"), id("https://a.example/1", "Q", "two"); a != b {
		t.Error("one address, two ids:", a, b)
	}
	if a, b := id("https://a.example/1", "P", "one"), id("https://a.example/2", "P", "one"); a == b {
		t.Error("two addresses, one id:", a)
	}
	if a, b := id("", "P", "one"), id("", "P", "one"); a != b {
		t.Error("one text, two ids:", a, b)
	}
	if a, b := id("", "P", "one"), id("", "Q", "one"); a == b {
		t.Error("two publishers of one text, one id:", a)
	}
}
