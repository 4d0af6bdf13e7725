package resolve

import (
	"slices"

	"incidentgraph/schema"
)

// Builder makes the whole graph of a set of articles. What an article adds by itself is emitted at once, what
// depends on all of them at the end, so that texts need not be kept.
type Builder struct {
	names     Names
	emit      func([]schema.Quad) error
	actors    map[string]schema.Actor
	locations map[string]schema.Location
	claims    []*Claim
}

// NewBuilder begins a graph whose facts go to emit, those of a node at a time but for its direct edges, which
// come by themselves.
func NewBuilder(names Names, emit func([]schema.Quad) error) *Builder {
	return &Builder{names: names, emit: emit, actors: make(map[string]schema.Actor), locations: make(map[string]schema.Location)}
}

// Add adds an article. Each is added once.
func (b *Builder) Add(r Report) error {
	if err := b.emit(schema.Quads(r.Article)); err != nil {
		return err
	}
	for _, s := range r.Sentences {
		if err := b.emit(schema.Quads(s)); err != nil {
			return err
		}
	}
	for _, m := range r.Article.Mentions {
		if schema.IsLocationKey(m.Object) {
			b.locations[m.Object] = AddLocation(b.locations[m.Object], m)
		} else {
			b.actors[m.Object] = AddActor(b.actors[m.Object], m, r.Article.Day, b.names)
		}
	}
	b.claims = append(b.claims, r.Claims...)
	return nil
}

// Finish resolves the claims and emits the rest. It gives the incidents.
func (b *Builder) Finish() ([]Incident, error) {
	states := make(map[string]bool)
	for _, key := range sortedKeys(b.actors) {
		states[b.actors[key].ActsFor] = true
		if err := b.emit(schema.Quads(b.actors[key])); err != nil {
			return nil, err
		}
	}
	for _, key := range sortedKeys(b.locations) {
		states[b.locations[key].In] = true
		if err := b.emit(schema.Quads(b.locations[key])); err != nil {
			return nil, err
		}
	}
	delete(states, "")
	for _, code := range sortedKeys(states) {
		if _, ok := b.actors[code]; ok {
			continue
		}
		if err := b.emit(schema.Quads(BareState(code, b.names))); err != nil {
			return nil, err
		}
	}

	var incidents []Incident
	acts := Causes{}
	of := make(map[string]string)
	for _, cluster := range Cluster(b.claims) {
		incidents = append(incidents, NewIncident(cluster))
		for _, c := range cluster {
			of[c.Key] = c.Incident
			acts.Add(c)
		}
	}
	var nodes []schema.Incident
	for i := range incidents {
		in := &incidents[i]
		in.InResponseTo = Answered(in.Members, func(c string) string { return of[c] }, acts)
		if err := b.emit(schema.Quads(in.Incident)); err != nil {
			return nil, err
		}
		for _, c := range in.Members {
			if err := b.emit(schema.Quads(c.Claim)); err != nil {
				return nil, err
			}
		}
		nodes = append(nodes, in.Incident)
	}
	for _, r := range Relationships(nodes) {
		if err := b.emit([]schema.Quad{r.Quad()}); err != nil {
			return nil, err
		}
	}
	return incidents, nil
}

// Graph gives the whole graph of a set of articles as sorted facts.
func Graph(reports []Report, names Names) []schema.Quad {
	var quads []schema.Quad
	b := NewBuilder(names, func(q []schema.Quad) error {
		quads = append(quads, q...)
		return nil
	})
	for _, r := range reports {
		_ = b.Add(r) // only emit could fail
	}
	_, _ = b.Finish()
	slices.SortFunc(quads, schema.CompareQuads)
	return quads
}
