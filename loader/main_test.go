package main

import (
	"errors"
	"log/slog"
	"os/exec"
	"strconv"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"incidentgraph/schema/dgraph"
	"incidentgraph/schema/dgraph/local"
)

func TestMain(m *testing.M) {
	local.RunIfChild()
	testscript.Main(m, map[string]func(){"loader": main})
}

func TestScripts(t *testing.T) {
	var once sync.Once
	var server *local.Server
	t.Cleanup(func() {
		if server != nil {
			server.Stop()
		}
	})
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// status N COMMAND... runs a command that ends with status N.
			"status": func(ts *testscript.TestScript, _ bool, args []string) {
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				err = ts.Exec(args[1], args[2:]...)
				got := 0
				var exit *exec.ExitError
				if errors.As(err, &exit) {
					got = exit.ExitCode()
				} else {
					ts.Check(err)
				}
				if got != want {
					ts.Fatalf("status is %d, not %d", got, want)
				}
			},
			// dgraph has the loader use an empty Dgraph that runs already.
			"dgraph": func(ts *testscript.TestScript, _ bool, _ []string) {
				if testing.Short() {
					t.Skip("starts a Dgraph")
				}
				once.Do(func() {
					var err error
					server, err = local.Start(t.Context(), t.TempDir(), slog.New(slog.DiscardHandler))
					ts.Check(err)
				})
				client, err := dgraph.Open(t.Context(), server.Addresses().Alpha)
				ts.Check(err)
				defer client.Close()
				ts.Check(client.DropAll(t.Context()))
				ts.Setenv("INCIDENTGRAPH_DGRAPH", server.Addresses().Alpha)
			},
		},
	})
}
