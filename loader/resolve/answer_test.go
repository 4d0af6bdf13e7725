package resolve_test

import (
	"slices"
	"testing"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

// A condemnation that another article reports finds the act that it is about when type, sides and time point to one.
func TestAnswersAcrossArticles(t *testing.T) {
	type in = schema.ArticleIncident
	say := func(id, text string, change func(*in)) func(t *testing.T) *resolve.Claim {
		return func(t *testing.T) *resolve.Claim {
			return toldAs(t, id, text, change)
		}
	}
	strike := func(id, date string, from, to string, at string) func(*testing.T) *resolve.Claim {
		return say(id, "They struck.", func(i *in) {
			i.Initiators, i.Targets, i.Date = []string{from}, []string{to}, date
			if i.Location = &at; at == "" {
				i.Location = nil
			}
		})
	}
	statement := func(kind, text, date string, from, to []string, at string) func(*testing.T) *resolve.Claim {
		return say("statement", text, func(i *in) {
			i.Type, i.Initiators, i.Targets, i.Date = kind, from, to, date
			if i.Location = &at; at == "" {
				i.Location = nil
			}
		})
	}
	pak, irn := []string{"PAK"}, []string{"IRN"}
	condemned := func(date string) func(*testing.T) *resolve.Claim {
		return statement("ACCUSE", "Pakistan condemned the strike.", date, pak, irn, "")
	}
	for _, c := range []struct {
		name      string
		statement func(*testing.T) *resolve.Claim
		acts      []func(*testing.T) *resolve.Claim
		want      string // the id of the article whose act is answered
	}{
		{"yesterday's strike", condemned("2024-01-17"), []func(*testing.T) *resolve.Claim{strike("a", "2024-01-16", "IRN", "PAK", "PAK")}, "a"},
		{"by its guards", condemned("2024-01-17"), []func(*testing.T) *resolve.Claim{strike("a", "2024-01-16", "org/irgc", "PAK", "PAK")}, "a"},
		{"last week's strike", condemned("2024-01-19"), []func(*testing.T) *resolve.Claim{strike("a", "2024-01-12", "IRN", "PAK", "PAK")}, ""},
		{"tomorrow's strike", condemned("2024-01-15"), []func(*testing.T) *resolve.Claim{strike("a", "2024-01-16", "IRN", "PAK", "PAK")}, ""},
		{"another's strike", condemned("2024-01-17"), []func(*testing.T) *resolve.Claim{strike("a", "2024-01-16", "group/bla", "PAK", "PAK")}, ""},
		{"words about something else", statement("ACCUSE", "Pakistan condemned the budget.", "2024-01-17", pak, irn, ""),
			[]func(*testing.T) *resolve.Claim{strike("a", "2024-01-16", "IRN", "PAK", "PAK")}, ""},
		{"of two, the one aimed at the speaker", condemned("2024-01-17"),
			[]func(*testing.T) *resolve.Claim{strike("a", "2024-01-16", "IRN", "group/jaish-al-adl", "geonames/rask"), strike("b", "2024-01-16", "IRN", "PAK", "PAK")}, "b"},
		{"of two that may be meant, none", statement("ACCUSE", "The United Nations condemned the strike.", "2024-01-17", []string{"org/un"}, irn, ""),
			[]func(*testing.T) *resolve.Claim{strike("a", "2024-01-16", "IRN", "group/jaish-al-adl", "geonames/rask"), strike("b", "2024-01-16", "IRN", "PAK", "PAK")}, ""},
		{"of nobody, in the same town", statement("ACCUSE", "The United Nations condemned the attack.", "2024-01-17", []string{"org/un"}, nil, "geonames/rask"),
			[]func(*testing.T) *resolve.Claim{strike("a", "2024-01-16", "group/jaish-al-adl", "of/IRN/government/police", "geonames/rask")}, "a"},
		{"of nobody, in the next town", statement("ACCUSE", "The United Nations condemned the attack.", "2024-01-17", []string{"org/un"}, nil, "geonames/sarbaz"),
			[]func(*testing.T) *resolve.Claim{strike("a", "2024-01-16", "group/jaish-al-adl", "of/IRN/government/police", "geonames/rask")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			said := c.statement(t)
			claims := []*resolve.Claim{said}
			for _, act := range c.acts {
				claims = append(claims, act(t))
			}
			acts, of := resolve.Causes{}, map[string]string{}
			var statement resolve.Incident
			article := map[string]string{} // by incident
			for _, cluster := range resolve.Cluster(claims) {
				in := resolve.NewIncident(cluster)
				for _, m := range in.Members {
					acts.Add(m)
					of[m.Key] = in.Key
					article[in.Key] = m.Article
				}
				if slices.Contains(in.Members, said) {
					statement = in
				}
			}
			var got []string
			for _, key := range resolve.Answered(statement.Members, func(k string) string { return of[k] }, acts) {
				got = append(got, article[key])
			}
			var want []string
			if c.want != "" {
				want = []string{"article/" + c.want}
			}
			if !slices.Equal(got, want) {
				t.Errorf("it answers %v, want %v\n%q", got, want, said.Blocks)
			}
		})
	}
}
