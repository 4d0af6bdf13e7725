package resolve_test

import (
	"testing"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

// told makes a claim of an article of its own: an Iranian strike on Rask by default.
func told(t *testing.T, id string, change func(*schema.ArticleIncident)) *resolve.Claim {
	t.Helper()
	return toldAs(t, id, "They struck.", change)
}

// toldAs is told in other words.
func toldAs(t *testing.T, id, text string, change func(*schema.ArticleIncident)) *resolve.Claim {
	t.Helper()
	place := func(id, name, kind, country string, lat, lon float64) schema.ArticleLocation {
		return schema.ArticleLocation{ID: id, Name: name, Kind: kind, Country: country, Latitude: &lat, Longitude: &lon}
	}
	at := "geonames/rask"
	g := schema.ArticleGraph{
		Article: schema.ArticleHead{ID: id, Title: "Strike", Publisher: id, PublishedAt: "2024-01-20"},
		Actors: []schema.ArticleActor{
			{ID: "IRN", Name: "Iran", Kind: schema.State, Country: "IRN"}, {ID: "PAK", Name: "Pakistan", Kind: schema.State, Country: "PAK"},
			{ID: "org/irgc", Name: "Guards", Kind: schema.Military, Country: "IRN"}, {ID: "of/IRN/military/drones", Name: "Iranian drones", Kind: schema.Military, Country: "IRN"},
			{ID: "of/IRN/government/police", Name: "Iranian police", Kind: schema.Government, Country: "IRN"},
			{ID: "of/PAK/government/foreign-ministry", Name: "Pakistani Foreign Ministry", Kind: schema.Government, Country: "PAK"},
			{ID: "of/PAK/government/defence-ministry", Name: "Pakistani Defence Ministry", Kind: schema.Government, Country: "PAK"},
			{ID: "group/jaish-al-adl", Name: "Jaish al-Adl", Kind: schema.ArmedGroup, Country: "IRN"}, {ID: "group/bla", Name: "BLA", Kind: schema.ArmedGroup, Country: "PAK"},
			{ID: "of//armed_group/gunmen", Name: "gunmen", Kind: schema.ArmedGroup}, {ID: "of//civilians/children", Name: "children", Kind: schema.Civilians},
			{ID: "of//government/police", Name: "police", Kind: schema.Government}, {ID: "of//civilians/protesters", Name: "protesters", Kind: schema.Civilians},
			{ID: "person/kakar", Name: "Anwaar-ul-Haq Kakar", Kind: schema.Person, Country: "PAK", Role: "prime minister"},
			{ID: "person/jilani", Name: "Jalil Abbas Jilani", Kind: schema.Person, Country: "PAK", Role: "foreign minister"},
			{ID: "p1", Name: "Kakar", Kind: schema.Person, Country: "PAK", Role: "prime minister"},
			{ID: "person/sharif", Name: "Shehbaz Sharif", Kind: schema.Person, Country: "PAK", Role: "former prime minister"},
			{ID: "org/un", Name: "United Nations", Kind: schema.IGO}, {ID: "org/unsc", Name: "United Nations Security Council", Kind: schema.IGO}, {ID: "org/eu", Name: "European Union", Kind: schema.IGO},
			{ID: "person/amir", Name: "Hossein Amirabdollahian", Kind: schema.Person, Country: "IRN", Role: "foreign minister"},
		},
		Locations: []schema.ArticleLocation{
			place("geonames/rask", "Rask", "city", "IRN", 26.24, 61.40), place("geonames/sarbaz", "Sarbaz", "city", "IRN", 26.63, 61.26),
			place("iso/IR-11", "Sistan-Baluchestan", "region", "IRN", 28.5, 60.6), place("part/IRN/southeast", "southeast Iran", "part", "IRN", 28, 60),
			place("iso/IR-04", "West Azerbaijan", "region", "IRN", 37.5, 45), place("IRN", "Iran", "state", "IRN", 32, 53), place("PAK", "Pakistan", "state", "PAK", 30, 69),
		},
		Incidents: []schema.ArticleIncident{{ID: "e1", Type: "ASSAULT", Initiators: []string{"group/jaish-al-adl"}, Targets: []string{"of/IRN/government/police"}, Date: "2024-01-16",
			Location: &at, Status: schema.Reported, Confidence: 0.8, Evidence: []schema.Evidence{{Start: 0, End: len(text), Text: text}}}},
	}
	change(&g.Incidents[0])
	r, err := resolve.Read(g, text)
	if err != nil || len(r.Claims) != 1 || len(r.Refused) > 0 {
		t.Fatalf("%v %q", err, r.Refused)
	}
	return r.Claims[0]
}

func TestLinked(t *testing.T) {
	type in = schema.ArticleIncident
	as := func(kind string, from, to []string) func(*in) {
		return func(i *in) { i.Type, i.Initiators, i.Targets, i.Location = kind, from, to, nil }
	}
	at := func(l string) func(*in) { return func(i *in) { i.Location = &l } }
	killed := func(n int) func(*in) { return func(i *in) { i.Killed = &schema.Toll{Min: n} } }
	on := func(date string) func(*in) { return func(i *in) { i.Date = date } }
	by := func(who ...string) func(*in) { return func(i *in) { i.Initiators = who } }
	of := func(who ...string) func(*in) { return func(i *in) { i.Targets = who } }
	both := func(f ...func(*in)) func(*in) {
		return func(i *in) {
			for _, f := range f {
				f(i)
			}
		}
	}
	same := func(*in) {}
	for _, c := range []struct {
		name string
		a, b func(*in)
		want bool
	}{
		{"the same twice", same, same, true},
		{"province and town", same, at("iso/IR-11"), true},
		{"part of the state and town", same, at("part/IRN/southeast"), true},
		{"state and town", same, at("IRN"), true},
		{"no place and town", same, func(i *in) { i.Location = nil }, true},
		{"another province", same, at("iso/IR-04"), false},
		{"next town", same, at("geonames/sarbaz"), false},
		{"another state", same, at("PAK"), false},
		{"next day", same, on("2024-01-17"), false},
		{"next day, but the same town, toll and sides", killed(11), both(killed(11), on("2024-01-17")), true},
		{"next day, the same toll elsewhere", killed(11), both(killed(11), on("2024-01-17"), at("geonames/sarbaz")), false},
		{"two days later, the same toll", killed(11), both(killed(11), on("2024-01-18")), false},
		{"next day, which is that of publication, the same toll", both(killed(11), on("2024-01-19")), both(by("of//armed_group/gunmen"), killed(11), on("2024-01-20")), true},
		{"next day, which is not that of publication, the same toll", both(killed(11), on("2024-01-18")), both(by("of//armed_group/gunmen"), killed(11), on("2024-01-19")), false},
		{"next day, which is that of publication, another toll of the same group", both(killed(11), on("2024-01-19")), both(killed(13), on("2024-01-20")), true},
		{"next day, which is that of publication, another toll of another", both(by("IRN"), killed(11), on("2024-01-19")), both(by("org/irgc"), killed(13), on("2024-01-20")), false},
		{"next day, the same small toll", killed(2), both(killed(2), on("2024-01-17")), false},
		{"the month", same, on("2024-01"), true},
		{"the month, and only the state", as("ASSAULT", []string{"IRN"}, []string{"PAK"}), both(as("ASSAULT", []string{"org/irgc"}, []string{"group/bla"}), on("2024-01")), false},
		{"the same year twice", both(by("IRN"), of("PAK"), on("2024")), both(by("IRN"), of("PAK"), on("2024")), false},
		{"the same year twice, one person", both(by("IRN"), of("person/sharif"), on("2023")), both(by("IRN"), of("person/sharif"), on("2023")), true},
		{"another month", same, on("2023-12"), false},
		{"the year only", same, on("2024"), false},
		{"no day", same, on(""), false},
		{"unnamed attackers", same, by(), true},
		{"unnamed attackers, only the state and the toll", both(by(), killed(40)), both(by(), of("IRN"), killed(40), at("IRN")), true},
		{"unnamed attackers, only the state", by(), both(by(), of("IRN"), at("IRN")), false},
		{"people at large for a group", same, by("of//civilians/protesters"), false},
		{"attackers only described", same, by("of//armed_group/gunmen"), true},
		{"police of a state that is not told", same, of("of//government/police"), true},
		{"gunmen and children of nowhere", as("ASSAULT", []string{"of//armed_group/gunmen"}, []string{"of//civilians/children"}), as("ASSAULT", []string{"of//armed_group/gunmen"}, []string{"of//civilians/children"}), false},
		{"gunmen and children of one town", both(by("of//armed_group/gunmen"), of("of//civilians/children")), both(by("of//armed_group/gunmen"), of("of//civilians/children")), true},
		{"another group", same, by("group/bla"), false},
		{"another group, by its own account", same, both(by("group/bla"), func(i *in) { i.Status = schema.Claimed }), true},
		{"a state instead of the group", same, by("PAK"), false},
		{"the state instead of its police", same, of("IRN"), true},
		{"another state's people", same, of("PAK"), false},
		{"the guards instead of the police", same, of("org/irgc"), true},
		{"neither side told, same town", both(by(), of()), same, true},
		{"neither side told, province", both(by(), of(), at("iso/IR-11")), same, false},
		{"tolls that rise", killed(5), killed(40), true},
		{"tolls of another order", killed(2), killed(300), false},
		{"forces for their state", as("ASSAULT", []string{"IRN"}, []string{"PAK"}), as("ASSAULT", []string{"org/irgc"}, []string{"PAK"}), true},
		{"drones for the guards", as("ASSAULT", []string{"of/IRN/military/drones"}, []string{"PAK"}), as("ASSAULT", []string{"org/irgc"}, []string{"PAK"}), true},
		{"a group hit on a state's soil", both(as("ASSAULT", []string{"IRN"}, []string{"PAK"}), at("PAK")), both(as("ASSAULT", []string{"IRN"}, []string{"group/jaish-al-adl"}), at("PAK")), true},
		{"the other way round", as("ASSAULT", []string{"IRN"}, []string{"PAK"}), as("ASSAULT", []string{"PAK"}, []string{"IRN"}), false},
		{"another type", as("ASSAULT", []string{"IRN"}, []string{"PAK"}), as("ACCUSE", []string{"IRN"}, []string{"PAK"}), false},
		{"ministry for its state", as("ACCUSE", []string{"PAK"}, []string{"IRN"}), as("ACCUSE", []string{"of/PAK/government/foreign-ministry"}, []string{"IRN"}), true},
		{"two ministries", as("ACCUSE", []string{"of/PAK/government/defence-ministry"}, []string{"IRN"}), as("ACCUSE", []string{"of/PAK/government/foreign-ministry"}, []string{"IRN"}), false},
		{"two ministers", as("ACCUSE", []string{"person/kakar"}, []string{"IRN"}), as("ACCUSE", []string{"person/jilani"}, []string{"IRN"}), false},
		{"a surname only", as("ACCUSE", []string{"person/kakar"}, []string{"IRN"}), as("ACCUSE", []string{"p1"}, []string{"IRN"}), true},
		{"one who is in office no more", as("ACCUSE", []string{"person/sharif"}, []string{"IRN"}), as("ACCUSE", []string{"PAK"}, []string{"IRN"}), false},
		{"a meeting told from both sides", as("CONSULT", []string{"person/kakar"}, []string{"person/amir"}), as("CONSULT", []string{"person/amir"}, []string{"person/kakar"}), true},
		{"a meeting with another minister", as("CONSULT", []string{"person/kakar"}, []string{"person/amir"}), as("CONSULT", []string{"person/amir"}, []string{"person/jilani"}), false},
		{"a meeting of those who act for two states", as("CONSULT", []string{"person/kakar"}, []string{"person/amir"}), as("CONSULT", []string{"IRN"}, []string{"PAK"}), true},
		{"a condemnation by an organ", as("ACCUSE", []string{"org/un"}, []string{"IRN"}), as("ACCUSE", []string{"org/unsc"}, []string{"IRN"}), true},
		{"a condemnation by another organisation", as("ACCUSE", []string{"org/un"}, []string{"IRN"}), as("ACCUSE", []string{"org/eu"}, []string{"IRN"}), false},
		{"ministers speak of each other all day", as("ACCUSE", []string{"person/kakar"}, []string{"IRN"}), as("ACCUSE", []string{"PAK"}, []string{"person/amir"}), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := told(t, "a", c.a), told(t, "b", c.b)
			g, got := resolve.Linked(a, b)
			if back, ok := resolve.Linked(b, a); ok != got || back != g {
				t.Error("not symmetric")
			}
			if got != c.want {
				t.Errorf("linked: %v (%s)\n%q\n%q", got, g, a.Blocks, b.Blocks)
			}
		})
	}
}

// Two strikes on one day that an article tells apart stay apart, whatever vague reports there are.
func TestSecondStrikeTheSameDay(t *testing.T) {
	first := told(t, "a", func(i *schema.ArticleIncident) { i.Killed = &schema.Toll{Min: 4} })
	second := told(t, "b", func(i *schema.ArticleIncident) { at := "geonames/sarbaz"; i.Location = &at })
	vague := told(t, "c", func(i *schema.ArticleIncident) { i.Location = nil })
	if clusters := resolve.Cluster([]*resolve.Claim{vague, second, first}); len(clusters) != 3 {
		t.Errorf("%d incidents: the vague report must not choose, nor make the two one", len(clusters))
	}
	vague = told(t, "c", func(i *schema.ArticleIncident) { i.Location = nil; i.Killed = &schema.Toll{Min: 4} })
	if clusters := resolve.Cluster([]*resolve.Claim{vague, second, first}); len(clusters) != 2 {
		t.Errorf("%d incidents: the toll tells which strike the vague report means", len(clusters))
	}
}

// Those who are only described and of no state are of one article each, and those of an incident stand there once.
func TestUnnamedAreOfOneArticle(t *testing.T) {
	tell := func(id, place string) *resolve.Claim {
		return told(t, id, func(i *schema.ArticleIncident) {
			i.Initiators, i.Targets, i.Location = []string{"of//armed_group/gunmen"}, []string{"of//civilians/children"}, &place
		})
	}
	claims := []*resolve.Claim{tell("a", "geonames/rask"), tell("b", "iso/IR-11"), tell("c", "geonames/rask"), tell("d", "PAK")}
	initiators := make(map[string]bool)
	for _, c := range claims {
		initiators[c.Initiators[0]] = true
	}
	if len(initiators) != len(claims) {
		t.Errorf("the gunmen of four articles are %v", initiators)
	}
	clusters := resolve.Cluster(claims)
	if len(clusters) != 2 {
		t.Fatalf("%d incidents", len(clusters))
	}
	in := resolve.NewIncident(clusters[0])
	if len(in.Initiators) != 1 || in.Initiators[0].Object != "unnamed/a#armed_group/gunmen" || in.Initiators[0].Facet("support") != 3 || len(in.Targets) != 1 {
		t.Errorf("three articles show %v and %v", in.Initiators, in.Targets)
	}
}
