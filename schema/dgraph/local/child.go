package local

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/dgraph-io/dgraph/v25/dgraph/cmd/alpha"
	"github.com/dgraph-io/dgraph/v25/dgraph/cmd/zero"
	"github.com/dgraph-io/dgraph/v25/x"
	"github.com/spf13/viper"
)

// marker is the environment variable that makes a run of this binary a child.
const marker = "INCIDENTGRAPH_RUN_DGRAPH"

// Limits is what Alpha is told with --limit: predicates come from the schema only, and no question runs for ever.
const Limits = "mutations=strict; query-timeout=30s;"

// childExit is how long a child whose parent is gone may take to end properly.
const childExit = 5 * time.Second

// RunIfChild makes this process a Dgraph server when it was started to be one, and never returns then. Every
// main that may Start a local Dgraph calls it before anything else, and so does TestMain. Under `go run` it
// also sees to it that the process gets SIGTERM when the go command is ended.
func RunIfChild() {
	if os.Getenv(marker) == "" {
		endWithGoRun()
		return
	}
	os.Unsetenv(marker)
	// The other end of this pipe is held by the parent; the system closes it whatever the parent dies of. This
	// works on every system and lets the child close its files, which a death signal of Linux does not.
	lifeline := os.NewFile(lifelineFD, "lifeline")
	go func() {
		io.Copy(io.Discard, lifeline)
		if self, err := os.FindProcess(os.Getpid()); err == nil {
			self.Signal(syscall.SIGTERM)
			time.Sleep(childExit)
		}
		os.Exit(1)
	}()
	if err := runDgraph(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// runDgraph does what Dgraph's own main does for the two servers. Its root command knows twenty commands more,
// whose packages would make every start of this program, child or not, 80 ms longer.
func runDgraph(name string, args []string) error {
	server := map[string]*x.SubCommand{"zero": &zero.Zero, "alpha": &alpha.Alpha}[name]
	if server == nil {
		return fmt.Errorf("%q is no server of Dgraph", name)
	}
	// Dgraph's log goes to the file that is our standard error, not to files in the system's temporary folder.
	for _, err := range []error{flag.CommandLine.Parse(nil), flag.Set("logtostderr", "true")} {
		if err != nil {
			return err
		}
	}
	// What a writing Alpha keeps in memory is all pointers, and looking through it took a fifth of its time after some
	// thousand articles. Looking half as often costs some hundred MB, a third as often a GB.
	if os.Getenv("GOGC") == "" {
		if roomy() {
			debug.SetGCPercent(300)
		} else {
			debug.SetGCPercent(200)
		}
	}
	server.Conf = viper.New()
	if err := server.Conf.BindPFlags(server.Cmd.Flags()); err != nil {
		return err
	}
	server.Conf.Set("bindall", false) // loopback only; a flag of the root command
	server.Cmd.SetArgs(args)
	return server.Cmd.Execute()
}

// roomy tells a machine with 16 GB of memory or more, where Alpha may take 3 GB; a system that does not say is none.
func roomy() bool {
	var kB int
	info, _ := os.ReadFile("/proc/meminfo") // it is Linux's
	_, err := fmt.Sscanf(string(info), "MemTotal: %d kB", &kB)
	return err == nil && kB >= 15_000_000 // a part is not counted
}

// lifelineFD is the first of exec.Cmd's ExtraFiles.
const lifelineFD = 3

// child is a running Dgraph process.
type child struct {
	cmd      *exec.Cmd
	lifeline *os.File // closing it ends the child
	logFile  string
	dead     chan struct{}
	err      error // how it ended, once dead is closed
}

// startChild runs this binary again as a Dgraph server. held are files that the child keeps open to its end.
func startChild(dir, name string, args []string, held ...*os.File) (*child, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("the program does not find itself to run Dgraph: %w", err)
	}
	logFile := filepath.Join(dir, "log", name+".log")
	// One earlier file is kept, so that an end can be looked into after the next start.
	if err := os.Rename(logFile, logFile+".1"); err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("log of Dgraph: %w", err)
	}
	out, err := os.OpenFile(logFile, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("log of Dgraph: %w", err)
	}
	defer out.Close()
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	c := &child{lifeline: write, logFile: logFile, dead: make(chan struct{})}
	c.cmd = exec.Command(exe, append([]string{name}, args...)...)
	c.cmd.Dir = dir
	c.cmd.Env = append(os.Environ(), marker+"=1")
	c.cmd.Stdout, c.cmd.Stderr = out, out
	c.cmd.ExtraFiles = append([]*os.File{read}, held...)
	// A group of its own, so that Ctrl-C in a terminal reaches the parent only, which ends the children in order.
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := c.cmd.Start(); err != nil {
		write.Close()
		return nil, fmt.Errorf("the local Dgraph %s does not start: %w", name, err)
	}
	go func() {
		c.err = c.cmd.Wait()
		close(c.dead)
	}()
	return c, nil
}

// end asks the child to end and kills it when it takes longer than that.
func (c *child) end(patience time.Duration) {
	c.lifeline.Close()
	select {
	case <-c.dead:
	case <-time.After(patience):
		c.cmd.Process.Kill()
		<-c.dead
	}
}

// lastWords gives the last lines of the child's log, without the stack that may follow them.
func (c *child) lastWords() string {
	data, err := os.ReadFile(c.logFile)
	if err != nil {
		return err.Error()
	}
	const lines = 5
	var last []string
	for line := range bytes.Lines(data) {
		if line = bytes.TrimSpace(line); isLogLine(line) {
			last = append(last, string(line[:min(len(line), 300)]))
		}
	}
	return strings.Join(last[max(0, len(last)-lines):], "\n")
}

// isLogLine tells lines that begin as those of glog ("I1123 15:01:48...") and package log ("2026/11/23 ...") do,
// or with a panic, from the rest.
func isLogLine(line []byte) bool {
	digit := func(i int) bool { return len(line) > i && line[i] >= '0' && line[i] <= '9' }
	return digit(1) && digit(2) && digit(3) && (digit(0) || bytes.IndexByte([]byte("IWEF"), line[0]) >= 0) ||
		bytes.HasPrefix(line, []byte("panic:")) || bytes.HasPrefix(line, []byte("fatal error:"))
}

// pair is a Zero and the Alpha that works with it.
type pair struct {
	dir         string
	offset      int
	zero, alpha *child
}

// startPair starts both, at once but when they move to other ports. family is kept open by both.
func startPair(ctx context.Context, dir string, offset int, family *os.File) (*pair, error) {
	common := []string{fmt.Sprintf("--port_offset=%d", offset), "--telemetry=reports=false; sentry=false;"}
	zero, err := startChild(dir, "zero", append([]string{"--wal=" + filepath.Join(dir, "zero")}, common...), family)
	if err != nil {
		return nil, err
	}
	if moves(dir, offset) {
		if err := moveAddresses(ctx, zero, offset); err != nil {
			zero.end(zeroStopPatience)
			return nil, err
		}
	}
	cache := 256 // MB
	if roomy() {
		cache = 1024 // ten thousand articles do not fit into less, and reading them from the files slows a load
	}
	// Alpha holds on to Zero's lifeline, so that Zero outlives it also when the parent dies first.
	alpha, err := startChild(dir, "alpha", append([]string{
		"--zero=" + address(zeroGRPC, offset),
		"--postings=" + filepath.Join(dir, "postings"), "--wal=" + filepath.Join(dir, "wal"),
		"--tmp=" + filepath.Join(dir, "tmp"), "--export=" + filepath.Join(dir, "export"),
		// Half of what Dgraph takes: an idle Alpha then needs 180 MB, not 300.
		fmt.Sprintf("--cache=size-mb=%d;", cache), "--badger=memtablesize=33554432;",
		"--limit=" + Limits}, common...), family, zero.lifeline)
	if err != nil {
		zero.end(zeroStopPatience)
		return nil, err
	}
	return &pair{dir: dir, offset: offset, zero: zero, alpha: alpha}, nil
}

// end ends Alpha, which needs Zero to the last, and then Zero.
func (p *pair) end() {
	p.alpha.end(alphaStopPatience)
	p.zero.end(zeroStopPatience)
}

// obituary tells how the child died and what it said last.
func (c *child) obituary() string {
	return fmt.Sprintf("%s (%s) ended with:\n%s", filepath.Base(c.logFile), c.cmd.ProcessState, c.lastWords())
}

// endedEarly is the error of a start during which a child died.
func endedEarly(c *child) error {
	why := c.obituary()
	if strings.Contains(why, "address already in use") {
		return errPorts
	}
	return fmt.Errorf("the local Dgraph ended while it started: %s", why)
}
