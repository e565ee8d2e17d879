package program

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"understudy/internal/browser"
	"understudy/internal/desktop"
	"understudy/internal/keychain"
	"understudy/internal/managed"
)

// Computer is what a program finds on the computer that it runs on.
type Computer struct {
	ConfigDir string // holds the folder of settings
	DataDir   string // holds the folder of everything else
	// APIURL is the address of the Backend API that the environment asks for, "" if
	// it asks for none.
	APIURL   string
	Policy   managed.File
	Keychain keychain.Backend
	Browsers browser.Computer
}

// ThisComputer is the real one.
func ThisComputer() (Computer, error) {
	configDir, configErr := os.UserConfigDir()
	dataDir, dataErr := desktop.DataDir()
	policy, policyErr := managed.System()
	if err := cmp.Or(configErr, dataErr, policyErr); err != nil {
		return Computer{}, fmt.Errorf("look at this computer: %w", err)
	}
	if !filepath.IsAbs(configDir) || !filepath.IsAbs(dataDir) {
		return Computer{}, errors.New("look at this computer: the home folder is not an absolute path")
	}
	return Computer{
		ConfigDir: configDir, DataDir: dataDir, APIURL: os.Getenv("CLERK_API_URL"),
		Policy: policy, Keychain: keychain.System(), Browsers: browser.ThisComputer(),
	}, nil
}

// data is the path of something in the program's data folder.
func (c Computer) data(inside string) string { return filepath.Join(c.DataDir, name, inside) }
