package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"testing"
	"time"
)

// stixRule says of a property of STIX 2.1 what is wrong with a value, "" when nothing is.
type stixRule func(v any) string

func stixText(v any) string {
	if s, ok := v.(string); !ok || s == "" {
		return "is no text"
	}
	return ""
}

func stixMatch(pattern string) stixRule {
	re := regexp.MustCompile(pattern)
	return func(v any) string {
		if s, ok := v.(string); !ok || !re.MatchString(s) {
			return "is not of the form " + pattern
		}
		return ""
	}
}

func stixNumber(from, to float64, whole bool) stixRule {
	return func(v any) string {
		n, ok := v.(float64)
		if !ok || n < from || n > to || whole && n != float64(int(n)) {
			return fmt.Sprintf("is no number from %g to %g", from, to)
		}
		return ""
	}
}

// stixTime wants RFC 3339 in UTC with the letter Z and at most three digits of a second.
func stixTime(v any) string {
	s, _ := v.(string)
	if _, err := time.Parse("2006-01-02T15:04:05.999Z", s); err != nil {
		return err.Error()
	}
	return ""
}

func stixOneOf(words ...string) stixRule {
	return func(v any) string {
		if s, ok := v.(string); !ok || !slices.Contains(words, s) {
			return fmt.Sprintf("is none of %v", words)
		}
		return ""
	}
}

// stixList wants at least one item: STIX knows no empty lists.
func stixList(item stixRule) stixRule {
	return func(v any) string {
		list, ok := v.([]any)
		if !ok || len(list) == 0 {
			return "is no list, or an empty one"
		}
		for _, i := range list {
			if fault := item(i); fault != "" {
				return fault
			}
		}
		return ""
	}
}

// stixReference is the rule for external references: who it is from, and at least one way to find it.
func stixReference(v any) string {
	o, ok := v.(map[string]any)
	if !ok || stixText(o["source_name"]) != "" {
		return "has no source_name"
	}
	if o["description"] == nil && o["url"] == nil && o["external_id"] == nil {
		return "has neither description, url nor external_id"
	}
	for name, value := range o {
		switch name {
		case "source_name", "description", "external_id":
			if fault := stixText(value); fault != "" {
				return name + " " + fault
			}
		case "url":
			s, _ := value.(string)
			if u, err := url.Parse(s); err != nil || !u.IsAbs() {
				return "url is none"
			}
		default:
			return "has the property " + name
		}
	}
	return ""
}

const stixUUID = `[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`

// stixProperties are the properties that a kind of object may have, by the specification of STIX 2.1 (sections
// 3.2, 4 and 5); those in need are required.
func stixProperties(kind string) (may map[string]stixRule, need []string) {
	may = map[string]stixRule{
		"type": stixOneOf(kind), "spec_version": stixOneOf("2.1"), "id": stixMatch("^" + kind + "--" + stixUUID), "created": stixTime, "modified": stixTime,
		"labels": stixList(stixText), "confidence": stixNumber(0, 100, true), "external_references": stixList(stixReference),
	}
	need = []string{"type", "spec_version", "id", "created", "modified"}
	add := func(more map[string]stixRule, required ...string) {
		maps.Copy(may, more)
		need = append(need, required...)
	}
	switch kind {
	case "incident":
		add(map[string]stixRule{"name": stixText, "description": stixText}, "name")
	case "identity":
		add(map[string]stixRule{"name": stixText, "description": stixText, "roles": stixList(stixText),
			"identity_class": stixOneOf("individual", "group", "system", "organization", "class", "unknown")}, "name")
	case "location":
		// A location has a region, a country, or both coordinates; ours have these.
		add(map[string]stixRule{"name": stixText, "latitude": stixNumber(-90, 90, false), "longitude": stixNumber(-180, 180, false)}, "latitude", "longitude")
	case "relationship":
		// Whatever joins two objects but those that join or mark themselves.
		ref := stixMatch(`^(incident|identity|location)--` + stixUUID)
		add(map[string]stixRule{"relationship_type": stixMatch(`^[a-z0-9-]+$`), "description": stixText, "source_ref": ref, "target_ref": ref,
			"start_time": stixTime, "stop_time": stixTime}, "relationship_type", "source_ref", "target_ref")
	default:
		return nil, nil
	}
	return may, need
}

// stixFaults holds a bundle against the rules, and gives what breaks them.
func stixFaults(text []byte) []string {
	var bundle map[string]any
	if err := json.Unmarshal(text, &bundle); err != nil {
		return []string{err.Error()}
	}
	var faults []string
	fault := func(what string, args ...any) { faults = append(faults, fmt.Sprintf(what, args...)) }
	for name := range bundle {
		if !slices.Contains([]string{"type", "id", "objects"}, name) {
			fault("the bundle has the property %s", name)
		}
	}
	if bundle["type"] != "bundle" || stixMatch("^bundle--"+stixUUID)(bundle["id"]) != "" {
		fault("the bundle is of type %v and has the id %v", bundle["type"], bundle["id"])
	}
	list, ok := bundle["objects"].([]any)
	if bundle["objects"] != nil && (!ok || len(list) == 0) {
		fault("objects is an empty list, or none")
	}
	ids := map[string]bool{}
	for _, v := range list {
		o, _ := v.(map[string]any)
		kind, _ := o["type"].(string)
		may, need := stixProperties(kind)
		if may == nil {
			fault("an object of type %v", o["type"])
			continue
		}
		id := fmt.Sprint(o["id"])
		if ids[id] {
			fault("%s is there twice", id)
		}
		ids[id] = true
		for _, name := range need {
			if o[name] == nil {
				fault("%v lacks %s", o["id"], name)
			}
		}
		for name, value := range o {
			if rule := may[name]; rule == nil {
				fault("%v has the property %s", o["id"], name)
			} else if what := rule(value); what != "" {
				fault("%v: %s %s", o["id"], name, what)
			}
		}
		if created, modified := fmt.Sprint(o["created"]), fmt.Sprint(o["modified"]); modified < created {
			fault("%v was modified before it was created", o["id"])
		}
	}
	for _, v := range list {
		o, _ := v.(map[string]any)
		for _, name := range []string{"source_ref", "target_ref"} {
			if o[name] != nil && !ids[fmt.Sprint(o[name])] {
				fault("%s leads to %v, which is not there", name, o[name])
			}
		}
	}
	return faults
}

func TestSTIX(t *testing.T) {
	for _, n := range []int{0, 1, 9, 200} {
		b := write(t, "stix.json", rows{n})
		if faults := stixFaults(b); len(faults) > 0 {
			t.Errorf("%d incidents: %q", n, faults)
		}
		if !bytes.Equal(b, write(t, "stix.json", rows{n})) {
			t.Errorf("two exports of the same %d incidents differ", n)
		}
	}
}

// TestSTIXRules takes each required property of each object away, spoils each property, and adds a stranger: the rules find all of it.
func TestSTIXRules(t *testing.T) {
	text := write(t, "stix.json", rows{1})
	var whole struct{ Objects []map[string]any }
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatal(err)
	}
	kinds := map[any]bool{}
	for i, o := range whole.Objects {
		kinds[o["type"]] = true
		_, need := stixProperties(o["type"].(string))
		change := func(what string, edit func(o map[string]any)) {
			var bundle map[string]any
			if err := json.Unmarshal(text, &bundle); err != nil {
				t.Fatal(err)
			}
			edit(bundle["objects"].([]any)[i].(map[string]any))
			spoilt, err := json.Marshal(bundle)
			if err != nil {
				t.Fatal(err)
			}
			if len(stixFaults(spoilt)) == 0 {
				t.Errorf("%s of %v is not found", what, o["type"])
			}
		}
		for _, name := range need {
			change("the loss of "+name, func(o map[string]any) { delete(o, name) })
		}
		for name := range o {
			change("a wrong "+name, func(o map[string]any) { o[name] = []any{} })
		}
		change("a stranger", func(o map[string]any) { o["stranger"] = "x" })
	}
	if len(kinds) != 4 {
		t.Errorf("kinds %v, want four", kinds)
	}
}
