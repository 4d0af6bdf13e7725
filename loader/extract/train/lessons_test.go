package main

import (
	"path/filepath"
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
