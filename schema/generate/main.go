// Command generate writes schema.dql, the schema in Dgraph's own language, for those who load it by hand or
// read it; the program itself takes it from package schema.
package main

import (
	"fmt"
	"os"

	"incidentgraph/schema"
)

func main() {
	if err := os.WriteFile("schema.dql", []byte(schema.DQL()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
