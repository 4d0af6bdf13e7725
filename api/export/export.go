// Package export writes incidents and relationships in the formats of other tools: tables, maps, networks,
// threat intelligence and RDF. Rows go out as they come in, so that an export takes no more memory the larger it is.
package export

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"incidentgraph/api/graph"
	"incidentgraph/schema"
)

// Source gives the rows of an export.
type Source interface {
	Incidents(ctx context.Context, f graph.Filter, evidence bool) iter.Seq2[graph.Incident, error]
	Relations(ctx context.Context, f graph.Filter) iter.Seq2[graph.Relation, error]
}

// Format is a form of export.
type Format struct {
	// Name is that of the file, "incidents.csv".
	Name, MediaType, About string
	write                  func(ctx context.Context, w io.Writer, s Source, f graph.Filter) error
}

// Formats gives all forms.
func Formats() []Format {
	return []Format{
		{"incidents.csv", "text/csv; charset=utf-8", "Incidents as a table.", incidentsCSV},
		{"incidents.jsonl", "application/x-ndjson", "Incidents with their evidence, one JSON object a line.", incidentsJSON},
		{"incidents.geojson", "application/geo+json", "Incidents that happened at a known place, for maps.", incidentsGeoJSON},
		{"relationships.csv", "text/csv; charset=utf-8", "Relationships as a table.", relationsCSV},
		{"relationships.jsonl", "application/x-ndjson", "Relationships, one JSON object a line.", relationsJSON},
		{"network.graphml", "application/graphml+xml; charset=utf-8", "Actors and relationships for yEd, Gephi, NetworkX and igraph.", graphML},
		{"network.gexf", "application/gexf+xml; charset=utf-8", "Actors and relationships for Gephi.", gexf},
		{"stix.json", "application/stix+json;version=2.1", "Incidents and actors as a STIX 2.1 bundle.", stix},
		{"graph.nq", "application/n-quads", "Incidents and actors as N-Quads.", nquads},
	}
}

// ByName finds a form.
func ByName(name string) (Format, bool) {
	all := Formats()
	i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return all[i], true
}

// Write writes all rows that meet the filter.
func (f Format) Write(ctx context.Context, w io.Writer, s Source, filter graph.Filter) error {
	b := bufio.NewWriterSize(w, 64<<10)
	if err := f.write(ctx, b, s, filter); err != nil {
		return err
	}
	return b.Flush()
}

// cell keeps spreadsheets from taking a text for a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func names(list []graph.Party) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = cell(p.Name)
	}
	return strings.Join(out, "; ")
}

func keys(list []graph.Party) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.Key
	}
	return strings.Join(out, "; ")
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// place gives the point of an incident.
func place(i graph.Incident) (latitude, longitude float64, ok bool) {
	if i.Location == nil || i.Location.Point == nil || len(i.Location.Point.Coordinates) != 2 {
		return 0, 0, false
	}
	return i.Location.Point.Coordinates[1], i.Location.Point.Coordinates[0], true
}

func incidentsCSV(ctx context.Context, w io.Writer, s Source, f graph.Filter) error {
	c := csv.NewWriter(w)
	_ = c.Write([]string{"id", "type", "quad_class", "intensity", "date", "precision", "initiators", "initiator_ids", "targets", "target_ids",
		"location", "country", "latitude", "longitude", "killed_min", "killed_max", "injured_min", "injured_max", "weapons", "status",
		"publishers", "confidence", "historical", "title"})
	for i, err := range s.Incidents(ctx, f, false) {
		if err != nil {
			return err
		}
		t, _ := schema.EventTypeByName(i.Type)
		where, lat, lon := "", "", ""
		if i.Location != nil {
			where = cell(i.Location.Name)
		}
		if la, lo, ok := place(i); ok {
			lat, lon = decimal(la), decimal(lo)
		}
		err = c.Write([]string{i.Key, i.Type, string(t.Quad), decimal(t.Intensity), i.Date, i.Precision, names(i.Initiators), keys(i.Initiators),
			names(i.Targets), keys(i.Targets), where, i.Country, lat, lon, number(i.KilledMin), number(i.KilledMax), number(i.InjuredMin),
			number(i.InjuredMax), strings.Join(i.Weapons, "; "), strings.Join(i.Statuses, "; "), strconv.Itoa(i.Publishers),
			decimal(i.Confidence), strconv.FormatBool(i.Historical), cell(i.Title)})
		if err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// party, toll and so on are JSON as exports write it.
type party struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Kind    string `json:"kind,omitempty"`
	Country string `json:"country,omitempty"`
}

type toll struct {
	Min *int `json:"min"`
	Max *int `json:"max"`
}

type evidence struct {
	Text      string `json:"text"`
	Sentence  int    `json:"sentence"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Article   string `json:"article"`
	Title     string `json:"title,omitempty"`
	URL       string `json:"url,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Published string `json:"publishedAt,omitempty"`
}

type location struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Country   string   `json:"country,omitempty"`
	Latitude  *float64 `json:"latitude,omitempty"`
	Longitude *float64 `json:"longitude,omitempty"`
}

type incident struct {
	ID         string     `json:"id"`
	Type       string     `json:"type"`
	QuadClass  string     `json:"quadClass"`
	Intensity  float64    `json:"intensity"`
	Title      string     `json:"title,omitempty"`
	Date       string     `json:"date,omitempty"`
	Precision  string     `json:"datePrecision,omitempty"`
	Initiators []party    `json:"initiators"`
	Targets    []party    `json:"targets"`
	Location   *location  `json:"location,omitempty"`
	Country    string     `json:"country,omitempty"`
	Killed     *toll      `json:"killed,omitempty"`
	Injured    *toll      `json:"injured,omitempty"`
	Weapons    []string   `json:"weapons,omitempty"`
	Status     []string   `json:"status,omitempty"`
	Publishers int        `json:"publishers"`
	Confidence float64    `json:"confidence"`
	Historical bool       `json:"historical"`
	Answers    []string   `json:"inResponseTo,omitempty"`
	Evidence   []evidence `json:"evidence,omitempty"`
}

func parties(list []graph.Party) []party {
	out := make([]party, len(list))
	for i, p := range list {
		out[i] = party{p.Key, p.Name, p.Kind, p.Country}
	}
	return out
}

func asJSON(i graph.Incident) incident {
	t, _ := schema.EventTypeByName(i.Type)
	out := incident{ID: i.Key, Type: i.Type, QuadClass: string(t.Quad), Intensity: t.Intensity, Title: i.Title, Date: i.Date, Precision: i.Precision,
		Initiators: parties(i.Initiators), Targets: parties(i.Targets), Country: i.Country, Weapons: i.Weapons, Status: i.Statuses,
		Publishers: i.Publishers, Confidence: i.Confidence, Historical: i.Historical}
	if i.KilledMin != nil || i.KilledMax != nil {
		out.Killed = &toll{i.KilledMin, i.KilledMax}
	}
	if i.InjuredMin != nil || i.InjuredMax != nil {
		out.Injured = &toll{i.InjuredMin, i.InjuredMax}
	}
	if i.Location != nil {
		out.Location = &location{ID: i.Location.Key, Name: i.Location.Name, Country: i.Location.Country}
		if lat, lon, ok := place(i); ok {
			out.Location.Latitude, out.Location.Longitude = &lat, &lon
		}
	}
	for _, a := range i.Answers {
		out.Answers = append(out.Answers, a.Key)
	}
	for _, c := range i.Claims {
		for _, e := range c.Evidence {
			out.Evidence = append(out.Evidence, evidence{e.Text, e.Sentence, e.Start, e.End, c.Article.Key, c.Article.Title, c.Article.URL, c.Article.Publisher, c.Article.Published})
		}
	}
	return out
}

func incidentsJSON(ctx context.Context, w io.Writer, s Source, f graph.Filter) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i, err := range s.Incidents(ctx, f, true) {
		if err != nil {
			return err
		}
		if err := e.Encode(asJSON(i)); err != nil {
			return err
		}
	}
	return nil
}

// list writes JSON values with commas between.
type list struct {
	w io.Writer
	// before stands before the first value.
	before string
	begun  bool
}

func (l *list) add(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	before := l.before
	if l.begun {
		before = ",\n"
	}
	if _, err := io.WriteString(l.w, before); err != nil {
		return err
	}
	l.begun = true
	_, err = l.w.Write(b)
	return err
}

func incidentsGeoJSON(ctx context.Context, w io.Writer, s Source, f graph.Filter) error {
	if _, err := io.WriteString(w, `{"type":"FeatureCollection","features":[`+"\n"); err != nil {
		return err
	}
	l := list{w: w}
	for i, err := range s.Incidents(ctx, f, false) {
		if err != nil {
			return err
		}
		lat, lon, ok := place(i)
		if !ok {
			continue
		}
		err = l.add(map[string]any{"type": "Feature", "id": i.Key,
			"geometry":   map[string]any{"type": "Point", "coordinates": []float64{lon, lat}},
			"properties": asJSON(i)})
		if err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "\n]}\n")
	return err
}

func relationsCSV(ctx context.Context, w io.Writer, s Source, f graph.Filter) error {
	c := csv.NewWriter(w)
	_ = c.Write([]string{"initiator", "initiator_id", "edge", "target", "target_id", "type", "quad_class", "count", "first", "last", "intensity", "confidence"})
	for r, err := range s.Relations(ctx, f) {
		if err != nil {
			return err
		}
		err = c.Write([]string{cell(r.From.Name), r.From.Key, r.Type.Edge, cell(r.To.Name), r.To.Key, r.Type.Name, string(r.Type.Quad), strconv.FormatInt(r.Count, 10),
			graph.Day(r.First), graph.Day(r.Last), decimal(r.Type.Intensity * float64(r.Count)), decimal(r.Confidence)})
		if err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func relationsJSON(ctx context.Context, w io.Writer, s Source, f graph.Filter) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for r, err := range s.Relations(ctx, f) {
		if err != nil {
			return err
		}
		err = e.Encode(map[string]any{"initiator": party{r.From.Key, r.From.Name, r.From.Kind, r.From.Country}, "edge": r.Type.Edge,
			"target": party{r.To.Key, r.To.Name, r.To.Kind, r.To.Country}, "type": r.Type.Name, "quadClass": r.Type.Quad, "count": r.Count,
			"first": graph.Day(r.First), "last": graph.Day(r.Last), "intensity": r.Type.Intensity * float64(r.Count), "confidence": r.Confidence})
		if err != nil {
			return err
		}
	}
	return nil
}

// text escapes a text for XML; what XML cannot hold becomes U+FFFD.
func text(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}

// network goes through the relationships twice, as both formats want: nodes first, each once, then edges.
func network(ctx context.Context, s Source, f graph.Filter, node func(graph.Party) error, between func() error, edge func(int, graph.Relation) error) error {
	seen := map[string]bool{}
	for r, err := range s.Relations(ctx, f) {
		if err != nil {
			return err
		}
		for _, p := range []graph.Party{r.From, r.To} {
			if !seen[p.Key] {
				seen[p.Key] = true
				if err := node(p); err != nil {
					return err
				}
			}
		}
	}
	if err := between(); err != nil {
		return err
	}
	n := 0
	for r, err := range s.Relations(ctx, f) {
		if err != nil {
			return err
		}
		// What was loaded since the first pass may join actors that it did not meet.
		if !seen[r.From.Key] || !seen[r.To.Key] {
			continue
		}
		if err := edge(n, r); err != nil {
			return err
		}
		n++
	}
	return nil
}

func graphML(ctx context.Context, w io.Writer, s Source, f graph.Filter) error {
	_, err := io.WriteString(w, xml.Header+`<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="name" for="node" attr.name="name" attr.type="string"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="country" for="node" attr.name="country" attr.type="string"/>
<key id="type" for="edge" attr.name="type" attr.type="string"/>
<key id="edge" for="edge" attr.name="edge" attr.type="string"/>
<key id="count" for="edge" attr.name="count" attr.type="long"/>
<key id="first" for="edge" attr.name="first" attr.type="string"/>
<key id="last" for="edge" attr.name="last" attr.type="string"/>
<key id="intensity" for="edge" attr.name="intensity" attr.type="double"/>
<key id="confidence" for="edge" attr.name="confidence" attr.type="double"/>
<graph id="incidents" edgedefault="directed">
`)
	if err != nil {
		return err
	}
	err = network(ctx, s, f, func(p graph.Party) error {
		_, err := fmt.Fprintf(w, `<node id="%s"><data key="name">%s</data><data key="kind">%s</data><data key="country">%s</data></node>`+"\n",
			text(p.Key), text(p.Name), text(p.Kind), text(p.Country))
		return err
	}, func() error { return nil }, func(n int, r graph.Relation) error {
		directed := ""
		if r.Type.Mutual {
			directed = ` directed="false"`
		}
		_, err := fmt.Fprintf(w, `<edge id="e%d" source="%s" target="%s"%s><data key="type">%s</data><data key="edge">%s</data><data key="count">%d</data>`+
			`<data key="first">%s</data><data key="last">%s</data><data key="intensity">%s</data><data key="confidence">%s</data></edge>`+"\n",
			n, text(r.From.Key), text(r.To.Key), directed, r.Type.Name, r.Type.Edge, r.Count, graph.Day(r.First), graph.Day(r.Last),
			decimal(r.Type.Intensity*float64(r.Count)), decimal(r.Confidence))
		return err
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "</graph>\n</graphml>\n")
	return err
}

func gexf(ctx context.Context, w io.Writer, s Source, f graph.Filter) error {
	_, err := io.WriteString(w, xml.Header+`<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph mode="static" defaultedgetype="directed">
<attributes class="node"><attribute id="kind" title="kind" type="string"/><attribute id="country" title="country" type="string"/></attributes>
<attributes class="edge"><attribute id="type" title="type" type="string"/><attribute id="first" title="first" type="string"/><attribute id="last" title="last" type="string"/><attribute id="intensity" title="intensity" type="double"/><attribute id="confidence" title="confidence" type="double"/></attributes>
<nodes>
`)
	if err != nil {
		return err
	}
	err = network(ctx, s, f, func(p graph.Party) error {
		_, err := fmt.Fprintf(w, `<node id="%s" label="%s"><attvalues><attvalue for="kind" value="%s"/><attvalue for="country" value="%s"/></attvalues></node>`+"\n",
			text(p.Key), text(p.Name), text(p.Kind), text(p.Country))
		return err
	}, func() error {
		_, err := io.WriteString(w, "</nodes>\n<edges>\n")
		return err
	}, func(n int, r graph.Relation) error {
		kind := "directed"
		if r.Type.Mutual {
			kind = "undirected"
		}
		_, err := fmt.Fprintf(w, `<edge id="%d" source="%s" target="%s" type="%s" kind="%s" label="%s" weight="%d"><attvalues><attvalue for="type" value="%s"/>`+
			`<attvalue for="first" value="%s"/><attvalue for="last" value="%s"/><attvalue for="intensity" value="%s"/><attvalue for="confidence" value="%s"/></attvalues></edge>`+"\n",
			n, text(r.From.Key), text(r.To.Key), kind, r.Type.Edge, r.Type.Edge, r.Count, r.Type.Name, graph.Day(r.First), graph.Day(r.Last),
			decimal(r.Type.Intensity*float64(r.Count)), decimal(r.Confidence))
		return err
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "</edges>\n</graph>\n</gexf>\n")
	return err
}
