package resolve

import (
	"slices"

	"incidentgraph/schema"
)

// Graph gives the whole graph that a set of articles makes, in any order, as sorted facts. names gives
// the usual name of a state by its code.
func Graph(reports []Report, names Names) []schema.Quad {
	var quads []schema.Quad
	add := func(node any) { quads = append(quads, schema.Quads(node)...) }
	actors := make(map[string]schema.Actor)
	locations := make(map[string]schema.Location)
	var claims []*Claim
	for _, r := range reports {
		add(r.Article)
		for _, s := range r.Sentences {
			add(s)
		}
		for _, m := range r.Article.Mentions {
			if IsPlace(m.Object) {
				locations[m.Object] = AddLocation(locations[m.Object], m)
			} else {
				actors[m.Object] = AddActor(actors[m.Object], m, r.Article.Day, names)
			}
		}
		claims = append(claims, r.Claims...)
	}
	for _, a := range actors {
		add(a)
	}
	for _, l := range locations {
		add(l)
	}
	for code := range referred(actors, locations) {
		if _, ok := actors[code]; !ok {
			add(BareState(code, names))
		}
	}

	var incidents []Incident
	var nodes []schema.Incident
	acts := Causes{}
	of := make(map[string]string)
	for _, cluster := range Cluster(claims) {
		in := NewIncident(cluster)
		incidents = append(incidents, in)
		for _, c := range cluster {
			of[c.Key] = in.Key
			acts.Add(c)
		}
	}
	for _, in := range incidents {
		in.InResponseTo = Answered(in.Members, func(c string) string { return of[c] }, acts)
		add(in.Incident)
		nodes = append(nodes, in.Incident)
		for _, c := range in.Members {
			add(c.Claim)
		}
	}
	for _, r := range Relationships(nodes) {
		quads = append(quads, r.Quad())
	}
	slices.SortFunc(quads, schema.CompareQuads)
	return quads
}

// referred gives the codes of states that actors act for or places lie in.
func referred(actors map[string]schema.Actor, locations map[string]schema.Location) map[string]bool {
	codes := make(map[string]bool)
	for _, a := range actors {
		codes[a.ActsFor] = true
	}
	for _, l := range locations {
		codes[l.In] = true
	}
	delete(codes, "")
	return codes
}
