package schema

import (
	"slices"
	"strings"
	"testing"
)

func TestEventTypes(t *testing.T) {
	types := EventTypes()
	if len(types) != 16 {
		t.Errorf("PLOVER has 16 types, the table %d", len(types))
	}
	taken := map[string]string{}
	take := func(what, name string) {
		if other, dup := taken[what+" "+name]; dup {
			t.Errorf("%s %q stands at %s and at %s", what, name, other, taken[what+" "+name])
		}
		taken[what+" "+name] = name
	}
	quads := []QuadClass{MaterialConflict, VerbalConflict, VerbalCooperation, MaterialCooperation}
	last := 0
	for _, e := range types {
		take("name", e.Name)
		take("edge", e.Edge)
		take("field", e.Field)
		take("noun", e.Noun)
		if e.Name != strings.ToUpper(e.Name) || e.Edge != strings.ToLower(e.Edge) {
			t.Errorf("%s, %s: a name is in capitals, an edge in small letters", e.Name, e.Edge)
		}
		if want := camel(e.Edge); e.Field != want {
			t.Errorf("%s: the field of %s is %s, want %s", e.Name, e.Edge, e.Field, want)
		}
		if e.Mutual {
			if e.InverseField != "" {
				t.Errorf("%s has no direction and so no inverse, but %s", e.Name, e.InverseField)
			}
		} else {
			take("field", e.InverseField)
			if e.InverseField != e.Field+"By" {
				t.Errorf("%s: the inverse of %s is %s", e.Name, e.Field, e.InverseField)
			}
		}
		conflict := e.Quad == MaterialConflict || e.Quad == VerbalConflict
		if e.Intensity < -10 || e.Intensity > 10 || conflict && e.Intensity > 0 || !conflict && e.Intensity <= 0 {
			t.Errorf("%s: %s with intensity %g", e.Name, e.Quad, e.Intensity)
		}
		quad := slices.Index(quads, e.Quad)
		if quad < last {
			t.Errorf("%s: %s comes after %s", e.Name, e.Quad, quads[max(last, 0)])
		}
		last = quad
		if len(e.CAMEO) == 0 || e.Description == "" {
			t.Errorf("%s is not described", e.Name)
		}
		for _, code := range e.CAMEO {
			take("CAMEO code", code)
			if strings.Trim(code, "0123456789") != "" || len(code) < 2 || len(code) > 4 {
				t.Errorf("%s: %q is no CAMEO code", e.Name, code)
			}
		}
		if got, ok := EventTypeByName(e.Name); !ok || got.Edge != e.Edge {
			t.Errorf("%s is not found by its name", e.Name)
		}
	}
	if _, ok := EventTypeByName("attacked"); ok {
		t.Error("an edge was taken for a name")
	}
}

// camel writes an edge as GraphQL writes fields.
func camel(edge string) string {
	first, rest, found := strings.Cut(edge, "_")
	if !found {
		return first
	}
	return first + strings.ToUpper(rest[:1]) + camel(rest[1:])
}

// Rows of the 2021 CAMEO to PLOVER crosswalk, those where a longer code leaves its family among them.
func TestEventTypeByCAMEO(t *testing.T) {
	for code, want := range map[string]string{
		"03": "AGREE", "0355": "AGREE", "042": "CONSULT", "046": "CONSULT", "051": "SUPPORT", "057": "SUPPORT", "061": "COOPERATE", "0732": "AID",
		"07": "AID", "074": "AID",
		"08": "CONCEDE", "080": "CONCEDE", "0811": "CONCEDE", "0813": "RETREAT", "0814": "RETREAT", "0831": "CONCEDE", "084": "RETREAT", "0871": "RETREAT", "0874": "RETREAT",
		"090": "ACCUSE", "1011": "REQUEST", "111": "ACCUSE", "115": "ACCUSE", "120": "REJECT", "1312": "THREATEN", "138": "THREATEN",
		"141": "PROTEST", "145": "PROTEST", "150": "MOBILIZE", "161": "SANCTION", "163": "COERCE", "1621": "SANCTION",
		"17": "COERCE", "171": "COERCE", "1711": "COERCE", "1712": "ASSAULT", "175": "ASSAULT", "176": "COERCE",
		"180": "ASSAULT", "1831": "ASSAULT", "19": "ASSAULT", "190": "ASSAULT", "191": "COERCE", "192": "COERCE", "195": "ASSAULT", "1952": "ASSAULT", "204": "ASSAULT",
		"01": "", "010": "", "02": "", "99": "", "": "", "x": "",
	} {
		got, ok := EventTypeByCAMEO(code)
		if got.Name != want || ok != (want != "") {
			t.Errorf("%q is %q, %v; want %q", code, got.Name, ok, want)
		}
	}
}

func TestMaterial(t *testing.T) {
	for name, want := range map[string]bool{"ASSAULT": true, "AID": true, "RETREAT": true, "ACCUSE": false, "AGREE": false, "CONCEDE": false} {
		if e, ok := EventTypeByName(name); !ok || e.Material() != want {
			t.Errorf("%s is material: %v, want %v", name, e.Material(), want)
		}
	}
}
