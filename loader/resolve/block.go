package resolve

import (
	"slices"
	"strconv"
	"strings"

	"incidentgraph/schema"
)

// Blocks gives the keys under which a claim is found by all claims that can be linked with it, sorted:
//
//	TYPE/20240116/PAK     a day and a state, group, person or other actor on either side, or the state it happened in
//	TYPE/202401/PAK       the same for a claim that knows the month only, TYPE/2024/PAK the year
//	day/TYPE/202401/KEY   a town or armed group, by which a claim that knows the day and one that knows the month meet:
//	month/TYPE/202401/KEY that is where the latter stands
//	TYPE/20240116+/PAK/11 a state and toll, or an armed group, on this day or the next
//	cause/TYPE/PAK/20240116, answer/...   see answerBlocks
func Blocks(c *Claim, evidence []string) []string {
	var out []string
	if c.Day != 0 {
		when := c.Day
		switch c.Precision {
		case "MONTH":
			when /= 100
		case "YEAR":
			when /= 10000
		}
		for _, r := range roots(c) {
			out = append(out, c.Type+"/"+strconv.Itoa(when)+"/"+r)
		}
		if c.Precision == "DAY" || c.Precision == "MONTH" {
			for _, a := range anchors(c) {
				out = append(out, strings.ToLower(c.Precision)+"/"+c.Type+"/"+strconv.Itoa(c.Day/100)+"/"+a)
			}
		}
		for _, a := range nextDay(c) {
			for _, d := range []int{plus(c.Day, -1), c.Day} {
				out = append(out, c.Type+"/"+strconv.Itoa(d)+"+/"+a)
			}
		}
		out = append(out, answerBlocks(c, evidence)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// nextDay gives what two claims share one of that are linked although their days are one off.
func nextDay(c *Claim) []string {
	if c.Precision != "DAY" || c.At == nil || c.At.grain() != 2 {
		return nil
	}
	var out []string
	for _, toll := range []*int{c.KilledMin, c.InjuredMin} {
		if toll != nil && *toll > 0 {
			out = append(out, c.At.Country+"/"+strconv.Itoa(*toll))
		}
	}
	if len(out) > 0 {
		for _, p := range c.From {
			if p.Kind == schema.ArmedGroup && !p.described() {
				out = append(out, p.Key)
			}
		}
	}
	return out
}

// roots gives what any two claims of one incident share one of.
func roots(c *Claim) []string {
	var out []string
	for _, side := range [][]Party{c.From, c.To} {
		for _, p := range side {
			switch {
			case p.State() != "":
				out = append(out, p.State())
			case p.described() && p.Country != "":
				out = append(out, p.Country)
			default:
				out = append(out, p.Key)
			}
		}
	}
	if c.At != nil {
		if c.At.Country != "" {
			out = append(out, c.At.Country)
		} else {
			out = append(out, c.At.Key)
		}
	}
	return out
}

// anchors gives what is particular enough to look for through a whole month.
func anchors(c *Claim) []string {
	var out []string
	if c.At != nil && c.At.grain() == 2 {
		out = append(out, c.At.Key)
	}
	for _, side := range [][]Party{c.From, c.To} {
		for _, p := range side {
			if p.Kind == schema.ArmedGroup && !p.described() {
				out = append(out, p.Key)
			}
		}
	}
	return out
}

// Meeting gives the block in which those claims are found that may be of one incident with a claim in this block:
// mostly the same one; "" when claims in it may answer each other only.
func Meeting(block string) string {
	head, rest, _ := strings.Cut(block, "/")
	switch head {
	case "cause", "answer":
		return ""
	case "day":
		return "month/" + rest
	case "month":
		return "day/" + rest
	}
	return block
}
