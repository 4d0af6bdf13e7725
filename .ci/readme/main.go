// Command readme runs what README.md tells a newcomer to run: it starts the api, asks README's first query and
// compares the answer with the one that README shows, runs the loader's commands beside it, presses Ctrl-C,
// and looks whether anything is left. The test command is run by .ci/run itself.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"time"
)

const (
	runAPI, runTests, runLoader = "go run ./api", "go test ./...", "go run ./loader "
	// buildAndStart is for a machine that has compiled nothing yet.
	buildAndStart = 10 * time.Minute
	stop          = 10 * time.Second
)

func main() {
	if err := check("README.md"); err != nil {
		fmt.Fprintln(os.Stderr, "README.md:", err)
		os.Exit(1)
	}
}

func check(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	blocks := fenced(string(text))
	query, answer, err := example(blocks)
	if err != nil {
		return err
	}
	commands := commandLines(blocks)
	for _, want := range []string{runAPI, runTests} {
		if !commands[want] {
			return fmt.Errorf("no code block has the command %q", want)
		}
	}

	dir, err := os.MkdirTemp("", "readme-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	api, err := startAPI(dir)
	if err != nil {
		return err
	}
	defer api.end()
	got, err := api.ask(query)
	if err != nil {
		return err
	}
	var want any
	if err := json.Unmarshal([]byte(answer), &want); err != nil {
		return fmt.Errorf("the answer that is shown is no JSON: %w", err)
	}
	if !reflect.DeepEqual(got, want) {
		return fmt.Errorf("the query's answer is not the one that is shown.\nshown:\n%s\ngot:\n%s", indent(want), indent(got))
	}
	fmt.Println("the query has the answer that is shown")
	for line := range commands {
		if strings.HasPrefix(line, runLoader) {
			if err := run(line, dir); err != nil {
				return err
			}
		}
	}
	if err := api.stop(); err != nil {
		return err
	}
	fmt.Println("stopped, nothing is left")
	return nil
}

type block struct{ language, text string }

// fenced gives the code blocks of a Markdown text.
func fenced(text string) []block {
	var out []block
	open := false
	for line := range strings.Lines(text) {
		mark, is := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case is && !open:
			out = append(out, block{language: mark})
			open = true
		case is:
			open = false
		case open:
			out[len(out)-1].text += line
		}
	}
	return out
}

// example gives the first query and the answer that follows it.
func example(blocks []block) (query, answer string, err error) {
	for _, b := range blocks {
		switch {
		case b.language == "graphql" && query == "":
			query = b.text
		case b.language == "json" && query != "":
			return query, b.text, nil
		}
	}
	return "", "", errors.New("no block ```graphql with a block ```json after it")
}

// commandLines gives the lines of all blocks that begin as a command of Go's does, without comments.
func commandLines(blocks []block) map[string]bool {
	out := map[string]bool{}
	for _, b := range blocks {
		for line := range strings.Lines(b.text) {
			line, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "$ "), " #")
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "go ") {
				out[line] = true
			}
		}
	}
	return out
}

func run(line, dir string) error {
	fmt.Println("+", line)
	cmd := exec.Command("sh", "-c", line)
	cmd.Env = append(os.Environ(), "INCIDENTGRAPH_DATA="+dir)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w\n%s", line, err, tail(out.String()))
	}
	return nil
}

// api is a running `go run ./api`.
type api struct {
	cmd     *exec.Cmd
	address string
	dir     string
	log     string
	ended   chan error
}

func startAPI(dir string) (*api, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	a := &api{address: l.Addr().String(), dir: dir, log: filepath.Join(dir, "api.log"), ended: make(chan error, 1)}
	l.Close()
	log, err := os.Create(a.log)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	fmt.Println("+", runAPI)
	args := strings.Fields(runAPI)
	a.cmd = exec.Command(args[0], append(args[1:], "--listen="+a.address, "--data="+dir)...)
	a.cmd.Stdout, a.cmd.Stderr = log, log
	// A group of its own, to send it what Ctrl-C in a terminal sends.
	a.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := a.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { a.ended <- a.cmd.Wait() }()
	return a, nil
}

// ask gives the answer to a query as soon as the api answers at all.
func (a *api) ask(query string) (any, error) {
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		return nil, err
	}
	deadline := time.Now().Add(buildAndStart)
	for {
		response, err := http.Post("http://"+a.address+"/graphql", "application/json", bytes.NewReader(body))
		if err == nil {
			defer response.Body.Close()
			text, err := io.ReadAll(response.Body)
			if err != nil {
				return nil, err
			}
			var answer any
			if err := json.Unmarshal(text, &answer); err != nil || response.StatusCode != http.StatusOK {
				return nil, fmt.Errorf("the query got %s: %s", response.Status, text)
			}
			return answer, nil
		}
		select {
		case ended := <-a.ended:
			return nil, fmt.Errorf("the api ended: %v\n%s", ended, a.said())
		case <-time.After(200 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("the api does not answer after %v: %w\n%s", buildAndStart, err, a.said())
		}
	}
}

// stop presses Ctrl-C and looks whether the api, its address and its Dgraph are gone in time.
func (a *api) stop() error {
	if err := syscall.Kill(-a.cmd.Process.Pid, syscall.SIGINT); err != nil {
		return err
	}
	select {
	case <-a.ended:
	case <-time.After(stop):
		return fmt.Errorf("the api did not end within %v of Ctrl-C\n%s", stop, a.said())
	}
	if conn, err := net.Dial("tcp", a.address); err == nil {
		conn.Close()
		return errors.New("somebody still listens at " + a.address)
	}
	// The processes of a local Dgraph keep this file locked.
	family, err := os.Open(filepath.Join(a.dir, "family"))
	if err != nil {
		return err
	}
	defer family.Close()
	if err := syscall.Flock(int(family.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return fmt.Errorf("a process of Dgraph is left: %w", err)
	}
	return nil
}

// end ends what an error left running, so that its directory can go.
func (a *api) end() {
	if a.cmd.ProcessState == nil && a.stop() != nil {
		syscall.Kill(-a.cmd.Process.Pid, syscall.SIGKILL)
	}
}

func (a *api) said() string {
	text, err := os.ReadFile(a.log)
	if err != nil {
		return err.Error()
	}
	return tail(string(text))
}

// tail gives the last lines of a text.
func tail(text string) string {
	lines := strings.SplitAfter(text, "\n")
	return strings.Join(lines[max(0, len(lines)-30):], "")
}

func indent(v any) string {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}
