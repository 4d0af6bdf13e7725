package graph

import (
	"slices"
	"strings"

	"github.com/graphql-go/graphql"

	"incidentgraph/schema"
)

// rootSpec describes a field of Query.
type rootSpec struct {
	name, typ, about string
	args             []argSpec
	compile          rootCompiler
}

// defineQuery defines the fields that questions begin with.
func (b *book) defineQuery() *graphql.Object {
	// The other side is the set "to" here.
	relationArguments := slices.DeleteFunc(relationArguments(), func(a argSpec) bool { return a.name == "with" })
	roots := []rootSpec{
		{"node", "Node", "Anything by its key.", []argSpec{{"id", "ID!", "The key.", nil}}, lookUp("Node")},
		{"actor", "Actor", "An actor by exactly one of its key, name or code. Of several with one name, the one with the most incidents.", []argSpec{
			{"id", "ID", "Its key.", nil},
			{"name", "String", "Its name or any other spelling of it; a state's code will do.", nil},
			{"code", "String", "ISO 3166-1 alpha-3 code, of a state.", nil}}, lookUp("Actor")},
		{"state", "Actor", "A state by exactly one of its code or name.", []argSpec{
			{"code", "String", "ISO 3166-1 alpha-3 code.", nil},
			{"name", "String", "Its name or any other spelling of it.", nil}}, lookUp("State")},
		{"location", "Location", "A place by exactly one of its key or name. Of several with one name, the one with the most incidents.", []argSpec{
			{"id", "ID", "Its key.", nil},
			{"name", "String", "Its name or any other spelling of it.", nil}}, lookUp("Location")},
		{"incident", "Incident", "An incident by its key.", []argSpec{{"id", "ID!", "Its key.", nil}}, lookUp("Incident")},
		{"claim", "Claim", "A claim by its key.", []argSpec{{"id", "ID!", "Its key.", nil}}, lookUp("Claim")},
		{"article", "Article", "An article by exactly one of its key or address.", []argSpec{
			{"id", "ID", "Its key.", nil}, {"url", "String", "Its address.", nil}}, lookUp("Article")},
		{"actors", "ActorConnection!", "Actors.", listArguments("Actor"), listing("Actor", nil)},
		{"states", "ActorConnection!", "States.", listArguments("Actor"), listing("Actor", cond{{"type(State)", 90, true}})},
		{"locations", "LocationConnection!", "Places.", listArguments("Location"), listing("Location", nil)},
		{"incidents", "IncidentConnection!", "Incidents.", listArguments("Incident"), listing("Incident", nil)},
		{"claims", "ClaimConnection!", "Claims of articles.", listArguments("Claim"), listing("Claim", nil)},
		{"articles", "ArticleConnection!", "Articles.", listArguments("Article"), listing("Article", nil)},
		{"relationships", "RelationshipConnection!", "Relationships between two sets of actors, or of one set with everybody; of everybody within a period or of some incidents.",
			append([]argSpec{
				{"from", "ActorFilter", "The one set of actors; everybody when not given.", nil},
				{"to", "ActorFilter", "The other set of actors; everybody when not given.", nil},
				{"direction", "Direction", "Which way they run, seen from the first set; mutual ones run both ways.", "OUT"},
				{"types", "[EventType!]", "Only these types.", nil},
				{"quadClasses", "[QuadClass!]", "Only types of these classes.", nil},
			}, relationArguments[:len(relationArguments):len(relationArguments)]...), relationships},
	}
	incidentFilter := argSpec{"filter", "IncidentFilter", "Which incidents.", nil}
	roots = append(roots, []rootSpec{
		{"neighbourhood", "Neighbourhood!", "The actors around some and what joins them, for drawing.", append([]argSpec{
			{"around", "ActorFilter!", "The actors in the middle.", nil},
			{"depth", "Int", "How many steps to go, 0 to 3; with 0 only the actors themselves.", 1},
			{"nodes", "Int", "How many actors at most, 400 at the most; 50 when not given. Those with most incidents are kept.", nil}}, tieArguments()...), neighbourhood},
		{"paths", "[Path!]!", "The shortest ways from some actors to others over relationships, each step with its evidence.", append([]argSpec{
			{"from", "ActorFilter!", "Where paths begin.", nil},
			{"to", "ActorFilter!", "Where they end.", nil},
			{"maxLength", "Int", "How many steps a path may have, at most 8.", 6},
			{"count", "Int", "How many paths, the shortest first, at most 20.", 1}}, tieArguments()...), paths},
		{"search", "[SearchResult!]!", "Actors and places by the beginnings of their names, incidents and articles by their words; the best first.", []argSpec{
			{"text", "String!", "What to look for.", nil},
			{"kinds", "[SearchKind!]", "Only these kinds; all when not given.", nil},
			{"first", "Int", "How many; 10 when not given.", nil}}, search},
		{"aggregate", "Aggregate!", "Incidents counted by one or two keys: top actors, dyads, tolls by place and month, co-occurrence, publishers.", []argSpec{
			incidentFilter,
			{"by", "[GroupBy!]!", "One or two keys.", nil},
			{"first", "Int", "How many groups; 50 when not given.", nil},
			{"orderBy", "AggregateOrder", "Order of the groups.", "COUNT"}}, aggregate},
		{"timeline", "[TimelineBucket!]!", "Incidents over time, earliest first; stretches without any are left out.", []argSpec{
			incidentFilter,
			{"period", "PeriodInput", "Only these days.", nil},
			{"interval", "Interval", "How long the stretches are.", "MONTH"},
			{"by", "GroupBy", "Count each value of this key by itself.", nil},
			{"groups", "Int", "How many values of the key, those with the most incidents; 10 when not given.", nil}}, timeline},
		{"escalation", "[EscalationPoint!]!", "Intensity between two sides over time, earliest first.", []argSpec{
			{"a", "ActorFilter!", "The one side.", nil},
			{"b", "ActorFilter!", "The other side.", nil},
			{"period", "PeriodInput", "Only these days.", nil},
			{"interval", "Interval", "How long the stretches are.", "MONTH"},
			{"rollup", "Rollup", "Whether those who act for a state count as the state.", "STATE"}}, escalation},
	}...)
	fields := graphql.Fields{}
	for _, r := range roots {
		b.roots[r.name] = r.compile
		fields[r.name] = &graphql.Field{Type: b.output(r.typ), Description: r.about, Args: b.arguments(r.args)}
	}
	return graphql.NewObject(graphql.ObjectConfig{Name: "Query", Description: "Questions to the graph.", Fields: fields})
}

// lookUp compiles a field that gives one node by its key, name, code or address.
func lookUp(nodeType string) rootCompiler {
	return func(c *compilation, f *field) (shape, error) {
		var by []string
		for _, name := range []string{"id", "name", "code", "url"} {
			if f.args[name] != nil {
				by = append(by, name)
			}
		}
		if len(by) != 1 {
			return nil, badInput("Give exactly one argument to %s.", f.name)
		}
		v := f.args[by[0]].(string)
		code := ""
		predicate := map[string]string{"id": "xid", "name": "spelling", "code": "code", "url": "url"}[by[0]]
		if predicate == "spelling" {
			code = strings.ToUpper(strings.TrimSpace(v))
			if v = schema.Spelling(v); v == "" {
				return nil, badInput("A name holds at least one letter or digit.")
			}
		}
		type_, k := nodeType, ""
		if nodeType != "Node" && predicate != "code" && predicate != "url" { // these only states and articles have
			k = "type(" + nodeType + ")"
		}
		if nodeType == "State" {
			type_ = "Actor"
		}
		root := "eq(" + predicate + ", " + c.q.text(v) + ")"
		if predicate == "spelling" {
			if nodeType != "Location" {
				// A state's code is a name as well.
				named, coded := c.q.fresh("v"), c.q.fresh("v")
				c.q.ask(named+" as var(func: "+root+")", nil)
				c.q.ask(coded+" as var(func: eq(code, "+c.q.text(code)+"))", nil)
				root = "uid(" + named + ", " + coded + ")"
			}
			root, k = c.busiest(nodeType, root, k), ""
		}
		body := &group{}
		body.attr("uid")
		single, alias := c.q.fresh("v"), c.q.fresh("q")
		one := place{group: body, uids: single, identity: nodeType + " " + predicate + " " + v, found: func() *node { return c.answer.first(alias) }}
		inner, err := c.object(type_, one, f.sets)
		if err != nil {
			return nil, err
		}
		if c.q.uses(single) {
			c.q.ask(single+" as var(func: "+root+")"+filtered(k), nil)
			root, k = "uid("+single+")", ""
		}
		c.q.ask(alias+"(func: "+root+")"+filtered(k), body)
		return func(w *writer, answer *node) {
			if n := answer.first(alias); n != nil {
				inner(w, n)
			} else {
				w.null()
			}
		}, nil
	}
}

// busiest chooses of several nodes of one name the one with the most incidents, and gives it as a root function.
func (c *compilation) busiest(nodeType, root, k string) string {
	all, best := c.q.fresh("v"), c.q.fresh("v")
	sum := c.q.fresh("v")
	body := &group{}
	if nodeType == "Location" {
		body.attr(sum + " as count(~location)")
	} else {
		did, suffered := c.q.fresh("v"), c.q.fresh("v")
		body.attr(did+" as count(~initiators)", suffered+" as count(~targets)", sum+" as math("+did+" + "+suffered+")")
	}
	c.q.ask(all+" as var(func: "+root+")"+filtered(k), body)
	c.q.ask(best+" as var(func: uid("+all+"), orderdesc: val("+sum+"), first: 1)", nil)
	return "uid(" + best + ")"
}

// listing compiles a connection over all nodes of a type that meet a filter.
func listing(node string, always cond) rootCompiler {
	return func(c *compilation, f *field) (shape, error) {
		k, err := c.filter(node, f.args["filter"])
		if err != nil {
			return nil, err
		}
		return c.connection(place{}, f, source{node: node, cond: always.and(k...), order: orderOf(node, f.args["orderBy"])})
	}
}

// tieArguments are those of every question about networks.
func tieArguments() []argSpec {
	return []argSpec{
		{"types", "[EventType!]", "Only relationships of these types.", nil},
		{"quadClasses", "[QuadClass!]", "Only relationships of types of these classes.", nil},
		{"direction", "Direction", "Which way relationships run at each step; mutual ones run both ways.", "BOTH"},
		{"period", "PeriodInput", "Only incidents of these days.", nil},
		{"incidents", "IncidentFilter", "Only such incidents.", nil},
		{"minConfidence", "Float", "Only relationships at least this sure, from 0 to 1.", nil},
	}
}
