// Command loader brings news articles into the incident graph: it reads them, finds who did what to whom, where
// and when, and loads that into Dgraph. It also prints what it finds, exports and checks the graph, and takes articles back.
package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"incidentgraph/loader/article"
	"incidentgraph/loader/extract"
	"incidentgraph/loader/load"
	"incidentgraph/schema"
	"incidentgraph/schema/dgraph"
	"incidentgraph/schema/dgraph/local"
)

const description = `
Brings news articles into the incident graph. SOURCE is a file (.txt, .md, .json, .jsonl), a directory of such
files, or - for standard input. Every flag is also an environment variable, INCIDENTGRAPH_DGRAPH for --dgraph.

Examples:
  loader articles/                       load a directory of articles
  loader --publisher IRNA statement.txt  load one, telling who published it
  cat feed.jsonl | loader -              load JSON lines: id, url, title, publisher, publishedAt, text
  loader --dgraph 10.0.0.5:9080 news/    load into a Dgraph that runs elsewhere
  loader --rdf out/ archive/             write RDF for a first load of millions with dgraph bulk
  loader extract article.txt             print what an article says as JSON, without a database
  loader extract --explain article.txt   show how it was read, sentence by sentence
  loader retract https://example.org/17  take an article back, by its address, its id, or the file it came from
  loader explain IRN                     tell why several articles made one actor, place or incident
  loader check                           prove the graph's rules
  loader export > graph.nq               write the graph as sorted N-Quads

Exit status: 0 when all went well, 1 when an article failed or the work could not be done, 2 for wrong usage.`

// options are the command line.
type options struct {
	Data     string     `env:"INCIDENTGRAPH_DATA" placeholder:"DIR" help:"Directory of the local Dgraph; one of this program's in the user's data directory when not given."`
	Dgraph   string     `env:"INCIDENTGRAPH_DGRAPH" placeholder:"HOST:PORT" help:"gRPC address of a Dgraph that runs already, or of several with commas between; a local one is used when not given."`
	LogLevel slog.Level `default:"info" env:"INCIDENTGRAPH_LOG_LEVEL" help:"What to log: debug, info, warn or error."`

	Load    loadCommand    `cmd:"" default:"withargs" help:"Load articles into the graph (what is done when no command is named)."`
	Extract extractCommand `cmd:"" help:"Print what articles say, one JSON object a line, without a database."`
	Export  exportCommand  `cmd:"" help:"Write the graph as sorted N-Quads, the same bytes for the same graph."`
	Retract retractCommand `cmd:"" help:"Take articles back: their claims go, and what nothing supports any more."`
	Explain explainCommand `cmd:"" help:"Tell why several articles made one actor, place or incident: by which rule, and which articles."`
	Check   checkCommand   `cmd:"" help:"Prove the graph's rules: every incident has a claim, every claim its sentences, and so on."`
}

// sources are articles and how to read them.
type sources struct {
	Source    []string `arg:"" name:"source" help:"File, directory, or - for standard input."`
	Title     string   `env:"INCIDENTGRAPH_TITLE" help:"Title of the articles, whatever they say."`
	Publisher string   `env:"INCIDENTGRAPH_PUBLISHER" help:"Who published the articles."`
	Published string   `env:"INCIDENTGRAPH_PUBLISHED" placeholder:"DATE" help:"Day or time of publication, such as 2024-01-17."`
	URL       string   `name:"url" env:"INCIDENTGRAPH_URL" help:"Address of the article."`
	Knowledge []string `type:"existingfile" env:"INCIDENTGRAPH_KNOWLEDGE" placeholder:"FILE" help:"Your own actors, aliases, places and trigger words. May be repeated."`
	Workers   int      `env:"INCIDENTGRAPH_WORKERS" help:"How many articles to read at the same time; one for each core when not given."`
}

type loadCommand struct {
	sources
	RDF string `name:"rdf" env:"INCIDENTGRAPH_RDF" placeholder:"DIR" help:"Write RDF and schema for dgraph bulk into the directory instead of loading."`
}

type extractCommand struct {
	sources
	Explain bool `env:"INCIDENTGRAPH_EXPLAIN" help:"Show names, parse, triggers and rules instead, and what was dropped and why."`
}

type exportCommand struct{}

type retractCommand struct {
	Article   []string `arg:"" help:"Id or URL of an article, or a file or directory of articles as they were loaded."`
	Publisher string   `env:"INCIDENTGRAPH_PUBLISHER" help:"Publisher that was given when the file was loaded."`
	URL       string   `name:"url" env:"INCIDENTGRAPH_URL" help:"Address that was given when the file was loaded."`
}

type explainCommand struct {
	Key []string `arg:"" help:"Key (xid) of an actor, place or incident."`
}

type checkCommand struct{}

// streams are what a command talks to.
type streams struct {
	in       io.Reader
	out, err io.Writer
	log      *slog.Logger
}

// errFailed ends the run with status 1 when the log has told why already.
var errFailed = errors.New("failed")

func main() {
	local.RunIfChild()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run carries out a command line and gives the exit status.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	var o options
	status := -1
	parser, err := kong.New(&o, kong.Name("loader"), kong.Description(description), kong.Writers(out, errs),
		kong.Exit(func(code int) { status = code }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}))
	if err != nil {
		panic(err) // the options above are at fault
	}
	command, err := parser.Parse(args)
	if status >= 0 {
		return status // --help
	}
	if err != nil {
		fmt.Fprintf(errs, "loader: %v\nTry: loader --help\n", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: o.LogLevel}))
	command.BindTo(ctx, (*context.Context)(nil))
	err = command.Run(&o, streams{in, out, errs, log})
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintln(errs, "loader: interrupted; what was loaded stays, run the same command again to go on")
	case !errors.Is(err, errFailed):
		fmt.Fprintln(errs, "loader:", err)
	}
	return 1
}

// documents gives the articles of all sources.
func (s *sources) documents(in io.Reader) iter.Seq2[article.Document, error] {
	o := article.Overrides{URL: s.URL, Title: s.Title, Publisher: s.Publisher, Published: s.Published}
	return func(yield func(article.Document, error) bool) {
		for _, source := range s.Source {
			from := article.ReadPath(source, o)
			if source == "-" {
				from = article.Read("-", in, o)
			}
			for d, err := range from {
				if !yield(d, err) {
					return
				}
			}
		}
	}
}

// collectFrom is how much memory, in bytes, the loader takes before it is more eager to give some back: with what of the
// program is in memory it stays under 500 MB.
const collectFrom = 320 << 20

// coder makes the coder, and the version under which the graph knows it: the analyst's own knowledge is part of it.
func (s *sources) coder() (*extract.Coder, string, error) {
	version := extract.Version
	var extra []io.Reader
	for _, name := range s.Knowledge {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, "", err
		}
		sum := sha256.Sum256(b)
		version += "+" + hex.EncodeToString(sum[:4])
		extra = append(extra, strings.NewReader(string(b)))
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(collectFrom)
	}
	// What the coder knows stays, so that there is nothing to collect while it is read.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	c, err := extract.New(extra...)
	return c, version, err
}

func (c *extractCommand) Run(ctx context.Context, s streams) error {
	coder, version, err := c.coder()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(s.out, 1<<16)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	type reading struct {
		graph  schema.ArticleGraph
		shown  string
		failed error
	}
	read := func(d article.Document) (r reading) {
		// One bad article never costs the run.
		defer func() {
			if p := recover(); p != nil {
				r.failed = fmt.Errorf("article %s (%s): the coder failed: %v", d.ID, d.Title, p)
			}
		}()
		if c.Explain {
			var b strings.Builder
			r.graph, r.failed = coder.Explain(d, &b)
			r.shown = b.String()
			return r
		}
		r.graph = coder.Extract(d)
		r.graph.Article.Coder = version
		return r
	}
	failed := false
	for r, err := range load.Ordered(ctx, c.Workers, c.documents(s.in), read) {
		if err = errors.Join(err, r.failed); err != nil {
			s.log.Error("article not read", "error", err)
			failed = true
			continue
		}
		if c.Explain {
			_, err = out.WriteString(r.shown)
		} else {
			err = encoder.Encode(r.graph)
		}
		if err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if failed {
		return errFailed
	}
	return nil
}

// present fails when none of the sources is there, before anything is started for them.
func (s *sources) present() error {
	var missing []error
	for _, name := range s.Source {
		if _, err := os.Stat(name); name != "-" && errors.Is(err, fs.ErrNotExist) {
			missing = append(missing, fmt.Errorf("%s: there is no such file or directory: check the name", name))
		}
	}
	if len(missing) < len(s.Source) {
		return nil // what is missing counts among the articles that failed
	}
	return errors.Join(missing...)
}

func (c *loadCommand) Run(ctx context.Context, o *options, s streams) error {
	if err := c.present(); err != nil {
		return err
	}
	coder, version, err := c.coder()
	if err != nil {
		return err
	}
	loader := load.Loader{Coder: coder, Version: version, Names: coder.StateName, Workers: c.Workers, Log: s.log}
	progress, finish := showProgress(s)
	loader.Progress = progress
	var sum load.Summary
	if c.RDF != "" {
		sum, err = loader.WriteRDF(ctx, c.RDF, c.documents(s.in))
	} else {
		err = o.open(ctx, s, func(client *dgraph.Client) error {
			loader.Store = load.NewDatabase(client)
			sum, err = loader.Load(ctx, c.documents(s.in))
			return err
		})
	}
	finish()
	fmt.Fprintf(s.err, "Articles: %d read, %d replaced, %d already known, %d failed. Added: %d incidents, %d claims, %d actors, %d relationships.\n",
		sum.Read, sum.Replaced, sum.Known, sum.Failed, sum.Incidents, sum.Claims, sum.Actors, sum.Relationships)
	if err != nil {
		return err
	}
	if sum.Failed > 0 {
		return errFailed
	}
	return nil
}

// showProgress shows progress as a bar on a terminal and as log lines elsewhere.
func showProgress(s streams) (progress func(load.Summary), finish func()) {
	f, ok := s.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(sum load.Summary) {
			s.log.Info("loading", "articles", sum.Done(), "incidents", sum.Incidents, "claims", sum.Claims)
		}, func() {}
	}
	bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription("Articles"),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("articles"), progressbar.OptionClearOnFinish())
	return func(sum load.Summary) { _ = bar.Set(sum.Done()) }, func() { _ = bar.Finish() }
}

// open runs work with the Dgraph that the options name: one that runs, the one of another incidentgraph on the same
// data directory, or one of its own, which is stopped afterwards.
func (o *options) open(ctx context.Context, s streams, work func(*dgraph.Client) error) error {
	address := o.Dgraph
	if address == "" {
		dir, err := local.Directory(o.Data)
		if err != nil {
			return err
		}
		found, release, err := local.Share(ctx, dir, s.log)
		if err != nil {
			return err
		}
		defer release(ctx)
		address = found.Alpha
	}
	client, err := dgraph.Open(ctx, address)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.ApplySchema(ctx); err != nil {
		return err
	}
	return work(client)
}

func (c *exportCommand) Run(ctx context.Context, o *options, s streams) error {
	return o.open(ctx, s, func(client *dgraph.Client) error {
		return load.NewDatabase(client).Export(ctx, s.out)
	})
}

func (c *retractCommand) Run(ctx context.Context, o *options, s streams) error {
	coder, err := extract.New()
	if err != nil {
		return err
	}
	return o.open(ctx, s, func(client *dgraph.Client) error {
		loader := load.Loader{Store: load.NewDatabase(client), Names: coder.StateName, Log: s.log}
		var failed error
		for shown, names := range c.named() {
			change, err := loader.Retract(ctx, names...)
			switch {
			case errors.Is(err, load.ErrUnknownArticle):
				s.log.Error("article not retracted: give its id, its address, or the file as it was loaded, with the same --publisher and --url", "error", err)
				failed = errFailed
			case err != nil:
				return err
			default:
				fmt.Fprintf(s.err, "Retracted %s: %d claims, %d incidents, %d actors and %d relationships went.\n",
					shown, -change.Claims, -change.Incidents, -change.Actors, -change.Relationships)
			}
		}
		return failed
	})
}

// named gives every article that is to go, as it is shown to the user, with the names by which it may be known: of a
// file the ids of what is in it.
func (c *retractCommand) named() iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for _, a := range c.Article {
			if _, err := os.Stat(a); err != nil {
				if !yield(a, []string{a, article.AddressID(a)}) {
					return
				}
				continue
			}
			for d, err := range article.ReadPath(a, article.Overrides{URL: c.URL, Publisher: c.Publisher}) {
				names := []string{a} // what cannot be read was not loaded
				if err == nil {
					names = []string{d.ID}
				}
				if !yield(a, names) {
					return
				}
			}
		}
	}
}

func (c *explainCommand) Run(ctx context.Context, o *options, s streams) error {
	return o.open(ctx, s, func(client *dgraph.Client) error {
		for _, key := range c.Key {
			if err := load.NewDatabase(client).Explain(ctx, key, s.out); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *checkCommand) Run(ctx context.Context, o *options, s streams) error {
	return o.open(ctx, s, func(client *dgraph.Client) error {
		faults, err := load.NewDatabase(client).Check(ctx)
		if err != nil {
			return err
		}
		for _, f := range faults {
			fmt.Fprintln(s.out, f)
		}
		if len(faults) > 0 {
			fmt.Fprintf(s.err, "%d rules are broken.\n", len(faults))
			return errFailed
		}
		fmt.Fprintln(s.err, "Every rule of the graph holds.")
		return nil
	})
}
