package graph

import (
	"fmt"
	"time"

	"github.com/graphql-go/graphql/language/ast"
)

// Limits bounds what one request may ask for. Each answers with an error of its own code.
type Limits struct {
	// Bytes and Tokens bound the query text, Nesting its braces and brackets.
	Bytes, Tokens, Nesting int
	// Depth bounds nested fields, Selections all fields and fragments after fragments are spread, Aliases
	// and Directives likewise. Introspection is exempt from Depth.
	Depth, Selections, Aliases, Directives int
	// Cost bounds the fields that the answer may hold: selections times the page sizes above them.
	Cost int
	// Page is the largest page of a connection.
	Page int
	// Timeout bounds the work for one operation, Concurrent how many are worked on at a time.
	Timeout    time.Duration
	Concurrent int
}

// DefaultLimits gives limits that leave room for GraphiQL, code generators and deep questions.
func DefaultLimits() Limits {
	return Limits{
		Bytes: 100_000, Tokens: 4000, Nesting: 64,
		Depth: 20, Selections: 2000, Aliases: 60, Directives: 50,
		Cost: 100_000, Page: 1000, Timeout: 20 * time.Second, Concurrent: 32,
	}
}

// exceeded is the error for a limit that a request goes beyond.
func (Limits) exceeded(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: "Query refused: " + fmt.Sprintf(format, args...) + "."}
}

// weight is what a selection set comes to with its fragments spread.
type weight struct{ depth, selections, aliases, directives int }

func (w *weight) add(o weight) {
	const most = 1 << 30 // a doubling of fragments must not overflow
	w.depth = max(w.depth, o.depth)
	w.selections = min(w.selections+o.selections, most)
	w.aliases = min(w.aliases+o.aliases, most)
	w.directives = min(w.directives+o.directives, most)
}

// scales weighs the definitions of a document, each fragment once.
type scales struct {
	fragments map[string]*ast.FragmentDefinition
	known     map[string]weight
	open      map[string]bool
}

// check refuses documents that go beyond the limits or whose fragments spread themselves. It must come
// before validation, which such documents stall or kill.
func (l Limits) check(doc *ast.Document) error {
	s := &scales{map[string]*ast.FragmentDefinition{}, map[string]weight{}, map[string]bool{}}
	for _, d := range doc.Definitions {
		if f, ok := d.(*ast.FragmentDefinition); ok {
			s.fragments[f.Name.Value] = f
		}
	}
	// Validation walks each definition by itself, so that what they weigh adds up.
	var all weight
	for _, d := range doc.Definitions {
		var w weight
		var err error
		switch d := d.(type) {
		case *ast.OperationDefinition:
			if w, err = s.set(d.SelectionSet); err == nil {
				w.directives += len(d.Directives)
			}
		case *ast.FragmentDefinition:
			w, err = s.fragment(d.Name.Value)
		}
		if err != nil {
			return err
		}
		all.add(w)
	}
	switch {
	case all.depth > l.Depth:
		return l.exceeded("TOO_DEEP", "fields are nested %d deep, %d are allowed", all.depth, l.Depth)
	case all.selections > l.Selections:
		return l.exceeded("TOO_MANY_SELECTIONS", "with its fragments spread the query selects more than %d fields", l.Selections)
	case all.aliases > l.Aliases:
		return l.exceeded("TOO_MANY_ALIASES", "the query has more than %d aliases", l.Aliases)
	case all.directives > l.Directives:
		return l.exceeded("TOO_MANY_DIRECTIVES", "the query has more than %d directives", l.Directives)
	}
	return nil
}

func (s *scales) set(set *ast.SelectionSet) (weight, error) {
	var sum weight
	if set == nil {
		return sum, nil
	}
	for _, sel := range set.Selections {
		var w weight
		var err error
		switch sel := sel.(type) {
		case *ast.Field:
			if w, err = s.set(sel.SelectionSet); err != nil {
				return sum, err
			}
			w.depth++
			if n := sel.Name.Value; n == "__schema" || n == "__type" {
				w.depth = 1
			}
			if sel.Alias != nil {
				w.aliases++
			}
			w.directives += len(sel.Directives)
		case *ast.InlineFragment:
			w, err = s.set(sel.SelectionSet)
			w.directives += len(sel.Directives)
		case *ast.FragmentSpread:
			w, err = s.fragment(sel.Name.Value)
			w.directives += len(sel.Directives)
		}
		if err != nil {
			return sum, err
		}
		w.selections++
		sum.add(w)
	}
	return sum, nil
}

func (s *scales) fragment(name string) (weight, error) {
	if w, ok := s.known[name]; ok {
		return w, nil
	}
	f, ok := s.fragments[name]
	if !ok {
		return weight{}, nil // validation says which
	}
	if s.open[name] {
		return weight{}, &Error{Code: codeValidation, Message: fmt.Sprintf("Cannot spread fragment %q within itself.", name),
			Locations: []Location{locate(string(f.Loc.Source.Body), f.Loc.Start)}}
	}
	s.open[name] = true
	w, err := s.set(f.SelectionSet)
	if err != nil {
		return weight{}, err
	}
	w.directives += len(f.Directives)
	s.known[name] = w
	return w, nil
}
