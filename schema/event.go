package schema

import "strings"

// QuadClass is one of the four fields spanned by verbal/material and cooperation/conflict.
type QuadClass string

const (
	VerbalCooperation   QuadClass = "VERBAL_COOPERATION"
	MaterialCooperation QuadClass = "MATERIAL_COOPERATION"
	VerbalConflict      QuadClass = "VERBAL_CONFLICT"
	MaterialConflict    QuadClass = "MATERIAL_CONFLICT"
)

// EventType is one of the sixteen PLOVER types of incident.
type EventType struct {
	// Name is the PLOVER name, "ASSAULT".
	Name string
	// Edge is the Dgraph predicate from initiator to target, "attacked".
	Edge string
	// Field and InverseField are the GraphQL fields of an actor that follow the edge
	// forwards and backwards. InverseField is empty for mutual types, whose edge is kept in both directions.
	Field, InverseField string
	// Mutual tells that the two sides have no direction.
	Mutual bool
	Quad   QuadClass
	// Intensity runs from -10 (conflict) to +10 (cooperation): the PLOVER score of the
	// category (PLOVER manual, table "conflict-cooperation scores"; the score of ACCUSE
	// lacks its minus sign there, as its modes show).
	Intensity float64
	// CAMEO lists the CAMEO codes that fold into this type, a code standing for all that it
	// begins but for those that a longer one gives to another type (the 2021 CAMEO to PLOVER crosswalk).
	CAMEO []string
	// Noun names an act of this type in a short label, "strike".
	Noun string
	// Description says what the type covers.
	Description string
}

// Material tells that acts of the type are done and not only said.
func (t EventType) Material() bool {
	return t.Quad == MaterialConflict || t.Quad == MaterialCooperation
}

// EventTypes gives the sixteen types, from the most conflictual to the most cooperative
// of each quad class. It is the one table from which the Dgraph schema, the GraphQL
// fields and every list of types follow.
func EventTypes() []EventType { return append([]EventType(nil), eventTypes[:]...) }

var eventTypes = [...]EventType{
	{"ASSAULT", "attacked", "attacked", "attackedBy", false, MaterialConflict, -9, []string{"1712", "175", "18", "19", "20"}, "attack",
		"Physical attack: strike, shelling, bombing, shooting, ambush, clash, assassination, capture of territory by force."},
	{"COERCE", "coerced", "coerced", "coercedBy", false, MaterialConflict, -7, []string{"163", "17", "191", "192"}, "coercion",
		"Repression without battle: arrest, expulsion, seizure, curfew, ban, blockade, hostage-taking, cyber attack, sentence, execution."},
	{"SANCTION", "sanctioned", "sanctioned", "sanctionedBy", false, MaterialConflict, -6, []string{"16"}, "sanction",
		"Breaking or reducing relations: recall of an envoy, embargo, sanctions, boycott, halt of talks or aid, suspension of an agreement."},
	{"MOBILIZE", "mobilized_against", "mobilizedAgainst", "mobilizedAgainstBy", false, MaterialConflict, -5.5, []string{"15"}, "mobilisation",
		"Show or rise of force: deployment, alert, exercise, blockade posture, missile test."},
	{"PROTEST", "protested_against", "protestedAgainst", "protestedAgainstBy", false, MaterialConflict, -5, []string{"14"}, "protest",
		"Demonstration, labour strike, riot, hunger strike, rally."},
	{"THREATEN", "threatened", "threatened", "threatenedBy", false, VerbalConflict, -3.5, []string{"13"}, "threat",
		"Threat, ultimatum, warning of own action, vow of revenge."},
	{"ACCUSE", "condemned", "condemned", "condemnedBy", false, VerbalConflict, -3, []string{"09", "11"}, "condemnation",
		"Condemnation, criticism, blame, accusation, complaint, lawsuit, official investigation."},
	{"REJECT", "rejected", "rejected", "rejectedBy", false, VerbalConflict, -2, []string{"12"}, "rejection",
		"Refusal, veto, denial of a request or an accusation, defiance."},
	{"REQUEST", "appealed_to", "appealedTo", "appealedToBy", false, VerbalConflict, 0, []string{"10"}, "appeal",
		"Demand, appeal, call for restraint, action, aid, ceasefire or inquiry."},
	{"CONSULT", "met_with", "metWith", "", true, VerbalCooperation, 2.5, []string{"04"}, "meeting",
		"Meeting, talks, phone call, visit, hosting, negotiation, mediation, summit."},
	{"AGREE", "agreed_with", "agreedWith", "", true, VerbalCooperation, 2.5, []string{"03"}, "agreement",
		"Agreement, promise or stated intent to do something cooperative."},
	{"CONCEDE", "conceded_to", "concededTo", "concededToBy", false, VerbalCooperation, 4.5, []string{"08"}, "concession",
		"Yielding politically: easing sanctions, accepting a demand, releasing prisoners, resigning under pressure."},
	{"SUPPORT", "supported", "supported", "supportedBy", false, VerbalCooperation, 5, []string{"05"}, "support",
		"Verbal or diplomatic cooperation: praise, endorsement, defence, recognition, apology, signing of a treaty, condolences."},
	{"RETREAT", "retreated_from", "retreatedFrom", "retreatedFromBy", false, MaterialCooperation, 6.5, []string{"0813", "0814", "084", "085", "086", "087"}, "withdrawal",
		"Yielding materially: withdrawal of troops, surrender, ceasefire in force, evacuation, handing over territory."},
	{"COOPERATE", "cooperated_with", "cooperatedWith", "", true, MaterialCooperation, 9.5, []string{"06"}, "cooperation",
		"Material cooperation done: joint operation or exercise, trade, shared intelligence, extradition, fighting alongside."},
	{"AID", "aided", "aided", "aidedBy", false, MaterialCooperation, 10, []string{"07"}, "aid",
		"Material help: economic, military, humanitarian, asylum, peacekeepers."},
}

// EventTypeByName finds a type by its PLOVER name.
func EventTypeByName(name string) (EventType, bool) {
	for _, t := range eventTypes {
		if t.Name == name {
			return t, true
		}
	}
	return EventType{}, false
}

// EventTypeByCAMEO finds the type a CAMEO code folds into: the one with the longest code that begins it.
func EventTypeByCAMEO(code string) (EventType, bool) {
	var best EventType
	longest := 0
	for _, t := range eventTypes {
		for _, c := range t.CAMEO {
			if strings.HasPrefix(code, c) && len(c) > longest {
				best, longest = t, len(c)
			}
		}
	}
	return best, longest > 0
}
