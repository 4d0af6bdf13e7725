package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type aggregated struct {
	Aggregate struct {
		TotalCount, Incidents int
		Rows                  []struct {
			Keys []struct {
				ID, Label string
				Actor     *struct{ Kind string }
			}
			Count  int
			Killed *struct{ Min, Max int }
		}
	}
}

// TestAggregate holds groups against a plain count.
func TestAggregate(t *testing.T) {
	s, w := service(t), small()
	state := func(a int) string {
		if x := w.actors[a].state; x >= 0 {
			a = x
		}
		return w.actors[a].key
	}
	for _, c := range []struct {
		by   string
		keys func(worldIncident) []string
	}{
		{"[INITIATOR]", func(i worldIncident) (k []string) {
			for _, a := range i.initiators {
				k = append(k, w.actors[a].key)
			}
			return
		}},
		{"[ACTOR, ACTOR]", func(i worldIncident) (k []string) {
			all := append(slices.Clone(i.initiators), i.targets...)
			for _, a := range all {
				for _, b := range all {
					if a < b { // uids were given in this order
						k = append(k, w.actors[a].key+" "+w.actors[b].key)
					}
				}
			}
			return
		}},
		{"[INITIATOR_STATE, TARGET_STATE]", func(i worldIncident) (k []string) {
			for _, a := range i.initiators {
				for _, b := range i.targets {
					k = append(k, state(a)+" "+state(b))
				}
			}
			return
		}},
		{"[LOCATION, MONTH]", func(i worldIncident) []string {
			return []string{w.places[i.place].key + " " + dateText(i.day)[:7] + "-01"}
		}},
		{"[TYPE]", func(i worldIncident) []string { return []string{i.event.Name} }},
		{"[QUAD_CLASS, YEAR]", func(i worldIncident) []string {
			return []string{string(i.event.Quad) + " " + fmt.Sprint(i.day/10000) + "-01-01"}
		}},
		{"[PUBLISHER]", func(i worldIncident) (k []string) {
			for _, cl := range i.claims {
				k = append(k, w.articles[cl.article].publisher)
			}
			return
		}},
		{"[WEAPON]", func(i worldIncident) (k []string) {
			if i.weapon != "" {
				k = append(k, i.weapon)
			}
			return
		}},
	} {
		t.Run(c.by, func(t *testing.T) {
			want, killed := map[string]int{}, map[string]int64{}
			for _, in := range w.incidents {
				if in.day < 20180101 {
					continue
				}
				for _, k := range slices.Compact(slices.Sorted(slices.Values(c.keys(in)))) {
					want[k]++
					killed[k] += in.killed
				}
			}
			got := askMany[aggregated](t, s, `{aggregate(filter: {period: {from: "2018"}}, by: `+c.by+`, first: 1000) {totalCount incidents rows {keys {id label actor {kind}} count killed {min max}}}}`)
			counts := map[string]int{}
			for _, r := range got.Aggregate.Rows {
				var ids []string
				for _, k := range r.Keys {
					ids = append(ids, k.ID)
				}
				key := strings.Join(ids, " ")
				if strings.HasPrefix(c.by, "[ACTOR") && want[key] == 0 {
					slices.Reverse(ids)
					key = strings.Join(ids, " ")
				}
				counts[key] = r.Count
				if r.Killed != nil && int64(r.Killed.Max) != killed[key] {
					t.Errorf("%s: killed %d, want %d", key, r.Killed.Max, killed[key])
				}
			}
			if diff := cmp.Diff(want, counts); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if got.Aggregate.TotalCount != len(want) {
				t.Errorf("%d groups, want %d", got.Aggregate.TotalCount, len(want))
			}
			// Without more than names of the keys it takes one DQL request.
			once := ask[aggregated](t, s, `{aggregate(filter: {period: {from: "2018"}}, by: `+c.by+`, first: 1000) {rows {keys {id label} count}}}`, nil)
			for i, r := range once.Aggregate.Rows {
				if more := got.Aggregate.Rows[i]; r.Count != more.Count || r.Keys[0].ID != more.Keys[0].ID || r.Keys[0].Label != more.Keys[0].Label {
					t.Errorf("row %d in one request: %+v, in two: %+v", i, r, more)
				}
			}
		})
	}
}

func TestTimeline(t *testing.T) {
	s, w := service(t), small()
	want := map[string]int{}
	for _, in := range w.incidents {
		if in.day/10000 == 2020 {
			want[dateText(in.day)[:7]+"-01 "+in.event.Name]++
		}
	}
	got := askMany[struct {
		Timeline []struct {
			Start, End string
			Count      int
			Key        struct{ ID string }
		}
	}](t, s, `{timeline(period: {from: "2020", to: "2020"}, interval: MONTH, by: TYPE, groups: 16) {start end count key {id}}}`)
	counts := map[string]int{}
	last := ""
	for _, b := range got.Timeline {
		counts[b.Start+" "+b.Key.ID] = b.Count
		if b.Start < last || b.End[:7] != b.Start[:7] || b.End <= b.Start {
			t.Errorf("bucket %s to %s after %s", b.Start, b.End, last)
		}
		last = b.Start
	}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestTimelineForms asks for the same counts by counted blocks and, with a measure more, from the incidents.
func TestTimelineForms(t *testing.T) {
	s := service(t)
	type bucket struct {
		Start, End string
		Count      int
		Key        *struct{ ID string }
	}
	for _, arguments := range []string{
		`period: {from: "2018-03-10", to: "2020-02-03"}`,
		`period: {from: "2018-03-10", to: "2020-02-03"}, interval: YEAR`,
		`period: {from: "2018", to: "2018"}, by: TYPE, groups: 5`,
		`period: {from: "2016", to: "2019"}, filter: {not: {status: DENIED}}`,
	} {
		ask := func(more string) []bucket {
			return askMany[struct{ Timeline []bucket }](t, s, `{timeline(`+arguments+`) {start end count key {id} `+more+`}}`).Timeline
		}
		if diff := cmp.Diff(ask("intensity"), ask("")); diff != "" || len(ask("")) < 3 {
			t.Errorf("%s: -from the incidents +counted\n%s", arguments, diff)
		}
	}
}

func TestBucket(t *testing.T) {
	for _, c := range []struct {
		day         int64
		interval    string
		first, last int64
	}{
		{20240116, "DAY", 20240116, 20240116}, {20240116, "WEEK", 20240115, 20240121}, {20240114, "WEEK", 20240108, 20240114},
		{20240101, "WEEK", 20240101, 20240107}, {20231231, "WEEK", 20231225, 20231231},
		{20240229, "MONTH", 20240201, 20240229}, {20231231, "YEAR", 20230101, 20231231},
	} {
		if first, last := bucket(c.day, c.interval); first != c.first || last != c.last {
			t.Errorf("%s of %d: %d to %d, want %d to %d", c.interval, c.day, first, last, c.first, c.last)
		}
	}
}

func TestEscalation(t *testing.T) {
	s, w := service(t), small()
	state := func(a int) int {
		if x := w.actors[a].state; x >= 0 {
			return x
		}
		return a
	}
	type point struct {
		Count                        int
		Intensity                    float64
		IntensityAToB, IntensityBToA float64
	}
	want := map[string]point{}
	for _, in := range w.incidents {
		side := func(from, to int) bool {
			return slices.ContainsFunc(in.initiators, func(a int) bool { return state(a) == from }) &&
				slices.ContainsFunc(in.targets, func(a int) bool { return state(a) == to })
		}
		out, back := side(0, 1), side(1, 0)
		if !out && !back {
			continue
		}
		year := fmt.Sprint(in.day/10000) + "-01-01"
		p := want[year]
		p.Count++
		p.Intensity += in.event.Intensity
		if out || in.event.Mutual {
			p.IntensityAToB += in.event.Intensity
		}
		if back || in.event.Mutual {
			p.IntensityBToA += in.event.Intensity
		}
		want[year] = p
	}
	got := ask[struct {
		Escalation []struct {
			Start string
			point
		}
	}](t, s, fmt.Sprintf(`{escalation(a: {code: %q}, b: {code: %q}, interval: YEAR) {start count intensity intensityAToB intensityBToA}}`, w.actors[0].code, w.actors[1].code), nil)
	points := map[string]point{}
	for _, p := range got.Escalation {
		points[p.Start] = p.point
	}
	if diff := cmp.Diff(want, points); diff != "" || len(want) == 0 {
		t.Errorf("-want +got\n%s", diff)
	}
}
