package graph

import (
	"slices"
	"strings"

	"github.com/graphql-go/graphql"

	"incidentgraph/schema"
)

// newBook writes down the GraphQL schema. Edges, types and kinds come from the tables of package schema.
func newBook() (*book, error) {
	modernise()
	b := &book{
		compilers: map[string]map[string]compiler{}, roots: map[string]rootCompiler{}, filters: map[string]map[string]filterRule{},
		outputs: map[string]graphql.Output{}, inputs: map[string]graphql.Input{}, members: map[string][]string{},
	}
	b.defineScalars()
	b.defineEnums()
	b.defineFilters()
	b.defineNodes()
	b.defineParts()
	query := b.defineQuery()
	var extra []graphql.Type
	for _, names := range b.members {
		for _, name := range names {
			extra = append(extra, b.object(name))
		}
	}
	s, err := graphql.NewSchema(graphql.SchemaConfig{Query: query, Subscription: b.defineSubscription(), Types: extra})
	if err != nil {
		return nil, err
	}
	b.schema = s
	return b, nil
}

func (b *book) defineScalars() {
	for _, s := range []*graphql.Scalar{graphql.Int, graphql.Float, graphql.String, graphql.Boolean, graphql.ID} {
		b.inputs[s.Name()], b.outputs[s.Name()] = s, s
	}
	b.defineScalar("Date", "A day as \"2024-01-16\"; where less is known a month as \"2024-01\" or a year as \"2024\".")
	b.defineScalar("DateTime", "A moment by RFC 3339, \"2024-01-16T09:39:00Z\".")
}

func (b *book) defineEnums() {
	var types, kinds, statuses [][2]string
	for _, t := range schema.EventTypes() {
		types = append(types, [2]string{t.Name, t.Description})
	}
	b.defineEnum("EventType", "What kind of act an incident is: the sixteen PLOVER types.", types...)
	for _, k := range schema.ActorKinds() {
		kinds = append(kinds, [2]string{enumName(string(k)), kindDescriptions[k]})
	}
	b.defineEnum("ActorKind", "What an actor is.", kinds...)
	for _, s := range schema.Statuses() {
		statuses = append(statuses, [2]string{string(s), statusDescriptions[s]})
	}
	b.defineEnum("Status", "How sure a report is of what it reports.", statuses...)
	b.defineEnum("QuadClass", "The four fields spanned by words or deeds, cooperation or conflict.",
		[2]string{string(schema.VerbalCooperation), "Cooperation in words."},
		[2]string{string(schema.MaterialCooperation), "Cooperation in deeds."},
		[2]string{string(schema.VerbalConflict), "Conflict in words."},
		[2]string{string(schema.MaterialConflict), "Conflict in deeds."})
	b.defineEnum("DatePrecision", "How exactly a date is known.",
		[2]string{"DAY", "To the day."}, [2]string{"MONTH", "To the month."}, [2]string{"YEAR", "To the year."})
	b.defineEnum("Side", "A side of an incident.",
		[2]string{"INITIATOR", "Who did it."}, [2]string{"TARGET", "Whom it was done to."}, [2]string{"ANY", "Either side."})
	b.defineEnum("Direction", "Which way relationships run, seen from the actor asked.",
		[2]string{"OUT", "From it to others."}, [2]string{"IN", "From others to it."}, [2]string{"BOTH", "Either way."})
	b.defineEnum("Rollup", "Whether actors stand for themselves or for their states.",
		[2]string{"NONE", "Each actor stands for itself."},
		[2]string{"STATE", "Ministries, forces and officials count as the state that they act for."})
	b.defineEnum("OrderDirection", "Smallest or largest first.",
		[2]string{"ASC", "Smallest, earliest or alphabetically first."}, [2]string{"DESC", "Largest or latest first."})
	for _, node := range []string{"Incident", "Claim", "Article", "Actor", "Location"} {
		var fields [][2]string
		for _, o := range orders[node] {
			fields = append(fields, [2]string{o.name, o.about})
		}
		b.defineEnum(node+"OrderField", "What "+strings.ToLower(node)+"s can be ordered by.", fields...)
		b.defineInput(node+"Order", "An order of "+strings.ToLower(node)+"s.", []argSpec{
			{"field", node + "OrderField!", "What to order by.", nil},
			{"direction", "OrderDirection", "Smallest or largest first.", orders[node][0].direction()},
		})
	}
	b.defineEnum("ChainDirection", "Which way to follow reactions.",
		[2]string{"LED_TO", "From an incident to what answers it."}, [2]string{"ANSWERS", "From an incident to what it answers."})
	var searchKinds [][2]string
	for _, k := range searches() {
		searchKinds = append(searchKinds, [2]string{k.kind, k.about})
	}
	b.defineEnum("SearchKind", "What can be searched for.", searchKinds...)
	var groups [][2]string
	for _, g := range groupings() {
		groups = append(groups, [2]string{g.name, g.about})
	}
	b.defineEnum("GroupBy", "What incidents can be grouped by.", groups...)
	b.defineEnum("Interval", "A stretch of time.", [2]string{"DAY", "A day."}, [2]string{"WEEK", "A week, from Monday."},
		[2]string{"MONTH", "A month."}, [2]string{"YEAR", "A year."})
	b.defineEnum("AggregateOrder", "What groups can be ordered by.", [2]string{"COUNT", "Most incidents first."},
		[2]string{"KILLED", "Most killed first."}, [2]string{"INTENSITY", "Most conflict first."}, [2]string{"KEY", "By the keys."})
	b.defineEnum("RelationshipOrderField", "What relationships can be ordered by.",
		[2]string{"COUNT", "Number of incidents."}, [2]string{"FIRST", "First day."}, [2]string{"LAST", "Last day."}, [2]string{"CONFIDENCE", "Confidence."})
	b.defineInput("RelationshipOrder", "An order of relationships.", []argSpec{
		{"field", "RelationshipOrderField!", "What to order by.", nil},
		{"direction", "OrderDirection", "Smallest or largest first.", "DESC"},
	})
}

var kindDescriptions = map[schema.ActorKind]string{
	schema.State: "A state.", schema.Government: "A ministry, parliament, court, police or other official body.",
	schema.Military: "Armed forces of a state.", schema.ArmedGroup: "An armed group that is not a state's.", schema.Person: "A person.",
	schema.IGO: "An intergovernmental organisation.", schema.NGO: "A non-governmental organisation.", schema.Media: "A medium.",
	schema.Company: "A company.", schema.Civilians: "Civilians of a state or place.", schema.OtherActor: "Anything else.",
}

var statusDescriptions = map[schema.Status]string{
	schema.Reported: "Told as fact.", schema.Claimed: "The initiator says that it did it.",
	schema.Alleged: "One side says that the other did it; the article does not confirm it.", schema.Denied: "The initiator denies it.",
}

// enumName gives the GraphQL name of a kind, "ARMED_GROUP"; kindText gives it back.
func enumName(kind string) string { return strings.ToUpper(kind) }
func kindText(name string) string { return strings.ToLower(name) }

// orderSpec is an order offered for a type of node; the first is the default.
type orderSpec struct {
	name, predicate, kind string
	desc, always          bool
	about                 string
}

func (o orderSpec) direction() string {
	if o.desc {
		return "DESC"
	}
	return "ASC"
}

var orders = map[string][]orderSpec{
	"Incident": {
		{"DAY", "day", "int", true, false, "First day that it can have happened."},
		{"CONFIDENCE", "confidence", "float", true, true, "Confidence."},
		{"PUBLISHERS", "publishers", "int", true, true, "Independent publishers that report it."},
		{"KILLED", "killed_max", "int", true, false, "Most killed that is claimed."},
		{"INJURED", "injured_max", "int", true, false, "Most injured that is claimed."},
	},
	"Claim":    {{"DAY", "day", "int", true, false, "First day that it can have happened."}, {"CONFIDENCE", "confidence", "float", true, true, "Confidence."}},
	"Article":  {{"DAY", "day", "int", true, false, "Day of publication."}, {"TITLE", "name", "string", false, true, "Title."}},
	"Actor":    {{"NAME", "name", "string", false, true, "Name."}},
	"Location": {{"NAME", "name", "string", false, true, "Name."}},
}

// orderOf reads an argument orderBy of a list of nodes.
func orderOf(node string, v any) order {
	spec := orders[node][0]
	desc := spec.desc
	if m, ok := v.(map[string]any); ok {
		for _, o := range orders[node] {
			if o.name == m["field"] {
				spec = o
			}
		}
		desc = m["direction"] == "DESC"
	}
	return order{node + "_" + spec.name, spec.predicate, desc, spec.kind, spec.always}
}

func incidentOrder(v any) order { return orderOf("Incident", v) }

func (b *book) defineFilters() {
	b.defineInput("PeriodInput", "A stretch of time, both ends included; without one end it is open there.", []argSpec{
		{"from", "Date", "First day, month or year.", nil}, {"to", "Date", "Last day, month or year.", nil}})
	b.defineInput("IntRangeInput", "A range of whole numbers, both ends included.", []argSpec{
		{"min", "Int", "At least this.", nil}, {"max", "Int", "At most this.", nil}})
	b.defineInput("FloatRangeInput", "A range of numbers, both ends included.", []argSpec{
		{"min", "Float", "At least this.", nil}, {"max", "Float", "At most this.", nil}})
	b.defineInput("NameInput", "Conditions on a name. Case, accents and punctuation do not matter but for matches.", []argSpec{
		{"is", "String", "The name or any other spelling is this.", nil},
		{"in", "[String!]", "The name or any other spelling is one of these.", nil},
		{"contains", "String", "The name or another spelling contains this: three letters at least.", nil},
		{"startsWith", "String", "The name or another spelling begins with this: three letters at least.", nil},
		{"matches", "String", "The name matches this regular expression (RE2), case aside.", nil}})
	b.defineInput("NearInput", "A circle on the map.", []argSpec{
		{"latitude", "Float!", "Degrees north.", nil}, {"longitude", "Float!", "Degrees east.", nil}, {"kilometres", "Float!", "Radius, at most 5000.", nil}})
	b.defineInput("BoxInput", "A rectangle on the map, in degrees.", []argSpec{
		{"south", "Float!", "Southern edge.", nil}, {"west", "Float!", "Western edge.", nil},
		{"north", "Float!", "Northern edge.", nil}, {"east", "Float!", "Eastern edge.", nil}})

	b.defineFilter("Actor", "Conditions on an actor.", []inputSpec{
		{"id", "[ID!]", "It is one of these.", equals("xid", 1, false)},
		{"name", "NameInput", "Its name.", names},
		{"kind", "[ActorKind!]", "It is of one of these kinds.", enums("kind", 60, kindText)},
		{"code", "[String!]", "It is one of these states, by ISO 3166-1 alpha-3 code.", equals("code", 2, false)},
		{"country", "[String!]", "It is or acts for one of these states, by ISO 3166-1 alpha-3 code.", equals("country", 10, false)},
		{"actsFor", "ActorFilter", "The state that it acts for; a state acts for itself only by its code.", related("Actor", 12, "~acts_for")},
		{"initiated", "IncidentFilter", "It is an initiator of such an incident.", related("Incident", 35, "initiators")},
		{"suffered", "IncidentFilter", "It is a target of such an incident.", related("Incident", 35, "targets")},
	})
	b.defineFilter("Location", "Conditions on a place.", []inputSpec{
		{"id", "[ID!]", "It is one of these.", equals("xid", 1, false)},
		{"name", "NameInput", "Its name.", names},
		{"kind", "[String!]", "It is of one of these kinds.", equals("kind", 60, false)},
		{"country", "[String!]", "It lies in one of these states, by ISO 3166-1 alpha-3 code.", equals("country", 10, false)},
		{"near", "NearInput", "It lies within a circle.", near},
		{"box", "BoxInput", "It lies within a rectangle.", box},
	})
	claimed := []inputSpec{
		{"id", "[ID!]", "It is one of these.", equals("xid", 1, false)},
		{"type", "[EventType!]", "It is of one of these types.", equals("event_type", 50, false)},
		{"quadClass", "[QuadClass!]", "Its type is of one of these classes.", quadClass},
		{"period", "PeriodInput", "It can have begun within these days.", period},
		{"killed", "IntRangeInput", "The most killed that is claimed.", intRange("killed_max", 45)},
		{"injured", "IntRangeInput", "The most injured that is claimed.", intRange("injured_max", 45)},
		{"weapon", "[String!]", "With one of these weapons, in the singular.", equals("weapon", 30, false)},
		{"status", "[Status!]", "Some report gives it one of these.", equals("status", 60, false)},
		{"historical", "Boolean", "It is told as background, not as news.", truth("historical")},
		{"confidence", "FloatRangeInput", "How sure it is, from 0 to 1.", floatRange("confidence")},
		{"title", "String", "Its title holds all these words, in any form.", words("title", 25, false)},
	}
	ofIncident := slices.Clone(claimed)
	ofIncident[slices.IndexFunc(claimed, func(i inputSpec) bool { return i.name == "period" })].rule = incidentPeriod
	b.defineFilter("Incident", "Conditions on an incident.", append(ofIncident,
		inputSpec{"initiator", "ActorFilter", "Some initiator.", related("Actor", 15, "~initiators")},
		inputSpec{"target", "ActorFilter", "Some target.", related("Actor", 15, "~targets")},
		inputSpec{"actor", "ActorFilter", "Some initiator or target.", related("Actor", 16, "~initiators", "~targets")},
		inputSpec{"location", "LocationFilter", "Where it happened.", related("Location", 14, "~location")},
		inputSpec{"country", "[String!]", "It happened in one of these states, by ISO 3166-1 alpha-3 code.", equals("country", 18, false)},
		inputSpec{"publishers", "IntRangeInput", "How many independent publishers report it.", intRange("publishers", 55)},
		inputSpec{"claim", "ClaimFilter", "Some claim that reports it.", related("Claim", 20, "incident")},
		inputSpec{"article", "ArticleFilter", "Some article that reports it.", through("Article", 13, "~article", "incident")},
		inputSpec{"inResponseTo", "IncidentFilter", "Some incident that it answers.", related("Incident", 22, "~in_response_to")},
		inputSpec{"reaction", "IncidentFilter", "Some incident that answers it.", related("Incident", 22, "in_response_to")},
	))
	b.defineFilter("Claim", "Conditions on a claim.", append(claimed[:len(claimed):len(claimed)],
		inputSpec{"initiator", "ActorFilter", "Some initiator by this claim.", related("Actor", 15, "~claim_initiators")},
		inputSpec{"target", "ActorFilter", "Some target by this claim.", related("Actor", 15, "~claim_targets")},
		inputSpec{"location", "LocationFilter", "Where, by this claim.", related("Location", 14, "~claim_location")},
		inputSpec{"attributedTo", "ActorFilter", "Who says so.", related("Actor", 15, "~attributed_to")},
		inputSpec{"article", "ArticleFilter", "The article that makes it.", related("Article", 13, "~article")},
		inputSpec{"incident", "IncidentFilter", "The incident that it reports.", related("Incident", 30, "~incident")},
		inputSpec{"text", "String", "A sentence that tells it holds all these words, in any form.", quoted},
	))
	b.defineFilter("Article", "Conditions on an article.", []inputSpec{
		{"id", "[ID!]", "It is one of these.", equals("xid", 1, false)},
		{"url", "[String!]", "Its address is one of these.", equals("url", 1, true)},
		{"publisher", "[String!]", "It was published by one of these.", equals("publisher", 30, true)},
		{"published", "PeriodInput", "It was published within these days.", published},
		{"text", "String", "Its text holds all these words, in any form.", words("text", 25, true)},
		{"title", "String", "Its title holds all these words, in any form.", words("title", 25, false)},
		{"claims", "ClaimFilter", "Some claim that it makes.", related("Claim", 40, "article")},
	})
}

// quadClass is met by incidents and claims whose type is of one of the classes.
func quadClass(c *compilation, v any) (cond, error) {
	var list []any
	for _, t := range schema.EventTypes() {
		for _, q := range stringsOf(v) {
			if string(t.Quad) == q {
				list = append(list, t.Name)
			}
		}
	}
	return equals("event_type", 50, false)(c, list)
}

// quoted is met by claims one of whose sentences holds all the words.
func quoted(c *compilation, v any) (cond, error) {
	k, err := words("quote", 25, true)(c, v)
	if err != nil {
		return nil, err
	}
	return cond{{"uid(" + c.across(c.set("Evidence", k), "~evidence") + ")", 26, true}}, nil
}

func ofType(what func(schema.EventType) string) compiler {
	return derived("event_type", func(name string) string {
		t, ok := schema.EventTypeByName(name)
		if !ok {
			return ""
		}
		return what(t)
	})
}

// intensity gives the intensity of an incident's type.
func intensity(_ *compilation, at place, _ *field) (shape, error) {
	at.group.attr("event_type")
	return func(w *writer, n *node) {
		if t, ok := schema.EventTypeByName(n.text("event_type")); ok {
			w.float(t.Intensity)
		} else {
			w.null()
		}
	}, nil
}

// toll gives a range of people from two predicates, null when neither is known.
func toll(name string) compiler {
	return func(c *compilation, at place, f *field) (shape, error) {
		fields, err := c.collect(c.book.object("Toll"), f.sets)
		if err != nil {
			return nil, err
		}
		at.group.attr(name+"_min", name+"_max", name+"_latest")
		inner, err := fieldsOf(c, fields, func(f *field) (shape, error) {
			if f.name == "__typename" {
				return constant("Toll"), nil
			}
			return attribute(name+"_"+f.name)(c, at, f)
		})
		return func(w *writer, n *node) {
			if n.has(name+"_min") || n.has(name+"_max") {
				inner(w, n)
			} else {
				w.null()
			}
		}, err
	}
}

// coordinate gives one number of a place's point, which Dgraph keeps as GeoJSON: longitude first.
func coordinate(i int) compiler {
	return func(_ *compilation, at place, _ *field) (shape, error) {
		at.group.attr("point")
		return func(w *writer, n *node) {
			if p := n.get("point").node.get("coordinates").list; len(p) == 2 {
				w.raw(p[i].raw)
			} else {
				w.null()
			}
		}, nil
	}
}

// nodeList compiles a connection over nodes that an edge leads to, with a filter and an order of the user's.
func nodeList(node, edge string) compiler {
	return func(c *compilation, at place, f *field) (shape, error) {
		k, err := c.filter(node, f.args["filter"])
		if err != nil {
			return nil, err
		}
		return c.connection(at, f, source{node: node, edge: edge, cond: k, order: orderOf(node, f.args["orderBy"])})
	}
}

// incidentList is the connection over a source's incidents, in the order that the field asks for.
func (c *compilation) incidentList(at place, f *field, s source) (shape, error) {
	s.order = incidentOrder(f.args["orderBy"])
	return c.connection(at, f, s)
}

// actorIncidents compiles the incidents that an actor has a side in.
func actorIncidents(c *compilation, at place, f *field) (shape, error) {
	k, err := c.filter("Incident", f.args["filter"])
	if err != nil {
		return nil, err
	}
	switch f.args["side"] {
	case "INITIATOR":
		return c.incidentList(at, f, source{node: "Incident", edge: "~initiators", cond: k})
	case "TARGET":
		return c.incidentList(at, f, source{node: "Incident", edge: "~targets", cond: k})
	}
	if at.uids != "" {
		did, suffered := c.across(at.uids, "~initiators"), c.across(at.uids, "~targets")
		list, err := c.incidentList(place{}, f, source{node: "Incident", cond: k.and(atom{"uid(" + did + ", " + suffered + ")", 10, true})})
		return func(w *writer, _ *node) { list(w, c.answer) }, err
	}
	body := &group{attrs: []string{"uid"}}
	list, err := c.heldIncidents(f, body)
	if err != nil {
		return nil, err
	}
	did, suffered := c.q.fresh("e"), c.q.fresh("e")
	at.group.child(did+": ~initiators"+filtered(k.String()), body)
	at.group.child(suffered+": ~targets"+filtered(k.String()), body)
	return func(w *writer, n *node) {
		r := &relation{}
		seen := map[string]bool{}
		for _, i := range append(n.nodes(did), n.nodes(suffered)...) {
			if !seen[i.uid()] {
				seen[i.uid()] = true
				r.incidents = append(r.incidents, i)
			}
		}
		list(w, r)
	}, nil
}

// allLegs gives the legs of all types, or of the types asked for, in the directions asked for.
func allLegs(f *field) []leg {
	var legs []leg
	asked, classes := stringsOf(f.args["types"]), stringsOf(f.args["quadClasses"])
	for _, t := range schema.EventTypes() {
		if f.args["types"] != nil && !contains(asked, t.Name) || f.args["quadClasses"] != nil && !contains(classes, string(t.Quad)) {
			continue
		}
		if t.Mutual || f.args["direction"] != "IN" {
			legs = append(legs, leg{t, false})
		}
		if !t.Mutual && f.args["direction"] != "OUT" {
			legs = append(legs, leg{t, true})
		}
	}
	return legs
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

func (b *book) defineNodes() {
	id := fieldSpec{name: "id", typ: "ID!", about: "Key of the node: what it is, the same after every load.", compile: attributeOr("xid", `""`)}
	name := fieldSpec{name: "name", typ: "String", about: "Short label.", compile: attribute("name")}
	title := fieldSpec{name: "title", typ: "String", about: "Long label.", compile: attribute("title")}
	isNode := []string{"Node"}
	b.defineInterface("Node", "Anything in the graph that can be asked for by its key.", []fieldSpec{id, name})

	actor := []fieldSpec{id, name, title,
		{name: "aliases", typ: "[String!]!", about: "Other spellings of the name.", compile: attributes("alias")},
		{name: "kind", typ: "ActorKind", about: "What it is.", compile: derived("kind", enumName)},
		{name: "code", typ: "String", about: "ISO 3166-1 alpha-3 code, of a state.", compile: attribute("code")},
		{name: "country", typ: "String", about: "ISO 3166-1 alpha-3 code of the state that it is or acts for.", compile: attribute("country")},
		{name: "roles", typ: "[String!]!", about: "Offices, of a person.", compile: attributes("role")},
		{name: "actsFor", typ: "Actor", about: "The state that it acts for.", compile: one("acts_for", "Actor")},
		{name: "members", typ: "ActorConnection!", about: "Actors that act for this state.", args: listArguments("Actor"), compile: nodeList("Actor", "~acts_for")},
		{name: "incidents", typ: "IncidentConnection!", about: "Incidents that it has a side in.",
			args: append(listArguments("Incident"), argSpec{"side", "Side", "Which side.", "ANY"}), compile: actorIncidents},
		{name: "statements", typ: "ClaimConnection!", about: "Claims that are attributed to it.", args: listArguments("Claim"), compile: nodeList("Claim", "~attributed_to")},
		{name: "relationships", typ: "RelationshipConnection!", about: "Its relationships of all types, or of some.",
			args: append([]argSpec{
				{"types", "[EventType!]", "Only these types.", nil},
				{"quadClasses", "[QuadClass!]", "Only types of these classes.", nil},
				{"direction", "Direction", "Which way they run; mutual ones run both ways.", "BOTH"},
			}, relationArguments()...), compile: actorRelations(allLegs)},
	}
	for _, t := range schema.EventTypes() {
		out := func(*field) []leg { return []leg{{t, false}} }
		in := func(*field) []leg { return []leg{{t, true}} }
		about := "Relationships of type " + t.Name + " from this actor to others. " + t.Description
		if t.Mutual {
			about = "Relationships of type " + t.Name + ", which have no direction. " + t.Description
		}
		actor = append(actor, fieldSpec{name: t.Field, typ: "RelationshipConnection!", about: about, args: relationArguments(), compile: actorRelations(out)})
		if !t.Mutual {
			actor = append(actor, fieldSpec{name: t.InverseField, typ: "RelationshipConnection!",
				about: "Relationships of type " + t.Name + " from others to this actor. " + t.Description, args: relationArguments(), compile: actorRelations(in)})
		}
	}
	b.defineObject("Actor", "Who acts or is acted upon: a state, an official body, armed forces, an armed group, a person, an organisation, a company, a medium, civilians.", isNode, actor)

	b.defineObject("Location", "A place inside a state.", isNode, []fieldSpec{id, name, title,
		{name: "aliases", typ: "[String!]!", about: "Other spellings of the name.", compile: attributes("alias")},
		{name: "kind", typ: "String", about: "What it is: city, province, ...", compile: attribute("kind")},
		{name: "country", typ: "String", about: "ISO 3166-1 alpha-3 code of the state that it lies in.", compile: attribute("country")},
		{name: "state", typ: "Actor", about: "The state that it lies in.", compile: one("in", "Actor")},
		{name: "latitude", typ: "Float", about: "Degrees north.", compile: coordinate(1)},
		{name: "longitude", typ: "Float", about: "Degrees east.", compile: coordinate(0)},
		{name: "incidents", typ: "IncidentConnection!", about: "Incidents that happened there.", args: listArguments("Incident"), compile: nodeList("Incident", "~location")},
	})

	dated := []fieldSpec{
		{name: "type", typ: "EventType", about: "What kind of act it is.", compile: attribute("event_type")},
		{name: "quadClass", typ: "QuadClass", about: "Class of its type.", compile: ofType(func(t schema.EventType) string { return string(t.Quad) })},
		{name: "intensity", typ: "Float", about: "From -10, conflict, to +10, cooperation, by its type.", compile: intensity},
		{name: "date", typ: "Date", about: "When, as exactly as known.", compile: attribute("date")},
		{name: "datePrecision", typ: "DatePrecision", about: "How exactly the date is known.", compile: attribute("precision")},
		{name: "earliest", typ: "Date", about: "First day that it can have happened.", compile: day("day")},
		{name: "latest", typ: "Date", about: "Last day that it can have happened.", compile: day("last_day")},
		{name: "killed", typ: "Toll", about: "How many were killed, null when nothing is said.", compile: toll("killed")},
		{name: "injured", typ: "Toll", about: "How many were injured, null when nothing is said.", compile: toll("injured")},
		{name: "weapons", typ: "[String!]!", about: "With what, in the singular.", compile: attributes("weapon")},
		{name: "historical", typ: "Boolean!", about: "Told as background, not as news.", compile: attributeOr("historical", "false")},
		{name: "confidence", typ: "Float", about: "How sure it is, from 0 to 1.", compile: attribute("confidence")},
	}
	b.defineObject("Incident", "A happening: one, however many articles report it.", isNode, append([]fieldSpec{id, name, title,
		{name: "edge", typ: "String", about: "Name of the edge from initiators to targets.", compile: ofType(func(t schema.EventType) string { return t.Edge })},
		{name: "initiators", typ: "[Actor!]!", about: "Who did it; empty when unknown.", compile: many("initiators", "Actor")},
		{name: "targets", typ: "[Actor!]!", about: "Whom it was done to.", compile: many("targets", "Actor")},
		{name: "location", typ: "Location", about: "Where it happened.", compile: one("location", "Location")},
		{name: "country", typ: "String", about: "ISO 3166-1 alpha-3 code of the state that it happened in.", compile: attribute("country")},
		{name: "status", typ: "[Status!]!", about: "What reports say of it; several when they differ.", compile: attributes("status")},
		{name: "publishers", typ: "Int", about: "How many independent publishers report it.", compile: attribute("publishers")},
		{name: "inResponseTo", typ: "[Incident!]!", about: "What it answers, condemns or avenges.", compile: many("in_response_to", "Incident")},
		{name: "reactions", typ: "IncidentConnection!", about: "What answers, condemns or avenges it.", args: listArguments("Incident"), compile: nodeList("Incident", "~in_response_to")},
		{name: "chain", typ: "[ChainLink!]!", about: "What it led to, step by step, or what it answers in turn; nearest first, each incident once.", args: []argSpec{
			{"depth", "Int", "How many steps to follow, at most 6.", 3},
			{"direction", "ChainDirection", "Forwards or backwards.", "LED_TO"}}, compile: chain},
		{name: "claims", typ: "ClaimConnection!", about: "What single articles say of it, also where they disagree.", args: listArguments("Claim"), compile: nodeList("Claim", "~incident")},
		{name: "evidence", typ: "EvidenceConnection!", about: "The sentences that tell it.", args: pageArguments(), compile: func(c *compilation, at place, f *field) (shape, error) {
			list, err := c.evidence(f, at.group)
			return func(w *writer, n *node) { list(w, []*node{n}) }, err
		}},
	}, dated...))
	b.defineObject("Claim", "One article's report of an incident.", isNode, append([]fieldSpec{id, name, title,
		{name: "article", typ: "Article", about: "The article that makes it.", compile: one("article", "Article")},
		{name: "incident", typ: "Incident", about: "The incident that it reports.", compile: one("incident", "Incident")},
		{name: "initiators", typ: "[Actor!]!", about: "Who did it, by this claim.", compile: many("claim_initiators", "Actor")},
		{name: "targets", typ: "[Actor!]!", about: "Whom it was done to, by this claim.", compile: many("claim_targets", "Actor")},
		{name: "location", typ: "Location", about: "Where, by this claim.", compile: one("claim_location", "Location")},
		{name: "attributedTo", typ: "Actor", about: "Who says so, when the article quotes somebody.", compile: one("attributed_to", "Actor")},
		{name: "status", typ: "Status", about: "How sure the article is of it.", compile: firstOf("status")},
		{name: "coder", typ: "String", about: "What read the article, with its version.", compile: attribute("coder")},
		{name: "answers", typ: "[Claim!]!", about: "Claims of the same article that it answers.", compile: many("answers", "Claim")},
		{name: "answeredBy", typ: "[Claim!]!", about: "Claims of the same article that answer it.", compile: many("~answers", "Claim")},
		{name: "evidence", typ: "EvidenceConnection!", about: "The sentences that tell it.", args: pageArguments(), compile: func(c *compilation, at place, f *field) (shape, error) {
			list, err := c.citations(f, at.group)
			return func(w *writer, n *node) { list(w, []*node{n}) }, err
		}},
	}, dated...))
	b.defineObject("Article", "A news article.", isNode, []fieldSpec{id, name, title,
		{name: "url", typ: "String", about: "Its address.", compile: attribute("url")},
		{name: "publisher", typ: "String", about: "Who published it.", compile: attribute("publisher")},
		{name: "publishedAt", typ: "DateTime", about: "When it was published.", compile: attribute("published")},
		{name: "day", typ: "Date", about: "Day of publication.", compile: day("day")},
		{name: "language", typ: "String", about: "ISO 639-1 code of its language.", compile: attribute("language")},
		{name: "text", typ: "String", about: "Its text, into which the offsets of evidence point.", compile: attribute("text")},
		{name: "claims", typ: "ClaimConnection!", about: "What it says.", args: listArguments("Claim"), compile: nodeList("Claim", "~article")},
	})
}

// firstOf gives the first value of a list predicate.
func firstOf(predicate string) compiler {
	return func(_ *compilation, at place, _ *field) (shape, error) {
		at.group.attr(predicate)
		return func(w *writer, n *node) {
			if list := n.texts(predicate); len(list) > 0 {
				w.string(list[0])
			} else {
				w.null()
			}
		}, nil
	}
}

func listArguments(node string) []argSpec {
	return pageArguments(
		argSpec{"filter", node + "Filter", "Conditions that each must meet.", nil},
		argSpec{"orderBy", node + "Order", "Order; " + defaultOrder(node) + " when not given.", nil})
}

func defaultOrder(node string) string {
	if orders[node][0].desc {
		return "latest first"
	}
	return "by name"
}

// relationArguments are those of every list of an actor's relationships.
func relationArguments() []argSpec {
	return pageArguments(
		argSpec{"with", "ActorFilter", "Conditions on the other side.", nil},
		argSpec{"period", "PeriodInput", "Count only incidents of these days.", nil},
		argSpec{"incidents", "IncidentFilter", "Count only such incidents.", nil},
		argSpec{"rollup", "Rollup", "Whether actors stand for their states, on both sides.", "NONE"},
		argSpec{"orderBy", "RelationshipOrder", "Order; most incidents first when not given.", nil})
}

// defineParts defines the types that are no nodes of the graph.
func (b *book) defineParts() {
	b.defineObject("PageInfo", "Where a page lies in its list, by the Relay cursor connections specification.", nil, []fieldSpec{
		{name: "hasNextPage", typ: "Boolean!", about: "Whether more follow."},
		{name: "hasPreviousPage", typ: "Boolean!", about: "Whether some come before."},
		{name: "startCursor", typ: "String", about: "Position of the first of the page, for before."},
		{name: "endCursor", typ: "String", about: "Position of the last of the page, for after."},
	})
	b.defineObject("Toll", "A number of people as a range over what is claimed.", nil, []fieldSpec{
		{name: "min", typ: "Int", about: "The fewest that is claimed."},
		{name: "max", typ: "Int", about: "The most that is claimed; null when open."},
		{name: "latest", typ: "Int", about: "What the report that was published last says, its lower bound; of incidents only."},
	})
	b.defineObject("Evidence", "A sentence of an article that tells a claim.", nil, []fieldSpec{
		{name: "id", typ: "ID!", about: "Key of the sentence."},
		{name: "sentence", typ: "Int", about: "Number of the sentence in its article, from 0."},
		{name: "start", typ: "Int", about: "Where it begins in the article's text, in bytes."},
		{name: "end", typ: "Int", about: "Where it ends in the article's text, in bytes."},
		{name: "text", typ: "String", about: "The sentence."},
		{name: "trigger", typ: "String", about: "The word or words that name the act."},
		{name: "article", typ: "Article", about: "The article."},
		{name: "claim", typ: "Claim!", about: "The claim."},
	})
	b.defineObject("Relationship", "All incidents of one type between two actors.", nil, []fieldSpec{
		{name: "id", typ: "ID!", about: "Key of the relationship: its type and both sides."},
		{name: "type", typ: "EventType!", about: "Type of its incidents."},
		{name: "edge", typ: "String!", about: "Name of the edge in the graph."},
		{name: "quadClass", typ: "QuadClass!", about: "Class of its type."},
		{name: "intensity", typ: "Float!", about: "Sum of the intensity of its incidents: below 0 for conflict, above 0 for cooperation."},
		{name: "initiator", typ: "Actor!", about: "Who acts; of a mutual type one of the two."},
		{name: "target", typ: "Actor!", about: "Who is acted upon; of a mutual type the other."},
		{name: "counterpart", typ: "Actor!", about: "The side that is not the actor asked."},
		{name: "count", typ: "Int!", about: "How many incidents it has, within the period and conditions asked for."},
		{name: "first", typ: "Date", about: "Day of the first of them."},
		{name: "last", typ: "Date", about: "Day of the last of them."},
		{name: "confidence", typ: "Float!", about: "How sure the surest of them is, from 0 to 1."},
		{name: "incidents", typ: "IncidentConnection!", about: "The incidents.",
			args: pageArguments(argSpec{"orderBy", "IncidentOrder", "Order; latest first when not given.", nil})},
		{name: "evidence", typ: "EvidenceConnection!", about: "The sentences that tell them.", args: pageArguments()},
	})
	measures := []fieldSpec{
		{name: "count", typ: "Int!", about: "How many incidents."},
		{name: "killed", typ: "Toll", about: "Sum of the killed, null when nothing is said."},
		{name: "injured", typ: "Toll", about: "Sum of the injured, null when nothing is said."},
		{name: "intensity", typ: "Float!", about: "Sum of their intensity: below 0 for conflict, above 0 for cooperation."},
		{name: "first", typ: "Date", about: "Day of the first of them."},
		{name: "last", typ: "Date", about: "Day of the last of them."},
	}
	b.defineObject("NeighbourhoodNode", "An actor of a neighbourhood.", nil, []fieldSpec{
		{name: "id", typ: "ID!", about: "Key of the actor, which edges name."},
		{name: "actor", typ: "Actor!", about: "The actor."},
		{name: "depth", typ: "Int!", about: "How many steps it is from the actors asked for."},
		{name: "weight", typ: "Int!", about: "How many incidents join it to those nearer, for which it was chosen."},
	})
	b.defineObject("NetworkEdge", "A relationship in a network.", nil, []fieldSpec{
		{name: "id", typ: "ID!", about: "Key of the relationship."},
		{name: "source", typ: "ID!", about: "Key of the initiator; of a mutual type of one of the two."},
		{name: "target", typ: "ID!", about: "Key of the target; of a mutual type of the other."},
		{name: "type", typ: "EventType!", about: "Type of its incidents."},
		{name: "edge", typ: "String!", about: "Name of the edge in the graph."},
		{name: "quadClass", typ: "QuadClass!", about: "Class of its type."},
		{name: "count", typ: "Int!", about: "How many incidents it has."},
		{name: "intensity", typ: "Float!", about: "Sum of their intensity: below 0 for conflict, above 0 for cooperation."},
		{name: "first", typ: "Date", about: "Day of the first of them."},
		{name: "last", typ: "Date", about: "Day of the last of them."},
		{name: "confidence", typ: "Float!", about: "How sure the surest of them is, from 0 to 1."},
	})
	b.defineObject("Neighbourhood", "Actors around some, and what joins them.", nil, []fieldSpec{
		{name: "nodes", typ: "[NeighbourhoodNode!]!", about: "The actors, nearest first, then those with most incidents."},
		{name: "edges", typ: "[NetworkEdge!]!", about: "All relationships among them, most incidents first."},
		{name: "totalNodes", typ: "Int!", about: "How many actors were found, those left out too."},
		{name: "totalEdges", typ: "Int!", about: "How many relationships were found, those with actors left out too."},
	})
	b.defineObject("PathStep", "One step of a path.", nil, []fieldSpec{
		{name: "from", typ: "Actor!", about: "Where it begins."},
		{name: "to", typ: "Actor!", about: "Where it ends."},
		{name: "relationships", typ: "RelationshipConnection!", about: "What joins the two.", args: pageArguments(
			argSpec{"orderBy", "RelationshipOrder", "Order; most incidents first when not given.", nil})},
	})
	b.defineObject("Path", "A way from one actor to another over relationships.", nil, []fieldSpec{
		{name: "length", typ: "Int!", about: "How many steps it has."},
		{name: "actors", typ: "[Actor!]!", about: "The actors on it, in order."},
		{name: "steps", typ: "[PathStep!]!", about: "The steps, in order."},
	})
	b.defineObject("ChainLink", "An incident in a chain of reactions.", nil, []fieldSpec{
		{name: "incident", typ: "Incident!", about: "The incident."},
		{name: "depth", typ: "Int!", about: "How many steps it is from where the chain begins."},
		{name: "parent", typ: "ID!", about: "Key of the incident one step nearer that it answers, or that answers it."},
	})
	b.defineObject("Mark", "A stretch of a text.", nil, []fieldSpec{
		{name: "start", typ: "Int!", about: "Its first character, from 0."},
		{name: "end", typ: "Int!", about: "The character after it."},
	})
	b.defineObject("SearchResult", "Something that a search found.", nil, []fieldSpec{
		{name: "kind", typ: "SearchKind!", about: "What it is."},
		{name: "score", typ: "Float!", about: "How well it fits, from 0 to 1."},
		{name: "snippet", typ: "String!", about: "The name or the part of the text that fits."},
		{name: "marks", typ: "[Mark!]!", about: "Where in the snippet the words searched for stand."},
		{name: "node", typ: "Node!", about: "What was found."},
	})
	b.defineObject("GroupKey", "What the incidents of a group have in common.", nil, []fieldSpec{
		{name: "by", typ: "GroupBy!", about: "Which key it is."},
		{name: "id", typ: "ID!", about: "Its value: the key of a node, a name, or the first day of a stretch of time."},
		{name: "label", typ: "String!", about: "Its value for people."},
		{name: "actor", typ: "Actor", about: "The actor, when it is one."},
		{name: "location", typ: "Location", about: "The place, when it is one."},
	})
	b.defineObject("AggregateRow", "A group of incidents.", nil, append([]fieldSpec{
		{name: "keys", typ: "[GroupKey!]!", about: "The keys, in the order asked."}}, measures...))
	b.defineObject("Aggregate", "Incidents in groups.", nil, []fieldSpec{
		{name: "totalCount", typ: "Int!", about: "How many groups there are."},
		{name: "incidents", typ: "Int!", about: "How many incidents meet the filter; one can be in several groups."},
		{name: "rows", typ: "[AggregateRow!]!", about: "The first groups by the order asked."},
	})
	b.defineObject("TimelineBucket", "Incidents of a stretch of time, all or those of one key.", nil, append([]fieldSpec{
		{name: "start", typ: "Date!", about: "Its first day."},
		{name: "end", typ: "Date!", about: "Its last day."},
		{name: "key", typ: "GroupKey", about: "The key, when the timeline is split."}}, measures...))
	b.defineObject("EscalationPoint", "What went on between two sides in a stretch of time.", nil, []fieldSpec{
		{name: "start", typ: "Date!", about: "Its first day."},
		{name: "end", typ: "Date!", about: "Its last day."},
		{name: "count", typ: "Int!", about: "How many incidents."},
		{name: "conflict", typ: "Int!", about: "How many of them are conflict."},
		{name: "cooperation", typ: "Int!", about: "How many of them are cooperation."},
		{name: "intensity", typ: "Float!", about: "Sum of their intensity: below 0 for conflict, above 0 for cooperation."},
		{name: "intensityAToB", typ: "Float!", about: "Sum of the intensity of what a did to b; mutual acts count for both."},
		{name: "intensityBToA", typ: "Float!", about: "Sum of the intensity of what b did to a; mutual acts count for both."},
	})
	for node, about := range map[string]string{"Actor": "actor", "Location": "place", "Incident": "incident", "Claim": "claim",
		"Article": "article", "Evidence": "sentence", "Relationship": "relationship"} {
		b.defineConnection(node, about)
	}
}
