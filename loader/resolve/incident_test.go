package resolve_test

import (
	"slices"
	"testing"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

const agencyText = "Several explosions shook the town at dawn and officials said that rescue workers were still looking for people under the ruins."

// One voice is one publisher, and all who print one text.
func TestConfidenceRisesWithIndependentPublishersOnly(t *testing.T) {
	say := func(id, text string) *resolve.Claim { return toldAs(t, id, text, func(*schema.ArticleIncident) {}) }
	first := say("a", agencyText)
	copied := say("b", agencyText+" More to come.")
	other := say("c", "They struck.")
	again := say("d", "They struck again, as told.")
	again.Publisher = other.Publisher
	for _, c := range []struct {
		name       string
		claims     []*resolve.Claim
		publishers int
		confidence float64
	}{
		{"one", []*resolve.Claim{first}, 1, 0.8},
		{"one and its copy", []*resolve.Claim{first, copied}, 1, 0.8},
		{"two", []*resolve.Claim{first, other}, 2, 0.96},
		{"two and a copy", []*resolve.Claim{first, copied, other}, 2, 0.96},
	} {
		in := resolve.NewIncident(c.claims)
		if in.Publishers != c.publishers || in.Confidence != c.confidence || in.Claims != len(c.claims) {
			t.Errorf("%s: %d publishers, confidence %v", c.name, in.Publishers, in.Confidence)
		}
	}
	if first.CopyOf != "" || copied.CopyOf != first.Key || other.CopyOf != "" {
		t.Errorf("copies: %q %q %q", first.CopyOf, copied.CopyOf, other.CopyOf)
	}
}

// What outlets contradict each other about stands side by side.
func TestContradictionsAreKept(t *testing.T) {
	killed := func(n int, status schema.Status) func(*schema.ArticleIncident) {
		return func(i *schema.ArticleIncident) { i.Killed, i.Status = &schema.Toll{Min: n}, status }
	}
	claims := []*resolve.Claim{told(t, "a", killed(9, schema.Claimed)), told(t, "b", killed(2, schema.Denied)), told(t, "c", killed(11, schema.Reported))}
	clusters := resolve.Cluster(claims)
	if len(clusters) != 1 {
		t.Fatalf("%d incidents", len(clusters))
	}
	in := resolve.NewIncident(clusters[0])
	if *in.KilledMin != 2 || *in.KilledMax != 11 || *in.KilledLatest != 11 {
		t.Errorf("killed %d to %d, last %d", *in.KilledMin, *in.KilledMax, *in.KilledLatest)
	}
	if want := []string{"CLAIMED", "DENIED", "REPORTED"}; !slices.Equal(in.Statuses, want) {
		t.Errorf("status %v", in.Statuses)
	}
	for i, n := range []int{9, 2, 11} {
		if *claims[i].KilledMin != n {
			t.Errorf("what %s says was overwritten", claims[i].Publisher)
		}
	}
}
