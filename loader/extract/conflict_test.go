package extract

import (
	"slices"
	"strings"
	"testing"
)

// TestConflictRules says of short texts which acts of conflict the rules read in them, and
// between whom: "TYPE initiators > targets", in the order of the words, "" for none.
func TestConflictRules(t *testing.T) {
	c := coder(t)
	conflict := []string{"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST", "SANCTION", "CONCEDE"}
	for _, tt := range []struct{ text, want string }{
		// Fighting told by its outcome.
		{"Raqqa fell to Kurdish forces last week.", "ASSAULT Kurdish forces > Syria"},
		{"The duty fell to Britain last week.", ""},
		{"Isis was driven out of Raqqa by Kurdish forces.", "ASSAULT Kurdish forces > Islamic State"},
		{"The army ousted the Taliban from Kunduz.", "ASSAULT Afghan army > Taliban"},
		{"Iraqi planes flew 94 sorties against Iranian positions.", "ASSAULT Iraqi planes > Iran"},
		{"Syria used chemical weapons against civilians.", "ASSAULT Syria > civilians"},
		{"Iran used the money against inflation.", ""},
		{"France intervened militarily in Mali.", "ASSAULT France > Mali"},
		{"The Iraqi president hit back at comments by Donald Trump.", ""},
		{"Brazil defeated Germany in the final.", ""},
		{"The village in Syria is held by rebels.", ""},
		// Who does what a noun tells, and whom it meets.
		{"Israel carried out a series of airstrikes on Iran.", "ASSAULT Israel > Iran"},
		{"Isis carried out some of the worst attacks in Europe.", "ASSAULT Islamic State > nobody"},
		{"Hezbollah has done much of the fighting in Syria.", "ASSAULT Hezbollah > nobody"},
		{"US commanders called in airstrikes against rebels in Syria.", "ASSAULT US commanders > rebels"},
		{"Turkey's detention of the American pastor angered Washington.", "COERCE Turkey > American pastor"},
		{"The pastor's detention angered Washington.", "COERCE nobody > pastor"},
		{"Isis lost the town to Kurdish forces.", "ASSAULT Kurdish forces > Islamic State"},
		{"Syrian troops advanced on Idlib on Monday.", "ASSAULT Syrian Arab Army > Syria"},
		{"Iranian workers went on strike on Monday.", "PROTEST Iranian workers > nobody"},
		{"A British volunteer fought with the YPG in Syria.", ""},
		// What is held against whom, and kept from.
		{"Ukraine accused Russia of shelling Kyiv.", "ASSAULT Russia > Ukraine"},
		{"Sudan thanked Egypt for freeing its soldiers.", "CONCEDE Egypt > Sudanese soldiers"},
		{"Israel provoked Iran by bombing Syria.", "ASSAULT Israel > Syria"},
		// Repression.
		{"Two Britons are being held by Kurdish forces.", "COERCE Kurdish forces > Britons"},
		{"Police took students to a detention centre.", "COERCE Police > students"},
		{"Turkey separated the children from their families at the border.", "COERCE Turkey > children"},
		{"Poland declared the group illegal.", "COERCE Poland > nobody"},
		{"A Syrian family took in the refugees.", ""},
		{"Russia besieged the civilians of Aleppo.", "COERCE Russia > civilians of Aleppo"},
		// Forces that move, come and go.
		{"Turkey put its army on alert.", "MOBILIZE Turkey > nobody"},
		{"Syria is preparing an offensive against the rebels.", "MOBILIZE Syria > rebels; ASSAULT nobody > rebels"},
		{"Russia sent 200 soldiers to Armenia.", "MOBILIZE Russia > nobody"},
		{"The commander fled from Baghuz.", "RETREAT commander > nobody"},
		{"The withdrawal of cash by Poland rose.", ""},
		// Yielding.
		{"Iran granted Britain permission to visit Natanz.", "CONCEDE Iran > United Kingdom"},
		{"The United States exempted Turkey from its sanctions.", "CONCEDE United States > Turkey; SANCTION United States > nobody"},
		{"Trump stepped back from his threat against Syria.", "CONCEDE Trump > nobody"},
		{"The strikers returned to work in Santos.", "CONCEDE strikers > nobody"},
		// Ties cut.
		{"Britain cancelled a meeting with Iran.", "SANCTION United Kingdom > Iran"},
		{"The United States ceased arming the rebels.", "SANCTION United States > rebels"},
		{"Saudi Arabia cut off its support for the rebels.", "SANCTION Saudi Arabia > rebels"},
		// Protest.
		{"Kurds occupied the station in London.", "PROTEST Kurds > nobody"},
		{"Hundreds of farmers held rallies in Brasilia.", "PROTEST farmers > nobody"},
		// A means is as real as what it serves, a goal is not reached by being one.
		{"Israel wants to curb Iran by forcing the withdrawal of the Guards.", ""},
		{"Israel curbed Iran by bombing Iranian airfields.", "ASSAULT Israel > Iran"},
		{"An American withdrawal would help Iran.", ""},
		{"The American withdrawal would help Iran.", "RETREAT United States > nobody"},
		{"Any attack on Syria would be reckless.", ""},
		{"Recent attacks on Syria would be avenged, Iran said.", "ASSAULT nobody > Syria"},
		{"The goal of defeating Isis remains.", ""},
		{"Turkey would help in the event of an attack on Jordan.", ""},
	} {
		r := c.read(articleOf(t, "row", tt.text), true, nil)
		var got []string
		for _, s := range r.sentences {
			for i := range s.ruled {
				for _, k := range s.ruled[i] {
					if slices.Contains(conflict, k.event.Name) {
						got = append(got, k.event.Name+" "+nameList(k.initiators)+" > "+nameList(k.targets))
					}
				}
			}
		}
		if strings.Join(got, "; ") != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, strings.Join(got, "; "), tt.want)
		}
	}
}

// TestSameState holds that a head of state, the state and its troops are of one state.
func TestSameState(t *testing.T) {
	of := func(codes ...string) (out []*actor) {
		for _, code := range codes {
			out = append(out, &actor{country: code})
		}
		return out
	}
	for _, tt := range []struct {
		a, b []*actor
		want bool
	}{
		{of("USA"), of("USA", "USA"), true},
		{of("USA"), of("USA", "TUR"), false},
		{of("USA"), of("TUR"), false},
		{of(""), of(""), false},
		{of("USA"), nil, false},
		{nil, nil, false},
	} {
		if got := sameState(tt.a, tt.b); got != tt.want {
			t.Errorf("sameState(%d, %d) = %v, want %v", len(tt.a), len(tt.b), got, tt.want)
		}
	}
}
