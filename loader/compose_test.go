package main

import (
	"os"
	"testing"

	"github.com/alecthomas/kong"
	"gopkg.in/yaml.v3"
)

// The command lines of docker-compose.yml are ones that this program takes.
func TestCompose(t *testing.T) {
	text, err := os.ReadFile("../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]struct{ Command, Ports []string }
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	service := file.Services["loader"]
	if len(service.Command) == 0 || service.Command[0] != "loader" {
		t.Fatalf("the service runs %q", service.Command)
	}
	var o options
	parser, err := kong.New(&o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(service.Command[1:]); err != nil {
		t.Fatalf("%q: %v", service.Command, err)
	}
	if o.Dgraph != "alpha:9080" {
		t.Errorf("it looks for Dgraph at %q", o.Dgraph)
	}
	if len(o.Load.Source) != 1 || o.Load.Source[0] != "/articles" {
		t.Errorf("it loads %v", o.Load.Source)
	}
}
