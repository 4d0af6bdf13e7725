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
//	TYPE/202401/KEY       a town or armed group, by which a claim that knows the day and one that knows the month meet
//	TYPE/20240116+/PAK/11 a state and toll on this day or the next
//	cause/TYPE/PAK/20240116, answer/...   see Answers
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
				out = append(out, c.Type+"/"+strconv.Itoa(c.Day/100)+"/"+a)
			}
		}
		if c.Precision == "DAY" && c.At != nil && c.At.grain() == 2 && c.KilledMin != nil && *c.KilledMin > 0 {
			for _, d := range []int{plus(c.Day, -1), c.Day} {
				out = append(out, c.Type+"/"+strconv.Itoa(d)+"+/"+c.At.Country+"/"+strconv.Itoa(*c.KilledMin))
			}
		}
		out = append(out, answerBlocks(c, evidence)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
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

// OfIncident tells whether claims that share the block may be of one incident; if not, they may answer each other.
func OfIncident(block string) bool {
	return !strings.HasPrefix(block, "cause/") && !strings.HasPrefix(block, "answer/")
}
