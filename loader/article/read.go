package article

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"
)

// Limits of what is read as one article, in bytes.
const (
	// MaxText is the longest text of an article.
	MaxText = 16 << 20
	// maxInput is the longest input for one article: a JSON string may take six bytes for one.
	maxInput = 6*MaxText + 1<<20
)

// Overrides are what the caller knows better than the articles. Empty fields override nothing.
type Overrides struct {
	URL       string
	Title     string
	Publisher string
	// Published is a day or a time as publishers write them; it is brought into the form of Document.Published.
	Published string
	Language  string
}

// Error tells which article could not be read, why, and what to do about it.
type Error struct {
	// Source is the name of the file.
	Source string
	// Line counts from 1; it is 0 when the whole source is one article.
	Line int
	Err  error
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s line %d: %v", e.Source, e.Line, e.Err)
	}
	return fmt.Sprintf("%s: %v", e.Source, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Read reads the articles of one source, one after the other, and holds one at a time in memory.
// The name's extension tells the form: .txt and .md are one article of plain text, .json is one article,
// an array of articles or one article a line, .jsonl and .ndjson are one article a line. Under any other name
// what begins with "{" or "[" is JSON and all else is plain text.
//
// Every error is an *Error and stands for one article that could not be read; reading goes on with the next one
// wherever its beginning can be told.
//
// Rules for bad input: a byte order mark is dropped, UTF-16 with its mark is decoded. Bytes that are not UTF-8
// are read as Windows-1252, where they usually come from; when they are more than a tenth of an article it is refused.
// Plain text with NUL or many other control characters is refused as binary. Lone surrogates in
// JSON become U+FFFD. A text longer than MaxText, an empty one and one without a letter are refused.
func Read(name string, r io.Reader, o Overrides) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		published, err := normalPublished(o.Published)
		if err != nil {
			yield(Document{}, &Error{Source: name, Err: err})
			return
		}
		o.Published = published
		s := &source{name: name, in: bufio.NewReaderSize(r, 64<<10), overrides: o, yield: yield}
		if err := s.read(); err != nil {
			yield(Document{}, &Error{Source: name, Err: err})
		}
	}
}

// source is one input while it is read.
type source struct {
	name      string
	in        *bufio.Reader
	overrides Overrides
	// skipped is the number of lines before the first one with ink.
	skipped int
	yield   func(Document, error) bool
}

var errEmpty = errors.New("the file is empty: give it an article or leave it out")

// read yields all articles; the error it returns concerns the source as a whole.
func (s *source) read() error {
	if mark, _ := s.in.Peek(3); bytes.HasPrefix(mark, []byte("\ufeff")) {
		s.in.Discard(3)
	}
	switch strings.ToLower(path.Ext(s.name)) {
	case ".txt", ".text", ".md", ".markdown":
		return s.readText()
	case ".jsonl", ".ndjson":
		return s.readLines()
	}
	start, err := s.firstByte()
	switch {
	case err != nil:
		return err
	case start == '[':
		return s.readArray()
	case start == '{':
		return s.readObject()
	case strings.EqualFold(path.Ext(s.name), ".json"):
		return errors.New("this is not JSON: an article begins with {, a list of articles with [; rename the file to .txt if it is plain text")
	}
	return s.readText()
}

// firstByte skips white space and gives the byte behind it without taking it.
func (s *source) firstByte() (byte, error) {
	for {
		b, err := s.in.ReadByte()
		if err == io.EOF {
			return 0, errEmpty
		}
		if err != nil {
			return 0, readError(err)
		}
		if b != ' ' && b != '\t' && b != '\r' && b != '\n' {
			return b, s.in.UnreadByte()
		}
		if b == '\n' {
			s.skipped++
		}
	}
}

func readError(err error) error {
	return fmt.Errorf("reading failed: %w; check the file and load it again", err)
}

var errTooLong = fmt.Errorf("the article is longer than %d MiB: cut it into its parts", MaxText>>20)

func (s *source) readText() error {
	data, err := io.ReadAll(io.LimitReader(s.in, 2*MaxText+1))
	if err != nil {
		return readError(err)
	}
	text, err := plainText(data)
	if err != nil {
		return err
	}
	d, err := fromText(text, s.overrides)
	if err != nil {
		return err
	}
	s.yield(d, nil)
	return nil
}

// readObject reads a source that begins with "{": one article over several lines, or one a line.
func (s *source) readObject() error {
	line, err := s.line()
	if err != nil {
		return err
	}
	if json.Valid(line) || bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")) && s.anotherObject() {
		return s.readLinesAfter(line)
	}
	rest, err := io.ReadAll(io.LimitReader(s.in, maxInput+1))
	if err != nil {
		return readError(err)
	}
	d, err := fromJSON(append(line, rest...), s.overrides)
	if err != nil {
		return err
	}
	s.yield(d, nil)
	return nil
}

// anotherObject tells whether the next line begins an object as well.
func (s *source) anotherObject() bool {
	next, _ := s.in.Peek(1)
	return len(next) == 1 && next[0] == '{'
}

func (s *source) readArray() error {
	// The decoder reads on only as far as it needs; an element that is too long is refused after it was read.
	in := json.NewDecoder(s.in)
	if _, err := in.Token(); err != nil {
		return jsonError(err)
	}
	n := 0
	for in.More() {
		n++
		var raw json.RawMessage
		if err := in.Decode(&raw); err != nil {
			return fmt.Errorf("article %d: %w", n, jsonError(err))
		}
		d, err := fromJSON(raw, s.overrides)
		if err != nil {
			err = &Error{Source: s.name, Err: fmt.Errorf("article %d: %w", n, err)}
		}
		if !s.yield(d, err) {
			return nil
		}
	}
	if _, err := in.Token(); err != nil {
		return fmt.Errorf("after article %d: %w", n, jsonError(err))
	}
	if n == 0 {
		return errEmpty
	}
	return nil
}

func (s *source) readLines() error {
	if _, err := s.in.Peek(1); err == io.EOF {
		return errEmpty
	}
	return s.readLinesAfter(nil)
}

// readLinesAfter reads one article a line; line is the first one when it was read already.
func (s *source) readLinesAfter(line []byte) error {
	found := false
	for n := s.skipped + 1; ; n++ {
		var err error
		if n > s.skipped+1 || line == nil {
			line, err = s.line()
		}
		if err == io.EOF {
			if !found {
				return errEmpty
			}
			return nil
		}
		var d Document
		switch {
		case errors.Is(err, errTooLong):
			found = true
		case err != nil:
			return err
		case len(bytes.TrimSpace(line)) == 0:
			continue
		default:
			found = true
			d, err = fromJSON(line, s.overrides)
		}
		if err != nil {
			err = &Error{Source: s.name, Line: n, Err: err}
		}
		if !s.yield(d, err) {
			return nil
		}
	}
}

// line reads up to and with the next line end. The line of an article that is too long is skipped with errTooLong;
// io.EOF means that there is none left.
func (s *source) line() ([]byte, error) {
	var out []byte
	long := false
	for {
		part, err := s.in.ReadSlice('\n')
		if !long {
			out = append(out, part...)
		}
		if len(out) > maxInput {
			long, out = true, nil
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(out) == 0 && !long:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, readError(err)
		case long:
			return nil, errTooLong
		}
		return out, nil
	}
}

// jsonText is a JSON string; a number or null stands for its text or for "".
type jsonText string

func (t *jsonText) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		return json.Unmarshal(data, (*string)(t))
	case 'n':
		return nil
	case '{', '[', 't', 'f':
		return fmt.Errorf("a text is wanted, not %.20s", data)
	}
	*t = jsonText(data)
	return nil
}

// fromJSON reads one article as JSON.
func fromJSON(data []byte, o Overrides) (Document, error) {
	if len(data) > maxInput {
		return Document{}, errTooLong
	}
	data, err := repair(data)
	if err != nil {
		return Document{}, err
	}
	var in struct {
		ID, URL, Title, Publisher, PublishedAt, Language, Text jsonText
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return Document{}, jsonError(err)
	}
	d := Document{
		ID: string(in.ID), URL: string(in.URL), Title: string(in.Title), Publisher: string(in.Publisher),
		Language: string(in.Language), Text: string(in.Text),
	}
	if d.Published, err = normalPublished(string(in.PublishedAt)); err != nil && o.Published == "" {
		return Document{}, err
	}
	return finish(d, o)
}

func jsonError(err error) error {
	var at *json.SyntaxError
	switch {
	case errors.As(err, &at):
		return fmt.Errorf("broken JSON at byte %d (%w): mend it or leave it out", at.Offset, err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the JSON breaks off (%w): the file may not be complete", err)
	}
	return fmt.Errorf(`not an article (%w): give {"id", "url", "title", "publisher", "publishedAt", "text"}`, err)
}

// finish puts the overrides in, completes what was not told and cuts the text into sentences.
func finish(d Document, o Overrides) (Document, error) {
	switch {
	case len(d.Text) > MaxText:
		return Document{}, errTooLong
	case strings.TrimFunc(d.Text, isBlank) == "":
		return Document{}, errors.New("the article has no text: give it one or leave it out")
	case strings.IndexFunc(d.Text, isWord) < 0:
		return Document{}, errors.New("the article's text has no words in it: give it some or leave it out")
	}
	override := func(field *string, value string) {
		if value != "" {
			*field = value
		}
	}
	override(&d.URL, o.URL)
	override(&d.Title, o.Title)
	override(&d.Publisher, o.Publisher)
	override(&d.Published, o.Published)
	override(&d.Language, o.Language)
	if d.Language = strings.ToLower(strings.TrimSpace(d.Language)); d.Language == "" {
		d.Language = "en"
	}
	annotate(&d)
	address, err := url.Parse(d.URL)
	if err == nil && d.Publisher == "" {
		d.Publisher = strings.TrimPrefix(strings.ToLower(address.Hostname()), "www.")
	}
	if d.ID == "" {
		d.ID = identify(d)
	}
	return d, nil
}

// identify makes an id for an article without one: from its address, else from its publisher and text, for two
// publishers of one text published two articles.
func identify(d Document) string {
	if d.URL != "" {
		return AddressID(d.URL)
	}
	return digestID("text-", d.Publisher+"\x00"+d.Text)
}

// AddressID gives the id of an article that has an address and no id. The fragment, a slash at the end and capitals
// of the host mean nothing.
func AddressID(address string) string {
	if u, err := url.Parse(address); err == nil {
		u.Scheme, u.Host, u.Fragment = strings.ToLower(u.Scheme), strings.ToLower(u.Host), ""
		address = strings.TrimSuffix(u.String(), "/")
	}
	return digestID("url-", address)
}

func digestID(kind, what string) string {
	sum := sha256.Sum256([]byte(what))
	return kind + hex.EncodeToString(sum[:10])
}

// fromText reads one article of plain text.
func fromText(text string, o Overrides) (Document, error) {
	head, body := cutHead(text)
	d := Document{ID: head["id"], URL: head["url"], Title: head["title"], Publisher: head["publisher"], Language: head["language"], Text: body}
	published, err := normalPublished(head["published"])
	if err != nil && o.Published == "" {
		return Document{}, err
	}
	d.Published = published
	if d.Title == "" {
		d.Title = firstLine(body)
	}
	return finish(d, o)
}

// headKeys are the keys of a head and what they tell; "" is read over.
var headKeys = map[string]string{
	"title": "title", "headline": "title", "publisher": "publisher", "published": "published", "publishedat": "published", "date": "published",
	"url": "url", "link": "url", "id": "id", "language": "language", "author": "", "tags": "",
}

// cutHead takes a head of lines "Key: value" off a text, with or without lines "---" around it. The head ends
// at the first line of another form; the text begins behind it and behind the blank lines that follow.
func cutHead(text string) (head map[string]string, body string) {
	rest := strings.TrimLeft(text, "\r\n")
	fenced := false
	if line, after := cutLine(rest); strings.TrimSpace(line) == "---" {
		fenced, rest = true, after
	}
	head = map[string]string{}
	for rest != "" {
		line, after := cutLine(rest)
		if fenced && strings.TrimSpace(line) == "---" {
			rest, fenced = after, false
			break
		}
		key, value, ok := strings.Cut(line, ":")
		field, known := headKeys[strings.ToLower(strings.TrimSpace(key))]
		if !ok || !known && !fenced {
			break
		}
		if field != "" && head[field] == "" {
			head[field] = strings.Trim(strings.TrimSpace(value), `"`)
		}
		rest = after
	}
	if len(head) == 0 || fenced {
		return map[string]string{}, text
	}
	return head, strings.TrimLeft(rest, "\r\n \t")
}

func cutLine(text string) (line, rest string) {
	end, next := lineEnd(text, 0)
	return text[:end], text[next:]
}

// firstLine is the title of a plain text: its first line with ink, without the marks of a heading,
// "" when that is as long as a paragraph.
func firstLine(text string) string {
	start, _ := trim(text, 0, len(text))
	line, _ := cutLine(text[start:])
	line = strings.TrimFunc(strings.TrimLeft(line, "# "), isBlank)
	if len(line) > 300 || !utf8.ValidString(line) {
		return ""
	}
	return line
}
