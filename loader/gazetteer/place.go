package gazetteer

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// placeFiles holds the small files. The cities stay in the binary as they are
// and are read line by line.
//
//go:embed places/common.txt places/personal.txt places/transliterated.txt
//go:embed places/states.tsv places/regions.tsv places/waters.tsv places/sites.tsv places/towns.tsv
//go:embed places/overrides.tsv places/spellings.tsv
var placeFiles embed.FS

//go:embed places/cities.tsv
var placeCities string

// Place is a named place of the gazetteer.
type Place struct {
	// Key names the place for good: "geonames/295629", "iso/PK-BA" (ISO 3166-2),
	// "region/donbas", "water/red-sea", "land/socotra", "site/natanz", "town/syr-dabiq",
	// "part/IRN/southeast", or "PAK" for a state.
	Key string
	// Name is the spelling of English news where one is known, else the authority's.
	Name string
	Kind PlaceKind
	// Country is the ISO 3166-1 alpha-3 code of the state it lies in, "" for the
	// high seas and for regions of several states.
	Country string
	// Region is the key of the first-level division it lies in, "" when unknown.
	Region string
	// Latitude and Longitude are degrees, WGS 84. For states and regions they are a middle point.
	Latitude, Longitude float64
	// Population is the number of inhabitants, 0 when unknown. Few places but cities have one.
	Population int
	// Known tells that the news knows the name as one of this place: it stands in
	// a file written for this project, not in the authority's list alone.
	Known bool
	// Capital tells what is governed from a city.
	Capital Capital
	// Common tells that the name asked for is an everyday word as well ("Police",
	// "March"): it is this place only where the text says so outright.
	Common bool
	// Personal tells that it is a given name or surname as well ("Nancy"): it is
	// this place only where the words mark one.
	Personal bool
	// Sounds tells that the name asked for is written otherwise than any known
	// name of the place, and only sounds alike ("Hodeida", "Al Hudaydah").
	Sounds bool
}

// PlaceKind is the grain of a place.
type PlaceKind string

const (
	StatePlace  PlaceKind = "state"
	RegionPlace PlaceKind = "region" // first-level division, or a region known by name
	PartPlace   PlaceKind = "part"   // part of a state or region by compass: "southeast Iran"
	CityPlace   PlaceKind = "city"   // city, town or village
	WaterPlace  PlaceKind = "water"
	LandPlace   PlaceKind = "land" // island, mountain, desert, valley
	SitePlace   PlaceKind = "site" // base, airport, plant, camp, crossing
)

// Capital is the rank of a city as a seat of government.
type Capital uint8

const (
	NoCapital Capital = iota
	RegionCapital
	StateCapital
)

// Places is the place gazetteer. It does not change after it is built and may
// be used by many goroutines.
type Places struct {
	cities   string              // cities.tsv
	table    []Place             // states, regions, waters, sites, the analyst's own
	byKey    map[string]int      // key -> table
	parts    map[string][]string // key of a region -> keys of what it is made of
	admin    map[string]string   // state and admin1 code, "PAK.02" -> key of the region
	mended   map[int]mending     // GeoNames id -> state and region by overrides.tsv
	english  map[int]string      // GeoNames id -> name by spellings.tsv
	common   map[string]bool     // written folds of everyday words
	personal map[string]bool     // written folds of given names and surnames
	sounding map[string]bool     // states whose names are transliterated
	capitals map[string]int      // state -> where the line of its seat of government begins in cities

	slots    []int32 // upper bits of the hash -> first posting, 0 for none
	postings []posting
}

type mending struct{ country, region string }

// posting says that a name with this hash is one of the place ref points to.
// Names are compared by their 64-bit hashes alone; a test shows that no two
// names of the gazetteer share one.
type posting struct {
	hash uint64
	ref  placeRef
	next int32
}

// placeRef is an offset into cities or, with tableRef set, an index into table.
type placeRef uint32

const (
	tableRef  placeRef = 1 << 31
	soundRef  placeRef = 1 << 30 // the name has this hash by sound
	singleRef placeRef = 1 << 29 // the name is one word, without a hyphen
	spacedRef placeRef = 1 << 28 // the name has a space in it
	refValue           = spacedRef - 1
	refPlace           = tableRef | refValue

	slotBits = 18
	slotMove = 64 - slotBits
	// minSound is the shortest sound fold that is matched: shorter ones meet by chance.
	minSound = 5
)

// LoadPlaces reads the gazetteer that the package carries.
func LoadPlaces() (*Places, error) {
	p := &Places{
		byKey:    make(map[string]int),
		parts:    make(map[string][]string),
		admin:    make(map[string]string),
		mended:   make(map[int]mending),
		english:  make(map[int]string),
		common:   make(map[string]bool),
		personal: make(map[string]bool),
		sounding: make(map[string]bool),
		capitals: make(map[string]int),
		cities:   placeCities,
		slots:    make([]int32, 1<<slotBits),
		postings: make([]posting, 1, 1<<slotBits),
	}
	spellings := make(map[int][]string)
	for _, f := range []struct {
		name string
		read func(line int, cells []string) error
	}{
		{"common.txt", func(_ int, c []string) error { p.common[string(appendWritten(nil, c[0]))] = true; return nil }},
		{"personal.txt", func(_ int, c []string) error { p.personal[string(appendWritten(nil, c[0]))] = true; return nil }},
		{"transliterated.txt", func(_ int, c []string) error { p.sounding[c[0]] = true; return nil }},
		{"states.tsv", p.addRow},
		{"regions.tsv", p.addRow},
		{"waters.tsv", p.addRow},
		{"sites.tsv", p.addRow},
		{"towns.tsv", p.addRow},
		{"overrides.tsv", p.addMending},
		{"spellings.tsv", func(_ int, c []string) error { return p.addSpelling(c, spellings) }},
	} {
		if err := readPlaceFile(f.name, f.read); err != nil {
			return nil, err
		}
	}
	if err := p.indexCities(spellings); err != nil {
		return nil, err
	}
	return p, nil
}

// indexCities enters the names of all cities, and which are the seats of government. It reads each line only as far
// as the index needs; cityAt reads the rest when the city is asked for.
func (p *Places) indexCities(spellings map[int][]string) error {
	var key []byte
	for at, number := 0, 1; at < len(p.cities); number++ {
		end := strings.IndexByte(p.cities[at:], '\n')
		if end < 0 {
			end = len(p.cities) - at
		}
		text := p.cities[at : at+end]
		if text != "" && text[0] != '#' {
			id, rest, _ := strings.Cut(text, "\t")
			name, rest, ok := strings.Cut(rest, "\t")
			country, _, ok2 := strings.Cut(rest, "\t")
			n, err := strconv.Atoi(id)
			if err != nil || !ok || !ok2 {
				return fmt.Errorf("gazetteer: places/cities.tsv:%d: want id, name, state, ... parted by tabs", number)
			}
			if strings.HasSuffix(rest, "\tPPLC") {
				state := country
				if m, ok := p.mended[n]; ok {
					state = m.country
				}
				if _, ok := p.capitals[state]; !ok {
					p.capitals[state] = at
				}
			}
			ref := placeRef(at)
			sounds := p.sounding[country]
			key = p.addName(key, name, ref, sounds)
			if others, ok := spellings[n]; ok {
				for _, other := range others {
					key = p.addName(key, other, ref, sounds)
				}
				delete(spellings, n)
			}
		}
		at += end + 1
	}
	for id := range spellings {
		return fmt.Errorf("gazetteer: places/spellings.tsv: no city with the id %d in cities.tsv", id)
	}
	return nil
}

// addName enters one name of a place into the index, by writing and, where
// sounds is set, by sound. It gives back the scratch space buf.
func (p *Places) addName(buf []byte, name string, ref placeRef, sounds bool) []byte {
	buf = appendWritten(buf[:0], name)
	if len(buf) == 0 {
		return buf
	}
	switch {
	case strings.IndexByte(name, ' ') >= 0:
		ref |= spacedRef
	case strings.IndexByte(name, '-') < 0:
		ref |= singleRef
	}
	p.post(placeHash(writtenSeed, buf), ref)
	if sounds && name != strings.ToUpper(name) {
		buf = appendSound(buf[:0], name)
		if len(buf) >= minSound {
			p.post(placeHash(soundSeed, buf), ref|soundRef)
		}
	}
	return buf
}

func (p *Places) post(hash uint64, ref placeRef) {
	slot := &p.slots[hash>>slotMove]
	for i := *slot; i != 0; i = p.postings[i].next {
		if p.postings[i].hash == hash && p.postings[i].ref == ref {
			return
		}
	}
	p.postings = append(p.postings, posting{hash, ref, *slot})
	*slot = int32(len(p.postings) - 1)
}

// A query is a name asked for, folded. shape is singleRef, spacedRef or 0 like
// that of a name: "But I" is not Buti, and "Blackjack" not Black Jack, but a
// hyphen may stand for either.
type query struct {
	written, sound uint64 // sound is 0 when it is not asked for
	shape          placeRef
}

// found tells whether a query with this hash finds anything.
func (p *Places) found(hash uint64, shape placeRef) bool {
	for i := p.slots[hash>>slotMove]; i != 0; i = p.postings[i].next {
		if p.postings[i].hash == hash && fits(shape, p.postings[i].ref) {
			return true
		}
	}
	return false
}

// refs appends what a query with this hash finds.
func (p *Places) refs(dst []placeRef, hash uint64, shape placeRef) []placeRef {
	for i := p.slots[hash>>slotMove]; i != 0; i = p.postings[i].next {
		if ref := p.postings[i].ref; p.postings[i].hash == hash && fits(shape, ref) &&
			!slices.ContainsFunc(dst, func(r placeRef) bool { return (r^ref)&refPlace == 0 }) {
			dst = append(dst, ref)
		}
	}
	return dst
}

// fits tells whether a name of the shape can be the one that ref stands for.
// By sound, one word may be a name with an article or a joint.
func fits(shape, ref placeRef) bool {
	switch shape {
	case singleRef:
		return ref&spacedRef == 0 || ref&soundRef != 0
	case spacedRef:
		return ref&singleRef == 0
	}
	return true
}

// Lookup gives all places with this name, the best known first (states, then
// regions and cities by population); nil when there is none. Case, accents,
// hyphens and apostrophes make no difference. Names in the states of
// transliterated.txt are found by sound as well, see Place.Sounds, unless the
// name asked for is a common word or personal name.
func (p *Places) Lookup(name string) []Place {
	var buf [96]byte
	written := appendWritten(buf[:0], name)
	if len(written) == 0 {
		return nil
	}
	q := query{written: placeHash(writtenSeed, written)}
	also := p.alsoWord(written)
	if sound := appendSound(buf[:0], name); len(sound) >= minSound {
		q.sound = placeHash(soundSeed, sound)
	}
	switch {
	case strings.IndexByte(name, ' ') >= 0:
		q.shape = spacedRef
	case strings.IndexByte(name, '-') < 0:
		q.shape = singleRef
	}
	return p.answer(q, also)
}

// meaning is what a name is besides that of a place.
type meaning struct{ common, personal bool }

// alsoWord tells what else a name is, by its written fold. Names of one or two
// letters are always something else as well.
func (p *Places) alsoWord(written []byte) meaning {
	return meaning{len(written) < 3 || p.common[string(written)], p.personal[string(written)]}
}

// answer gives the places that a query finds.
func (p *Places) answer(q query, also meaning) []Place {
	var buf [32]placeRef
	refs := p.refs(buf[:0], q.written, q.shape)
	if q.sound != 0 && also == (meaning{}) {
		refs = p.refs(refs, q.sound, q.shape)
	}
	if len(refs) == 0 {
		return nil
	}
	out := make([]Place, len(refs))
	for i, r := range refs {
		out[i] = p.at(r)
		out[i].Common, out[i].Personal = also.common, also.personal
	}
	slices.SortFunc(out, func(a, b Place) int {
		return cmp.Or(cmp.Compare(prominence(b), prominence(a)), strings.Compare(a.Key, b.Key))
	})
	return out
}

func (p *Places) at(ref placeRef) Place {
	var out Place
	if ref&tableRef != 0 {
		out = p.table[ref&refValue]
	} else {
		out = p.cityAt(int(ref & refValue))
	}
	out.Sounds = ref&soundRef != 0
	return out
}

// cityAt reads the line of cities.tsv that starts at an offset. The columns
// were checked when the file was made; a test checks them again.
func (p *Places) cityAt(at int) Place {
	text := p.cities[at:]
	if end := strings.IndexByte(text, '\n'); end >= 0 {
		text = text[:end]
	}
	var cell [8]string
	for i := range cell {
		cell[i], text, _ = strings.Cut(text, "\t")
	}
	out := Place{Key: "geonames/" + cell[0], Name: cell[1], Kind: CityPlace, Country: cell[2]}
	out.Latitude, _ = strconv.ParseFloat(cell[4], 64)
	out.Longitude, _ = strconv.ParseFloat(cell[5], 64)
	out.Population, _ = strconv.Atoi(cell[6])
	switch cell[7] {
	case "PPLC":
		out.Capital = StateCapital
	case "PPLA":
		out.Capital = RegionCapital
	}
	out.Region = p.admin[cell[2]+"."+cell[3]]
	id, _ := strconv.Atoi(cell[0])
	if name, ok := p.english[id]; ok {
		out.Name, out.Known = name, true
	}
	if m, ok := p.mended[id]; ok {
		if out.Country != m.country && out.Capital == StateCapital {
			out.Capital = RegionCapital
		}
		out.Country, out.Region = m.country, m.region
	}
	return out
}

// Place gives the place with this key. A GeoNames key is searched for in the
// whole file and costs a millisecond.
func (p *Places) Place(key string) (Place, bool) {
	if i, ok := p.byKey[key]; ok {
		return p.table[i], true
	}
	id, ok := strings.CutPrefix(key, "geonames/")
	if !ok {
		return Place{}, false
	}
	at := strings.Index(p.cities, "\n"+id+"\t")
	if at < 0 {
		return Place{}, false
	}
	return p.cityAt(at + 1), true
}

// Capital gives the seat of government of a state, ok is false when the state
// is unknown or has none in the gazetteer.
func (p *Places) Capital(country string) (Place, bool) {
	at, ok := p.capitals[country]
	if !ok {
		return Place{}, false
	}
	return p.cityAt(at), true
}
