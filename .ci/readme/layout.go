package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// width is how long a line of JSON may become.
const width = 150

// layout sets JSON in few lines for people: on one what fits, keys in their order.
func layout(value json.RawMessage, indent string) (string, error) {
	return set(value, indent, width)
}

// set breaks what is longer than room; room below zero keeps all on one line.
func set(value json.RawMessage, indent string, room int) (string, error) {
	d := json.NewDecoder(bytes.NewReader(value))
	token, err := d.Token()
	if err != nil {
		return "", err
	}
	open, is := token.(json.Delim)
	if !is {
		return string(bytes.TrimSpace(value)), nil
	}
	var names []string
	var members []json.RawMessage
	for d.More() {
		name := ""
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return "", err
			}
			name = fmt.Sprintf("%q: ", key)
		}
		var member json.RawMessage
		if err := d.Decode(&member); err != nil {
			return "", err
		}
		names, members = append(names, name), append(members, member)
	}
	end := map[json.Delim]string{'{': "}", '[': "]"}[open]
	texts := make([]string, len(members))
	for i, m := range members {
		flat, err := set(m, "", -1)
		if err != nil {
			return "", err
		}
		texts[i] = names[i] + flat
	}
	flat := open.String() + strings.Join(texts, ", ") + end
	if room < 0 || utf8.RuneCountInString(indent+flat) <= room {
		return flat, nil
	}
	// What holds one thing only is no step of its own.
	if len(members) == 1 {
		inner, err := set(members[0], indent, room-len(names[0])-2)
		return open.String() + names[0] + inner + end, err
	}
	inside := indent + "  "
	for i, m := range members {
		inner, err := set(m, inside, width-len(names[i])-1)
		if err != nil {
			return "", err
		}
		texts[i] = inside + names[i] + inner
	}
	return open.String() + "\n" + strings.Join(texts, ",\n") + "\n" + indent + end, nil
}
