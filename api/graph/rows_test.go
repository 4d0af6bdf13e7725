package graph

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRows reads the rows of exports, page by page, and holds them against the world.
func TestRows(t *testing.T) {
	s, w := service(t), small()
	s.rowsAtOnce = 30
	ctx := context.Background()
	for _, c := range []struct {
		filter string
		meets  func(worldIncident) bool
	}{
		{"", func(worldIncident) bool { return true }},
		{`{"type": ["ASSAULT", "AID"], "period": {"from": "2016"}}`, func(i worldIncident) bool {
			return (i.event.Name == "ASSAULT" || i.event.Name == "AID") && i.day >= 20160101
		}},
		{`{"initiator": {"code": "` + w.actors[0].code + `"}}`, func(i worldIncident) bool { return slices.Contains(i.initiators, 0) }},
	} {
		f, err := s.ParseFilter(c.filter)
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for i, err := range s.Incidents(ctx, f, true) {
			if err != nil {
				t.Fatal(err)
			}
			if len(i.Claims) == 0 || len(i.Claims[0].Evidence) == 0 || i.Location == nil || i.Location.Point == nil {
				t.Fatalf("a row without evidence or place: %+v", i)
			}
			keys = append(keys, i.Key)
		}
		slices.Sort(keys)
		if diff := cmp.Diff(w.matching(c.meets), keys); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.filter, diff)
		}
		counts := map[directKey]*relation{}
		for _, in := range w.incidents {
			if c.meets(in) {
				w.count(counts, in)
			}
		}
		want, got := map[string][3]int64{}, map[string][3]int64{}
		for k, r := range counts {
			a, b := w.actors[k.from].key, w.actors[k.to].key
			if !r.event.Mutual || a < b {
				want[r.event.Name+" "+a+" "+b] = [3]int64{r.count, r.first, r.last}
			}
		}
		for r, err := range s.Relations(ctx, f) {
			if err != nil {
				t.Fatal(err)
			}
			got[r.Type.Name+" "+r.From.Key+" "+r.To.Key] = [3]int64{r.Count, r.First, r.Last}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: relationships -want +got\n%s", c.filter, diff)
		}
	}
	for _, bad := range []string{"{", "[]", "1", `{"typ": 1}`, `{"type": "WAR"}`, `{} {}`, `{"period": {"from": "2024", "to": "2023"}}`} {
		if _, err := s.ParseFilter(bad); err == nil {
			t.Errorf("%s is taken for a filter", bad)
		}
	}
}
