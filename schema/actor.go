package schema

// ActorKind says what an actor is.
type ActorKind string

const (
	State      ActorKind = "state"
	Government ActorKind = "government" // a ministry, parliament, court, police or other official body
	Military   ActorKind = "military"
	ArmedGroup ActorKind = "armed_group"
	Person     ActorKind = "person"
	IGO        ActorKind = "igo"
	NGO        ActorKind = "ngo"
	Media      ActorKind = "media"
	Company    ActorKind = "company"
	Civilians  ActorKind = "civilians"
	OtherActor ActorKind = "other"
)

// ActorKinds gives all kinds, states first.
func ActorKinds() []ActorKind {
	return []ActorKind{State, Government, Military, ArmedGroup, Person, IGO, NGO, Media, Company, Civilians, OtherActor}
}

// Status tells how sure a report is of what it reports.
type Status string

const (
	Reported Status = "REPORTED" // told as fact
	Claimed  Status = "CLAIMED"  // the initiator says that it did it
	Alleged  Status = "ALLEGED"  // one side says that the other did it, and the article does not confirm it
	Denied   Status = "DENIED"   // the initiator denies it
)

// Statuses gives all four.
func Statuses() []Status { return []Status{Reported, Claimed, Alleged, Denied} }
