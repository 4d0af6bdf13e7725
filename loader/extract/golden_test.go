package extract

import (
	"fmt"
	"strings"
	"testing"

	"incidentgraph/fixtures"
	"incidentgraph/schema"
)

// TestGraphs shows the whole graphs of articles of different manner, so that a change can be read in its diff.
func TestGraphs(t *testing.T) {
	show := map[string]bool{
		"strike-flash":           true, // an agency's flash
		"strike-ministry":        true, // a ministry's statement
		"retaliation-translated": true, // translated copy with odd spellings
		"khartoum":               true, // claims and denials of two sides
		"karabakh-live":          true, // a running report, newest first
		"yeonpyeong":             true, // capitals
		"shoal":                  true, // a newspaper's report
		"final":                  true, // football: nothing to tell
	}
	for _, s := range samples(t) {
		if show[s.doc.ID] {
			t.Run(s.doc.ID, func(t *testing.T) {
				golden(t, s.doc.ID+".golden", readable(coder(t).Extract(s.doc)))
			})
		}
	}
}

// readable writes a graph in the form of the fixtures' graphs, with what those have not: whole sentences as
// evidence with the trigger in brackets, keys, coordinates and confidence.
func readable(g schema.ArticleGraph) string {
	var b strings.Builder
	fmt.Fprintf(&b, "article %s\n\n", g.Article.ID)
	names := map[string]string{}
	for _, a := range g.Actors {
		names[a.ID] = a.Name
		fmt.Fprintf(&b, "%s: %s", a.Name, a.Kind)
		if a.Country != "" {
			fmt.Fprintf(&b, " %s", a.Country)
		}
		if a.Role != "" {
			fmt.Fprintf(&b, ", %s", a.Role)
		}
		if len(a.Aliases) > 0 {
			fmt.Fprintf(&b, ", also %s", strings.Join(a.Aliases, "; "))
		}
		fmt.Fprintf(&b, " [%s]\n", a.ID)
	}
	places := map[string]schema.ArticleLocation{}
	for _, l := range g.Locations {
		places[l.ID] = l
	}
	side := func(ids []string) string {
		var list []string
		for _, id := range ids {
			list = append(list, names[id])
		}
		if len(list) == 0 {
			return "?"
		}
		return strings.Join(list, " & ")
	}
	for _, e := range g.Incidents {
		arrow := "->"
		if t, _ := schema.EventTypeByName(e.Type); t.Mutual {
			arrow = "<->"
		}
		fmt.Fprintf(&b, "\n%s %s %s %s %s (%.2f)\n", e.ID, e.Type, side(e.Initiators), arrow, side(e.Targets), e.Confidence)
		when := "no date"
		if e.Date != "" {
			when = "on " + e.Date
		}
		if e.Location != nil {
			l := places[*e.Location]
			when += ", in " + l.Name
			if l.Country != "" {
				when += ", " + l.Country
			}
			if l.Latitude != nil && l.Longitude != nil {
				when += fmt.Sprintf(" (%.2f %.2f)", *l.Latitude, *l.Longitude)
			}
		}
		fmt.Fprintf(&b, "  %s\n", when)
		var facts []string
		if e.Killed != nil {
			facts = append(facts, "killed "+fixtures.Toll(*e.Killed).String())
		}
		if e.Injured != nil {
			facts = append(facts, "injured "+fixtures.Toll(*e.Injured).String())
		}
		if len(e.Weapons) > 0 {
			facts = append(facts, "with "+strings.Join(e.Weapons, ", "))
		}
		if len(facts) > 0 {
			fmt.Fprintf(&b, "  %s\n", strings.Join(facts, "; "))
		}
		if e.Status != schema.Reported || e.AttributedTo != nil {
			fmt.Fprintf(&b, "  %s", strings.ToLower(string(e.Status)))
			if e.AttributedTo != nil {
				fmt.Fprintf(&b, " by %s", names[*e.AttributedTo])
			}
			b.WriteByte('\n')
		}
		if len(e.InResponseTo) > 0 {
			fmt.Fprintf(&b, "  in response to %s\n", strings.Join(e.InResponseTo, ", "))
		}
		if e.Historical {
			b.WriteString("  historical\n")
		}
		for _, v := range e.Evidence {
			fmt.Fprintf(&b, "  | %s [%s]\n", strings.Join(strings.Fields(v.Text), " "), v.Trigger)
		}
	}
	return b.String()
}
