package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"incidentgraph/api/graph"
	"incidentgraph/schema"
)

// rows makes any number of incidents, of which every third has a place, with hostile names.
type rows struct{ n int }

const hostile = "=cmd|'/c calc'!A1 \"<>&\u2028\x01\n, ; né"

func (r rows) Incidents(context.Context, graph.Filter, bool) iter.Seq2[graph.Incident, error] {
	var common graph.Incident
	err := json.Unmarshal([]byte(`{"event_type":"ASSAULT","date":"2024-01-16","day":20240116,"killed_min":2,
		"initiators":[{"xid":"IRN","name":"Iran","kind":"state","country":"IRN"}],"status":["CLAIMED"],"weapon":["missile"],"confidence":0.5,"publishers":2,
		"location":{"xid":"geonames/1","name":"Kouh-Sabz","country":"PAK","point":{"coordinates":[63.5,26.5]}},
		"~incident":[{"article":{"xid":"a","url":"https://example.org/a","publisher":"P"},"evidence":[{"text":"It struck.","sentence":3,"start":5,"end":15}]}]}`), &common)
	return func(yield func(graph.Incident, error) bool) {
		for n := range r.n {
			i := common
			i.Key, i.Title = fmt.Sprintf("incident/%d", n), hostile
			i.Targets = []graph.Party{{Key: fmt.Sprintf("group/%d", n%50), Name: hostile, Kind: "armed_group"}}
			if n%3 > 0 {
				i.Location = nil
			}
			if !yield(i, err) {
				return
			}
		}
	}
}

func (r rows) Relations(context.Context, graph.Filter) iter.Seq2[graph.Relation, error] {
	return func(yield func(graph.Relation, error) bool) {
		types := schema.EventTypes()
		for n := range r.n {
			from := graph.Party{Key: "IRN", Name: "Iran", Kind: "state", Country: "IRN"}
			to := graph.Party{Key: fmt.Sprintf("group/%d&<", n%50), Name: hostile, Kind: "armed_group"}
			if !yield(graph.Relation{Type: types[n%len(types)], From: from, To: to, Count: 2, First: 20240116, Last: 20240117, Confidence: 0.5}, nil) {
				return
			}
		}
	}
}

func write(t *testing.T, name string, s Source) []byte {
	t.Helper()
	f, ok := ByName(name)
	if !ok {
		t.Fatalf("there is no %s", name)
	}
	var b bytes.Buffer
	if err := f.Write(context.Background(), &b, s, graph.Filter{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTables(t *testing.T) {
	for name, columns := range map[string]int{"incidents.csv": 24, "relationships.csv": 12} {
		records, err := csv.NewReader(bytes.NewReader(write(t, name, rows{9}))).ReadAll()
		if err != nil || len(records) != 10 || len(records[0]) != columns {
			t.Fatalf("%s: %d records of %d columns, %v", name, len(records), len(records[0]), err)
		}
		for _, r := range records[1:] {
			for i, c := range r {
				if strings.HasPrefix(c, "=") {
					t.Errorf("%s: column %s holds a formula: %q", name, records[0][i], c)
				}
			}
		}
	}
}

func TestJSON(t *testing.T) {
	for _, name := range []string{"incidents.jsonl", "relationships.jsonl"} {
		lines := strings.Split(strings.TrimSpace(string(write(t, name, rows{7}))), "\n")
		if len(lines) != 7 {
			t.Errorf("%s: %d lines, want 7", name, len(lines))
		}
		for _, l := range lines {
			if !json.Valid([]byte(l)) {
				t.Errorf("%s: %s", name, l)
			}
		}
	}
	var first incident
	if err := json.Unmarshal([]byte(strings.Split(string(write(t, "incidents.jsonl", rows{1})), "\n")[0]), &first); err != nil {
		t.Fatal(err)
	}
	if len(first.Evidence) != 1 || first.Evidence[0].Start != 5 || first.Evidence[0].Publisher != "P" || *first.Killed.Min != 2 || first.Title != strings.ToValidUTF8(hostile, "") {
		t.Errorf("%+v", first)
	}
}

func TestGeoJSON(t *testing.T) {
	var got struct {
		Type     string
		Features []struct {
			Type     string
			Geometry struct {
				Type        string
				Coordinates [2]float64
			}
		}
	}
	if err := json.Unmarshal(write(t, "incidents.geojson", rows{9}), &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "FeatureCollection" || len(got.Features) != 3 || got.Features[0].Geometry.Coordinates != [2]float64{63.5, 26.5} {
		t.Errorf("%+v", got)
	}
	if !json.Valid(write(t, "incidents.geojson", rows{0})) {
		t.Error("an empty one is no JSON")
	}
}

// TestNetworks reads both formats back: every edge joins nodes that are there, and nodes come before edges.
func TestNetworks(t *testing.T) {
	for _, name := range []string{"network.graphml", "network.gexf"} {
		d := xml.NewDecoder(bytes.NewReader(write(t, name, rows{100})))
		nodes, edges, mutual := map[string]bool{}, 0, 0
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			attributes := map[string]string{}
			for _, a := range e.Attr {
				attributes[a.Name.Local] = a.Value
			}
			switch e.Name.Local {
			case "node":
				if nodes[attributes["id"]] {
					t.Errorf("%s: node %s twice", name, attributes["id"])
				}
				nodes[attributes["id"]] = true
			case "edge":
				edges++
				if !nodes[attributes["source"]] || !nodes[attributes["target"]] {
					t.Errorf("%s: an edge joins %s and %s, which are not there", name, attributes["source"], attributes["target"])
				}
				if attributes["directed"] == "false" || attributes["type"] == "undirected" {
					mutual++
				}
			}
		}
		if len(nodes) != 51 || edges != 100 || mutual == 0 || mutual == 100 {
			t.Errorf("%s: %d nodes, %d edges, %d of them mutual", name, len(nodes), edges, mutual)
		}
	}
}

func TestNQuads(t *testing.T) {
	line := regexp.MustCompile(`^<[^<>"{}|^\x60\\\x00-\x20]+> <[^<>" ]+> (<[^<>" ]+>|"([^"\\\n\r]|\\["\\nr])*"(\^\^<[^<>" ]+>)?) \.$`)
	for _, l := range strings.Split(strings.TrimSuffix(string(write(t, "graph.nq", rows{9})), "\n"), "\n") {
		if !line.MatchString(l) {
			t.Errorf("%q", l)
		}
	}
}

// growth is a writer that notes the live memory now and then.
type growth struct {
	written, next int
	live          []uint64
}

func (g *growth) Write(p []byte) (int, error) {
	const every = 8 << 20
	if g.written += len(p); g.written >= g.next {
		g.next += every
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		g.live = append(g.live, m.HeapAlloc)
	}
	return len(p), nil
}

// TestConstantMemory writes a hundred thousand rows of each form: what is live stays as it was when they began.
func TestConstantMemory(t *testing.T) {
	for _, f := range Formats() {
		g := &growth{}
		if err := f.Write(context.Background(), g, rows{100_000}, graph.Filter{}); err != nil {
			t.Fatal(err)
		}
		first, most := g.live[0], slices.Max(g.live)
		t.Logf("%s: %.1f MB written, at most %.1f MB live", f.Name, float64(g.written)/1e6, float64(most)/1e6)
		if most > first+4<<20 {
			t.Errorf("%s: %d bytes were live at first, then %d", f.Name, first, most)
		}
	}
}

// BenchmarkExport writes a hundred thousand rows of each form.
func BenchmarkExport(b *testing.B) {
	for _, f := range Formats() {
		b.Run(f.Name, func(b *testing.B) {
			for b.Loop() {
				if err := f.Write(context.Background(), io.Discard, rows{100_000}, graph.Filter{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
