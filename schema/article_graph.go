package schema

// ArticleGraph is what one article says: the output of a coder, one JSON object a
// line from `loader extract`, and all that resolution knows of an article. Its ids
// are local to the article but for those that come from an authority.
type ArticleGraph struct {
	Article   ArticleHead       `json:"article"`
	Actors    []ArticleActor    `json:"actors"`
	Locations []ArticleLocation `json:"locations"`
	Incidents []ArticleIncident `json:"incidents"`
}

// ArticleHead says which article it is.
type ArticleHead struct {
	ID          string `json:"id"`
	URL         string `json:"url"`
	Title       string `json:"title"`
	Publisher   string `json:"publisher"`
	PublishedAt string `json:"publishedAt"`
	Language    string `json:"language"`
	// Coder is the name and version of what read the article.
	Coder string `json:"coder"`
}

// ArticleActor is an actor as one article shows it.
type ArticleActor struct {
	// ID is the authority's key where there is one ("IRN", "group/jaish-al-adl"), else made from name, kind and country.
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Aliases []string  `json:"aliases"`
	Kind    ActorKind `json:"kind"`
	// Country is the ISO 3166-1 alpha-3 code of the state the actor is or acts for, "" when none.
	Country string `json:"country"`
	// Role is the office of a person, "foreign minister".
	Role string `json:"role"`
}

// ArticleLocation is a place as one article names it.
type ArticleLocation struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	Country   string   `json:"country"`
	Latitude  *float64 `json:"latitude"`
	Longitude *float64 `json:"longitude"`
}

// ArticleIncident is one happening as one article reports it. Once resolved, it becomes a Claim.
type ArticleIncident struct {
	ID         string   `json:"id"`
	Type       string   `json:"type"`
	Edge       string   `json:"edge"`
	Title      string   `json:"title"`
	Initiators []string `json:"initiators"`
	Targets    []string `json:"targets"`
	// Date is "2024-01-16", "2024-01", "2024" or "" when unknown; DatePrecision is DAY, MONTH, YEAR or "".
	Date          string     `json:"date"`
	DatePrecision string     `json:"datePrecision"`
	Location      *string    `json:"location"`
	Killed        *Toll      `json:"killed"`
	Injured       *Toll      `json:"injured"`
	Weapons       []string   `json:"weapons"`
	Status        Status     `json:"status"`
	AttributedTo  *string    `json:"attributedTo"`
	InResponseTo  []string   `json:"inResponseTo"`
	Historical    bool       `json:"historical"`
	Confidence    float64    `json:"confidence"`
	Evidence      []Evidence `json:"evidence"`
}

// Toll is a number of people as a range; Max is nil when only a lower bound is known.
type Toll struct {
	Min int  `json:"min"`
	Max *int `json:"max"`
}

// Evidence is a sentence of the article that tells the incident.
type Evidence struct {
	// Sentence is its number in the article, from 0.
	Sentence int `json:"sentence"`
	// Start and End are byte offsets into the article's text; Text is what stands there.
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	// Trigger is the word or words that name the act.
	Trigger string `json:"trigger"`
}
