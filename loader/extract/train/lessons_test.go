package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"incidentgraph/loader/extract"
)

// Every passage and every marked article can be learnt from.
func TestLessons(t *testing.T) {
	coder, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	files := func(pattern string) []string {
		list, err := filepath.Glob(pattern)
		if err != nil || len(list) == 0 {
			t.Fatalf("no files %s: %v", pattern, err)
		}
		return list
	}
	for name, l := range map[string]learn{"passages": {Lessons: files("lessons/*.txt")}, "articles": {Marked: files("articles/*.txt")}} {
		texts, err := l.written()
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { everyClass(t, coder, texts) })
	}
}

// Every reading can be read, and none stands there twice.
func TestReadings(t *testing.T) {
	data, err := os.ReadFile("readings.txt")
	if err != nil {
		t.Fatal(err)
	}
	list, err := extract.Readings("readings.txt", string(data))
	if err != nil {
		t.Fatal(err)
	}
	seen, events := map[string]bool{}, 0
	for _, a := range list {
		if seen[a.ID] {
			t.Errorf("article %s stands there twice", a.ID)
		}
		seen[a.ID] = true
		events += len(a.Events)
		for _, e := range a.Events {
			if e.InResponseTo != "" && !slices.ContainsFunc(a.Events, func(o extract.AnnotatedEvent) bool { return o.ID == e.InResponseTo }) {
				t.Errorf("article %s, event %s: no event is called %s", a.ID, e.ID, e.InResponseTo)
			}
		}
	}
	if events == 0 {
		t.Error("no events")
	}
}

// everyClass tells when texts have too few acts of a class.
func everyClass(t *testing.T, coder *extract.Coder, texts []annotated) {
	var got extract.Lessons
	for _, p := range texts {
		coder.Learn(p.Document, p.Annotation, &got)
	}
	acts := map[string]int{}
	for _, e := range got.Acts {
		acts[e.Class]++
	}
	for _, class := range extract.ActClasses() {
		if acts[class] < 50 {
			t.Errorf("only %d lessons of %s", acts[class], class)
		}
	}
}
