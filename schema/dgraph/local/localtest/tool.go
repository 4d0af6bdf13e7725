package localtest

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"

	"github.com/dgraph-io/dgraph/v25/dgraph/cmd/bulk"
	"github.com/dgraph-io/dgraph/v25/dgraph/cmd/live"
	"github.com/dgraph-io/dgraph/v25/x"
	"github.com/spf13/viper"
)

// toolMarker is the environment variable that makes a run of a test binary one of Dgraph's own loaders.
const toolMarker = "INCIDENTGRAPH_TEST_TOOL"

// Tool gives a command that runs Dgraph's own bulk or live loader out of this test binary, whose TestMain has called Main.
func Tool(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), toolMarker+"="+name)
	return cmd
}

// runIfTool makes this process a loader of Dgraph's when it was started to be one, and never returns then.
func runIfTool() {
	name := os.Getenv(toolMarker)
	if name == "" {
		return
	}
	if err := runTool(name, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func runTool(name string, args []string) error {
	tool := map[string]*x.SubCommand{"bulk": &bulk.Bulk, "live": &live.Live}[name]
	if tool == nil {
		return fmt.Errorf("%q is no loader of Dgraph", name)
	}
	for _, err := range []error{flag.CommandLine.Parse(nil), flag.Set("logtostderr", "true")} {
		if err != nil {
			return err
		}
	}
	tool.Conf = viper.New()
	if err := tool.Conf.BindPFlags(tool.Cmd.Flags()); err != nil {
		return err
	}
	tool.Cmd.SetArgs(args)
	return tool.Cmd.Execute()
}
