// Package local runs a real Dgraph, one Zero and one Alpha, for this machine alone. Both are children of the
// program: its own binary run again with Dgraph's command line, so that nothing need be installed. A data
// directory has one owner at a time, others find the Dgraph that runs there; when the owner ends, in whatever
// way, its children end. It alone imports Dgraph's packages.
package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	// readyPatience bounds the start; with much data in the write-ahead log it takes longer than the usual seconds.
	readyPatience = 2 * time.Minute
	// familyPatience is how long the children of an owner that died may take to end.
	familyPatience = 15 * time.Second
	// alphaStopPatience and zeroStopPatience bound the stop. With what else a program has to end it shall be gone in 10 s.
	alphaStopPatience, zeroStopPatience = 4 * time.Second, 2 * time.Second
	// maxRestarts is how often in restartWindow the children are started again when one dies.
	maxRestarts   = 3
	restartWindow = 5 * time.Minute
)

// Addresses tells where a local Dgraph listens; all are on loopback.
type Addresses struct {
	// PID is the process that keeps it.
	PID int `json:"pid"`
	// Alpha is for clients, as host:port of its gRPC.
	Alpha string `json:"alpha"`
	// AlphaHTTP and ZeroHTTP are URLs, the first of them for Ratel.
	AlphaHTTP string `json:"alphaHTTP"`
	ZeroHTTP  string `json:"zeroHTTP"`
}

// InUse is the error of Start when the data directory has an owner already.
type InUse struct {
	Dir string
	// Owner is what is known of it; the addresses are empty while it starts.
	Owner Addresses
}

func (e *InUse) Error() string {
	where := "still starting"
	if e.Owner.Alpha != "" {
		where = "Dgraph at " + e.Owner.Alpha
	}
	return fmt.Sprintf("another incidentgraph keeps this data directory: pid %d, %s (%s); stop it, or choose another directory",
		e.Owner.PID, where, e.Dir)
}

// Server is a local Dgraph that this process keeps.
type Server struct {
	dir  string
	log  *slog.Logger
	own  *ownership
	addr Addresses
	// ports reserves the ports until it is closed.
	ports io.Closer

	stop chan struct{} // closed by Stop
	once sync.Once
	done chan struct{} // closed when no child is left and none will come
	err  error         // why, when it was not Stop
}

// Start runs Dgraph with its data in dir, which it makes, and returns when it is ready for work. It takes the
// standard ports when all of them are free and others when not. ctx bounds the start only; Stop ends
// the server. A child that dies is started again. main, or TestMain, must have called RunIfChild first.
func Start(ctx context.Context, dir string, log *slog.Logger) (*Server, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	for _, d := range []string{dir, filepath.Join(dir, "log")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, fmt.Errorf("data directory %s cannot be made: %w; choose one that you may write to", dir, err)
		}
	}
	own, err := takeOwnership(ctx, dir)
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, log: log, own: own, stop: make(chan struct{}), done: make(chan struct{})}
	ctx, cancel := context.WithTimeout(ctx, readyPatience)
	defer cancel()
	p, err := s.launchAnywhere(ctx)
	if err != nil {
		own.release()
		return nil, err
	}
	s.addr = Addresses{
		PID:       os.Getpid(),
		Alpha:     address(alphaGRPC, p.offset),
		AlphaHTTP: "http://" + address(alphaHTTP, p.offset),
		ZeroHTTP:  "http://" + address(zeroHTTP, p.offset),
	}
	if err := own.announce(s.addr); err != nil {
		p.end()
		s.ports.Close()
		own.release()
		return nil, err
	}
	go s.keep(p)
	return s, nil
}

// Addresses tells where the server listens.
func (s *Server) Addresses() Addresses { return s.addr }

// Done is closed when the server has ended, by Stop or because its children died too often; Err tells which.
func (s *Server) Done() <-chan struct{} { return s.done }

// Err tells, once Done is closed, why the server ended; it is nil after Stop.
func (s *Server) Err() error {
	select {
	case <-s.done:
		return s.err
	default:
		return nil
	}
}

// Stop ends Alpha, then Zero, and returns within 6 s with no child left. Data stays in the directory.
func (s *Server) Stop() {
	s.once.Do(func() { close(s.stop) })
	<-s.done
}

// keep watches over the children until Stop, starting them again when one dies.
func (s *Server) keep(p *pair) {
	defer close(s.done)
	defer s.own.release()
	defer s.ports.Close()
	var deaths []time.Time
	for {
		var died *child
		select {
		case <-s.stop:
			p.end()
			return
		case <-p.alpha.dead:
			died = p.alpha
		case <-p.zero.dead:
			died = p.zero
		}
		s.log.Error("Dgraph died and is started again", "because", died.obituary())
		p.end()
		now := time.Now()
		deaths = append(deaths, now)
		if n := len(deaths); n > maxRestarts && now.Sub(deaths[n-1-maxRestarts]) < restartWindow {
			s.err = fmt.Errorf("the local Dgraph dies again and again: %s", died.obituary())
			s.log.Error("Dgraph is given up", "because", s.err)
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), readyPatience)
		go func() {
			select {
			case <-s.stop:
				cancel()
			case <-ctx.Done():
			}
		}()
		next, err := s.launch(ctx, p.offset)
		cancel()
		select {
		case <-s.stop:
			if next != nil {
				next.end()
			}
			return
		default:
		}
		if err != nil {
			s.err = fmt.Errorf("the local Dgraph died and does not start again: %w", err)
			s.log.Error("Dgraph is given up", "because", s.err)
			return
		}
		p = next
		s.log.Info("Dgraph is ready again", "alpha", s.addr.Alpha)
	}
}

// errPorts tells that a port was taken between looking and listening.
var errPorts = errors.New("a port was taken meanwhile")

// launchAnywhere starts the children on the standard ports, or on others while those are taken.
func (s *Server) launchAnywhere(ctx context.Context) (*pair, error) {
	const tries = 20
	offset := 0
	for try := range tries {
		if ports, ok := claim(offset); ok {
			if try > 0 {
				s.log.Info("Dgraph's standard ports are taken, it gets others", "alpha", alphaGRPC+offset)
			}
			p, err := s.launch(ctx, offset)
			if err == nil {
				s.ports = ports
				return p, nil
			}
			ports.Close()
			if !errors.Is(err, errPorts) {
				return nil, err
			}
		}
		// Below the range from which systems give out ports by themselves.
		offset = 100 * (1 + rand.IntN(220))
	}
	return nil, fmt.Errorf("no free ports for Dgraph after %d tries, its own %d, %d, %d, %d and %d included: end what listens there",
		tries, alphaGRPC, alphaHTTP, alphaInternal, zeroGRPC, zeroHTTP)
}

// launch starts both children and waits until they are ready.
func (s *Server) launch(ctx context.Context, offset int) (*pair, error) {
	began := time.Now()
	s.log.Debug("Dgraph is starting", "dir", s.dir, "alpha", address(alphaGRPC, offset))
	elections, cancel := context.WithCancel(ctx)
	defer cancel()
	go holdElection(elections, address(zeroGRPC, offset))
	go holdElection(elections, address(alphaInternal, offset))
	p, err := startPair(ctx, s.dir, offset, s.own.family)
	if err != nil {
		return nil, err
	}
	if err := p.waitReady(ctx); err != nil {
		p.end()
		return nil, err
	}
	if err := settle(s.dir, offset); err != nil {
		p.end()
		return nil, err
	}
	s.log.Debug("Dgraph is ready", "alpha", address(alphaGRPC, offset), "after", time.Since(began).Round(time.Millisecond))
	return p, nil
}

// waitReady returns when Alpha says that it takes requests, or with the reason why it will not.
func (p *pair) waitReady(ctx context.Context) error {
	client := &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{Proxy: nil}}
	defer client.CloseIdleConnections()
	for {
		healthy := false
		if r, err := client.Get("http://" + address(alphaHTTP, p.offset) + "/health"); err == nil {
			r.Body.Close()
			healthy = r.StatusCode == http.StatusOK
		}
		// A dead child comes first: then it was somebody else's Dgraph that said so.
		select {
		case <-p.zero.dead:
			return endedEarly(p.zero)
		case <-p.alpha.dead:
			return endedEarly(p.alpha)
		default:
		}
		if healthy {
			return nil
		}
		select {
		case <-p.zero.dead:
		case <-p.alpha.dead:
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.Canceled) {
				return fmt.Errorf("start of Dgraph: %w", ctx.Err())
			}
			return fmt.Errorf("the local Dgraph was not ready in time (%w); see the files in %s", ctx.Err(), filepath.Join(p.dir, "log"))
		case <-time.After(20 * time.Millisecond):
		}
	}
}
