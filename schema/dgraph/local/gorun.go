package local

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// endWithGoRun sends this process SIGTERM when the `go run` that started it is gone. The go command passes on
// Ctrl-C only: SIGTERM, or SIGKILL, ends it alone, and what it runs would go on with nobody to know of it.
func endWithGoRun() {
	exe, err := os.Executable()
	if err != nil || !startedByGoRun(exe) {
		return
	}
	parent := os.Getppid()
	go func() {
		for os.Getppid() == parent {
			time.Sleep(200 * time.Millisecond)
		}
		if self, err := os.FindProcess(os.Getpid()); err == nil {
			self.Signal(syscall.SIGTERM)
		}
	}()
}

// startedByGoRun tells by its path whether a program was built by `go run`: .../go-build1234/b001/exe/name.
func startedByGoRun(exe string) bool {
	dir := filepath.Dir(exe)
	work := filepath.Base(filepath.Dir(filepath.Dir(dir)))
	return filepath.Base(dir) == "exe" && strings.HasPrefix(work, "go-build")
}
