package graph

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"incidentgraph/schema"
	"incidentgraph/schema/dgraph"
)

// world is an invented graph, the same for the same numbers, with a few actors in very many incidents. It is
// kept in memory as well, so that answers can be held against a plain count.
type world struct {
	actors    []worldActor
	places    []worldPlace
	articles  []worldArticle
	incidents []worldIncident
}

type worldActor struct {
	key, name, alias, kind, code string
	// state is the actor that it acts for, -1 for none.
	state int
}

type worldPlace struct {
	key, name string
	state     int
	lat, lon  float64
}

type worldArticle struct {
	key, publisher, text string
	published            time.Time
}

type worldIncident struct {
	key                 string
	event               schema.EventType
	initiators, targets []int
	place               int
	day                 int64
	killed              int64
	status              string
	weapon              string
	confidence          float64
	publishers          int
	answers             int // an earlier incident, or -1
	claims              []worldClaim
}

type worldClaim struct {
	article            int
	text, trigger      string
	sentence, from, to int
}

var syllables = strings.Fields("ka lo mi tar ven dor sha bel nu rin gos pal ter vak zim")

func inventName(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(syllables[r.IntN(len(syllables))])
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// newWorld invents states, four other actors for each, and incidents over the years 2015 to 2024 with at most so many claims.
func newWorld(states, incidents, claims int) *world {
	r := rand.New(rand.NewPCG(1, 2))
	w := &world{}
	for i := range states {
		code := string([]byte{byte('A' + i/26%26), byte('A' + i%26), 'X'})
		name := inventName(r, 3) + fmt.Sprint(i)
		w.actors = append(w.actors, worldActor{code, name, name + " Republic", "state", code, -1})
	}
	for i := range states {
		for _, m := range []struct{ what, kind string }{{"Foreign Ministry", "government"}, {"Army", "military"}, {"Front", "armed_group"}} {
			a := worldActor{key: fmt.Sprintf("%s/%d", m.kind, i), name: w.actors[i].name + " " + m.what, kind: m.kind, state: i}
			a.alias = inventName(r, 2) + " " + m.what
			if m.kind == "armed_group" {
				a.state = -1
			}
			w.actors = append(w.actors, a)
		}
		person := inventName(r, 2) + " " + inventName(r, 3)
		w.actors = append(w.actors, worldActor{fmt.Sprintf("person/%d", i), person, strings.Fields(person)[1], "person", "", i})
		for j := range 3 {
			w.places = append(w.places, worldPlace{fmt.Sprintf("place/%d-%d", i, j), inventName(r, 3), i, -60 + 120*r.Float64(), -170 + 340*r.Float64()})
		}
	}
	publishers := []string{"Daily Courier", "World Wire", "Evening Post", "The Observer of Affairs", "Radio North"}
	// A few actors are in most incidents.
	z := rand.NewZipf(r, 1.4, 4, uint64(len(w.actors)-1))
	events := schema.EventTypes()
	first := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range incidents {
		e := events[min(r.IntN(len(events)), r.IntN(len(events)))]
		day := first.AddDate(0, 0, r.IntN(3653))
		in := worldIncident{key: fmt.Sprintf("incident/%06d", i), event: e, day: dayNumber(day), place: r.IntN(len(w.places)),
			status: []string{"REPORTED", "REPORTED", "CLAIMED", "ALLEGED", "DENIED"}[r.IntN(5)], confidence: float64(20+r.IntN(80)) / 100, answers: -1}
		a, b := int(z.Uint64()), int(z.Uint64())
		if a == b {
			b = (a + 1) % len(w.actors)
		}
		in.initiators, in.targets = []int{a}, []int{b}
		if r.IntN(10) == 0 {
			in.initiators = nil
		}
		if c := int(z.Uint64()); r.IntN(8) == 0 && c != a && c != b {
			in.targets = append(in.targets, c)
		}
		if e.Quad == schema.MaterialConflict {
			in.killed = int64(r.IntN(30))
			in.weapon = []string{"missile", "drone", "rifle"}[r.IntN(3)]
		}
		if i > 0 && r.IntN(6) == 0 {
			in.answers = r.IntN(i)
		}
		in.publishers = 1 + r.IntN(claims)
		for p := range in.publishers {
			sentence := fmt.Sprintf("The %s of %s near %s was reported on day %d of the talks.", e.Noun, w.actors[b].name, w.places[in.place].name, i)
			head := "A report from the region. "
			w.articles = append(w.articles, worldArticle{fmt.Sprintf("article/%06d-%d", i, p), publishers[(i+p)%len(publishers)],
				head + sentence, day.Add(time.Duration(8+p) * time.Hour)})
			trigger := e.Noun
			if p == 1 {
				trigger = "İlk " + trigger // Dgraph takes this one in another form only
			}
			in.claims = append(in.claims, worldClaim{len(w.articles) - 1, sentence, trigger, 1, len(head), len(head) + len(sentence)})
		}
		w.incidents = append(w.incidents, in)
	}
	return w
}

// load writes the world into Dgraph as the loader writes a graph.
func (w *world) load(ctx context.Context, client *dgraph.Client) error {
	uids := map[string]string{}
	q := &dgraph.NQuads{}
	statements := 0
	flush := func() error {
		err := client.Update(ctx, func(ctx context.Context, t *dgraph.Txn) error {
			made, err := t.Mutate(ctx, q.Bytes(), nil)
			for name, uid := range made {
				uids[name] = uid
			}
			return err
		})
		q, statements = &dgraph.NQuads{}, 0
		return err
	}
	at := func(key string) dgraph.Node {
		if uid, ok := uids[key]; ok {
			return dgraph.UID(uid)
		}
		return dgraph.Blank(key)
	}
	node := func(key string, types ...string) dgraph.Node {
		n := at(key)
		for _, t := range types {
			q.Type(n, t)
		}
		q.Value(n, "xid", key)
		return n
	}
	for _, a := range w.actors {
		n := node(a.key, "Actor")
		if a.code != "" {
			q.Type(n, "State")
			q.Value(n, "code", a.code)
			q.Value(n, "country", a.code)
		}
		q.Value(n, "name", a.name)
		q.Value(n, "alias", a.alias)
		q.Value(n, "spelling", schema.Spelling(a.name))
		q.Value(n, "spelling", schema.Spelling(a.alias))
		for _, begins := range schema.Beginnings([]string{schema.Spelling(a.name), schema.Spelling(a.alias)}) {
			q.Value(n, "actor_begins", begins)
		}
		q.Value(n, "kind", a.kind)
		if a.state >= 0 {
			q.Value(n, "country", w.actors[a.state].code)
			q.Edge(n, "acts_for", at(w.actors[a.state].key))
		}
	}
	for _, p := range w.places {
		n := node(p.key, "Location")
		q.Value(n, "name", p.name)
		q.Value(n, "spelling", schema.Spelling(p.name))
		for _, begins := range schema.Beginnings([]string{schema.Spelling(p.name)}) {
			q.Value(n, "place_begins", begins)
		}
		q.Value(n, "kind", "city")
		q.Value(n, "country", w.actors[p.state].code)
		q.Edge(n, "in", at(w.actors[p.state].key))
		q.Value(n, "point", dgraph.Point{Latitude: p.lat, Longitude: p.lon})
	}
	for k, d := range w.direct() {
		q.Edge(at(w.actors[k.from].key), k.edge, at(w.actors[k.to].key), dgraph.Facet{Key: "count", Value: int(d.count)},
			dgraph.Facet{Key: "first", Value: int(d.first)}, dgraph.Facet{Key: "last", Value: int(d.last)}, dgraph.Facet{Key: "confidence", Value: d.confidence})
	}
	if err := flush(); err != nil {
		return err
	}
	for i, in := range w.incidents {
		n := node(in.key, "Incident")
		title := in.event.Name + " at " + w.places[in.place].name
		q.Value(n, "name", in.event.Noun)
		q.Value(n, "title", title)
		about := func(n dgraph.Node) {
			q.Value(n, "event_type", in.event.Name)
			q.Value(n, "date", dateText(in.day))
			q.Value(n, "precision", "DAY")
			q.Value(n, "day", int(in.day))
			q.Value(n, "last_day", int(in.day))
			q.Value(n, "status", in.status)
			q.Value(n, "confidence", in.confidence)
			if in.event.Quad == schema.MaterialConflict {
				q.Value(n, "killed_min", int(in.killed))
				q.Value(n, "killed_max", int(in.killed))
				q.Value(n, "weapon", in.weapon)
			}
		}
		about(n)
		q.Value(n, "month", int(in.day/100))
		q.Value(n, "publishers", in.publishers)
		q.Value(n, "country", w.actors[w.places[in.place].state].code)
		q.Edge(n, "location", at(w.places[in.place].key))
		for _, a := range in.initiators {
			q.Edge(n, "initiators", at(w.actors[a].key))
		}
		for _, a := range in.targets {
			q.Edge(n, "targets", at(w.actors[a].key))
		}
		if in.answers >= 0 {
			q.Edge(n, "in_response_to", at(w.incidents[in.answers].key))
		}
		for j, cl := range in.claims {
			a := w.articles[cl.article]
			an := node(a.key, "Article")
			q.Value(an, "name", a.publisher+" report")
			q.Value(an, "title", title)
			q.Value(an, "publisher", a.publisher)
			q.Value(an, "published", a.published)
			q.Value(an, "day", int(dayNumber(a.published)))
			q.Value(an, "language", "en")
			q.Value(an, "text", a.text)
			q.Value(an, "url", "https://example.org/"+a.key)
			cn := node(fmt.Sprintf("claim/%06d-%d", i, j), "Claim")
			about(cn)
			q.Value(cn, "name", in.event.Noun)
			q.Value(cn, "coder", "test 1")
			q.Edge(cn, "article", an)
			q.Edge(cn, "incident", n)
			en := node(fmt.Sprintf("evidence/%06d-%d", i, j), "Evidence")
			q.Value(en, "sentence", cl.sentence)
			q.Value(en, "start", cl.from)
			q.Value(en, "end", cl.to)
			q.Value(en, "quote", cl.text)
			q.Edge(cn, "evidence", en, dgraph.Facet{Key: "trigger", Value: cl.trigger})
		}
		if statements++; statements == 1000 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// directKey names a direct edge.
type directKey struct {
	edge     string
	from, to int
}

// direct counts the incidents of each direct edge, those of mutual types in both directions.
func (w *world) direct() map[directKey]*relation {
	out := map[directKey]*relation{}
	for _, in := range w.incidents {
		w.count(out, in)
	}
	return out
}

func (w *world) count(out map[directKey]*relation, in worldIncident) {
	add := func(k directKey) {
		d := out[k]
		if d == nil {
			d = &relation{event: in.event, first: in.day, last: in.day}
			out[k] = d
		}
		d.count++
		d.first, d.last = min(d.first, in.day), max(d.last, in.day)
		d.confidence = max(d.confidence, in.confidence)
	}
	for _, a := range in.initiators {
		for _, b := range in.targets {
			add(directKey{in.event.Edge, a, b})
			if in.event.Mutual {
				add(directKey{in.event.Edge, b, a})
			}
		}
	}
}

// matching gives the keys of the incidents that meet a condition, sorted.
func (w *world) matching(meets func(worldIncident) bool) []string {
	var keys []string
	for _, in := range w.incidents {
		if meets(in) {
			keys = append(keys, in.key)
		}
	}
	slices.Sort(keys)
	return keys
}
