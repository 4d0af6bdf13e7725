package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"text/tabwriter"
	"time"

	"incidentgraph/schema/dgraph"
)

var (
	peerIncidents = flag.Int("incidents", 100_000, "incidents of the world that BenchmarkPeer asks")
	peerDgraph    = flag.String("dgraph", "", "gRPC and HTTP address of a Dgraph to measure with, with a comma between, which keeps the world for the next time")
)

// peerSDL gives Dgraph's own GraphQL the same data, over the same predicates with the same indexes.
const peerSDL = `
type Actor {
  key: String! @id @dgraph(pred: "xid")
  name: String @search(by: [exact, term, trigram]) @dgraph(pred: "name")
  kind: String @search(by: [exact]) @dgraph(pred: "kind")
  code: String @search(by: [hash]) @dgraph(pred: "code")
  alias: [String] @search(by: [term, trigram]) @dgraph(pred: "alias")
  acts_for: Actor @dgraph(pred: "acts_for")
  initiated: [Incident] @dgraph(pred: "~initiators")
  suffered: [Incident] @dgraph(pred: "~targets")
}
type Location {
  key: String! @id @dgraph(pred: "xid")
  name: String @search(by: [exact, term, trigram]) @dgraph(pred: "name")
  point: Point @search @dgraph(pred: "point")
  incidents: [Incident] @dgraph(pred: "~location")
}
type Incident {
  key: String! @id @dgraph(pred: "xid")
  title: String @search(by: [fulltext]) @dgraph(pred: "title")
  event_type: String @search(by: [exact]) @dgraph(pred: "event_type")
  date: String @dgraph(pred: "date")
  day: Int @search @dgraph(pred: "day")
  month: Int @search @dgraph(pred: "month")
  initiators: [Actor] @dgraph(pred: "initiators")
  targets: [Actor] @dgraph(pred: "targets")
  location: Location @dgraph(pred: "location")
  claims: [Claim] @dgraph(pred: "~incident")
}
type Claim {
  key: String! @id @dgraph(pred: "xid")
  incident: Incident @dgraph(pred: "incident")
  article: Article @dgraph(pred: "article")
}
type Article {
  key: String! @id @dgraph(pred: "xid")
  publisher: String @search(by: [exact, term]) @dgraph(pred: "publisher")
  text: String @search(by: [fulltext]) @dgraph(pred: "text")
  day: Int @search @dgraph(pred: "day")
  claims: [Claim] @dgraph(pred: "~article")
}
`

// shape is one question in three forms; %s stands for what varies from one time to the next.
type peerShape struct {
	name            string
	ours, peer, dql string
	vary            []string
}

func peerShapes(w *world) []peerShape {
	var codes, names, texts []string
	for i := range w.actors {
		if c := w.actors[i].code; c != "" && i > 5 {
			codes = append(codes, c)
		}
	}
	for _, a := range w.actors[20:60] {
		names = append(names, strings.ToLower(a.name[:4]))
	}
	for _, p := range w.places[10:50] {
		texts = append(texts, p.name)
	}
	typical := codes[20:]
	var points, weeks, years, months []string
	for _, p := range w.places[:40] {
		points = append(points, fmt.Sprintf("%.4f %.4f", p.lat, p.lon))
	}
	for i := range 40 {
		first := time.Date(2016, 1, 1+61*i, 0, 0, 0, 0, time.UTC)
		weeks = append(weeks, dateText(dayNumber(first))+" "+dateText(dayNumber(first.AddDate(0, 0, 6))))
		months = append(months, dateText(dayNumber(first))[:7])
		years = append(years, fmt.Sprint(2015+i%10))
	}
	const incident, peerIncident = `id title type date`, `key title event_type date`
	hop := func(name string, codes []string) peerShape {
		return peerShape{name,
			`{actor(code: "%[1]s") {name incidents(side: INITIATOR, first: 20) {nodes {` + incident + `}}}}`,
			`{queryActor(filter: {code: {eq: "%[1]s"}}) {name initiated(order: {desc: day}, first: 20) {` + peerIncident + `}}}`,
			`{q(func: eq(code, "%[1]s")) {name ~initiators (orderdesc: day, first: 20) {xid title event_type date}}}`, codes}
	}
	return []peerShape{
		{"look-up", `{actor(code: "%[1]s") {id name kind aliases}}`, `{queryActor(filter: {code: {eq: "%[1]s"}}) {key name kind alias}}`,
			`{q(func: eq(code, "%[1]s")) {xid name kind alias}}`, codes},
		hop("one hop, typical", typical), hop("one hop, hub", []string{w.actors[0].code, w.actors[5].code}),
		{"two hops",
			`{actor(code: "%[1]s") {name incidents(side: INITIATOR, first: 10) {nodes {` + incident + ` targets {name} location {name} claims(first: 3) {nodes {article {publisher}}}}}}}`,
			`{queryActor(filter: {code: {eq: "%[1]s"}}) {name initiated(order: {desc: day}, first: 10) {` + peerIncident + ` targets {name} location {name} claims(first: 3) {article {publisher}}}}}`,
			`{q(func: eq(code, "%[1]s")) {name ~initiators (orderdesc: day, first: 10) {xid title event_type date targets {name} location {name} ~incident (first: 3) {article {publisher}}}}}`, typical},
		{"window, newest 20",
			`{incidents(filter: {period: {from: "%[1]s", to: "%[2]s"}}, first: 20) {nodes {` + incident + ` initiators {name} targets {name}}}}`,
			`{queryIncident(filter: {day: {between: {min: %[3]s, max: %[4]s}}}, order: {desc: day}, first: 20) {` + peerIncident + ` initiators {name} targets {name}}}`,
			`{q(func: between(day, %[3]s, %[4]s), orderdesc: day, first: 20) @filter(type(Incident)) {xid title event_type date initiators {name} targets {name}}}`, weeks},
		{"place radius",
			`{incidents(filter: {location: {near: {latitude: %[1]s, longitude: %[2]s, kilometres: 200}}}, first: 20) {nodes {` + incident + ` location {name}}}}`,
			`{queryLocation(filter: {point: {near: {coordinate: {latitude: %[1]s, longitude: %[2]s}, distance: 200000}}}) {name incidents(order: {desc: day}, first: 20) {` + peerIncident + `}}}`,
			`{var(func: near(point, [%[2]s, %[1]s], 200000)) {i as ~location} q(func: uid(i), orderdesc: day, first: 20) {xid title event_type date location {name}}}`, points},
		{"regular expression", `{actors(filter: {name: {matches: "%[1]s.*(army|front)"}}, first: 10) {nodes {id name kind}}}`,
			`{queryActor(filter: {name: {regexp: "/%[1]s.*(army|front)/i"}}, order: {asc: name}, first: 10) {key name kind}}`,
			`{q(func: regexp(name, /%[1]s.*(army|front)/i), orderasc: name, first: 10) @filter(type(Actor)) {xid name kind}}`, names},
		{"article text", `{articles(filter: {text: "%[1]s"}, first: 20) {nodes {id publisher claims(first: 3) {nodes {incident {` + incident + `}}}}}}`,
			`{queryArticle(filter: {text: {alloftext: "%[1]s"}}, order: {desc: day}, first: 20) {key publisher claims(first: 3) {incident {` + peerIncident + `}}}}`,
			`{q(func: alloftext(text, "%[1]s"), orderdesc: day, first: 20) @filter(type(Article)) {xid publisher ~article (first: 3) {incident {xid title event_type date}}}}`, texts},
		{"aggregate: top targets of a year",
			`{actor(code: "` + w.actors[0].code + `") {relationships(direction: OUT, types: [ASSAULT], period: {from: "%[1]s", to: "%[1]s"}, first: 10) {nodes {target {name} count}}}}`,
			`{queryActor(filter: {code: {eq: "` + w.actors[0].code + `"}}) {initiated(filter: {event_type: {eq: "ASSAULT"}, day: {between: {min: %[1]s0101, max: %[1]s1231}}}) {targets {key name}}}}`,
			`{var(func: eq(code, "` + w.actors[0].code + `")) {~initiators @filter(eq(event_type, "ASSAULT") and between(day, %[1]s0101, %[1]s1231)) {o as math(1) targets {n as math(o)}}} q(func: uid(n), orderdesc: val(n), first: 10) {name val(n)}}`, years},
		{"matrix: dyads of a month",
			`{aggregate(filter: {period: {from: "%[1]s", to: "%[1]s"}}, by: [INITIATOR, TARGET], first: 50) {rows {keys {id label} count}}}`,
			`{queryIncident(filter: {month: {eq: %[2]s}}) {initiators {key name} targets {key name}}}`,
			`{q(func: eq(month, %[2]s)) {initiators {xid name} targets {xid name}}}`, months},
		{"timeline: a year by months",
			`{timeline(period: {from: "%[1]s", to: "%[1]s"}) {start count}}`,
			`{` + aliased("m%02[2]d: aggregateIncident(filter: {month: {eq: %[1]s%02[2]d}}) {count}") + `}`,
			`{` + aliased("m%02[2]d(func: eq(month, %[1]s%02[2]d)) {count(uid)}") + `}`, years},
	}
}

// aliased repeats a part for the months 1 to 12, leaving the year to be filled in.
func aliased(part string) string {
	var b strings.Builder
	for m := 1; m <= 12; m++ {
		b.WriteString(strings.ReplaceAll(part, "%02[2]d", fmt.Sprintf("%02d", m)) + "\n")
	}
	return b.String()
}

// fill puts the varying words into a question: as they are, and without dashes from the third on.
func fill(form, vary string) string {
	words := strings.Fields(vary)
	plain := strings.Fields(strings.ReplaceAll(vary, "-", ""))
	args := make([]any, 0, 4)
	switch {
	case strings.Contains(form, "%[4]s"):
		args = append(args, words[0], words[1], plain[0], plain[1])
	case len(words) == 1 && strings.Contains(vary, "-"):
		args = append(args, words[0], plain[0])
	default:
		for _, x := range words {
			args = append(args, x)
		}
	}
	for len(args) > 0 && !strings.Contains(form, fmt.Sprintf("%%[%d]s", len(args))) {
		args = args[:len(args)-1]
	}
	return fmt.Sprintf(form, args...)
}

// BenchmarkPeer asks the same questions of this API, of Dgraph's own GraphQL, both over HTTP, and of Dgraph in
// DQL over gRPC, as one writes it by hand and as this API writes it, on the same data, by 1 and by 8 askers. They
// take turns, so that whatever else the machine does hits all alike. It prints a table, and takes minutes to load:
//
//	go test ./api/graph -run '^$' -bench Peer -benchtime 60x -timeout 60m
func BenchmarkPeer(b *testing.B) {
	w := newWorld(60, *peerIncidents, 1)
	var client *dgraph.Client
	var alpha string
	var err error
	if grpc, http, ok := strings.Cut(*peerDgraph, ","); ok {
		alpha = "http://" + http
		if client, err = dgraph.Open(context.Background(), grpc); err != nil {
			b.Fatal(err)
		}
		defer client.Close()
	} else {
		client = server.Client(b)
		alpha = server.Addresses().AlphaHTTP
	}
	last := w.incidents[len(w.incidents)-1].key
	if a, err := client.Query(context.Background(), `query q($k: string) {q(func: eq(xid, $k)) {uid}}`, map[string]string{"$k": last}); err != nil || !bytes.Contains(a.JSON, []byte("uid")) {
		begun := time.Now()
		if err := client.ApplySchema(context.Background()); err != nil {
			b.Fatal(err)
		}
		if err := w.load(context.Background(), client); err != nil {
			b.Fatal(err)
		}
		b.Logf("loaded %d incidents in %.0f s", len(w.incidents), time.Since(begun).Seconds())
	}
	sdl, _ := json.Marshal(map[string]any{"query": `mutation($s: String!) {updateGQLSchema(input: {set: {schema: $s}}) {gqlSchema {id}}}`, "variables": map[string]string{"s": peerSDL}})
	if got := post(b, alpha+"/admin", sdl); bytes.Contains(got, []byte(`"errors"`)) {
		b.Fatalf("the peer does not take its schema: %s", got)
	}
	if err := client.ApplySchema(context.Background()); err != nil { // the peer's has fewer indexes
		b.Fatal(err)
	}
	questions := &noting{Store: client}
	s, err := New(questions, Config{Limits: DefaultLimits()})
	if err != nil {
		b.Fatal(err)
	}
	ours := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var req Request
		if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		_, _ = w.Write(s.Do(r.Context(), req).JSON())
	}))
	defer ours.Close()
	for i := range 50 { // the peer takes its schema up in its own time
		if got := post(b, alpha+"/graphql", []byte(`{"query":"{queryActor(first: 1) {name}}"}`)); !bytes.Contains(got, []byte(`"errors"`)) {
			break
		} else if i == 49 {
			b.Fatalf("the peer does not answer: %s", got)
		}
		time.Sleep(200 * time.Millisecond)
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "milliseconds\taskers\tours p50\tp95\tpeer p50\tp95\tDQL by hand\tour DQL\tpeer/ours\tours/best DQL\t")
	for _, sh := range peerShapes(w) {
		sh.vary = sh.vary[:min(len(sh.vary), 12)]
		// What this API asks of Dgraph, once it knows how long lists are.
		asked := make([][]noted, len(sh.vary))
		askOurs := func(n int) []byte { return post(b, ours.URL, query(fill(sh.ours, sh.vary[n%len(sh.vary)]))) }
		for range 2 {
			for n := range sh.vary {
				questions.list = nil
				if got := askOurs(n); bytes.Contains(got, []byte(`"errors"`)) {
					b.Fatalf("%s", got)
				}
				asked[n] = questions.list
			}
		}
		dql := func(text string, vars map[string]string) {
			if _, err := client.Query(context.Background(), text, vars); err != nil {
				b.Error(err)
			}
		}
		for _, askers := range []int{1, 8} {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(sh.name, " ", "-"), askers), func(b *testing.B) {
				p := percentiles(b, askers,
					func(n int) { askOurs(n) },
					func(n int) {
						if got := post(b, alpha+"/graphql", query(fill(sh.peer, sh.vary[n%len(sh.vary)]))); bytes.Contains(got, []byte(`"errors"`)) {
							b.Errorf("%s", got)
						}
					},
					func(n int) { dql(fill(sh.dql, sh.vary[n%len(sh.vary)]), nil) },
					func(n int) {
						for _, q := range asked[n%len(sh.vary)] {
							dql(q.dql, q.vars)
						}
					})
				b.ReportMetric(p[0][0], "ours-p50-ms")
				b.ReportMetric(p[1][0]/p[0][0], "peer/ours")
				best := min(p[2][0], p[3][0])
				b.ReportMetric(p[0][0]/best, "ours/dql")
				if b.N > 1 {
					fmt.Fprintf(table, "%s\t%d\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.2f\t\n", sh.name, askers,
						p[0][0], p[0][1], p[1][0], p[1][1], p[2][0], p[3][0], p[1][0]/p[0][0], p[0][0]/best)
				}
			})
		}
	}
	defer table.Flush()
	alone := func(name string, work func(n int)) {
		b.Run(name, func(b *testing.B) {
			p := percentiles(b, 1, work)
			b.ReportMetric(p[0][0], "ours-p50-ms")
			b.ReportMetric(p[0][1], "ours-p95-ms")
			if b.N > 1 {
				fmt.Fprintf(table, "%s\t1\t%.1f\t%.1f\t\t\t\t\t\t\t\n", name, p[0][0], p[0][1])
			}
		})
	}
	// Of those within ten days most have none: everything is searched.
	for name, args := range map[string]string{"": "", " of two types": ", types: [AID, CONCEDE]", " one way of one type": ", types: [CONCEDE], direction: OUT",
		" within a year": `, period: {from: "2019", to: "2019"}`, " within ten days": `, period: {from: "2019-03-01", to: "2019-03-10"}`} {
		alone("paths of at most 6 steps"+name, func(n int) {
			from, to := w.actors[len(w.actors)-1-n%40], w.actors[100+(n*7)%90]
			got := post(b, ours.URL, query(fmt.Sprintf(`{paths(from: {id: %q}, to: {id: %q}, maxLength: 6%s) {length actors {name}}}`, from.key, to.key, args)))
			if bytes.Contains(got, []byte(`"errors"`)) {
				b.Fatalf("%s", got)
			}
		})
	}
	for _, text := range []string{"kal", "dorven", "ministry"} {
		alone("completion of "+text, func(int) {
			post(b, ours.URL, query(fmt.Sprintf(`{search(text: %q, kinds: [ACTOR, LOCATION]) {kind snippet node {id name}}}`, text)))
		})
	}
}

// noting is a store that notes what it is asked.
type noting struct {
	Store
	mu   sync.Mutex
	list []noted
}

type noted struct {
	dql  string
	vars map[string]string
}

func (s *noting) Query(ctx context.Context, dql string, vars map[string]string) (dgraph.Answer, error) {
	s.mu.Lock()
	s.list = append(s.list, noted{dql, vars})
	s.mu.Unlock()
	return s.Store.Query(ctx, dql, vars)
}

func query(text string) []byte {
	b, _ := json.Marshal(map[string]string{"query": text}) // strings always encode
	return b
}

func post(tb testing.TB, address string, body []byte) []byte {
	resp, err := http.Post(address, "application/json", bytes.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return got
}

// percentiles gives, for each kind of work, the median and the 95th percentile of the time it takes in milliseconds.
// The kinds take turns.
func percentiles(b *testing.B, askers int, kinds ...func(n int)) [][2]float64 {
	turn := 6 * (askers + 1)
	times := make([][]float64, len(kinds))
	b.ResetTimer()
	for from := 0; from < b.N*(askers+1)/2; from += turn {
		for k, work := range kinds {
			var next atomic.Int64
			next.Store(int64(from))
			var mu sync.Mutex
			var wait sync.WaitGroup
			for range askers {
				wait.Go(func() {
					for {
						n := int(next.Add(1)) - 1
						if n >= from+turn {
							return
						}
						begun := time.Now()
						work(n)
						took := float64(time.Since(begun).Microseconds()) / 1000
						mu.Lock()
						times[k] = append(times[k], took)
						mu.Unlock()
					}
				})
			}
			wait.Wait()
		}
	}
	list := make([][2]float64, len(kinds))
	for k, t := range times {
		slices.Sort(t)
		list[k] = [2]float64{t[len(t)/2], t[int(0.95*float64(len(t)-1))]}
	}
	b.ReportMetric(0, "ns/op")
	return list
}

var _ Store = (*dgraph.Client)(nil)
