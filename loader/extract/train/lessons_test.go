package main

import (
	"path/filepath"
	"testing"

	"incidentgraph/loader/extract"
)

// Every passage can be learnt from.
func TestLessons(t *testing.T) {
	files, err := filepath.Glob("lessons/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lessons: %v", err)
	}
	coder, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	passages, err := (&learn{Lessons: files}).passages()
	if err != nil {
		t.Fatal(err)
	}
	var got extract.Lessons
	for _, p := range passages {
		coder.Learn(p.doc, p.annotation, &got)
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
