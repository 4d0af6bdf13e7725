// Command train learns the models with which package extract tells acts and their
// sides, from articles that readers have annotated, and from articles (articles/) and
// passages (lessons/) written to learn from.
//
//	go run ./loader/extract/train vectors --from glove.6B.100d.txt --out loader/extract/vectors.bin
//	go run ./loader/extract/train learn --articles articles.jsonl --gold gold.jsonl \
//		--lessons loader/extract/train/lessons/war.txt ... \
//		--marked loader/extract/train/articles/wire.txt ... --out loader/extract/models.bin
//	go run ./loader/extract/train reactions (the same) --out loader/extract/reactions.txt
//	go run ./loader/extract/train places --articles articles.jsonl --gold gold.jsonl \
//		--out loader/extract/places.txt
//	go run ./loader/extract/train days (the same) --out loader/extract/days.txt
//	go run ./loader/extract/train tolls (the same) --untold 0.1 --written 0.5 --out loader/extract/tolls.txt
//
//	go run ./loader/extract/train idle (the same as for days) --out loader/extract/lexicon/idle.txt
//
// Articles are JSON, one a line, as loader extract takes them; gold has for each a line
// {"id", "events": [{"type", "evidence": [quote], "trigger": [word for the act in each
// quote], "initiators": [{"name", "aliases", "country", "kind"}], "targets": [...],
// "place": {"name", "country"}, "date": "2024-01-16", "killed": {"min", "max"},
// "injured": {"min", "max"}, "inResponseTo": id of an event}]}.
// Instead of gold, or with it, --readings takes files like readings.txt, in which the words
// for an act are told by their bytes in the article's text; see extract.Readings.
// The same input gives the same models. Learning prints how good the models are on
// articles that they have not seen. ATTRIBUTION.md beside the models tells from what
// those of the program were learnt; learning them took twenty minutes of two cores.
package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"math"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/alecthomas/kong"

	"incidentgraph/loader/article"
	"incidentgraph/loader/extract"
	"incidentgraph/loader/extract/classify"
)

type command struct {
	Vectors vectors `cmd:"" help:"Pack vectors of words."`
	Learn   learn   `cmd:"" help:"Learn the models from annotated articles and passages."`

	Reactions reactions `cmd:"" help:"Learn from the same what acts are reactions to."`
	Places    places    `cmd:"" help:"Learn from annotated articles which place an act has."`
	Days      days      `cmd:"" help:"Learn from annotated articles which day an act has."`
	Tolls     tolls     `cmd:"" help:"Learn from annotated articles how many an act cost."`
	Idle      idle      `cmd:"" help:"Find the words that tell no act."`
}

func main() {
	log.SetFlags(0)
	ctx := kong.Parse(&command{})
	if err := ctx.Run(); err != nil {
		log.Fatal("train: ", err)
	}
}

type vectors struct {
	From  string `required:"" type:"existingfile"`
	Words int    `default:"30000"`
	Out   string `required:""`
}

func (v *vectors) Run() error {
	f, err := os.Open(v.From)
	if err != nil {
		return err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	var out []byte
	for n := 0; n < v.Words && sc.Scan(); n++ {
		cells := strings.Fields(sc.Text())
		if out == nil {
			out = binary.LittleEndian.AppendUint16(out, uint16(len(cells)-1))
		}
		row := make([]float64, len(cells)-1)
		top := 0.0
		for i, c := range cells[1:] {
			if row[i], err = strconv.ParseFloat(c, 64); err != nil {
				return err
			}
			top = max(top, math.Abs(row[i]))
		}
		scale := top / 127
		out = append(out, byte(len(cells[0])))
		out = append(out, cells[0]...)
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(scale)))
		for _, x := range row {
			out = append(out, byte(int8(math.Round(x/scale))))
		}
	}
	return os.WriteFile(v.Out, out, 0o644)
}

// readFile reads what a file holds in one of the forms of package extract.
func readFile[T any](path string, read func(name, text string) ([]T, error)) ([]T, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return read(path, string(data))
}

// corpus are the annotated articles that something is learnt from.
type corpus struct {
	Articles []string `required:"" type:"existingfile" help:"Articles, one a line as JSON."`
	Gold     []string `type:"existingfile" help:"What readers found in them, one article a line as JSON, in the form of the codebook."`
	Readings []string `type:"existingfile" help:"What readers found in them, by the places of the words."`
	Folds    int      `default:"4" help:"Into how many parts the articles are divided, to learn without each in turn."`
}

// learnt is where goes what is learnt.
type learnt struct {
	Out    string `required:"" help:"Where goes what is learnt."`
	Unseen string `help:"Write there what the articles say, each read by models that have not learnt from it."`
}

type learn struct {
	corpus
	learnt
	Lessons []string `type:"existingfile" help:"Files of passages with the acts they tell."`
	Marked  []string `type:"existingfile" help:"Files of articles in whose text the words for acts are marked."`
	Weight  float64  `default:"1" help:"How much a passage counts beside an article's sentence."`
	Written float64  `default:"0.7" help:"How much a marked article counts beside another."`
	Acts    float64  `default:"0.4" help:"The same for what its words tell, which is more at one in articles written to learn from."`
	Hidden  int      `default:"64" help:"Width of the hidden layers, a multiple of 32."`
	Epochs  int      `default:"8" help:"How often all examples are seen."`
	Rate    float64  `default:"0.02" help:"Rate of learning."`
	Forget  float64  `default:"0.4" help:"Share of features left out by chance."`
	Blur    float64  `default:"0.3" help:"Share of the meanings of words and of the parser's states left out by chance, for what words tell."`
	Seldom  int      `default:"8" help:"Features of fewer examples are left out."`
	Each    bool     `help:"Print figures by class."`
}

// Help tells what learning does.
func (learn) Help() string {
	return "The models of acts and roles learn from all articles and passages; the model of edges learns how to weigh what they say of articles they have not seen. The figures printed are those of unseen articles."
}

// source is where an annotated article comes from.
type source int

const (
	collected source = iota
	marked
	passages
)

func (s source) String() string { return [...]string{"articles", "marked articles", "passages"}[s] }

// annotated is an article with what a reader found in it.
type annotated struct {
	extract.AnnotatedArticle
	source source
	fold   int             // the part of the articles without which it is read
	first  extract.Lessons // of acts and roles
	second extract.Lessons // of edges
}

func (l *learn) Run() error {
	articles, unseen, err := l.unseen()
	if err != nil {
		return err
	}
	if err := l.validate(articles, unseen); err != nil {
		return err
	}
	final := l.models(articles, -1)
	final.Edges = l.edges(articles, -1)
	data := final.AppendTo(nil)
	log.Printf("%d bytes", len(data))
	return os.WriteFile(l.Out, data, 0o644)
}

// unseen reads the articles, and gives for each fold a coder whose models of acts and roles have not learnt from it.
func (l *learn) unseen() ([]annotated, []*extract.Coder, error) {
	coder, err := extract.New()
	if err != nil {
		return nil, nil, err
	}
	articles, err := l.read()
	if err != nil {
		return nil, nil, err
	}
	written, err := l.written()
	if err != nil {
		return nil, nil, err
	}
	articles = l.divide(articles, written)
	weights := [...]struct{ acts, others float64 }{collected: {1, 1}, marked: {l.Acts, l.Written}, passages: {l.Weight, l.Weight}}
	for i := range articles {
		a := &articles[i]
		coder.Learn(a.Document, a.Annotation, &a.first)
		a.first.Weigh(weights[a.source].acts, weights[a.source].others)
	}
	var acts, roles score
	unseen := make([]*extract.Coder, l.Folds)
	for fold := range l.Folds {
		m := l.models(articles, fold)
		unseen[fold] = coder.With(m)
		for i := range articles {
			a := &articles[i]
			if a.fold != fold {
				continue
			}
			unseen[fold].LearnEdges(a.Document, a.Annotation, &a.second)
			a.second.Weigh(weights[a.source].acts, weights[a.source].others)
			if a.source == collected {
				acts.add(m.Acts, a.first.Acts)
				roles.add(m.Roles, a.first.Roles)
			}
		}
		log.Printf("part %d of %d", fold+1, l.Folds)
	}
	acts.print("acts", l.Each)
	roles.print("roles", l.Each)
	return articles, unseen, nil
}

// divide puts the articles into folds, each of those that were written with the one after which it was written: what it
// tells of the world of that one must not help to read it.
func (l *corpus) divide(articles, written []annotated) []annotated {
	folds := map[string]int{}
	for i := range articles {
		articles[i].fold = i % l.Folds
		folds[articles[i].Document.ID] = i % l.Folds
	}
	for i, a := range written {
		fold, ok := folds[a.After]
		if !ok {
			fold = i % l.Folds
		}
		written[i].fold = fold
	}
	return append(articles, written...)
}

// models learns acts and roles from all articles but those of one fold, -1 for none, and from the passages.
func (l *learn) models(articles []annotated, fold int) extract.Models {
	var acts, roles []classify.Example
	for _, a := range articles {
		if a.fold != fold {
			acts = append(acts, a.first.Acts...)
			roles = append(roles, a.first.Roles...)
		}
	}
	s := classify.Settings{Seed: 1, Hidden: l.Hidden, Epochs: l.Epochs, Rate: l.Rate, Decay: 0.001, Forget: l.Forget, Seldom: l.Seldom}
	r := s
	s.Blur, r.Decay = l.Blur, 0.01
	var m extract.Models
	var both sync.WaitGroup
	both.Go(func() { m.Acts = classify.Learn(extract.ActClasses(), acts, s) })
	both.Go(func() { m.Roles = classify.Learn(extract.RoleClasses(), roles, r) })
	both.Wait()
	return m
}

// edges learns edges from all articles but those of one fold.
func (l *learn) edges(articles []annotated, fold int) *classify.Model {
	var list []classify.Example
	for _, a := range articles {
		if a.fold != fold {
			list = append(list, a.second.Edges...)
		}
	}
	return classify.Learn(extract.EdgeClasses(), list, classify.Settings{Seed: 1, Hidden: 32, Epochs: 6, Rate: 0.02, Decay: 0.001, Forget: 0.5, Seldom: 5, Judges: 3})
}

// validate measures edges, and writes what unseen articles say.
func (l *learn) validate(articles []annotated, unseen []*extract.Coder) error {
	var curves [passages + 1]curve
	coders := make([]*extract.Coder, l.Folds)
	for fold := range coders {
		m := l.edges(articles, fold)
		coders[fold] = unseen[fold].With(extract.Models{Edges: m})
		for _, a := range articles {
			if a.fold == fold {
				curves[a.source].add(m, a.second)
			}
		}
	}
	for s := range curves {
		curves[s].print(source(s).String())
	}
	return writeUnseen(l.Unseen, articles, func(fold int) *extract.Coder { return coders[fold] })
}

// writeUnseen writes to path, when there is one, what the collected articles say, each read by the coder of its fold.
func writeUnseen(path string, articles []annotated, coder func(fold int) *extract.Coder) error {
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	out := json.NewEncoder(f)
	for _, a := range articles {
		if a.source == collected {
			if err := out.Encode(coder(a.fold).Extract(a.Document)); err != nil {
				return err
			}
		}
	}
	return f.Close()
}

// read gives the articles that have been annotated, sorted by id.
func (l *corpus) read() ([]annotated, error) {
	found := map[string]extract.Annotation{}
	for _, path := range l.Gold {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		for d := json.NewDecoder(f); d.More(); {
			var a extract.Annotation
			if err := d.Decode(&a); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			found[a.ID] = a
		}
	}
	for _, path := range l.Readings {
		list, err := readFile(path, extract.Readings)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			found[a.ID] = a
		}
	}
	if len(found) == 0 {
		return nil, errors.New("nobody has read the articles: give --gold or --readings")
	}
	var out []annotated
	for _, path := range l.Articles {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		for doc, err := range article.Read(path, f, article.Overrides{}) {
			if err != nil {
				return nil, err
			}
			if a, ok := found[doc.ID]; ok {
				if err := a.Fits(doc.Text); err != nil {
					return nil, err
				}
				out = append(out, annotated{AnnotatedArticle: extract.AnnotatedArticle{Document: doc, Annotation: a}})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b annotated) int { return strings.Compare(a.Document.ID, b.Document.ID) })
	return out, nil
}

// written reads the files of marked articles and of passages.
func (l *learn) written() ([]annotated, error) {
	articles, err := readWritten(l.Marked, marked, extract.Marked)
	if err != nil {
		return nil, err
	}
	some, err := readWritten(l.Lessons, passages, extract.Passages)
	return append(articles, some...), err
}

// readWritten reads files of what was written to learn from.
func readWritten(files []string, from source, read func(name, text string) ([]extract.AnnotatedArticle, error)) ([]annotated, error) {
	var out []annotated
	for _, path := range files {
		list, err := readFile(path, read)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			out = append(out, annotated{AnnotatedArticle: a, source: from})
		}
	}
	return out, nil
}

// circumstantial tells that the reader told of the article's events when they were and what they answer.
func (a *annotated) circumstantial() bool {
	return a.source == collected || slices.ContainsFunc(a.Annotation.Events, func(e extract.AnnotatedEvent) bool { return e.Date != "" })
}

// curve measures a model of edges at all thresholds.
type curve struct {
	p    []float64
	yes  []bool
	gold int
}

func (c *curve) add(m *classify.Model, l extract.Lessons) {
	c.gold += l.Gold
	for _, e := range l.Edges {
		if e.Weight > 0 {
			c.p = append(c.p, m.Probabilities(e.Features, nil)[1])
			c.yes = append(c.yes, e.Class == "said")
		}
	}
}

func (c *curve) print(of string) {
	within := 0
	for _, y := range c.yes {
		if y {
			within++
		}
	}
	fmt.Printf("edges of %s: %d gold, %d of them among %d possible\n", of, c.gold, within, len(c.p))
	for _, t := range []float64{0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25, 0.3, 0.4, 0.5} {
		right, said := 0, 0
		for i, p := range c.p {
			if p >= t {
				said++
				if c.yes[i] {
					right++
				}
			}
		}
		p, r := float64(right)/max(float64(said), 1), float64(right)/float64(c.gold)
		fmt.Printf("  %.2f  P %.3f R %.3f F1 %.3f\n", t, p, r, 2*p*r/max(p+r, 1e-9))
	}
}

// score counts how often a model is right, by class.
type score struct{ right, said, gold map[string]float64 }

func (s *score) add(m *classify.Model, list []classify.Example) {
	if m == nil {
		return
	}
	if s.right == nil {
		s.right, s.said, s.gold = map[string]float64{}, map[string]float64{}, map[string]float64{}
	}
	for _, e := range list {
		p := m.Probabilities(e.Features, nil)
		none, best := 0.0, -1
		for i, k := range m.Classes {
			if k == "none" || k == "unsaid" {
				none = p[i]
			} else if best < 0 || p[i] > p[best] {
				best = i
			}
		}
		s.gold[e.Class]++
		if none > 0.5 {
			continue
		}
		s.said[m.Classes[best]]++
		if m.Classes[best] == e.Class {
			s.right[e.Class]++
		}
	}
}

func (s *score) print(title string, each bool) {
	var names []string
	var right, said, gold float64
	for k := range s.gold {
		if k == "none" || k == "unsaid" {
			continue
		}
		names = append(names, k)
		right += s.right[k]
		said += s.said[k]
		gold += s.gold[k]
	}
	line := func(name string, right, said, gold float64) {
		p, r := right/max(said, 1), right/max(gold, 1)
		fmt.Printf("%-10s P %.3f R %.3f F1 %.3f  of %v\n", name, p, r, 2*p*r/max(p+r, 1e-9), gold)
	}
	line(title, right, said, gold)
	if each {
		sort.Strings(names)
		for _, k := range names {
			line("  "+k, s.right[k], s.said[k], s.gold[k])
		}
	}
}
