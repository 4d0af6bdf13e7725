package local

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// Directory gives the data directory to use: the one asked for or, when that is "", this program's in the user's
// data directory.
func Directory(asked string) (string, error) {
	if asked != "" {
		return asked, nil
	}
	if base := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "incidentgraph"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("%w; choose a directory with --data", err)
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "incidentgraph"), nil
	case "windows":
		return filepath.Join(home, "AppData", "Local", "incidentgraph"), nil
	}
	return filepath.Join(home, ".local", "share", "incidentgraph"), nil
}
