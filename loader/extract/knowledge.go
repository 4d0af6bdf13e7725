package extract

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// learn adds what an analyst's file tells. The file has sections: [actors] with the columns
// of gazetteer/actors/organisations.tsv (key, name, kind, state, other names), [places] with
// those of gazetteer/places/regions.tsv, [light], [reporting], [weapons] and [unreal] as in
// lexicon/, and one for the trigger words of each event type ("[ASSAULT]") and of what is no
// act ("[NONE]"). Errors name the line of the file.
func (c *Coder) learn(r io.Reader) error {
	sections, order, err := readSections(r)
	if err != nil {
		return err
	}
	for _, name := range order {
		text := bytes.NewReader(sections[name])
		switch name {
		case "actors":
			c.actors, err = c.actors.With(text)
		case "places":
			c.places, err = c.places.With(text)
		default:
			c.lexicon.own = true
			err = c.lexicon.read(text, name+".txt")
		}
		if err != nil {
			return err
		}
	}
	c.lexicon.own = false
	c.lexicon.sort()
	return nil
}

// readSections cuts a file at its [headings]. Each section keeps the line numbers of the
// file: lines of other sections are empty in it.
func readSections(r io.Reader) (map[string][]byte, []string, error) {
	sections := map[string][]byte{}
	var order []string
	known := map[string]bool{"actors": true, "places": true, "light": true, "reporting": true, "weapons": true, "unreal": true}
	for file := range typeFiles() {
		known[strings.TrimSuffix(file, ".txt")] = true
	}
	current := ""
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 64<<10), 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		trimmed := strings.TrimSpace(line)
		if strings.HasPrefix(trimmed, "[") && strings.HasSuffix(trimmed, "]") {
			current = strings.ToLower(strings.Trim(trimmed, "[]"))
			if !known[current] {
				return nil, nil, fmt.Errorf("line %d: no section is called [%s]; there are [actors], [places], [light], [reporting], [weapons], [unreal], [NONE] and one for each event type, as [ASSAULT]", n, current)
			}
			if _, ok := sections[current]; !ok {
				order = append(order, current)
				sections[current] = bytes.Repeat([]byte("\n"), n-1)
			}
			line = ""
		} else if current == "" && trimmed != "" && !strings.HasPrefix(trimmed, "#") {
			return nil, nil, fmt.Errorf("line %d: %q stands before any [section]", n, trimmed)
		}
		for name := range sections {
			if name == current {
				sections[name] = append(sections[name], line...)
			}
			sections[name] = append(sections[name], '\n')
		}
	}
	if err := sc.Err(); err != nil {
		return nil, nil, fmt.Errorf("read: %w", err)
	}
	return sections, order, nil
}
