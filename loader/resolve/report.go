package resolve

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"incidentgraph/schema"
)

// Bounds of what is believed. What lies beyond is left out, and Report.Refused says so.
const (
	maxClaims = 1000        // claims of one article
	maxSide   = 32          // actors on one side of a claim
	maxQuote  = 32          // sentences that tell one claim
	maxToll   = 100_000_000 // people; no war has killed more
	maxLabel  = 300         // bytes of a name or title
	maxBrief  = 40          // bytes of the name of what has a text or title besides
	early     = 1           // days after its publication that an article may report on, for time zones
)

// Report is what one article says, in the form the graph keeps.
type Report struct {
	Article   schema.Article
	Sentences []schema.Sentence
	Claims    []*Claim
	// Refused tells what of the article was left out, and why.
	Refused []string
}

// Read brings what a coder made of an article into the form the graph keeps. text is the article's text.
//
// Left out are: claims of an unknown type, claims without evidence that stands in the text at its offsets, and
// claims with neither an actor nor a place. Kept without what cannot be are: a day that is none or lies after
// the publication, a toll below zero or above 100 million, the 33rd actor of a side and those after it. Of an article
// with more than 1,000 claims the first 1,000 are kept.
func Read(g schema.ArticleGraph, text string) (Report, error) {
	h := g.Article
	key := schema.ArticleKey(h)
	if key == "article/" {
		return Report{}, fmt.Errorf("article %q has neither id nor address", h.Title)
	}
	r := Report{Article: schema.Article{
		Key: key, Types: []string{"Article"}, Name: brief(cmp.Or(h.Title, h.URL, h.ID)), Title: label(h.Title), URL: h.URL,
		Publisher: label(h.Publisher), Language: h.Language, Text: text, Coder: h.Coder, Digest: Digest(h, text), Simhash: Simhash(text),
	}}
	if h.PublishedAt != "" {
		t, err := published(h.PublishedAt)
		if err != nil {
			r.refuse("the day of publication %q, which is none", h.PublishedAt)
		} else {
			r.Article.Published, r.Article.Day = t.UTC().Format(time.RFC3339), number(t)
		}
	}

	actors := make(map[string]schema.ArticleActor)
	for _, a := range g.Actors {
		actors[a.ID] = a
	}
	locations := make(map[string]schema.ArticleLocation)
	for _, l := range g.Locations {
		locations[l.ID] = l
	}
	mentions := make(map[string]schema.Value)
	actor := func(id string) string {
		a, ok := actors[id]
		if !ok || strings.TrimSpace(cmp.Or(a.Name, a.ID)) == "" {
			r.refuse("the actor %q, which it does not describe", id)
			return ""
		}
		a = tidyActor(a)
		k := schema.ActorKey(a, key)
		mentions[k] = mergeMention(mentions[k], actorMention(k, a))
		return k
	}
	ids := make(map[string]string) // local ids of incidents and the keys of their claims
	for i, in := range g.Incidents {
		id := cmp.Or(in.ID, strconv.Itoa(i+1))
		if _, taken := ids[id]; taken {
			id += "+" + strconv.Itoa(i+1)
		}
		ids[id] = schema.ClaimKey(key, id)
	}
	kept := make(map[string]bool)
	seen := make(map[string]bool)
	quoted := make(map[string][]string)
	var claims []schema.Claim
	for i, in := range g.Incidents {
		if len(claims) == maxClaims {
			r.refuse("incidents beyond the first %d", maxClaims)
			break
		}
		id := cmp.Or(in.ID, strconv.Itoa(i+1))
		if seen[id] {
			id += "+" + strconv.Itoa(i+1)
		}
		seen[id] = true
		event, ok := schema.EventTypeByName(in.Type)
		if !ok {
			r.refuse("incident %s: there is no type %q", id, in.Type)
			continue
		}
		c := schema.Claim{Key: ids[id], Types: []string{"Claim"}, Title: label(in.Title), Type: event.Name, Article: key, Coder: h.Coder,
			Historical: in.Historical, Confidence: confidence(in.Confidence)}
		r.cite(&c, text, in.Evidence, quoted)
		if len(c.Evidence) == 0 {
			r.refuse("incident %s: no evidence for it stands in the text", id)
			continue
		}
		for _, side := range []struct {
			ids  []string
			keys *[]string
		}{{in.Initiators, &c.Initiators}, {in.Targets, &c.Targets}} {
			for _, a := range side.ids {
				if len(*side.keys) == maxSide {
					r.refuse("incident %s: actors of a side beyond the first %d", id, maxSide)
					break
				}
				if k := actor(a); k != "" && !slices.Contains(*side.keys, k) {
					*side.keys = append(*side.keys, k)
				}
			}
			slices.Sort(*side.keys)
		}
		if in.Location != nil {
			l, ok := locations[*in.Location]
			if ok && strings.TrimSpace(cmp.Or(l.Name, l.ID)) != "" {
				l = tidyLocation(l)
				c.Location = schema.LocationKey(l)
				mentions[c.Location] = mergeMention(mentions[c.Location], locationMention(c.Location, l))
			} else {
				r.refuse("incident %s: the place %q, which it does not describe", id, *in.Location)
			}
		}
		if len(c.Initiators)+len(c.Targets) == 0 && c.Location == "" {
			r.refuse("incident %s: it names neither an actor nor a place", id)
			continue
		}
		if in.AttributedTo != nil {
			c.AttributedTo = actor(*in.AttributedTo)
		}
		c.Date = in.Date
		if c.Day, c.LastDay, c.Precision = Interval(in.Date); c.Day == 0 || r.Article.Day != 0 && c.Day > plus(r.Article.Day, early) {
			if in.Date != "" {
				r.refuse("incident %s: the day %q, which is none or lies after the publication", id, in.Date)
			}
			c.Date, c.Precision, c.Day, c.LastDay = "", "", 0, 0
		}
		c.KilledMin, c.KilledMax = r.toll(id, in.Killed)
		c.InjuredMin, c.InjuredMax = r.toll(id, in.Injured)
		for _, w := range in.Weapons {
			if w = strings.TrimSpace(w); w != "" {
				c.Weapons = append(c.Weapons, label(w))
			}
		}
		slices.Sort(c.Weapons)
		c.Weapons = slices.Compact(c.Weapons)
		status := in.Status
		if !slices.Contains(schema.Statuses(), status) {
			status = schema.Reported
		}
		c.Statuses = []string{string(status)}
		for _, a := range in.InResponseTo {
			if k := ids[a]; k != "" && k != c.Key {
				c.Answers = append(c.Answers, k)
			}
		}
		kept[c.Key] = true
		claims = append(claims, c)
	}
	used := make(map[string]bool)
	for _, c := range claims {
		for _, e := range c.Evidence {
			used[e.Object] = true
		}
		for _, k := range append(append([]string{c.Location, c.AttributedTo}, c.Initiators...), c.Targets...) {
			used[k] = true
		}
	}
	r.Sentences = slices.DeleteFunc(r.Sentences, func(s schema.Sentence) bool { return !used[s.Key] })
	for _, k := range sortedKeys(mentions) {
		if used[k] {
			r.Article.Mentions = append(r.Article.Mentions, mentions[k])
		}
	}
	for _, c := range claims {
		c.Answers = slices.DeleteFunc(c.Answers, func(k string) bool { return !kept[k] })
		slices.Sort(c.Answers)
		c.Answers = slices.Compact(c.Answers)
		full, err := NewClaim(c, r.Article)
		if err != nil {
			return Report{}, err
		}
		full.Name = Label(full.event, full.From, full.To)
		full.Title = cmp.Or(full.Title, full.Name)
		full.Blocks = Blocks(full, quoted[c.Key])
		r.Claims = append(r.Claims, full)
	}
	return r, nil
}

// rules is raised when Read makes of an article what it did not before, so that known articles are read anew.
const rules = 2

// Digest tells one version of an article, as read by one coder, from any other.
func Digest(h schema.ArticleHead, text string) string {
	b, err := json.Marshal([]any{h, text, rules})
	if err != nil {
		panic(err) // strings always become JSON
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}

func (r *Report) refuse(format string, args ...any) {
	r.Refused = append(r.Refused, fmt.Sprintf(format, args...))
}

// cite keeps the evidence that really stands in the text.
func (r *Report) cite(c *schema.Claim, text string, evidence []schema.Evidence, quoted map[string][]string) {
	for _, e := range evidence {
		if e.Start < 0 || e.End > len(text) || e.Start >= e.End || text[e.Start:e.End] != e.Text || e.Sentence < 0 {
			continue
		}
		if len(c.Evidence) == maxQuote {
			break
		}
		key := schema.EvidenceKey(r.Article.Key, strconv.Itoa(e.Start)+"-"+strconv.Itoa(e.End))
		if slices.ContainsFunc(c.Evidence, func(v schema.Value) bool { return v.Object == key }) {
			continue
		}
		v := schema.Value{Object: key}
		if e.Trigger != "" {
			v.Facets = []schema.Facet{{Key: "trigger", Value: label(e.Trigger)}}
		}
		c.Evidence = append(c.Evidence, v)
		quoted[c.Key] = append(quoted[c.Key], e.Text)
		if !slices.ContainsFunc(r.Sentences, func(s schema.Sentence) bool { return s.Key == key }) {
			r.Sentences = append(r.Sentences, schema.Sentence{Key: key, Types: []string{"Evidence"}, Name: brief(e.Text),
				Number: &e.Sentence, Start: &e.Start, End: &e.End, Text: e.Text})
		}
	}
}

func (r *Report) toll(id string, t *schema.Toll) (least, most *int) {
	if t == nil {
		return nil, nil
	}
	if t.Min < 0 || t.Min > maxToll || t.Max != nil && *t.Max > maxToll {
		r.refuse("incident %s: a toll of %d, which cannot be", id, t.Min)
		return nil, nil
	}
	if t.Max != nil && *t.Max < t.Min {
		return &t.Min, nil
	}
	return &t.Min, t.Max
}

func confidence(f float64) float64 {
	if !(f > 0) { // NaN as well
		return 0
	}
	return math.Round(min(f, 1)*1e4) / 1e4
}

// published reads a day or a time.
func published(s string) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t, nil
	}
	return time.Parse(time.RFC3339, s)
}

// label brings a name or title into one form, Unicode's NFC on one line, and cuts it to what an index takes, at a
// rune's end. The few capitals of phonetic alphabets and the like whose small letter takes fewer bytes become
// small, since Dgraph breaks words that have them; the Turkish dotted capital I, the only one in common names, stays.
func label(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "\uFFFD"))
	s = strings.Map(func(r rune) rune {
		if small := unicode.ToLower(r); r != '\u0130' && utf8.RuneLen(small) < utf8.RuneLen(r) {
			return small
		}
		return r
	}, s)
	return cut(s, maxLabel)
}

// brief gives the beginning of a text as a name: of a name an explorer shows a few signs only, and each that is
// kept costs entries in three indexes.
func brief(s string) string { return cut(label(s), maxBrief) }

// cut shortens a text at a rune's end.
func cut(s string, longest int) string {
	if len(s) <= longest {
		return s
	}
	s = s[:longest-3]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + "..."
}
