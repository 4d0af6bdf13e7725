// Package gazetteer knows the names of the world's actors and places and finds
// them in the words of a sentence. What it knows stands in text files beside
// the code, one entry a line, so that an analyst can review and extend it.
//
// Names are matched word by word, longest first, never by similarity: a name
// is found when it is written as in a file, or when it is a spelling of the
// same transliterated name by the rules of Fold.
package gazetteer

import (
	"bytes"
	"embed"
	"fmt"
	"io"
	"maps"
	"slices"
)

//go:embed actors
var actorFiles embed.FS

// Gazetteer holds known actors and the words for bodies, people and offices.
// It does not change after it is built and may be used by many goroutines.
type Gazetteer struct {
	entries map[string]*Entry
	order   []*Entry
	names   *nameIndex
	nouns   *nounIndex
}

// Load reads the files the package carries.
func Load() (*Gazetteer, error) {
	g := &Gazetteer{entries: make(map[string]*Entry)}
	lists := make(map[string]map[string]bool)
	for _, name := range []string{"generic.txt", "words.txt"} {
		data, err := actorFiles.ReadFile("actors/" + name)
		if err != nil {
			return nil, fmt.Errorf("gazetteer: %w", err)
		}
		lists[name] = make(map[string]bool)
		if err := eachLine(bytes.NewReader(data), name, 1, func(l line) error {
			lists[name][l.cells[0]] = true
			return nil
		}); err != nil {
			return nil, err
		}
	}
	families, err := loadFamilies()
	if err != nil {
		return nil, err
	}
	g.names = newNameIndex(families, lists["generic.txt"], lists["words.txt"])
	for _, f := range actorFormats {
		data, err := actorFiles.ReadFile("actors/" + f.file)
		if err != nil {
			return nil, fmt.Errorf("gazetteer: %w", err)
		}
		if err := g.readActors(bytes.NewReader(data), f); err != nil {
			return nil, err
		}
	}
	g.nouns = newNounIndex()
	for _, f := range nounFiles {
		data, err := actorFiles.ReadFile("actors/" + f.file)
		if err != nil {
			return nil, fmt.Errorf("gazetteer: %w", err)
		}
		if err := g.nouns.read(bytes.NewReader(data), f); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// With gives a gazetteer that also knows the actors of an analyst's own file;
// g stays as it is. The file has the columns of actors/organisations.tsv: key,
// name, kind, country, other names. Where the key is one that g knows, the
// line adds other names to that actor, and name, kind and country may be
// empty. An empty key of a new actor is made of its kind and name.
//
// A name in the file hides the built-in meanings of the same written name; one
// marked "?" stands beside them. Errors name the line and the column.
func (g *Gazetteer) With(r io.Reader) (*Gazetteer, error) {
	own := &Gazetteer{
		entries: maps.Clone(g.entries),
		order:   slices.Clone(g.order),
		names:   g.names.clone(),
		nouns:   g.nouns,
	}
	if err := own.readActors(r, ownFormat); err != nil {
		return nil, err
	}
	return own, nil
}

// Entry gives the actor with this key, nil when there is none.
func (g *Gazetteer) Entry(key string) *Entry { return g.entries[key] }

// Entries gives all actors in the order of the files.
func (g *Gazetteer) Entries() []*Entry { return slices.Clone(g.order) }
