package local

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"google.golang.org/grpc"

	"incidentgraph/schema/dgraph"
)

// keeper makes this test binary a process that keeps a Dgraph in the directory that it names, until it is killed.
const keeper = "INCIDENTGRAPH_TEST_KEEPER"

func TestMain(m *testing.M) {
	RunIfChild()
	if dir := os.Getenv(keeper); dir != "" {
		s, err := Start(context.Background(), dir, slog.New(slog.DiscardHandler))
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		json.NewEncoder(os.Stdout).Encode(s.Addresses())
		<-s.Done()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func testLog(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func start(t *testing.T, dir string) *Server {
	t.Helper()
	s, err := Start(context.Background(), dir, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

func open(t *testing.T, a Addresses) *dgraph.Client {
	t.Helper()
	c, err := dgraph.Open(context.Background(), a.Alpha)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.ApplySchema(context.Background()); err != nil {
		t.Fatal(err)
	}
	return c
}

func write(c *dgraph.Client, key string) error {
	return c.Update(context.Background(), func(ctx context.Context, tx *dgraph.Txn) error {
		var q dgraph.NQuads
		q.Value(dgraph.Blank(key), "xid", key)
		_, err := tx.Mutate(ctx, q.Bytes(), nil)
		return err
	})
}

// mustHold fails unless the graph holds the keys and no others.
func mustHold(t *testing.T, c *dgraph.Client, keys ...string) {
	t.Helper()
	answer, err := c.Query(context.Background(), `{ q(func: has(xid), orderasc: xid) { xid } }`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, k := range slices.Sorted(slices.Values(keys)) {
		want = append(want, `{"xid":"`+k+`"}`)
	}
	if got := string(answer.JSON); got != `{"q":[`+strings.Join(want, ",")+`]}` {
		t.Errorf("the graph holds %s, want %v", got, keys)
	}
}

// mustBeGone fails when some child of the directory's owner is left: they hold its family lock.
func mustBeGone(t *testing.T, dir string, within time.Duration) {
	t.Helper()
	f, err := openLock(dir, "family")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	began := time.Now()
	if err := lock(context.Background(), f, syscall.LOCK_EX, within); err != nil {
		t.Fatalf("children are left after %v: %v", within, err)
	}
	t.Logf("none left after %v", time.Since(began))
}

// occupy listens on a port of this machine for the length of a test, if nobody else does already. It answers
// as a gRPC server that knows nothing.
func occupy(t *testing.T, port int) {
	if l, err := net.Listen("tcp", address(port, 0)); err == nil {
		go grpc.NewServer().Serve(l)
		t.Cleanup(func() { l.Close() })
	}
}

// One Dgraph through a life of stops, starts, owners and deaths.
func TestLife(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "by", "start")
	var keys []string
	add := func(t *testing.T, c *dgraph.Client, key string) {
		t.Helper()
		if err := write(c, key); err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}

	t.Run("nobody", func(t *testing.T) {
		if a, found, err := Find(t.Context(), dir); err != nil || found {
			t.Errorf("found %v, %v", a, err)
		}
	})
	t.Run("start, write, stop", func(t *testing.T) {
		s := start(t, dir)
		c := open(t, s.Addresses())
		add(t, c, "one")
		began := time.Now()
		s.Stop()
		if took := time.Since(began); took > 6*time.Second {
			t.Errorf("the stop took %v", took)
		}
		if err := s.Err(); err != nil {
			t.Errorf("after Stop: %v", err)
		}
		s.Stop() // again does nothing
		mustBeGone(t, dir, 0)
	})
	t.Run("the same data on other ports, a second owner", func(t *testing.T) {
		occupy(t, alphaInternal)
		s := start(t, dir)
		if s.Addresses().Alpha == address(alphaGRPC, 0) {
			t.Errorf("it took a port that was taken: %v", s.Addresses())
		}
		c := open(t, s.Addresses())
		mustHold(t, c, keys...)
		add(t, c, "two")

		_, err := Start(context.Background(), dir, testLog(t))
		var inUse *InUse
		if !errors.As(err, &inUse) || inUse.Owner != s.Addresses() {
			t.Errorf("a second owner got %v", err)
		} else if text := err.Error(); !strings.Contains(text, fmt.Sprint(os.Getpid())) || !strings.Contains(text, s.Addresses().Alpha) || !strings.Contains(text, dir) {
			t.Errorf("the error does not tell all: %v", err)
		}
		if a, found, err := Find(t.Context(), dir); err != nil || !found || a != s.Addresses() {
			t.Errorf("found %v, %v, %v; want %v", a, found, err, s.Addresses())
		}
		a, release, err := Share(t.Context(), dir, testLog(t))
		if err != nil || a != s.Addresses() {
			t.Fatalf("shared %v, %v; want %v", a, err, s.Addresses())
		}
		release(t.Context())
		mustHold(t, c, keys...)
	})
	t.Run("owner killed", func(t *testing.T) {
		owner := keeperCommand(dir)
		a := startKeeper(t, owner)
		c := open(t, a)
		add(t, c, "three")
		owner.Process.Kill()
		owner.Wait()
		// At once, while the children of the dead are still ending.
		s := start(t, dir)
		mustHold(t, open(t, s.Addresses()), keys...)
		s.Stop()
		mustBeGone(t, dir, 0)
	})
	t.Run("owner killed while it starts", func(t *testing.T) {
		owner := keeperCommand(dir)
		if err := owner.Start(); err != nil {
			t.Fatal(err)
		}
		f, err := openLock(dir, "family")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			syscall.Flock(int(f.Fd()), syscall.LOCK_UN)
			time.Sleep(5 * time.Millisecond)
		}
		time.Sleep(100 * time.Millisecond)
		owner.Process.Kill()
		owner.Wait()
		mustBeGone(t, dir, 10*time.Second)
	})
	t.Run("go run killed", func(t *testing.T) {
		// The place where go run builds to, and a parent that dies without a word to its child.
		exe := filepath.Join(t.TempDir(), "go-build1", "b001", "exe", "keeper")
		if err := os.MkdirAll(filepath.Dir(exe), 0o700); err != nil {
			t.Fatal(err)
		}
		copyFile(t, os.Args[0], exe)
		cmd := keeperCommand(dir)
		cmd.Path, cmd.Args = "/bin/sh", []string{"sh", "-c", `"$0" & wait`, exe}
		startKeeper(t, cmd)
		cmd.Process.Kill()
		mustBeGone(t, dir, 10*time.Second)
	})
	t.Run("Alpha killed, then Zero", func(t *testing.T) {
		s := start(t, dir)
		c := open(t, s.Addresses())
		stopWriting := writePairs(t, c)
		for _, name := range []string{"alpha", "zero"} {
			// In the parent's group it would get a terminal's Ctrl-C, and end before the parent wants it to.
			if group, err := syscall.Getpgid(childPID(t, dir, name)); err != nil || group == syscall.Getpgrp() {
				t.Errorf("%s is in our process group %d, %v", name, group, err)
			}
			time.Sleep(300 * time.Millisecond) // for some pairs
			killChild(t, dir, name)
			for c.Ping(t.Context()) == nil {
				time.Sleep(5 * time.Millisecond)
			}
			if _, err := c.Query(t.Context(), `{ q(func: has(xid)) { xid } }`, nil); !errors.Is(err, dgraph.ErrUnavailable) {
				t.Errorf("without %s a question got %v, want %v", name, err, dgraph.ErrUnavailable)
			}
			// A writer waits until it is there again.
			add(t, c, "without "+name)
		}
		mustHold(t, c, keys...)
		mustBePairs(t, c, stopWriting())
	})
}

// writePairs writes one pair of nodes a transaction until it is stopped, and then tells how many it wrote.
func writePairs(t *testing.T, c *dgraph.Client) (stop func() int) {
	ctx, cancel := context.WithCancel(t.Context())
	written := make(chan int)
	go func() {
		n := 0
		for ; ctx.Err() == nil; n++ {
			err := c.Update(t.Context(), func(ctx context.Context, tx *dgraph.Txn) error {
				var q dgraph.NQuads
				q.Value(dgraph.Blank("left"), "url", fmt.Sprint("left/", n))
				q.Value(dgraph.Blank("right"), "url", fmt.Sprint("right/", n))
				_, err := tx.Mutate(ctx, q.Bytes(), nil)
				return err
			})
			if err != nil {
				t.Errorf("pair %d: %v", n, err)
				break
			}
		}
		written <- n
	}()
	return func() int {
		cancel()
		return <-written
	}
}

// mustBePairs fails unless all pairs that were written are there, and none is by half. A pair may be there
// twice, when the answer to its commit was lost.
func mustBePairs(t *testing.T, c *dgraph.Client, written int) {
	t.Helper()
	answer, err := c.Query(context.Background(), `{ q(func: has(url)) { url } }`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var kept struct{ Q []struct{ URL string } }
	if err := json.Unmarshal(answer.JSON, &kept); err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, n := range kept.Q {
		count[n.URL]++
	}
	for n := range written {
		left, right := count[fmt.Sprint("left/", n)], count[fmt.Sprint("right/", n)]
		if left != right || left == 0 {
			t.Errorf("of pair %d there are %d left and %d right", n, left, right)
		}
	}
	t.Logf("%d pairs were written, %d nodes kept", written, len(kept.Q))
}

func keeperCommand(dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), keeper+"="+dir)
	return cmd
}

// startKeeper runs another process that keeps a Dgraph.
func startKeeper(t *testing.T, cmd *exec.Cmd) Addresses {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil && err != io.EOF {
		t.Fatal(err)
	}
	var a Addresses
	if err := json.Unmarshal([]byte(line), &a); err != nil {
		t.Fatalf("the keeper said %q, %s", line, said.String())
	}
	return a
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	if os.Link(from, to) == nil {
		return
	}
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o700); err != nil {
		t.Fatal(err)
	}
}

// killChild kills Zero or Alpha.
func killChild(t *testing.T, dir, name string) {
	t.Helper()
	if err := syscall.Kill(childPID(t, dir, name), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// childPID finds the process of Zero or Alpha by the file that it logs to.
func childPID(t *testing.T, dir, name string) int {
	t.Helper()
	links, err := filepath.Glob("/proc/[0-9]*/fd/2")
	if err != nil || len(links) == 0 {
		t.Skip("no /proc to find the process in")
	}
	for _, link := range links {
		if file, err := os.Readlink(link); err == nil && file == filepath.Join(dir, "log", name+".log") {
			var pid int
			fmt.Sscanf(link, "/proc/%d/", &pid)
			return pid
		}
	}
	t.Fatalf("no process of %s", name)
	return 0
}

// Of processes that share a directory the first starts Dgraph, and stops it after the last is done.
func TestShare(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			a, release, err := Share(t.Context(), dir, testLog(t))
			if err != nil {
				t.Error(err)
				return
			}
			defer release(t.Context())
			c, err := dgraph.Open(t.Context(), a.Alpha)
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			if err := c.ApplySchema(t.Context()); err != nil {
				t.Error(err)
			}
			for range 20 {
				time.Sleep(time.Duration(i) * 20 * time.Millisecond)
				if err := c.Ping(t.Context()); err != nil {
					t.Errorf("stopped under sharer %d: %v", i, err)
				}
			}
		})
	}
	all.Wait()
	mustBeGone(t, dir, 0)
}

func TestStartFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	spoiled := t.TempDir()
	if err := os.WriteFile(filepath.Join(spoiled, "postings"), []byte("no folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	readOnly := t.TempDir()
	if err := os.Chmod(readOnly, 0o500); err != nil {
		t.Fatal(err)
	}
	brief, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	short := t.TempDir()
	for _, test := range []struct {
		name string
		ctx  context.Context
		dir  string
		want []string
	}{
		{"a file in the way", t.Context(), filepath.Join(file, "data"), []string{file, "choose one that you may write to"}},
		{"not writable", t.Context(), readOnly, []string{readOnly, "choose one that you may write to"}},
		{"Alpha cannot use its folder", t.Context(), spoiled, []string{"alpha.log", "exit status", "not a directory"}},
		{"no time", brief, short, []string{"was not ready in time", filepath.Join(short, "log")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.dir == readOnly && os.Geteuid() == 0 {
				t.Skip("root may write anywhere")
			}
			s, err := Start(test.ctx, test.dir, testLog(t))
			if err == nil {
				s.Stop()
				t.Fatal("it started")
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error does not tell %q: %v", part, err)
				}
			}
			if a, found, err := Find(t.Context(), test.dir); found || err != nil && test.dir != filepath.Join(file, "data") {
				t.Errorf("left behind: %v, %v", a, err)
			}
		})
	}
	mustBeGone(t, spoiled, 0)
	mustBeGone(t, short, 0)
}

// Many that start at once get ports of their own, and nothing of each other's.
func TestStartTogether(t *testing.T) {
	const servers = 3
	var all sync.WaitGroup
	for i := range servers {
		dir := t.TempDir()
		all.Go(func() {
			s, err := Start(t.Context(), dir, testLog(t))
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Stop()
			c, err := dgraph.Open(t.Context(), s.Addresses().Alpha)
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			key := fmt.Sprint("server ", i)
			if err := c.ApplySchema(t.Context()); err != nil {
				t.Error(err)
			}
			if err := write(c, key); err != nil {
				t.Error(err)
			}
			answer, err := c.Query(t.Context(), `{ q(func: has(xid)) { xid } }`, nil)
			if want := fmt.Sprintf(`{"q":[{"xid":%q}]}`, key); err != nil || string(answer.JSON) != want {
				t.Errorf("got %s, %v; want %s", answer.JSON, err, want)
			}
		})
	}
	all.Wait()
}

func TestStartedByGoRun(t *testing.T) {
	for exe, want := range map[string]bool{
		"/tmp/go-build4080442973/b001/exe/api": true,
		"/tmp/go-build408/b001/local.test":     false, // go test
		"/usr/local/bin/api":                   false,
		"/home/me/exe/api":                     false,
		"api":                                  false,
	} {
		if got := startedByGoRun(exe); got != want {
			t.Errorf("%s: got %v", exe, got)
		}
	}
}
