package local

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dgraph-io/dgraph/v25/dgraph/cmd/alpha"
	"github.com/dgraph-io/dgraph/v25/dgraph/cmd/zero"
	"github.com/spf13/pflag"
	"gopkg.in/yaml.v3"
)

// root is the module's folder as seen from here.
const root = "../../.."

type service struct {
	Image, Restart    string
	Command, Profiles []string
	Ports, Volumes    []string
	Build             struct{ Context, Dockerfile string }
	DependsOn         map[string]struct{ Condition string } `yaml:"depends_on"`
	Healthcheck       struct{ Test []string }
}

func readCompose(t *testing.T) (services map[string]service, volumes map[string]any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docker-compose.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]service
		Volumes  map[string]any
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file.Services, file.Volumes
}

// flag gives the value of --name=value in a command line.
func flagValue(args []string, name string) (string, bool) {
	for _, a := range args {
		if v, found := strings.CutPrefix(a, "--"+name+"="); found {
			return v, true
		}
	}
	return "", false
}

func TestComposeServices(t *testing.T) {
	services, volumes := readCompose(t)
	published := map[string][]string{}
	for name, s := range services {
		for _, p := range s.Ports {
			published[name] = append(published[name], p)
			if !strings.HasPrefix(p, "127.0.0.1:") {
				t.Errorf("%s publishes %s, not on loopback", name, p)
			}
		}
		once := slices.Contains(s.Profiles, "load")
		if want := "unless-stopped"; s.Restart != want && !once {
			t.Errorf("%s restarts %q, want %q", name, s.Restart, want)
		}
		if len(s.Healthcheck.Test) == 0 && !once {
			t.Errorf("%s has no health check", name)
		}
		for other, how := range s.DependsOn {
			if _, ok := services[other]; !ok || how.Condition != "service_healthy" {
				t.Errorf("%s depends on %s when %q", name, other, how.Condition)
			}
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			if _, named := volumes[from]; !named && !strings.HasPrefix(from, "${ARTICLES") {
				t.Errorf("%s mounts %s, which is no volume", name, v)
			}
		}
	}
	for name := range services {
		if !slices.Contains([]string{"zero", "alpha", "ratel", "api", "loader"}, name) {
			t.Errorf("service %s is not known", name)
		}
	}
	if len(published) != 2 || len(published["api"]) != 1 || len(published["ratel"]) != 1 {
		t.Errorf("published are %v, want one port of api and of ratel", published)
	}
	if s := services["loader"]; !slices.Equal(s.Profiles, []string{"load"}) || s.Image != services["api"].Image {
		t.Errorf("the loader is %+v", s)
	}
}

func TestComposeDgraph(t *testing.T) {
	services, _ := readCompose(t)
	module, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(module), "github.com/dgraph-io/dgraph/v25 ")
	version := strings.Fields(rest)
	if !found || len(version) == 0 {
		t.Fatal("go.mod does not require Dgraph")
	}
	commands := map[string]*pflag.FlagSet{"zero": zero.Zero.Cmd.Flags(), "alpha": alpha.Alpha.Cmd.Flags()}
	for name, flags := range commands {
		s := services[name]
		if want := "dgraph/dgraph:" + version[0]; s.Image != want {
			t.Errorf("%s runs %s, but go.mod has %s", name, s.Image, want)
		}
		if len(s.Command) < 2 || s.Command[0] != "dgraph" || s.Command[1] != name {
			t.Fatalf("%s runs %q", name, s.Command)
		}
		for _, arg := range s.Command[2:] {
			flag, _, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
			if flags.Lookup(flag) == nil {
				t.Errorf("dgraph %s has no flag %s", name, arg)
			}
		}
		// Both find each other at the ports that Dgraph has by itself.
		my, _ := flagValue(s.Command, "my")
		if host, port, err := net.SplitHostPort(my); err != nil || host != name || port != map[string]string{"zero": "5080", "alpha": "7080"}[name] {
			t.Errorf("%s is at %s", name, my)
		}
	}
	zeroAt, _ := flagValue(services["zero"].Command, "my")
	if at, _ := flagValue(services["alpha"].Command, "zero"); at != zeroAt {
		t.Errorf("alpha looks for zero at %s, it is at %s", at, zeroAt)
	}
	if limits, _ := flagValue(services["alpha"].Command, "limit"); limits != Limits {
		t.Errorf("alpha has the limits %q, a local one %q", limits, Limits)
	}
}

func TestDockerfile(t *testing.T) {
	services, _ := readCompose(t)
	name := services["api"].Build.Dockerfile
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"CGO_ENABLED=0", " ./api ./loader\n", "\nUSER incidentgraph\n"} {
		if !strings.Contains(string(text), part) {
			t.Errorf("%s lacks %q", name, part)
		}
	}
	module, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(module), "\ngo ")
	version := strings.SplitN(rest, ".", 3)
	if len(version) < 2 || !strings.Contains(string(text), "FROM golang:"+version[0]+"."+version[1]+"-") {
		t.Errorf("%s does not build with Go %.8q", name, rest)
	}
}
