// Package schema says what the graph may hold: event types with their edges and
// codes, kinds of actors, node types and predicates, keys, and the form in which
// one article's claims are handed on. It imports nothing of this project, and
// every other description of the graph is derived from it.
package schema

//go:generate go run ./generate
