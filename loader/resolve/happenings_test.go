package resolve_test

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"incidentgraph/loader/resolve"
	"incidentgraph/schema"
)

// Two sets: the first was at hand when the rules were written, the second tells what it scored when it was looked at first.
var (
	//go:embed testdata/happenings.txt
	happeningFile string
	//go:embed testdata/happenings-2.txt
	secondFile string
)

// happenings reads the file into articles, and the happening of each claim by its key.
func happenings(t *testing.T, file string) (graphs []schema.ArticleGraph, texts []string, gold map[string]string) {
	t.Helper()
	actors, places := map[string]schema.ArticleActor{}, map[string]schema.ArticleLocation{}
	gold = map[string]string{}
	dash := func(s string) string {
		if s == "-" {
			return ""
		}
		return s
	}
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "actor":
			f := strings.SplitN(rest, " ", 6)
			name, role, _ := strings.Cut(f[5], ", ")
			actors[f[0]] = schema.ArticleActor{ID: f[2], Kind: schema.ActorKind(f[3]), Country: dash(f[4]), Name: name, Role: role}
		case "place":
			f := strings.SplitN(rest, " ", 8)
			lat, err := strconv.ParseFloat(f[5], 64)
			lon, err2 := strconv.ParseFloat(f[6], 64)
			if err != nil || err2 != nil {
				t.Fatalf("line %q", line)
			}
			places[f[0]] = schema.ArticleLocation{ID: f[2], Kind: f[3], Country: f[4], Latitude: &lat, Longitude: &lon, Name: f[7]}
		case "article":
			f := strings.SplitN(rest, " ", 3)
			graphs = append(graphs, schema.ArticleGraph{Article: schema.ArticleHead{ID: fmt.Sprintf("h%02d", len(graphs)), Publisher: f[0], PublishedAt: f[1], Title: f[2][:strings.IndexAny(f[2], ".:")]}})
			texts = append(texts, f[2])
		case "claim":
			g, text := &graphs[len(graphs)-1], texts[len(texts)-1]
			f := strings.Fields(rest)
			in := schema.ArticleIncident{ID: fmt.Sprint("e", len(g.Incidents)+1), Type: f[1], Confidence: 0.8, Status: schema.Reported,
				Evidence: []schema.Evidence{{Start: 0, End: len(text), Text: text}}}
			side := &in.Initiators
			for _, w := range f[2:] {
				key, value, isPair := strings.Cut(w, "=")
				switch {
				case w == ">" || w == "-":
					side = &in.Targets
				case w[0] == '@':
					l, ok := places[w[1:]]
					if !ok {
						t.Fatalf("no place %s", w)
					}
					g.Locations = append(g.Locations, l)
					in.Location = &l.ID
				case isPair && (key == "killed" || key == "injured"):
					n, err := strconv.Atoi(value)
					if err != nil {
						t.Fatalf("line %q", line)
					}
					if key == "killed" {
						in.Killed = &schema.Toll{Min: n}
					} else {
						in.Injured = &schema.Toll{Min: n}
					}
				case key == "weapon":
					in.Weapons = append(in.Weapons, value)
				case key == "status":
					in.Status = schema.Status(value)
				case key == "historical":
					in.Historical = true
				case w[0] >= '0' && w[0] <= '9':
					in.Date = w
				default:
					for name := range strings.SplitSeq(w, "+") {
						a, ok := actors[name]
						if !ok {
							t.Fatalf("no actor %s", name)
						}
						g.Actors = append(g.Actors, a)
						*side = append(*side, a.ID)
					}
				}
			}
			g.Incidents = append(g.Incidents, in)
			gold[schema.ClaimKey(schema.ArticleKey(g.Article), in.ID)] = f[0]
		default:
			t.Fatalf("line %q", line)
		}
	}
	return graphs, texts, gold
}

func TestHappenings(t *testing.T) {
	for _, set := range []struct{ name, file string }{{"happenings", happeningFile}, {"happenings-2", secondFile}} {
		t.Run(set.name, func(t *testing.T) { scoreHappenings(t, set.name, set.file) })
	}
}

// scoreHappenings scores what becomes of the claims of a file by B-cubed and pairs, and shows the incidents.
func scoreHappenings(t *testing.T, name, file string) {
	graphs, texts, gold := happenings(t, file)
	var claims []*resolve.Claim
	for i, g := range graphs {
		r, err := resolve.Read(g, texts[i])
		if err != nil || len(r.Refused) > 0 {
			t.Fatal(err, r.Refused)
		}
		claims = append(claims, r.Claims...)
	}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
	clusters := resolve.Cluster(claims)

	size := map[string]int{}
	for _, h := range gold {
		size[h]++
	}
	var precision, recall float64
	var samePairs, foundPairs, rightPairs int
	for _, n := range size {
		samePairs += n * (n - 1) / 2
	}
	var out strings.Builder
	for _, cluster := range clusters {
		count := map[string]int{}
		for _, c := range cluster {
			count[gold[c.Key]]++
		}
		n := len(cluster)
		foundPairs += n * (n - 1) / 2
		for h, k := range count {
			precision += float64(k*k) / float64(n)
			recall += float64(k*k) / float64(size[h])
			rightPairs += k * (k - 1) / 2
		}
		in := resolve.NewIncident(cluster)
		var told []string
		for h, k := range count {
			told = append(told, fmt.Sprintf("%d of %d %s", k, size[h], h))
		}
		slices.Sort(told)
		fmt.Fprintf(&out, "%s, %s, %s: %d claims, %d publishers, killed %s; %s\n", in.Name, in.Date.Object, orNone(in.Location.Object), n, in.Publishers, span(in), strings.Join(told, ", "))
	}
	total := float64(len(gold))
	precision, recall = precision/total, recall/total
	f := func(p, r float64) float64 { return 2 * p * r / (p + r) }
	pp, pr := float64(rightPairs)/float64(foundPairs), float64(rightPairs)/float64(samePairs)
	head := fmt.Sprintf("%d articles, %d claims of %d happenings, %d incidents\nB-cubed: precision %.3f, recall %.3f, F1 %.3f\npairs: precision %.3f, recall %.3f, F1 %.3f\n\n",
		len(graphs), len(gold), len(size), len(clusters), precision, recall, f(precision, recall), pp, pr, f(pp, pr))
	if f(precision, recall) < 0.9 {
		t.Errorf("B-cubed F1 is %.3f", f(precision, recall))
	}
	golden(t, name+".golden", head+out.String())
}

func orNone(s string) string {
	if s == "" {
		return "nowhere"
	}
	return s
}

func span(in resolve.Incident) string {
	if in.KilledMin == nil {
		return "unknown"
	}
	return fmt.Sprintf("%d to %d, last %d", *in.KilledMin, *in.KilledMax, *in.KilledLatest)
}
