package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/graphql-go/graphql"

	"incidentgraph/schema"
)

// rowsAtOnce is how many nodes an export asks for at a time; its memory does not grow with what it exports.
const rowsAtOnce = 1000

// Party is an actor as a row of an export names it.
type Party struct {
	Key     string `json:"xid"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Country string `json:"country"`
}

// Incident is an incident as a row of an export.
type Incident struct {
	UID        string   `json:"uid"`
	Key        string   `json:"xid"`
	Title      string   `json:"title"`
	Type       string   `json:"event_type"`
	Initiators []Party  `json:"initiators"`
	Targets    []Party  `json:"targets"`
	Date       string   `json:"date"`
	Precision  string   `json:"precision"`
	Day        int64    `json:"day"`
	Country    string   `json:"country"`
	KilledMin  *int     `json:"killed_min"`
	KilledMax  *int     `json:"killed_max"`
	InjuredMin *int     `json:"injured_min"`
	InjuredMax *int     `json:"injured_max"`
	Weapons    []string `json:"weapon"`
	Statuses   []string `json:"status"`
	Historical bool     `json:"historical"`
	Confidence float64  `json:"confidence"`
	Publishers int      `json:"publishers"`
	Location   *struct {
		Key     string `json:"xid"`
		Name    string `json:"name"`
		Country string `json:"country"`
		Point   *struct {
			Coordinates []float64 `json:"coordinates"` // longitude, latitude
		} `json:"point"`
	} `json:"location"`
	Answers []struct {
		Key string `json:"xid"`
	} `json:"in_response_to"`
	Claims []struct {
		Article struct {
			Key       string `json:"xid"`
			Title     string `json:"title"`
			URL       string `json:"url"`
			Publisher string `json:"publisher"`
			Published string `json:"published"`
		} `json:"article"`
		Evidence []struct {
			Text     string `json:"text"`
			Sentence int    `json:"sentence"`
			Start    int    `json:"start"`
			End      int    `json:"end"`
		} `json:"evidence"`
	} `json:"~incident"`
}

// Relation is a relationship as a row of an export.
type Relation struct {
	Type       schema.EventType
	From, To   Party
	Count      int64
	First      int64 // days, as 20240116, 0 when none is known
	Last       int64
	Confidence float64
}

// Filter is an IncidentFilter that was checked.
type Filter struct{ value map[string]any }

// Everything tells that the filter leaves nothing out.
func (f Filter) Everything() bool { return len(f.value) == 0 }

// ParseFilter reads an IncidentFilter written as JSON; "" is the one that leaves nothing out. The error is for the client.
func (s *Service) ParseFilter(text string) (Filter, error) {
	if strings.TrimSpace(text) == "" {
		return Filter{}, nil
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return Filter{}, badInput(`The filter is not JSON such as {"type": ["ASSAULT"], "period": {"from": "2024"}}.`)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Filter{}, badInput("Something follows the filter.")
	}
	t := s.book.inputs["IncidentFilter"].(*graphql.InputObject)
	c, err := coerceValue(t, v)
	if err != nil {
		return Filter{}, badInput("The filter: %s", err)
	}
	m, _ := c.(map[string]any)
	// Compiled once for its errors.
	_, err = s.compilation(nil, nil).filter("Incident", m)
	return Filter{m}, err
}

const (
	incidentRow = `uid xid title event_type date precision day country killed_min killed_max injured_min injured_max weapon status historical confidence publishers
		initiators { xid name kind country } targets { xid name kind country } location { xid name country point } in_response_to { xid }`
	evidenceRow = ` ~incident { article { xid title url publisher published } evidence { text: quote sentence start end } }`
)

// Incidents gives the incidents that meet a filter, with the sentences that tell them if evidence is asked for.
func (s *Service) Incidents(ctx context.Context, f Filter, evidence bool) iter.Seq2[Incident, error] {
	body := incidentRow
	if evidence {
		body += evidenceRow
	}
	return func(yield func(Incident, error) bool) {
		for after := ""; ; {
			c := s.compilation(nil, nil)
			k, err := c.filter("Incident", f.value)
			if err != nil {
				yield(Incident{}, err)
				return
			}
			var page struct{ Q []Incident }
			if err := s.rows(ctx, c.q, "Incident", k, after, body, &page); err != nil {
				yield(Incident{}, err)
				return
			}
			for _, i := range page.Q {
				if !yield(i, nil) {
					return
				}
			}
			if len(page.Q) < s.rowsAtOnce {
				return
			}
			after = page.Q[len(page.Q)-1].UID
		}
	}
}

// rows asks for the next nodes of a type in the order of their uids.
func (s *Service) rows(ctx context.Context, q *question, nodeType string, k cond, after, body string, into any) error {
	root, rest := k.root(nodeType)
	page := fmt.Sprintf(", first: %d", s.rowsAtOnce)
	if after != "" {
		page += ", after: " + after // a uid of Dgraph's own
	}
	q.ask("q(func: "+root+page+")"+filtered(rest), &group{attrs: []string{body}})
	a, err := s.store.Query(ctx, q.String(), q.vars)
	if err != nil {
		return s.public(ctx, err)
	}
	if err := json.Unmarshal(a.JSON, into); err != nil {
		return s.public(ctx, err)
	}
	return nil
}

// Relations gives the relationships of the incidents that meet a filter, of a mutual type once for each two
// actors. Without a filter they come from the direct edges, a thousand actors at a time.
func (s *Service) Relations(ctx context.Context, f Filter) iter.Seq2[Relation, error] {
	if !f.Everything() {
		return s.countedRelations(ctx, f)
	}
	var body strings.Builder
	body.WriteString("uid xid name kind country\n")
	for _, t := range schema.EventTypes() {
		body.WriteString(t.Edge + " @facets(f_count: count, f_first: first, f_last: last, f_confidence: confidence) { xid name kind country }\n")
	}
	return func(yield func(Relation, error) bool) {
		for after := ""; ; {
			var page struct{ Q []map[string]json.RawMessage }
			if err := s.rows(ctx, &question{}, "Actor", nil, after, body.String(), &page); err != nil {
				yield(Relation{}, err)
				return
			}
			for _, a := range page.Q {
				var from Party
				for name, into := range map[string]*string{"xid": &from.Key, "name": &from.Name, "kind": &from.Kind, "country": &from.Country, "uid": &after} {
					if raw := a[name]; raw != nil {
						if err := json.Unmarshal(raw, into); err != nil {
							yield(Relation{}, s.public(ctx, err))
							return
						}
					}
				}
				for _, t := range schema.EventTypes() {
					var edges []struct {
						Party
						Count      int64   `json:"f_count"`
						First      int64   `json:"f_first"`
						Last       int64   `json:"f_last"`
						Confidence float64 `json:"f_confidence"`
					}
					if raw := a[t.Edge]; raw == nil {
						continue
					} else if err := json.Unmarshal(raw, &edges); err != nil {
						yield(Relation{}, s.public(ctx, err))
						return
					}
					for _, e := range edges {
						if t.Mutual && from.Key > e.Key {
							continue
						}
						if !yield(Relation{t, from, e.Party, e.Count, e.First, e.Last, e.Confidence}, nil) {
							return
						}
					}
				}
			}
			if len(page.Q) < s.rowsAtOnce {
				return
			}
		}
	}
}

// countedRelations counts relationships from incidents; its memory grows with the relationships, not the incidents.
func (s *Service) countedRelations(ctx context.Context, f Filter) iter.Seq2[Relation, error] {
	return func(yield func(Relation, error) bool) {
		counts := map[[3]string]*Relation{}
		var order []*Relation
		for i, err := range s.Incidents(ctx, f, false) {
			if err != nil {
				yield(Relation{}, err)
				return
			}
			t, ok := schema.EventTypeByName(i.Type)
			if !ok {
				continue
			}
			for _, a := range i.Initiators {
				for _, b := range i.Targets {
					if a.Key == b.Key {
						continue
					}
					if t.Mutual && a.Key > b.Key {
						a, b = b, a
					}
					key := [3]string{t.Name, a.Key, b.Key}
					r := counts[key]
					if r == nil {
						r = &Relation{Type: t, From: a, To: b, First: i.Day}
						counts[key] = r
						order = append(order, r)
					}
					r.Count++
					if i.Day > 0 && (r.First == 0 || i.Day < r.First) {
						r.First = i.Day
					}
					r.Last = max(r.Last, i.Day)
					r.Confidence = max(r.Confidence, i.Confidence)
				}
			}
		}
		slices.SortFunc(order, func(a, b *Relation) int {
			return strings.Compare(a.From.Key+a.Type.Name+a.To.Key, b.From.Key+b.Type.Name+b.To.Key)
		})
		for _, r := range order {
			if !yield(*r, nil) {
				return
			}
		}
	}
}

// Day gives a day such as 20240116 as "2024-01-16", "" for 0.
func Day(day int64) string {
	if day == 0 {
		return ""
	}
	return dateText(day)
}
