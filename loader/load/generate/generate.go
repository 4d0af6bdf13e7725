// Package generate makes up articles as a coder would hand them on, for tests and benchmarks: a world of states,
// offices, groups, towns and publishers in which things happen, each reported by several outlets at different
// grain, with rising tolls, syndicated copies, background and reactions. The same seed gives the same articles.
package generate

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"incidentgraph/schema"
)

// World makes articles. Article i is a function of the seed and i alone, so that worlds can be as large as one likes.
type World struct {
	seed uint64
	// reports is how many articles there are for one happening on average, daily how many happenings a day.
	reports, daily int
}

// New makes a world in which some 20 things happen a day, each the subject of 4 articles on average.
func New(seed uint64) World { return World{seed: seed, reports: 4, daily: 20} }

// Dense makes a small world for tests, in which much happens at once and claims often nearly meet.
func Dense(seed uint64) World { return World{seed: seed, reports: 3, daily: 6} }

// Article is one generated article.
type Article struct {
	Graph schema.ArticleGraph
	Text  string
}

var (
	states = []string{"AFG", "ARM", "AZE", "CHN", "COD", "COL", "EGY", "ETH", "FRA", "GBR", "GEO", "HTI", "IND", "IRN", "IRQ", "ISR", "JPN", "KOR", "LBN", "LBY",
		"MLI", "MMR", "NGA", "PAK", "PHL", "PRK", "PSE", "RUS", "RWA", "SAU", "SDN", "SOM", "SRB", "SSD", "SYR", "TUR", "UKR", "USA", "VEN", "YEM"}
	filler = strings.Fields(`the a of and to in for with on at from by about after before under between during several many
		officials residents witnesses region border market school hospital road village district statement agency report week morning
		evening situation conflict security water food winter harvest election parliament oil price trade river mountain railway`)
	weapons = []string{"missile", "drone", "rifle", "car bomb", "artillery", "rocket"}
)

// source gives the random numbers that belong to one thing.
func (w World) source(kind string, n int) *rand.Rand {
	h := w.seed*0x9e3779b97f4a7c15 + uint64(n)
	for _, c := range kind {
		h = h*31 + uint64(c)
	}
	return rand.New(rand.NewPCG(h, w.seed))
}

// happening is what really took place.
type happening struct {
	event    schema.EventType
	from, to string // states
	doer     schema.ArticleActor
	day      time.Time
	town     schema.ArticleLocation
	killed   int
	weapon   string
	about    string // the word for the act that a statement is about
}

func (w World) happening(n int) happening {
	r := w.source("happening", n)
	types := schema.EventTypes()
	e := types[r.IntN(len(types))]
	if r.IntN(3) == 0 {
		e, _ = schema.EventTypeByName("ASSAULT")
	}
	h := happening{event: e, day: time.Date(2020, 1, 1+n/w.daily, 0, 0, 0, 0, time.UTC)}
	h.from, h.to = states[zipf(r, len(states))], states[zipf(r, len(states))]
	for h.to == h.from {
		h.to = states[r.IntN(len(states))]
	}
	switch r.IntN(4) {
	case 0:
		h.doer = office(h.from, r.IntN(3))
	case 1:
		if e.Quad == schema.MaterialConflict {
			h.doer = group(r.IntN(30))
		} else {
			h.doer = person(h.from, r.IntN(4))
		}
	default:
		h.doer = state(h.from)
	}
	h.town = town(h.to, r.IntN(12))
	if e.Name == "ASSAULT" && r.IntN(3) > 0 {
		h.killed = 1 + r.IntN(40)
	}
	h.weapon = weapons[r.IntN(len(weapons))]
	if n > 0 && e.Quad == schema.VerbalConflict && r.IntN(2) == 0 {
		cause := w.happening(n - 1 - r.IntN(min(n, w.daily)))
		if cause.event.Name == "ASSAULT" && cause.doer.Kind != schema.ArmedGroup {
			h.from, h.to, h.doer = cause.to, cause.from, state(cause.to)
			h.about = "over the strike"
		}
	}
	return h
}

// zipf prefers small numbers, as newspapers prefer few states.
func zipf(r *rand.Rand, n int) int { return int(float64(n) * r.Float64() * r.Float64()) }

func state(code string) schema.ArticleActor {
	return schema.ArticleActor{ID: code, Name: "State of " + code, Kind: schema.State, Country: code, Aliases: []string{code + " government"}}
}

func office(code string, n int) schema.ArticleActor {
	name := []string{"Foreign Ministry of ", "Armed Forces of ", "Parliament of "}[n]
	kind := []schema.ActorKind{schema.Government, schema.Military, schema.Government}[n]
	return schema.ArticleActor{ID: fmt.Sprintf("o%d-%s", n, code), Name: name + code, Kind: kind, Country: code}
}

func person(code string, n int) schema.ArticleActor {
	name := []string{"Amir ", "Beatriz ", "Chen ", "Dmitri "}[n] + "Of" + strings.ToLower(code)
	return schema.ArticleActor{ID: fmt.Sprintf("p%d-%s", n, code), Name: name, Kind: schema.Person, Country: code,
		Role: []string{"foreign minister", "president", "spokesperson", "prime minister"}[n], Aliases: []string{"Of" + strings.ToLower(code)}}
}

func group(n int) schema.ArticleActor {
	return schema.ArticleActor{ID: fmt.Sprintf("group/front-%d", n), Name: fmt.Sprintf("Front %d", n), Kind: schema.ArmedGroup,
		Aliases: []string{fmt.Sprintf("F%d", n)}}
}

func town(code string, n int) schema.ArticleLocation {
	lat, lon := middle(code)
	lat += float64(n%4)*0.4 + 0.1
	lon += float64(n/4)*0.5 + 0.1
	return schema.ArticleLocation{ID: fmt.Sprintf("geonames/%d%02d", number(code), n), Name: fmt.Sprintf("Town %d of %s", n, code), Kind: "city",
		Country: code, Latitude: &lat, Longitude: &lon}
}

func region(code string) schema.ArticleLocation {
	lat, lon := middle(code)
	return schema.ArticleLocation{ID: "iso/" + code[:2] + "-A", Name: "Province A of " + code, Kind: "region", Country: code, Latitude: &lat, Longitude: &lon}
}

func middle(code string) (lat, lon float64) {
	n := number(code)
	return float64(n*7%120 - 60), float64(n*13%300 - 150)
}

func number(code string) int {
	for i, s := range states {
		if s == code {
			return i + 1
		}
	}
	return 0
}

// Article makes article i.
func (w World) Article(i int) Article {
	r := w.source("article", i)
	main := i / w.reports
	publisher := r.IntN(60)
	if r.IntN(8) == 0 && i%w.reports != 0 {
		// A copy of the article before, by another outlet.
		a := w.Article(i - 1)
		a.Graph.Article.ID = "a" + strconv.Itoa(i)
		a.Graph.Article.URL = fmt.Sprintf("https://outlet%d.example/%d", publisher, i)
		a.Graph.Article.Publisher = fmt.Sprintf("Outlet %d", publisher)
		return a
	}
	h := w.happening(main)
	published := h.day.Add(time.Duration(r.IntN(30)) * time.Hour)
	b := builder{r: r, actors: map[string]bool{}, places: map[string]bool{}}
	b.graph.Article = schema.ArticleHead{ID: "a" + strconv.Itoa(i), URL: fmt.Sprintf("https://outlet%d.example/%d", publisher, i),
		Publisher: fmt.Sprintf("Outlet %d", publisher), PublishedAt: published.Format(time.RFC3339), Language: "en", Coder: "generated"}
	b.sentence()
	b.graph.Article.Title = strings.TrimSpace(b.text.String())
	first := b.claim(h, false, "")
	for range 1 + r.IntN(4) {
		b.sentence()
		other := w.happening(max(0, main-r.IntN(2*w.daily)))
		old := published.Sub(other.day) > 20*24*time.Hour
		answers := ""
		if r.IntN(4) == 0 {
			answers = first
		}
		b.claim(other, old, answers)
	}
	for range r.IntN(8) {
		b.sentence()
	}
	return Article{b.graph, b.text.String()}
}

// Articles makes the first n articles.
func (w World) Articles(n int) []Article {
	out := make([]Article, n)
	for i := range out {
		out[i] = w.Article(i)
	}
	return out
}

// builder writes one article.
type builder struct {
	r              *rand.Rand
	text           strings.Builder
	sentences      int
	graph          schema.ArticleGraph
	actors, places map[string]bool
}

func (b *builder) write(s string) (start, end int) {
	if b.text.Len() > 0 {
		b.text.WriteString(" ")
	}
	start = b.text.Len()
	b.text.WriteString(s)
	b.sentences++
	return start, b.text.Len()
}

// sentence writes a sentence in which nothing happens.
func (b *builder) sentence() {
	words := make([]string, 8+b.r.IntN(18))
	for i := range words {
		words[i] = filler[b.r.IntN(len(filler))]
	}
	b.write("In short, " + strings.Join(words, " ") + ".")
}

func (b *builder) actor(a schema.ArticleActor) string {
	if !b.actors[a.ID] {
		b.actors[a.ID] = true
		b.graph.Actors = append(b.graph.Actors, a)
	}
	return a.ID
}

func (b *builder) place(l schema.ArticleLocation) *string {
	if !b.places[l.ID] {
		b.places[l.ID] = true
		b.graph.Locations = append(b.graph.Locations, l)
	}
	return &l.ID
}

// claim writes the sentence that tells a happening as this outlet knows it, and gives the claim's id.
func (b *builder) claim(h happening, historical bool, answers string) string {
	id := "e" + strconv.Itoa(len(b.graph.Incidents)+1)
	in := schema.ArticleIncident{ID: id, Type: h.event.Name, Edge: h.event.Edge, Status: schema.Statuses()[zipf(b.r, 4)],
		Historical: historical, Confidence: float64(50+b.r.IntN(50)) / 100}
	doer := h.doer
	switch b.r.IntN(8) {
	case 0, 1:
		if doer.Kind != schema.ArmedGroup {
			doer = state(h.from)
		}
	case 2:
		doer.ID = ""
	}
	if doer.ID != "" {
		in.Initiators = []string{b.actor(doer)}
	}
	if b.r.IntN(10) > 0 {
		in.Targets = []string{b.actor(state(h.to))}
	}
	where := ""
	switch b.r.IntN(6) {
	case 0:
		in.Location = b.place(schema.ArticleLocation{ID: h.to, Name: "State of " + h.to, Kind: "state", Country: h.to})
	case 1:
		in.Location = b.place(region(h.to))
		where = " in Province A"
	case 2:
	default:
		in.Location = b.place(h.town)
		where = " in " + h.town.Name
	}
	in.Date, in.DatePrecision = h.day.Format(time.DateOnly), "DAY"
	switch b.r.IntN(16) {
	case 0:
		in.Date, in.DatePrecision = h.day.Format("2006-01"), "MONTH"
	case 1:
		in.Date, in.DatePrecision = "", ""
	}
	if h.killed > 0 && b.r.IntN(3) > 0 {
		most := max(0, h.killed-b.r.IntN(3))
		in.Killed = &schema.Toll{Min: most}
		if b.r.IntN(2) == 0 {
			in.Killed.Max = &most
		}
	}
	if h.event.Name == "ASSAULT" {
		in.Weapons = []string{h.weapon}
	}
	if answers != "" {
		in.InResponseTo = []string{answers}
	}
	start, end := b.write(strings.TrimSpace(fmt.Sprintf("%s %s %s%s %s.", doer.Name, strings.ReplaceAll(h.event.Edge, "_", " "), h.to, where, h.about)))
	in.Title = b.text.String()[start:end]
	in.Evidence = []schema.Evidence{{Sentence: b.sentences - 1, Start: start, End: end, Text: in.Title, Trigger: h.event.Edge}}
	b.graph.Incidents = append(b.graph.Incidents, in)
	return id
}
