// Package extract reads a Document and says what it claims: who did what to whom,
// where and when, each claim with the sentences that tell it. It does no I/O: the
// same document gives the same graph.
//
// The stages, one file each: syntax (deep roles out of the parse), mention (who is
// named), coreference (who is meant), voice (for whom who speaks speaks), lexicon and frame (which words name an act and
// where its sides stand), reality (negation, modality, who says so), claim,
// circumstance (day, place, toll, status), merge (one incident for one happening, and
// reactions).
//
// An article is read twice. First by the rules alone. Then three small models, learnt
// from annotated articles and passages (package train), weigh what the rules found
// beside all else that is known (features, and told of the acts elsewhere): which act, if any, each word tells; how
// likely each actor is either side of it (weigh); and, over the whole article, whether
// it says that this one did that to the other (edges). What they hold likely enough
// becomes a claim, and how likely is its confidence. Four more, which weigh the options of
// a list against each other, choose what each act is a reaction to (reaction, pairs), and
// which of the places, days and counts that the article offers are its own (option, place, day, toll).
package extract

import (
	_ "embed"
	"fmt"
	"io"
	"sort"
	"strings"

	"golang.org/x/sync/errgroup"

	"incidentgraph/loader/article"
	"incidentgraph/loader/extract/classify"
	"incidentgraph/loader/gazetteer"
	"incidentgraph/loader/language"
	"incidentgraph/schema"
)

// Version names this coder and its version in every claim it makes.
const Version = "incidentgraph/15"

// Coder turns articles into claims. It is safe for concurrent use.
type Coder struct {
	model   *language.Model
	actors  *gazetteer.Gazetteer
	places  *gazetteer.Places
	lexicon *lexicon
	// givenNames are the states of the known persons of each given name, in lower case.
	givenNames  map[string]map[string]bool
	vectors     *vectors
	models      Models
	noState     []float32 // stands for the state of a word that is not there
	rooms       chan *room
	reactions   *classify.Choice // nil for none
	whereabouts *classify.Choice // of where incidents happened, nil to leave it to the rules
	calendar    *classify.Choice // of when they happened, nil to leave it to the rules
	tolls       *classify.Choice // of how many they cost, nil to leave it to the rules
}

// vectors.bin holds the meanings of words, models.bin what is learnt; ATTRIBUTION.md tells from what.
//
//go:embed vectors.bin
var vectorData []byte

//go:embed models.bin
var modelData []byte

// These hold the weights of what speaks for an act being a reaction to another, for a place, for a day and for a toll, see package train.
//
//go:embed reactions.txt
var reactionData string

//go:embed places.txt
var placeData string

//go:embed days.txt
var dayData string

//go:embed tolls.txt
var tollData string

// New loads the embedded model, gazetteers and lexicons; each extra reader adds an
// analyst's own actors, places and trigger words (see learn for its sections).
func New(extra ...io.Reader) (*Coder, error) {
	c := &Coder{givenNames: map[string]map[string]bool{}, rooms: make(chan *room, mostRooms)}
	var load errgroup.Group // side by side, what takes longest first
	load.Go(func() (err error) { c.places, err = gazetteer.LoadPlaces(); return err })
	load.Go(func() (err error) { c.model, err = language.Load(); return err })
	load.Go(func() (err error) { c.lexicon, err = loadLexicon(); return err })
	load.Go(func() (err error) { c.actors, err = gazetteer.Load(); return err })
	load.Go(func() (err error) { c.models, err = decodeModels(modelData); return err })
	load.Go(func() (err error) { c.vectors, err = readVectors(vectorData); return err })
	for _, x := range []struct {
		to         **classify.Choice
		name, data string
	}{{&c.reactions, "reactions.txt", reactionData}, {&c.whereabouts, "places.txt", placeData}, {&c.calendar, "days.txt", dayData}, {&c.tolls, "tolls.txt", tollData}} {
		load.Go(func() (err error) {
			if *x.to, err = classify.ReadChoice(strings.NewReader(x.data)); err != nil {
				return fmt.Errorf("%s: %w", x.name, err)
			}
			return nil
		})
	}
	if err := load.Wait(); err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	c.noState = make([]float32, c.model.Width())
	for _, r := range extra {
		if err := c.learn(r); err != nil {
			return nil, fmt.Errorf("knowledge file: %w", err)
		}
	}
	for _, e := range c.actors.Entries() {
		if e.Kind == "person" {
			if words := strings.Fields(e.Name); len(words) > 1 {
				given := strings.ToLower(words[0])
				if c.givenNames[given] == nil {
					c.givenNames[given] = map[string]bool{}
				}
				c.givenNames[given][e.Country] = true
			}
		}
	}
	return c, nil
}

// Extract gives what the article claims.
func (c *Coder) Extract(doc article.Document) schema.ArticleGraph {
	return c.read(doc, false, nil).graph()
}

// graph writes what was read in the form of the contract.
func (r *reading) graph() schema.ArticleGraph {
	d := r.doc
	g := schema.ArticleGraph{
		Article: schema.ArticleHead{ID: d.ID, URL: d.URL, Title: d.Title, Publisher: d.Publisher, PublishedAt: d.Published, Language: d.Language, Coder: Version},
		Actors:  []schema.ArticleActor{}, Locations: []schema.ArticleLocation{}, Incidents: []schema.ArticleIncident{},
	}
	actors, taken := map[*actor]string{}, map[string]bool{}
	use := func(a *actor) string {
		if id, ok := actors[a]; ok {
			return id
		}
		id := a.id()
		for taken[id] {
			id += "+"
		}
		taken[id] = true
		actors[a] = id
		aliases := append([]string{}, a.aliases...)
		g.Actors = append(g.Actors, schema.ArticleActor{ID: id, Name: a.name, Aliases: aliases, Kind: a.kind, Country: a.country, Role: a.role})
		return id
	}
	places := map[string]bool{}
	ids := map[*claim]string{}
	for i, c := range r.claims {
		ids[c] = fmt.Sprintf("e%d", i+1)
	}
	for _, c := range r.claims {
		e := schema.ArticleIncident{
			ID: ids[c], Type: c.event.Name, Edge: c.event.Edge, Title: c.titleOf(),
			Initiators: []string{}, Targets: []string{}, Weapons: []string{}, InResponseTo: []string{},
			Date: c.dateText(), Killed: c.killed, Injured: c.injured, Status: c.status, Historical: c.historical,
		}
		e.DatePrecision = precision(e.Date)
		for _, a := range c.initiators {
			e.Initiators = append(e.Initiators, use(a))
		}
		for _, a := range c.targets {
			e.Targets = append(e.Targets, use(a))
		}
		if c.attributed != nil {
			id := use(c.attributed)
			e.AttributedTo = &id
		}
		e.Weapons = append(e.Weapons, c.weapons...)
		if c.place != nil {
			key := c.place.Key
			e.Location = &key
			if !places[key] {
				places[key] = true
				l := schema.ArticleLocation{ID: key, Name: c.place.Name, Kind: string(c.place.Kind), Country: c.place.Country}
				lat, lon := c.place.Latitude, c.place.Longitude
				l.Latitude, l.Longitude = &lat, &lon
				g.Locations = append(g.Locations, l)
			}
		}
		for _, o := range c.responses {
			if id, ok := ids[o]; ok {
				e.InResponseTo = append(e.InResponseTo, id)
			}
		}
		e.Evidence = r.evidence(c)
		e.Confidence = float64(int(c.confident*100+0.5)) / 100
		g.Incidents = append(g.Incidents, e)
	}
	return g
}

// evidence lists the sentences that tell claim c, in text order.
func (r *reading) evidence(c *claim) []schema.Evidence {
	seen := map[int]bool{}
	out := []schema.Evidence{}
	for _, p := range c.parts() {
		if seen[p.s.number] {
			continue
		}
		seen[p.s.number] = true
		out = append(out, schema.Evidence{Sentence: p.s.number, Start: p.s.Start, End: p.s.End, Text: r.doc.Text[p.s.Start:p.s.End], Trigger: p.s.tokens[p.token].Text})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Sentence < out[j].Sentence })
	return out
}
