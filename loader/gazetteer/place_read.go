package gazetteer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// readPlaceFile gives the cells of each line of an embedded file to read.
func readPlaceFile(name string, read func(line int, cells []string) error) error {
	data, err := placeFiles.ReadFile("places/" + name)
	if err != nil {
		return fmt.Errorf("gazetteer: %w", err)
	}
	return readRows(bytes.NewReader(data), "places/"+name, read)
}

// readRows gives the tab-separated cells of each line of r to read. Empty
// lines and lines that start with # are left out. Errors name the line.
func readRows(r io.Reader, name string, read func(line int, cells []string) error) error {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	number := 0
	for in.Scan() {
		number++
		text := strings.TrimRight(in.Text(), " \r")
		if text == "" || text[0] == '#' {
			continue
		}
		if err := read(number, strings.Split(text, "\t")); err != nil {
			return fmt.Errorf("gazetteer: %s:%d: %w", name, number, err)
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("gazetteer: %s:%d: %w", name, number+1, err)
	}
	return nil
}

// With gives a gazetteer that also knows the places of an analyst's own file;
// p stays as it is. One place a line, cells parted by tabs, # starts a comment:
//
//	key  kind  name  state  region  latitude  longitude  population  other names  made of
//
// Cells from population on may be left out. The key must not be known yet
// ("own/hill-402"); kind is state, region, city, water, land or site; state is
// an ISO 3166-1 alpha-3 code or empty; region is the key of the region it lies
// in or empty; other names are parted by "|". A region may say what it is made
// of: keys of regions and states, parted by "|". Errors name the line.
func (p *Places) With(r io.Reader) (*Places, error) {
	own := &Places{
		cities:   p.cities,
		table:    slices.Clone(p.table),
		byKey:    maps.Clone(p.byKey),
		parts:    maps.Clone(p.parts),
		admin:    maps.Clone(p.admin),
		mended:   p.mended,
		english:  p.english,
		common:   p.common,
		personal: p.personal,
		sounding: p.sounding,
		slots:    slices.Clone(p.slots),
		postings: slices.Clone(p.postings),
	}
	lines := make(map[int]int) // index into table -> line
	err := readRows(r, "places", func(line int, cells []string) error {
		lines[len(own.table)] = line
		return own.addRow(line, cells)
	})
	if err != nil {
		return nil, err
	}
	for i := len(p.table); i < len(own.table); i++ {
		if err := own.checkReferences(own.table[i]); err != nil {
			return nil, fmt.Errorf("gazetteer: places:%d: %w", lines[i], err)
		}
	}
	return own, nil
}

// checkReferences tells whether the regions and states a place speaks of are there.
func (p *Places) checkReferences(place Place) error {
	if _, ok := p.byKey[place.Region]; !ok && place.Region != "" {
		return fmt.Errorf("no region %q", place.Region)
	}
	for _, part := range p.parts[place.Key] {
		if _, ok := p.byKey[part]; !ok {
			return fmt.Errorf("made of %q, which is not there", part)
		}
	}
	return nil
}

// addRow adds one line of the format of With.
func (p *Places) addRow(_ int, cells []string) error {
	if len(cells) < 7 || len(cells) > 10 {
		return fmt.Errorf("%d cells, want 7 to 10: key, kind, name, state, region, latitude, longitude, population, other names, made of", len(cells))
	}
	var cell [10]string
	for i, c := range cells {
		cell[i] = strings.TrimSpace(c)
	}
	place := Place{Key: cell[0], Kind: PlaceKind(cell[1]), Name: cell[2], Known: true, Country: cell[3], Region: cell[4]}
	if place.Key == "" || strings.ContainsAny(place.Key, " \"") {
		return fmt.Errorf("the key %q is empty or has a space or quote in it", place.Key)
	}
	if strings.HasPrefix(place.Key, "geonames/") {
		return fmt.Errorf("the key %s is one of cities.tsv; give the place a key of its own", place.Key)
	}
	if _, ok := p.byKey[place.Key]; ok {
		return fmt.Errorf("the key %s is there already", place.Key)
	}
	switch place.Kind {
	case StatePlace, RegionPlace, CityPlace, WaterPlace, LandPlace, SitePlace:
	default:
		return fmt.Errorf("no kind %q; want state, region, city, water, land or site", place.Kind)
	}
	if place.Name == "" {
		return errors.New("the name is empty")
	}
	if place.Country != "" && !isAlpha3(place.Country) {
		return fmt.Errorf("the state %q is not an ISO 3166-1 alpha-3 code", place.Country)
	}
	var err error
	if place.Latitude, err = degrees(cell[5], 90); err != nil {
		return fmt.Errorf("latitude: %w", err)
	}
	if place.Longitude, err = degrees(cell[6], 180); err != nil {
		return fmt.Errorf("longitude: %w", err)
	}
	if cell[7] != "" {
		if place.Population, err = strconv.Atoi(cell[7]); err != nil || place.Population < 0 {
			return fmt.Errorf("the population %q is not a number of people", cell[7])
		}
	}
	if cell[9] != "" {
		for part := range strings.SplitSeq(cell[9], "|") {
			if len(part) > 4 && part[3] == '.' {
				p.admin[part] = place.Key
			} else {
				p.parts[place.Key] = append(p.parts[place.Key], part)
			}
		}
	}
	p.byKey[place.Key] = len(p.table)
	ref := tableRef | placeRef(len(p.table))
	p.table = append(p.table, place)
	sounds := p.sounding[place.Country] && place.Kind != StatePlace
	buf := p.addName(nil, place.Name, ref, sounds)
	if cell[8] != "" {
		for other := range strings.SplitSeq(cell[8], "|") {
			buf = p.addName(buf, other, ref, sounds)
		}
	}
	return nil
}

func degrees(s string, most float64) (float64, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v >= -most && v <= most) {
		return 0, fmt.Errorf("%q is not a number of degrees from -%g to %g", s, most, most)
	}
	return v, nil
}

func isAlpha3(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// addMending reads a line of overrides.tsv: GeoNames id, state, key of the region or empty.
func (p *Places) addMending(_ int, cells []string) error {
	if len(cells) < 3 {
		return fmt.Errorf("%d cells, want GeoNames id, state, region", len(cells))
	}
	id, err := strconv.Atoi(cells[0])
	if err != nil {
		return fmt.Errorf("the GeoNames id %q is not a number", cells[0])
	}
	if !isAlpha3(cells[1]) {
		return fmt.Errorf("the state %q is not an ISO 3166-1 alpha-3 code", cells[1])
	}
	if _, ok := p.byKey[cells[2]]; !ok && cells[2] != "" {
		return fmt.Errorf("no region %q", cells[2])
	}
	p.mended[id] = mending{cells[1], cells[2]}
	return nil
}

// addSpelling reads a line of spellings.tsv: GeoNames id, name in English
// news, other spellings parted by "|".
func (p *Places) addSpelling(cells []string, spellings map[int][]string) error {
	if len(cells) < 2 {
		return fmt.Errorf("%d cells, want GeoNames id, name, other spellings", len(cells))
	}
	id, err := strconv.Atoi(cells[0])
	if err != nil {
		return fmt.Errorf("the GeoNames id %q is not a number", cells[0])
	}
	if _, ok := p.english[id]; ok {
		return fmt.Errorf("the id %d is there already", id)
	}
	p.english[id] = cells[1]
	spellings[id] = append(spellings[id], cells[1])
	if len(cells) > 2 && cells[2] != "" {
		spellings[id] = append(spellings[id], strings.Split(cells[2], "|")...)
	}
	return nil
}
