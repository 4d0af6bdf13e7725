package schema

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

func TestSchemaFileIsFresh(t *testing.T) {
	kept, err := os.ReadFile("schema.dql")
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != DQL() {
		t.Error("schema.dql is not what the tables say: run go generate ./schema")
	}
}

// Ratel labels a node by the first of its predicates, in the order of their names, that matches this.
func TestOnePredicateIsTheLabel(t *testing.T) {
	var labels []string
	for _, p := range Predicates() {
		if regexp.MustCompile("(?i)name").MatchString(p.Name) {
			labels = append(labels, p.Name)
		}
	}
	if !slices.Equal(labels, []string{"name"}) {
		t.Errorf("predicates that Ratel takes for the label: %q, want only name", labels)
	}
}

func TestPredicates(t *testing.T) {
	scalars := []string{"string", "int", "float", "bool", "datetime", "geo", "uid"}
	seen := map[string]bool{}
	for _, p := range Predicates() {
		if seen[p.Name] {
			t.Errorf("%s stands twice", p.Name)
		}
		seen[p.Name] = true
		scalar := p.Type
		if p.IsList() {
			scalar = p.Type[1 : len(p.Type)-1]
		}
		if !slices.Contains(scalars, scalar) {
			t.Errorf("%s has the type %s", p.Name, p.Type)
		}
		if p.Reverse && !p.IsEdge() {
			t.Errorf("%s is a value and has no reverse", p.Name)
		}
		if p.IsEdge() && len(p.Index) > 0 || p.Upsert && len(p.Index) == 0 {
			t.Errorf("%s has the index %v", p.Name, p.Index)
		}
		if p.Description == "" {
			t.Errorf("%s is not described", p.Name)
		}
	}
	if p, _ := PredicateByName("xid"); !p.Upsert {
		t.Error("without upsert two writers could make one key twice")
	}
	for _, e := range EventTypes() {
		if p, ok := PredicateByName(e.Edge); !ok || p.Type != "[uid]" || !p.Reverse {
			t.Errorf("%s is no edge that can be followed both ways", e.Edge)
		}
	}
}
