package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"syscall"
	"time"
)

// Share gives the Dgraph of a data directory to a command that does not mind whose it is: the one that another
// process keeps there or, without one, one that this process starts. release ends the use. It stops a Dgraph
// that this process started, but first waits, until the end of the context that it is given, for others that share it.
func Share(ctx context.Context, dir string, log *slog.Logger) (a Addresses, release func(context.Context), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return a, nil, fmt.Errorf("data directory %s cannot be made: %w; choose one that you may write to", dir, err)
	}
	// Those who share hold a lock together; an owner that is about to stop holds it alone.
	users, err := openLock(dir, "users")
	if err != nil {
		return a, nil, err
	}
	for {
		if err = lock(ctx, users, syscall.LOCK_SH, readyPatience); err != nil {
			break
		}
		var found bool
		if a, found, err = Find(ctx, dir); err != nil {
			break
		}
		if found {
			log.Info("using the Dgraph that runs already", "pid", a.PID, "alpha", a.Alpha)
			return a, func(context.Context) { users.Close() }, nil
		}
		var s *Server
		s, err = Start(ctx, dir, log)
		if err == nil {
			return s.Addresses(), func(ctx context.Context) {
				if err := lock(ctx, users, syscall.LOCK_EX, time.Hour); err != nil {
					log.Warn("Dgraph stops though others may use it", "because", err)
				}
				s.Stop()
				users.Close()
			}, nil
		}
		if inUse := (*InUse)(nil); !errors.As(err, &inUse) {
			break
		}
		// Another process was faster: the next round finds its Dgraph.
		if err = syscall.Flock(int(users.Fd()), syscall.LOCK_UN); err != nil {
			break
		}
	}
	users.Close()
	return Addresses{}, nil, err
}
