package resolve

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"incidentgraph/schema"
)

func tidyActor(a schema.ArticleActor) schema.ArticleActor {
	a.Name = label(cmp.Or(a.Name, a.ID))
	if !slices.Contains(schema.ActorKinds(), a.Kind) {
		a.Kind = schema.OtherActor
	}
	a.Country = country(a.Country)
	return a
}

func tidyLocation(l schema.ArticleLocation) schema.ArticleLocation {
	l.Name = label(cmp.Or(l.Name, l.ID))
	l.Country = country(l.Country)
	if l.Latitude == nil || l.Longitude == nil || !(*l.Latitude >= -90 && *l.Latitude <= 90) || !(*l.Longitude >= -180 && *l.Longitude <= 180) {
		l.Latitude, l.Longitude = nil, nil
	}
	return l
}

// country gives an alpha-3 code, "" for what is none.
func country(code string) string {
	if len(code) != 3 || strings.ContainsFunc(code, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		return ""
	}
	return code
}

func actorMention(key string, a schema.ArticleActor) schema.Value {
	return mention(key, map[string]any{"called": a.Name, "kind": string(a.Kind), "country": a.Country, "role": label(a.Role), "aliases": joinAliases(a.Name, a.Aliases)})
}

func locationMention(key string, l schema.ArticleLocation) schema.Value {
	facets := map[string]any{"called": l.Name, "kind": l.Kind, "country": l.Country}
	if l.Latitude != nil {
		facets["latitude"], facets["longitude"] = *l.Latitude, *l.Longitude
	}
	return mention(key, facets)
}

// mention makes an edge of its facets, sorted and without empty ones.
func mention(key string, facets map[string]any) schema.Value {
	v := schema.Value{Object: key}
	for _, k := range sortedKeys(facets) {
		if facets[k] != "" {
			v.Facets = append(v.Facets, schema.Facet{Key: k, Value: facets[k]})
		}
	}
	return v
}

// joinAliases parts aliases by line ends, which no label has.
func joinAliases(name string, aliases []string) string {
	var out []string
	for _, a := range aliases {
		if a = label(a); a != "" && a != name {
			out = append(out, a)
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), "\n")
}

// mergeMention puts together what an article says of an actor or place under several local ids.
func mergeMention(a, b schema.Value) schema.Value {
	if a.Object == "" {
		return b
	}
	facets := make(map[string]any)
	for _, f := range a.Facets {
		facets[f.Key] = f.Value
	}
	for _, f := range b.Facets {
		old, ok := facets[f.Key]
		if !ok {
			facets[f.Key] = f.Value
			continue
		}
		switch f.Key {
		case "called":
			if s := f.Value.(string); s != old {
				facets["aliases"] = joinAliases("", append(strings.Split(text(schema.Value{Facets: []schema.Facet{{Key: "a", Value: facets["aliases"]}}}, "a"), "\n"), s))
			}
		case "aliases":
			s, _ := facets["aliases"].(string)
			facets["aliases"] = joinAliases("", append(strings.Split(s, "\n"), strings.Split(f.Value.(string), "\n")...))
		}
	}
	return mention(a.Object, facets)
}

// Names gives the usual name of a state by its ISO 3166-1 alpha-3 code, "" when it does not know it.
type Names func(code string) string

// AddActor adds to what is known of an actor how one article shows it; day is the article's, 0 when unknown.
// The zero Actor is one of whom nothing is known. The order of the articles, and adding one again, change nothing.
func AddActor(a schema.Actor, m schema.Value, day int, names Names) schema.Actor {
	p := party(m)
	a.Key = m.Object
	a.Name, a.Aliases = addNames(a.Key, a.Name, a.Aliases, m)
	if usual := names(a.Key); usual != "" && usual != a.Name {
		a.Name, a.Aliases = addNames(a.Key, usual, append(a.Aliases, a.Name), schema.Value{})
	}
	a.Spellings = spellings(a.Name, a.Aliases)
	a.Begins = schema.Beginnings(a.Spellings)
	a.Kind = first(a.Kind, string(p.Kind))
	a.Country = first(a.Country, p.Country)
	a.Types, a.Code = []string{"Actor"}, ""
	if a.Kind == string(schema.State) {
		a.Types = append(a.Types, "State")
		a.Code = a.Country
	}
	a.ActsFor = ""
	if state := (Party{Key: a.Key, Kind: schema.ActorKind(a.Kind), Country: a.Country}).State(); state != a.Key {
		a.ActsFor = state
	}
	if role := text(m, "role"); role != "" {
		a.Roles = addRole(a.Roles, role, day)
	}
	return a
}

// AddLocation is AddActor for a place.
func AddLocation(l schema.Location, m schema.Value) schema.Location {
	p := place(m)
	l.Key, l.Types = m.Object, []string{"Location"}
	l.Name, l.Aliases = addNames(l.Key, l.Name, l.Aliases, m)
	l.Spellings = spellings(l.Name, l.Aliases)
	l.Begins = schema.Beginnings(l.Spellings)
	l.Kind = first(l.Kind, p.Kind)
	l.Country = first(l.Country, p.Country)
	l.In = l.Country
	if p.Located {
		l.Point = first(l.Point, schema.MakePoint(p.Latitude, p.Longitude))
	}
	return l
}

// BareState is a state that only others refer to.
func BareState(code string, names Names) schema.Actor {
	return AddActor(schema.Actor{}, mention(code, map[string]any{"called": cmp.Or(names(code), code), "kind": string(schema.State), "country": code}), 0, names)
}

// addNames keeps all names, the best one as the name.
func addNames(key, name string, aliases []string, m schema.Value) (string, []string) {
	called := text(m, "called")
	all := append(slices.Clone(aliases), strings.Split(text(m, "aliases"), "\n")...)
	if name == "" || called != "" && compareNames(key, called, name) < 0 {
		all = append(all, name)
		name = called
	} else {
		all = append(all, called)
	}
	all = slices.DeleteFunc(all, func(s string) bool { return s == "" || s == name })
	slices.Sort(all)
	return name, slices.Compact(all)
}

// compareNames puts first the name that the key is made of, then one in small and capital letters, then the
// longer; a state's code comes after all its names.
func compareNames(key, a, b string) int {
	rank := func(s string) int {
		switch {
		case s == key:
			return 4
		case strings.HasSuffix(key, "/"+strings.ReplaceAll(schema.Spelling(s), " ", "-")):
			return boolean(!mixed(s))
		case mixed(s):
			return 2
		}
		return 3
	}
	return cmp.Or(rank(a)-rank(b), len(b)-len(a), strings.Compare(a, b))
}

// mixed tells whether a name has both capitals and small letters.
func mixed(s string) bool {
	return strings.IndexFunc(s, unicode.IsUpper) >= 0 && strings.IndexFunc(s, unicode.IsLower) >= 0
}

func spellings(name string, aliases []string) []string {
	out := []string{schema.Spelling(name)}
	for _, a := range aliases {
		if s := schema.Spelling(a); s != "" {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// first gives the first in order of two values, an empty one coming last.
func first(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// addRole widens the days between which articles show a person in an office.
func addRole(roles []schema.Value, role string, day int) []schema.Value {
	out := slices.Clone(roles)
	i := slices.IndexFunc(out, func(v schema.Value) bool { return v.Object == role })
	if i < 0 {
		out = append(out, schema.Value{Object: role})
		i = len(out) - 1
	}
	from, _ := out[i].Facet("first").(int)
	to, _ := out[i].Facet("last").(int)
	if day != 0 {
		if from == 0 {
			from = day
		}
		from, to = min(from, day), max(to, day)
		out[i].Facets = []schema.Facet{{Key: "first", Value: from}, {Key: "last", Value: to}}
	}
	slices.SortFunc(out, func(a, b schema.Value) int { return strings.Compare(a.Object, b.Object) })
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
