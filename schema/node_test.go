package schema

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func nodes() map[string]any {
	return map[string]any{"Actor": Actor{}, "Location": Location{}, "Article": Article{}, "Evidence": Sentence{}, "Claim": Claim{}, "Incident": Incident{}}
}

// The fields of the structs, the predicates and the node types are three views of one thing.
func TestFieldsArePredicatesOfTheirType(t *testing.T) {
	for _, nt := range NodeTypes() {
		node, ok := nodes()[nt.Name]
		if !ok {
			continue
		}
		typ := reflect.TypeOf(node)
		for i := range typ.NumField() {
			f := typ.Field(i)
			p, ok := PredicateByName(f.Tag.Get("predicate"))
			if !ok {
				t.Errorf("%s.%s: no predicate %q", nt.Name, f.Name, f.Tag.Get("predicate"))
				continue
			}
			if isList := f.Type.Kind() == reflect.Slice; isList != p.IsList() {
				t.Errorf("%s.%s is a %s, but %s is %s", nt.Name, f.Name, f.Type, p.Name, p.Type)
			}
			if p.Name != "dgraph.type" && !slices.Contains(nt.Predicates, p.Name) {
				t.Errorf("type %s does not list %s", nt.Name, p.Name)
			}
		}
	}
}

func TestNodeTypesListKnownPredicates(t *testing.T) {
	for _, nt := range NodeTypes() {
		for _, name := range nt.Predicates {
			forward := name
			if name[0] == '~' {
				forward = name[1:]
			}
			p, ok := PredicateByName(forward)
			if !ok {
				t.Errorf("type %s lists %s, which is no predicate", nt.Name, name)
			}
			if name != forward && !p.Reverse {
				t.Errorf("type %s lists %s, but %s has no reverse", nt.Name, name, forward)
			}
		}
	}
}

func TestReadIsTheInverseOfQuads(t *testing.T) {
	zero, eleven := 0, 11
	want := Incident{
		Key: "incident/assault/2024-01-16/00", Types: []string{"Incident"}, Name: "IRN > PAK attack", Type: "ASSAULT",
		Initiators: []Value{{"IRN", []Facet{{"support", 2}}}}, Targets: []Value{{"PAK", nil}, {"group/x", nil}},
		Location: Value{"geonames/1", []Facet{{"support", 1}}}, Day: 20240116, KilledMin: &zero, KilledMax: &eleven,
		Weapons: []string{"drone", "missile"}, Historical: true, Confidence: 0.1 + 0.2, Claims: 3,
	}
	var got Incident
	if err := Read(Quads(want), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRelationshipQuad(t *testing.T) {
	for _, want := range []Relationship{
		{"IRN", "PAK", "ASSAULT", 2, 20240116, 20240118, 1},
		{"IRN", "PAK", "CONSULT", 1, 0, 0, 0.5},
	} {
		got, err := ReadRelationship(want.Quad())
		if err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
}

func TestKeys(t *testing.T) {
	actor := func(id, name string, kind ActorKind, country string) string {
		return ActorKey(ArticleActor{ID: id, Name: name, Kind: kind, Country: country}, "article/a")
	}
	for _, c := range []struct{ got, want string }{
		{actor("IRN", "Iran", State, "IRN"), "IRN"},
		{actor("group/jaish-al-adl", "Jeysh al-Adl", ArmedGroup, "IRN"), "group/jaish-al-adl"},
		{actor("a3", "The Pakistani Foreign Ministry", Government, "PAK"), "actor/government/PAK/pakistani-foreign-ministry"},
		{actor("of/PAK/government/foreign ministry", "The Pakistani Foreign Ministry", Government, "PAK"), "of/PAK/government/foreign-ministry"},
		{actor("of/PAK/civilians/children+", "children", Civilians, "PAK"), "of/PAK/civilians/children"},
		{actor("of//civilians/children", "children", Civilians, ""), "unnamed/a#civilians/children"},
		{actor("of//civilians/children+", "children", Civilians, ""), "unnamed/a#civilians/children+"},
		{actor("a7", "masked gunmen", ArmedGroup, ""), "unnamed/a#armed_group/masked-gunmen"},
		{actor("a8", "Gunmen", ArmedGroup, ""), "actor/armed_group/-/gunmen"},
		{ActorKey(ArticleActor{ID: "a9", Name: "police", Kind: Government}, "article/https://b.example/1#2"), "unnamed/https://b.example/1%232#government/police"},
		{actor("a4", "John Smith", Person, "GBR"), "actor/person/GBR/john-smith"},
		{actor("a5", "John Smith", Person, "USA"), "actor/person/USA/john-smith"},
		{actor("a6", "Iran", Company, ""), "actor/company/-/iran"},
		{LocationKey(ArticleLocation{ID: "PAK"}), "iso/PAK"},
		{LocationKey(ArticleLocation{ID: "geonames/1"}), "geonames/1"},
		{LocationKey(ArticleLocation{ID: "l1", Name: "Koh-e Sabz", Country: "PAK"}), "place/PAK/koh-e-sabz"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	for key, want := range map[string]string{"unnamed/https://b.example/1%232#government/police": "government/police", "IRN": "", "of/PAK/civilians/children": ""} {
		if got := Description(key); got != want {
			t.Errorf("%s is described as %q, want %q", key, got, want)
		}
	}
}

func TestKeysOfNamesOfAnyLengthStayApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(1, 300, -1).Draw(t, "name")
		key := ActorKey(ArticleActor{Name: name, Kind: Person, Country: "USA"}, "article/a")
		other := ActorKey(ArticleActor{Name: name + "x", Kind: Person, Country: "USA"}, "article/a")
		if Spelling(name) != "" && key == other {
			t.Fatalf("%q and %q have the key %s", name, name+"x", key)
		}
		if len(key) > 200 {
			t.Fatalf("key of %d bytes", len(key))
		}
	})
}

func TestPoint(t *testing.T) {
	lat, lon, ok := ReadPoint(MakePoint(-26.2364, 61.401))
	if !ok || lat != -26.2364 || lon != 61.401 {
		t.Error(lat, lon, ok)
	}
	if _, _, ok := ReadPoint("nowhere"); ok {
		t.Error("no point was read as one")
	}
}
