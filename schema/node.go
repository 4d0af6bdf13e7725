package schema

// The nodes of the graph. A field's tag names the predicate that keeps it; Quads and Read go by the tags.
// Zero values are not kept, so that a pointer stands where zero says something.

// Actor is who acts or is acted upon.
type Actor struct {
	Key       string   `predicate:"xid"`
	Types     []string `predicate:"dgraph.type"`
	Name      string   `predicate:"name"`
	Aliases   []string `predicate:"alias"`
	Spellings []string `predicate:"spelling"`
	// Begins are the Beginnings of its spellings.
	Begins  []string `predicate:"actor_begins"`
	Kind    string   `predicate:"kind"`
	Code    string   `predicate:"code"`
	Country string   `predicate:"country"`
	// Roles are the offices of a person, with the facets first and last: the days, as 20240116, on which articles show the person in it.
	Roles   []Value `predicate:"role"`
	ActsFor string  `predicate:"acts_for"`
}

// Location is a place.
type Location struct {
	Key       string   `predicate:"xid"`
	Types     []string `predicate:"dgraph.type"`
	Name      string   `predicate:"name"`
	Aliases   []string `predicate:"alias"`
	Spellings []string `predicate:"spelling"`
	// Begins are the Beginnings of its spellings.
	Begins  []string `predicate:"place_begins"`
	Kind    string   `predicate:"kind"`
	Country string   `predicate:"country"`
	In      string   `predicate:"in"`
	// Point is GeoJSON, as MakePoint writes it.
	Point string `predicate:"point"`
}

// Article is a news article.
type Article struct {
	Key       string   `predicate:"xid"`
	Types     []string `predicate:"dgraph.type"`
	Name      string   `predicate:"name"`
	Title     string   `predicate:"title"`
	URL       string   `predicate:"url"`
	Publisher string   `predicate:"publisher"`
	// Published is in RFC 3339.
	Published string `predicate:"published"`
	// Day is the day of publication, as 20240116.
	Day      int    `predicate:"day"`
	Language string `predicate:"language"`
	Text     string `predicate:"text"`
	// Digest tells one version of an article, read by one coder, from any other; Earlier holds those of versions that were replaced.
	Digest  string   `predicate:"digest"`
	Earlier []string `predicate:"earlier"`
	// Simhash is the fingerprint of the text, 16 hex digits; near-identical texts differ in few of its bits.
	Simhash string `predicate:"simhash"`
	Coder   string `predicate:"coder"`
	// Mentions leads to every actor and place of its claims, with what this article says of it as facets:
	// called, kind, country, aliases (parted by line ends), role, latitude, longitude.
	Mentions []Value `predicate:"mentions"`
}

// Sentence is evidence: a sentence of an article that tells claims.
type Sentence struct {
	Key    string   `predicate:"xid"`
	Types  []string `predicate:"dgraph.type"`
	Name   string   `predicate:"name"`
	Number *int     `predicate:"sentence"`
	Start  *int     `predicate:"start"`
	End    *int     `predicate:"end"`
	Text   string   `predicate:"quote"`
}

// Claim is one article's report of an incident.
type Claim struct {
	Key          string   `predicate:"xid"`
	Types        []string `predicate:"dgraph.type"`
	Name         string   `predicate:"name"`
	Title        string   `predicate:"title"`
	Type         string   `predicate:"event_type"`
	Article      string   `predicate:"article"`
	Incident     string   `predicate:"incident"`
	Initiators   []string `predicate:"claim_initiators"`
	Targets      []string `predicate:"claim_targets"`
	Location     string   `predicate:"claim_location"`
	Answers      []string `predicate:"answers"`
	AttributedTo string   `predicate:"attributed_to"`
	Date         string   `predicate:"date"`
	Precision    string   `predicate:"precision"`
	Day          int      `predicate:"day"`
	LastDay      int      `predicate:"last_day"`
	KilledMin    *int     `predicate:"killed_min"`
	KilledMax    *int     `predicate:"killed_max"`
	InjuredMin   *int     `predicate:"injured_min"`
	InjuredMax   *int     `predicate:"injured_max"`
	Weapons      []string `predicate:"weapon"`
	Statuses     []string `predicate:"status"`
	Historical   bool     `predicate:"historical"`
	Confidence   float64  `predicate:"confidence"`
	Coder        string   `predicate:"coder"`
	// Evidence leads to sentences, with the facet trigger.
	Evidence []Value `predicate:"evidence"`
	// Blocks are the keys under which claims that may be of one incident, or answer each other, find one another.
	Blocks []string `predicate:"block"`
	// CopyOf is the claim of the same incident whose article has a near-identical text and came first.
	CopyOf string `predicate:"copy_of"`
}

// Incident is a happening. All of it is computed from its claims.
type Incident struct {
	Key   string   `predicate:"xid"`
	Types []string `predicate:"dgraph.type"`
	Name  string   `predicate:"name"`
	Title string   `predicate:"title"`
	Type  string   `predicate:"event_type"`
	// Initiators, Targets and Location carry the facet support: how many independent publishers say so.
	Initiators    []Value  `predicate:"initiators"`
	Targets       []Value  `predicate:"targets"`
	Location      Value    `predicate:"location"`
	Country       string   `predicate:"country"`
	InResponseTo  []string `predicate:"in_response_to"`
	Date          Value    `predicate:"date"`
	Precision     string   `predicate:"precision"`
	Day           int      `predicate:"day"`
	LastDay       int      `predicate:"last_day"`
	Month         int      `predicate:"month"`
	KilledMin     *int     `predicate:"killed_min"`
	KilledMax     *int     `predicate:"killed_max"`
	KilledLatest  *int     `predicate:"killed_latest"`
	InjuredMin    *int     `predicate:"injured_min"`
	InjuredMax    *int     `predicate:"injured_max"`
	InjuredLatest *int     `predicate:"injured_latest"`
	Weapons       []string `predicate:"weapon"`
	Statuses      []string `predicate:"status"`
	Historical    bool     `predicate:"historical"`
	Confidence    float64  `predicate:"confidence"`
	Publishers    int      `predicate:"publishers"`
	Claims        int      `predicate:"claims"`
}

// Relationship is all incidents of one type from one actor to another: the direct edge between them.
type Relationship struct {
	From, To string
	// Type is the event type's name.
	Type  string
	Count int
	// First and Last are the first and last day of its incidents, as 20240116, 0 when no day is known.
	First, Last int
	// Confidence is that of its surest incident.
	Confidence float64
}
