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
	"strings"
	"testing"

	"incidentgraph/api/graph"
	"incidentgraph/schema"
)

// rows makes any number of incidents, of which every third has a place, with hostile names.
type rows struct{ n int }

const hostile = "=cmd|'/c calc'!A1 \"<>&\u2028\x01\n, ; né"

func (r rows) Incidents(context.Context, graph.Filter, bool) iter.Seq2[graph.Incident, error] {
	return func(yield func(graph.Incident, error) bool) {
		for n := range r.n {
			var i graph.Incident
			text := fmt.Sprintf(`{"xid":"incident/%d","title":"t","event_type":"ASSAULT","date":"2024-01-16","day":20240116,"killed_min":2,
				"initiators":[{"xid":"IRN","name":"Iran","kind":"state","country":"IRN"}],"targets":[{"xid":"group/%d","name":"x","kind":"armed_group"}],
				"status":["CLAIMED"],"weapon":["missile"],"confidence":0.5,"publishers":2,
				"~incident":[{"article":{"xid":"a","url":"https://example.org/a","publisher":"P"},"evidence":[{"text":"It struck.","sentence":3,"start":5,"end":15}]}]}`, n, n%50)
			if err := json.Unmarshal([]byte(text), &i); err != nil {
				panic(err)
			}
			i.Title, i.Targets[0].Name = hostile, hostile
			if n%3 == 0 {
				if err := json.Unmarshal([]byte(`{"location":{"xid":"geonames/1","name":"Kouh-Sabz","country":"PAK","point":{"coordinates":[63.5,26.5]}}}`), &i); err != nil {
					panic(err)
				}
			}
			if !yield(i, nil) {
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

// TestSTIX holds a bundle against the rules of STIX 2.1: what all objects have, what each kind needs, and
// that every reference leads to an object of the bundle.
func TestSTIX(t *testing.T) {
	b := write(t, "stix.json", rows{9})
	var bundle struct {
		Type, ID string
		Objects  []map[string]any
	}
	if err := json.Unmarshal(b, &bundle); err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`^[a-z0-9-]+--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	if bundle.Type != "bundle" || !id.MatchString(bundle.ID) {
		t.Errorf("%s %s", bundle.Type, bundle.ID)
	}
	ids := map[string]bool{}
	for _, o := range bundle.Objects {
		key, _ := o["id"].(string)
		if ids[key] {
			t.Errorf("%s twice", key)
		}
		ids[key] = true
		kind, _ := o["type"].(string)
		if !id.MatchString(key) || !strings.HasPrefix(key, kind+"--") || o["spec_version"] != "2.1" {
			t.Errorf("%v", o)
		}
		for _, name := range append([]string{"created", "modified"}, map[string][]string{"identity": {"name"}, "incident": {"name"},
			"relationship": {"relationship_type", "source_ref", "target_ref"}, "location": {"latitude", "longitude"}}[kind]...) {
			if o[name] == nil || o[name] == "" {
				t.Errorf("%s lacks %s", key, name)
			}
		}
		if kind == "relationship" && !regexp.MustCompile(`^[a-z0-9-]+$`).MatchString(o["relationship_type"].(string)) {
			t.Errorf("%v", o["relationship_type"])
		}
	}
	for _, o := range bundle.Objects {
		for _, name := range []string{"source_ref", "target_ref"} {
			if ref, ok := o[name].(string); ok && !ids[ref] {
				t.Errorf("%s leads to %s, which is not there", name, ref)
			}
		}
	}
	if !bytes.Equal(b, write(t, "stix.json", rows{9})) {
		t.Error("two exports of the same differ")
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

// BenchmarkExport writes a hundred thousand rows of each form; the live memory stays the same however many there are.
func BenchmarkExport(b *testing.B) {
	for _, f := range Formats() {
		b.Run(f.Name, func(b *testing.B) {
			for b.Loop() {
				if err := f.Write(context.Background(), io.Discard, rows{100_000}, graph.Filter{}); err != nil {
					b.Fatal(err)
				}
			}
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB-live")
		})
	}
}
