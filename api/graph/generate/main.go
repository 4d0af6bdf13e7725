// Command generate writes the GraphQL schema to schema/schema.graphql. Run it by go generate ./api/graph.
package main

import (
	"log"
	"os"

	"incidentgraph/api/graph"
)

func main() {
	sdl, err := graph.SDL()
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("../../schema/schema.graphql", []byte(sdl), 0o644); err != nil {
		log.Fatal(err)
	}
}
