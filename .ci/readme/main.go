// Command readme runs what README.md tells a newcomer to run: it starts the api, asks README's queries and
// compares the answers, figures and the picture with those that README shows, runs the loader's commands beside it,
// presses Ctrl-C, and looks whether anything is left. With -update it writes answers, figures and picture instead.
// The test command is run by .ci/run itself.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
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
	update := flag.Bool("update", false, "write the answers, figures and the picture that the program gives today")
	flag.Parse()
	work := check
	if *update {
		work = refresh
	}
	if err := work("README.md"); err != nil {
		fmt.Fprintln(os.Stderr, "README.md:", err)
		os.Exit(1)
	}
}

// refresh writes what a README shows of the program's output anew.
func refresh(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return withAPI(func(api *api) error {
		shown, err := shows(fenced(string(text)), api)
		if err != nil {
			return err
		}
		// From the end, so that the places of earlier blocks stay.
		for _, s := range slices.Backward(shown) {
			text = slices.Replace(text, s.block.start, s.block.end, []byte(s.now)...)
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
		svg, err := picture(api)
		if err != nil {
			return err
		}
		return os.WriteFile(pictureFile, []byte(svg), 0o644)
	})
}

func check(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	blocks := fenced(string(text))
	commands := commandLines(blocks)
	for _, want := range []string{runAPI, runTests} {
		if !slices.Contains(commands, want) {
			return fmt.Errorf("no code block has the command %q", want)
		}
	}
	return withAPI(func(api *api) error {
		shown, err := shows(blocks, api)
		if err != nil {
			return err
		}
		for _, s := range shown {
			if !s.same() {
				return fmt.Errorf("what is shown is out of date; go run ./.ci/readme -update writes it anew.\nshown:\n%s\nnow:\n%s", s.block.text, s.now)
			}
		}
		svg, err := picture(api)
		if err != nil {
			return err
		}
		if drawn, err := os.ReadFile(pictureFile); err != nil || string(drawn) != svg {
			return fmt.Errorf("%s is not what the graph holds; go run ./.ci/readme -update draws it anew (%v)", pictureFile, err)
		}
		fmt.Println("the answers, the figures and the picture are those that are shown")
		for _, line := range commands {
			if strings.Contains(line, runLoader) {
				if err := run(line, api.dir); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// withAPI does work with an api that serves the sample articles, and looks whether it ends as it should.
func withAPI(work func(*api) error) error {
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
	if err := work(api); err != nil {
		return err
	}
	if err := api.stop(); err != nil {
		return err
	}
	fmt.Println("stopped, nothing is left")
	return nil
}

// block is a code block of a Markdown text and where its inside is, in bytes.
type block struct {
	language, text string
	start, end     int
}

// fenced gives the code blocks of a Markdown text.
func fenced(text string) []block {
	var out []block
	open, at := false, 0
	for line := range strings.Lines(text) {
		mark, is := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case is && !open:
			out = append(out, block{language: mark, start: at + len(line), end: at + len(line)})
			open = true
		case is:
			open = false
		case open:
			b := &out[len(out)-1]
			b.text += line
			b.end += len(line)
		}
		at += len(line)
	}
	return out
}

// shown is a block that shows output of the program, and what the program gives now.
type shown struct {
	block block
	now   string
}

// same tells whether both say the same; white space in JSON is free.
func (s shown) same() bool {
	if s.block.language != "json" {
		return s.block.text == s.now
	}
	var was, now any
	return json.Unmarshal([]byte(s.block.text), &was) == nil && json.Unmarshal([]byte(s.now), &now) == nil && reflect.DeepEqual(was, now)
}

// shows gives the blocks that show output: a block json has the answer to the block graphql before it, a block
// "text FILE" the paragraph of that file that begins with its first line.
func shows(blocks []block, api *api) ([]shown, error) {
	var out []shown
	query := ""
	for _, b := range blocks {
		kind, file, _ := strings.Cut(b.language, " ")
		switch {
		case kind == "graphql":
			query = b.text
		case kind == "json" && query != "":
			answer, err := api.ask(query)
			if err != nil {
				return nil, err
			}
			now, err := layout(answer, "")
			if err != nil {
				return nil, err
			}
			out = append(out, shown{b, now + "\n"})
			query = ""
		case kind == "text" && file != "":
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			first, _, _ := strings.Cut(b.text, "\n")
			_, rest, found := strings.Cut("\n"+string(text), "\n"+first+"\n")
			if !found {
				return nil, fmt.Errorf("%s has no line %q", file, first)
			}
			rest, _, _ = strings.Cut(rest, "\n\n")
			out = append(out, shown{b, first + "\n" + strings.TrimSuffix(rest, "\n") + "\n"})
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no block ```graphql with a block ```json after it")
	}
	return out, nil
}

// commandLines gives the lines of all blocks that run a command of Go's, without comments, in their order.
func commandLines(blocks []block) []string {
	var out []string
	for _, b := range blocks {
		for line := range strings.Lines(b.text) {
			line, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "$ "), "  #")
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "go ") || strings.Contains(line, "| go ") {
				out = append(out, line)
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
func (a *api) ask(query string) (json.RawMessage, error) {
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
			var answer struct{ Errors json.RawMessage }
			if err := json.Unmarshal(text, &answer); err != nil || response.StatusCode != http.StatusOK || answer.Errors != nil {
				return nil, fmt.Errorf("the query got %s: %s", response.Status, text)
			}
			return text, nil
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
